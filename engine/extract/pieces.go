package extract

import (
	"fmt"
	"strings"

	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

// Pieces is the pattern of csv and split: the pieces of a text between delimiters.
type Pieces struct {
	delim, quote, escape string // a character each
	columns              []int  // which piece each value is, from 0
}

// NewPieces returns the pattern of the columns, which count from 1.
func NewPieces(delim, quote, escape string, columns []int) *Pieces {
	p := &Pieces{delim: delim, quote: quote, escape: escape}
	for _, n := range columns {
		p.columns = append(p.columns, n-1)
	}
	return p
}

func (p *Pieces) Finder() Finder { return &piecesFinder{pattern: p} }

func (p *Pieces) String() string {
	var columns []string
	for _, n := range p.columns {
		columns = append(columns, fmt.Sprint(n+1))
	}
	return fmt.Sprintf("columns %s between %q", strings.Join(columns, ", "), p.delim)
}

// piecesFinder keeps the pieces that do not stand in the text as they are: without quotes and escapes.
type piecesFinder struct {
	pattern *Pieces
	memory  []byte
}

// Find cuts the text. A piece that it does not have is null; that is no reason for a row to be dropped.
func (f *piecesFinder) Find(text string, found []value.Value) bool {
	f.memory = f.memory[:0]
	for n, more := 0, true; more; n++ {
		var piece string
		piece, text, more = f.piece(text)
		for i, column := range f.pattern.columns {
			if column == n {
				found[i] = value.OfString(piece)
			}
		}
	}
	return true
}

// piece cuts the first piece from a text, and reports whether a delimiter stood behind it. One that begins with a quote,
// maybe behind blanks, ends where the quote does.
func (f *piecesFinder) piece(text string) (piece, rest string, more bool) {
	p := f.pattern
	inner := text
	if p.delim != " " {
		inner = strings.TrimLeft(text, " ")
	}
	if has(inner, p.quote) {
		return f.unescaped(inner[len(p.quote):], true)
	}
	piece, rest, more = strings.Cut(text, p.delim)
	if strings.Contains(piece, p.escape) {
		return f.unescaped(text, false)
	}
	return piece, rest, more
}

// unescaped cuts a piece with quotes or escapes. Within quotes a delimiter is none, and two quotes are one. What stands
// between a closing quote and the delimiter belongs to the piece.
func (f *piecesFinder) unescaped(text string, inQuotes bool) (piece, rest string, more bool) {
	p, start := f.pattern, len(f.memory)
	for text != "" {
		escaped := p.afterEscape(text)
		switch {
		case escaped != "":
			f.memory = append(f.memory, escaped...)
			text = text[len(p.escape)+len(escaped):]
		case inQuotes && has(text, p.quote) && has(text[len(p.quote):], p.quote):
			f.memory = append(f.memory, p.quote...)
			text = text[2*len(p.quote):]
		case inQuotes && has(text, p.quote):
			inQuotes = false
			text = text[len(p.quote):]
		case !inQuotes && has(text, p.delim):
			return view.String(f.memory[start:]), text[len(p.delim):], true
		default:
			f.memory = append(f.memory, text[0])
			text = text[1:]
		}
	}
	return view.String(f.memory[start:]), "", false
}

// afterEscape returns the quote, delimiter or escape that an escape at the start of the text stands before, "" for none: an
// escape before anything else stands for itself.
func (p *Pieces) afterEscape(text string) string {
	rest, ok := strings.CutPrefix(text, p.escape)
	if !ok || p.escape == p.quote { // then two quotes are one, and that is all
		return ""
	}
	for _, c := range []string{p.quote, p.delim, p.escape} {
		if has(rest, c) {
			return c
		}
	}
	return ""
}
