package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"retrohunt/engine/syntax"
)

// Source says where a query's text stands, so that a mistake in it can be shown in the file that the user has open.
type Source struct {
	Name   string // the file, or "query"
	Line   int    // line of Name on which the query starts, 1-based
	Indent int    // by how many characters its lines are indented there
	Text   string // the query
}

// QueryErrors prints the mistakes in a query, each with its line and a caret span under the offending text.
func QueryErrors(w io.Writer, src Source, err error, o Options) {
	var list syntax.ErrorList
	if !errors.As(err, &list) {
		list = syntax.ErrorList{err}
	}
	for _, e := range list {
		queryError(w, src, e, o)
	}
}

func queryError(w io.Writer, src Source, err error, o Options) {
	var mistake *syntax.Error
	var unsupported *syntax.UnsupportedError
	switch {
	case errors.As(err, &mistake):
		msg := mistake.Msg
		if mistake.Want != "" {
			msg += ", expected " + mistake.Want
		}
		src.excerpt(w, mistake.Span, "error", msg, o)
		if mistake.Opening != nil {
			src.excerpt(w, *mistake.Opening, "note", "opened here", o)
		}
		if mistake.Hint != "" {
			fmt.Fprintf(w, "  %s\n", visible(mistake.Hint))
		}
	case errors.As(err, &unsupported):
		src.excerpt(w, unsupported.Span, "not supported", unsupported.Error(), o)
	default:
		fmt.Fprintf(w, "%s: error: %s\n", visible(src.Name), visible(err.Error()))
	}
}

// QueryWarning prints something that a query can run with, and that its author should know.
func QueryWarning(w io.Writer, src Source, span syntax.Span, msg string, o Options) {
	src.excerpt(w, span, "warning", msg, o)
}

var levelColors = map[string]text.Colors{
	"error":         {text.FgRed, text.Bold},
	"not supported": {text.FgMagenta, text.Bold},
	"warning":       {text.FgYellow, text.Bold},
	"note":          {text.FgCyan},
}

// excerpt prints a place, a message, the line, and carets under the span.
func (src Source) excerpt(w io.Writer, span syntax.Span, level, msg string, o Options) {
	at := min(max(span.Start, 0), len(src.Text))
	before := src.Text[:at]
	lineStart := strings.LastIndexByte(before, '\n') + 1
	line, _, _ := strings.Cut(src.Text[lineStart:], "\n")
	number := src.Line + strings.Count(before, "\n")
	column := src.Indent + len([]rune(src.Text[lineStart:at])) + 1
	word := level
	if o.Color {
		word = levelColors[level].Sprint(level)
	}
	fmt.Fprintf(w, "%s:%d:%d: %s: %s\n", visible(src.Name), number, column, word, visible(msg))
	end := min(max(span.End, at), lineStart+len(line))
	left, right := cutLine(line, at-lineStart, o.Width)
	gutter := fmt.Sprintf("%5d | ", number)
	pad := width(line[left:min(at-lineStart, right)])
	carets := max(1, width(line[min(at-lineStart, right):min(max(end-lineStart, at-lineStart), right)]))
	fmt.Fprintf(w, "%s%s\n", gutter, shown(line[left:right]))
	fmt.Fprintf(w, "%s%s%s\n", strings.Repeat(" ", len(gutter)-2)+"| ", strings.Repeat(" ", pad), strings.Repeat("^", carets))
}

// maxExcerpt is how many bytes of a long line are shown around the offending text.
const maxExcerpt = 160

// cutLine chooses the part of a line to show: all of it if it is short, else a part that holds the place.
func cutLine(line string, at, terminal int) (left, right int) {
	room := maxExcerpt
	if terminal > 20 {
		room = min(room, terminal-10)
	}
	if len(line) <= room {
		return 0, len(line)
	}
	left = min(max(0, at-room/3), len(line)-room)
	right = left + room
	for left > 0 && line[left]&0xc0 == 0x80 {
		left--
	}
	for right < len(line) && line[right]&0xc0 == 0x80 {
		right++
	}
	return left, right
}

// shown is a piece of a query as it is printed: tabs are two blanks wide here.
func shown(s string) string { return visible(strings.ReplaceAll(s, "\t", "  ")) }

func width(s string) int { return text.StringWidthWithoutEscSequences(shown(s)) }
