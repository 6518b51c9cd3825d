package syntax

import (
	"errors"
	"strings"

	"retrohunt/internal/pattern"
)

// Template is a query with parameters, {{name}}, in the place of which texts are put before the query is read, as Sumo's dashboards
// do it. A parameter that only stands where the query compares with it, and in the scope, is * if nobody says otherwise.
type Template struct {
	src   string
	holes []parameter
}

// parameter is one {{name}}.
type parameter struct {
	Span
	name     string
	compares bool // * means anything here
}

// Param is a parameter of a query.
type Param struct {
	Name    string
	Default string // if HasDefault
	// HasDefault is false for a parameter that stands where * would be no query.
	HasDefault bool
}

// anyValue is the value of a parameter that nobody gave.
const anyValue = "*"

var holeAt = pattern.New(`^\{\{\s*([^{}|"]+?)\s*\}\}`)

// ParseTemplate finds the parameters of a query. Those in comments are none.
func ParseTemplate(src string) Template {
	t := Template{src: src}
	if !strings.Contains(src, "{{") {
		return t
	}
	scope, quote := true, -1
	for i := 0; i < len(src); i++ {
		m := holeAt().FindStringSubmatch(src[i:])
		n, closed := 0, true
		if quote < 0 {
			n, closed = commentLen(src, i)
		}
		switch c := src[i]; {
		case m != nil:
			at := Span{i, i + len(m[0])}
			t.holes = append(t.holes, parameter{at, m[1], scope || quote >= 0 && compared(src, quote)})
			i = at.End - 1
		case n > 0 && (!scope || i == 0 || blank(rune(src[i-1])) || has(src[i:], "//")):
			if !closed {
				return t
			}
			i += n - 1
		case c == '\\' && quote >= 0:
			i++
		case c == '"' && quote >= 0:
			quote = -1
		case c == '"':
			quote = i
		case c == '|' && quote < 0:
			scope = false
		}
	}
	return t
}

var (
	comparesBefore = pattern.New(`(?i)(=|<>|\bmatches|\bin\s*\([^()|]*)\s*\(?\s*$`)
	comparesAfter  = pattern.New(`(?i)^\s*(=|!=|<>)`)
)

// compared reports whether the text in quotes that begins at a place is compared with something: x = "…", "…" = "*", x matches
// "…", x in ("…").
func compared(src string, quote int) bool {
	before := src[max(0, quote-1000):quote]
	if comparesBefore().MatchString(before) {
		return true
	}
	n, closed := quotedLen(src[quote:])
	return closed && comparesAfter().MatchString(src[quote+n:])
}

// Params returns the parameters in the order of their first places.
func (t Template) Params() []Param {
	var out []Param
	places := map[string]int{}
	for _, h := range t.holes {
		i, known := places[h.name]
		if !known {
			i = len(out)
			places[h.name] = i
			out = append(out, Param{Name: h.name, Default: anyValue, HasDefault: true})
		}
		if !h.compares {
			out[i].Default, out[i].HasDefault = "", false
		}
	}
	return out
}

// Expansion is the text of a template with values in the place of parameters. It knows where in the template its text is from.
type Expansion struct {
	Text   string
	pieces []piece
}

// piece is a value in Text, and the parameter in the template.
type piece struct{ value, hole Span }

// Expand puts values in the place of parameters. The error is an ErrorList of the parameters that have none, each at its first place.
func (t Template) Expand(values map[string]string) (*Expansion, error) {
	defaults := map[string]Param{}
	for _, p := range t.Params() {
		defaults[p.Name] = p
	}
	var missing ErrorList
	var b strings.Builder
	x, done := &Expansion{}, 0
	for _, h := range t.holes {
		value, given := values[h.name]
		if p := defaults[h.name]; !given {
			value = p.Default
			if !p.HasDefault {
				missing = append(missing, &Error{Span: h.Span, Msg: "the parameter " + h.name + " has no value", Hint: "give one: --param '" + h.name + "=…'"})
				defaults[h.name] = Param{HasDefault: true} // said once
			}
		}
		b.WriteString(t.src[done:h.Start])
		start := b.Len()
		b.WriteString(value)
		x.pieces = append(x.pieces, piece{Span{start, b.Len()}, h.Span})
		done = h.End
	}
	if missing != nil {
		return nil, missing
	}
	b.WriteString(t.src[done:])
	x.Text = b.String()
	return x, nil
}

// Place returns the place in the template of a place in the text: one within a value is its parameter's.
func (x *Expansion) Place(s Span) Span {
	return Span{x.offset(s.Start, false), max(x.offset(s.Start, false), x.offset(s.End, true))}
}

// offset returns the place of a byte; behind it if it ends a span.
func (x *Expansion) offset(at int, end bool) int {
	moved := at
	for _, p := range x.pieces {
		switch {
		case at < p.value.Start || at == p.value.Start && end:
			return moved
		case at < p.value.End || at == p.value.End && end:
			if end {
				return p.hole.End
			}
			return p.hole.Start
		}
		moved = at + p.hole.End - p.value.End
	}
	return moved
}

// Errors returns an ErrorList about the text as one about the template.
func (x *Expansion) Errors(err error) error {
	var list ErrorList
	if len(x.pieces) == 0 || !errors.As(err, &list) {
		return err
	}
	out := make(ErrorList, len(list))
	for i, err := range list {
		out[i] = x.moved(err)
	}
	return out
}

func (x *Expansion) moved(err error) error {
	switch e := err.(type) {
	case *Error:
		moved := *e
		moved.Span = x.Place(e.Span)
		if e.Opening != nil {
			opening := x.Place(*e.Opening)
			moved.Opening = &opening
		}
		return &moved
	case *UnsupportedError:
		moved := *e
		moved.Span = x.Place(e.Span)
		return &moved
	}
	return err
}
