package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

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
		instead(w, mistake.Hint)
	case errors.As(err, &unsupported):
		src.excerpt(w, unsupported.Span, "not supported", unsupported.Reason(), o)
		instead(w, unsupported.Hint)
	default:
		fmt.Fprintf(w, "%s: error: %s\n", visible(src.Name), visible(err.Error()))
	}
}

// instead prints what to write instead, if there is something.
func instead(w io.Writer, text string) {
	if text != "" {
		fmt.Fprintf(w, "  %s\n", visible(text))
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

// excerpt prints a place, a message, the line, and carets under what the span has of it.
func (src Source) excerpt(w io.Writer, span syntax.Span, level, msg string, o Options) {
	query := strings.TrimRight(src.Text, " \t\r\n") // what is missing at the end is missed behind the last word
	at := min(max(span.Start, 0), len(query))
	head := query[:at]
	lineStart := strings.LastIndexByte(head, '\n') + 1
	line, _, _ := strings.Cut(query[lineStart:], "\n")
	line = strings.TrimSuffix(line, "\r")
	number := src.Line + strings.Count(head, "\n")
	word := level
	if o.Color {
		word = levelColors[level].Sprint(level)
	}
	from := min(at-lineStart, len(line))
	to := max(from, min(span.End-lineStart, len(line)))
	column := src.Indent + utf8.RuneCountInString(line[:from]) + 1
	fmt.Fprintf(w, "%s:%d:%d: %s: %s\n", visible(src.Name), number, column, word, visible(msg))
	gutter := fmt.Sprintf("%5d | ", number)
	left, right := cutLine(line, from, excerptRoom(o.Width-len(gutter)))
	fmt.Fprintf(w, "%s%s\n", gutter, shown(line[left:right]))
	pad, carets := width(line[left:from]), max(1, width(line[from:min(to, right)]))
	fmt.Fprintf(w, "%s| %s%s\n", strings.Repeat(" ", len(gutter)-2), strings.Repeat(" ", pad), strings.Repeat("^", carets))
}

// excerptRoom is how many columns of a line are shown: at least a few, and of a wide or unlimited terminal no more than are
// of use. One is kept for the caret behind the end.
func excerptRoom(columns int) int {
	const least, most = 20, 160
	if columns <= 0 {
		return most
	}
	return min(max(columns-1, least), most)
}

// cutLine chooses the part of a line to show: all of it if it fits, else a part that holds the place and what is before and
// behind it.
func cutLine(line string, at, room int) (left, right int) {
	if width(line) <= room {
		return 0, len(line)
	}
	left = before(line, at, room/3)
	right = behind(line, left, room)
	if right == len(line) {
		left = before(line, right, room)
	}
	return left, right
}

// before returns the place that is up to so many columns before a place.
func before(line string, at, columns int) int {
	for at > 0 {
		_, size := utf8.DecodeLastRuneInString(line[:at])
		columns -= width(line[at-size : at])
		if columns < 0 {
			break
		}
		at -= size
	}
	return at
}

// behind returns the place that is up to so many columns behind a place.
func behind(line string, at, columns int) int {
	for at < len(line) {
		_, size := utf8.DecodeRuneInString(line[at:])
		columns -= width(line[at : at+size])
		if columns < 0 {
			break
		}
		at += size
	}
	return at
}

// shown is a piece of a query as it is printed: tabs are two blanks wide here.
func shown(s string) string { return visible(strings.ReplaceAll(s, "\t", "  ")) }

func width(s string) int { return text.StringWidthWithoutEscSequences(shown(s)) }
