package extract

import (
	"errors"
	"strings"

	"retrohunt/engine/value"
	"retrohunt/internal/jsonquote"
	"retrohunt/internal/view"
)

// filter is the condition of [?(…)]: of an element whether it is taken, as the JSONPath library has it that Sumo Logic's JSON
// texts look like (Jayway's, for Java).
type filter interface {
	holds(f *jsonFinder, json string) bool
}

type (
	filterAnd []filter
	filterOr  []filter
	filterNot struct{ filter }
	// filterHas is a path alone: there is a value, null too.
	filterHas struct{ path []step }
	// filterCompare compares two values; one that is not there equals nothing.
	filterCompare struct {
		op   value.CompareOp
		x, y filterOperand
	}
)

// filterOperand is a path from the element on, or, if it has none, a literal.
type filterOperand struct {
	isPath  bool
	path    []step
	literal filterValue
}

// filterValue is a value to compare. Objects and arrays have the kind of what is not there: they equal nothing.
type filterValue struct {
	kind byte        // '"', '0', 't' and 'f', 'n', as JSON values begin; 0: nothing to compare
	text string      // of '"': as it stands in the JSON, or of a literal what it says
	raw  bool        // the text may hold escapes
	num  value.Value // of '0'
}

func (a filterAnd) holds(f *jsonFinder, json string) bool {
	for _, term := range a {
		if !term.holds(f, json) {
			return false
		}
	}
	return true
}

func (o filterOr) holds(f *jsonFinder, json string) bool {
	for _, term := range o {
		if term.holds(f, json) {
			return true
		}
	}
	return false
}

func (n filterNot) holds(f *jsonFinder, json string) bool { return !n.filter.holds(f, json) }

func (h filterHas) holds(f *jsonFinder, json string) bool {
	_, ok := f.down(json, h.path)
	return ok
}

func (c filterCompare) holds(f *jsonFinder, json string) bool {
	x, y := c.x.value(f, json), c.y.value(f, json)
	switch c.op {
	case value.Eq:
		return f.equal(x, y)
	case value.Ne:
		return !f.equal(x, y)
	}
	order, ok := f.order(x, y)
	return ok && ordered(c.op, order)
}

func ordered(op value.CompareOp, order int) bool {
	switch op {
	case value.Lt:
		return order < 0
	case value.Le:
		return order <= 0
	case value.Gt:
		return order > 0
	}
	return order >= 0
}

func (o *filterOperand) value(f *jsonFinder, json string) filterValue {
	if !o.isPath {
		return o.literal
	}
	json, ok := f.down(json, o.path)
	if !ok {
		return filterValue{}
	}
	switch json[0] {
	case '"':
		text := json[1 : len(json)-1]
		return filterValue{kind: '"', text: text, raw: strings.IndexByte(text, '\\') >= 0}
	case 't', 'f', 'n':
		return filterValue{kind: json[0]}
	case '{', '[':
		return filterValue{}
	}
	n, _ := value.ParseNumber(json)
	return filterValue{kind: '0', num: n}
}

// equal compares values of one kind, and a number with a text by what number the text is.
func (f *jsonFinder) equal(x, y filterValue) bool {
	if x.kind == '"' && y.kind == '0' {
		x, y = y, x
	}
	if x.kind == '0' && y.kind == '"' {
		n, ok := value.ParseNumber(f.said(&f.name, y))
		return ok && value.Compare(x.num, n) == 0
	}
	if x.kind == 0 || x.kind != y.kind {
		return false
	}
	order, ok := f.order(x, y)
	return !ok || order == 0
}

// order compares two numbers, or two texts by code points; nothing else has an order.
func (f *jsonFinder) order(x, y filterValue) (int, bool) {
	switch {
	case x.kind != y.kind:
	case x.kind == '0':
		return value.Compare(x.num, y.num), true
	case x.kind == '"':
		return strings.Compare(f.said(&f.name, x), f.said(&f.other, y)), true
	}
	return 0, false
}

// said is what a text says, without escapes, in a memory for it until that is used again.
func (f *jsonFinder) said(memory *[]byte, v filterValue) string {
	if !v.raw {
		return v.text
	}
	*memory = jsonquote.AppendUnquoted((*memory)[:0], v.text)
	return view.String(*memory)
}

// filterParser reads what stands between [?( and )].
type filterParser struct{ *pathParser }

var errFilterEnd = errors.New("a filter of the JSON path is never closed")

// filter reads [?(…)].
func (p *pathParser) filter() (filter, error) {
	p.rest = p.rest[len("[?("):]
	f := filterParser{p}
	cond, err := f.or()
	if err != nil {
		return nil, err
	}
	if !f.take(")") || !f.take("]") {
		return nil, errFilterEnd
	}
	return cond, nil
}

// take moves over a sign, if it stands here behind blanks.
func (p filterParser) take(sign string) bool {
	p.blanks()
	rest, ok := strings.CutPrefix(p.rest, sign)
	p.rest = rest
	return ok
}

func (p filterParser) or() (filter, error) {
	return p.chain("||", p.and, func(terms []filter) filter { return filterOr(terms) })
}

func (p filterParser) and() (filter, error) {
	return p.chain("&&", p.term, func(terms []filter) filter { return filterAnd(terms) })
}

// chain reads terms with a sign between them.
func (p filterParser) chain(sign string, term func() (filter, error), all func([]filter) filter) (filter, error) {
	var terms []filter
	for {
		t, err := term()
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
		if !p.take(sign) {
			break
		}
	}
	if len(terms) == 1 {
		return terms[0], nil
	}
	return all(terms), nil
}

func (p filterParser) term() (filter, error) {
	p.blanks()
	switch {
	case has(p.rest, "!"):
		p.rest = p.rest[1:]
		t, err := p.term()
		return filterNot{t}, err
	case p.take("("):
		t, err := p.or()
		if err == nil && !p.take(")") {
			err = errFilterEnd
		}
		return t, err
	}
	x, err := p.operand()
	if err != nil {
		return nil, err
	}
	op, ok, err := p.operator()
	switch {
	case err != nil:
		return nil, err
	case ok:
		y, err := p.operand()
		return filterCompare{op, x, y}, err
	case !x.isPath:
		return nil, errors.New("a filter of a JSON path compares, or names a key: [?(@.name == 'x')]")
	}
	return filterHas{x.path}, nil
}

var filterOps = []struct {
	sign string
	op   value.CompareOp
}{{"==", value.Eq}, {"!=", value.Ne}, {"<=", value.Le}, {">=", value.Ge}, {"<", value.Lt}, {">", value.Gt}}

// operator reads a comparison, if there is one.
func (p filterParser) operator() (op value.CompareOp, ok bool, err error) {
	for _, o := range filterOps {
		if p.take(o.sign) {
			return o.op, true, nil
		}
	}
	if end := p.rest; end == "" || strings.IndexByte(")&|", end[0]) >= 0 {
		return 0, false, nil
	}
	word, _, _ := strings.Cut(p.rest, " ") // =~, in, nin, …
	return 0, false, &UnsupportedPathError{"the comparison " + word + " in a filter of a JSON path"}
}

// operand reads a path from @ on, a text in quotes of either kind, a number, true, false, or null.
func (p filterParser) operand() (filterOperand, error) {
	p.blanks()
	switch {
	case p.rest == "":
		return filterOperand{}, errFilterEnd
	case p.rest[0] == '@':
		return p.path()
	case p.rest[0] == '$':
		return filterOperand{}, &UnsupportedPathError{"a path from $ on in a filter of a JSON path"}
	case p.rest[0] == '\'' || p.rest[0] == '"':
		text, err := p.text()
		return filterOperand{literal: filterValue{kind: '"', text: text}}, err
	}
	n := strings.IndexAny(p.rest, " )]&|=!<>")
	if n < 0 {
		n = len(p.rest)
	}
	word := p.rest[:n]
	p.rest = p.rest[n:]
	switch word {
	case "true", "false", "null":
		return filterOperand{literal: filterValue{kind: word[0]}}, nil
	}
	num, ok := value.ParseNumber(word)
	if !ok {
		return filterOperand{}, errors.New("a filter of a JSON path compares keys (@.name), texts in quotes, numbers, true, false and null, not " + word)
	}
	return filterOperand{literal: filterValue{kind: '0', num: num}}, nil
}

// path reads @, @.a.b, @['a'][0].
func (p filterParser) path() (filterOperand, error) {
	p.rest = p.rest[1:]
	out := filterOperand{isPath: true}
	for has(p.rest, ".") || has(p.rest, "[") {
		s, err := p.step(" ()&|=!<>")
		if err != nil {
			return out, err
		}
		if !s.definite() || has(p.rest, "()") {
			return out, &UnsupportedPathError{"a function, or a path to several values, in a filter of a JSON path"}
		}
		out.path = append(out.path, s)
	}
	return out, nil
}

// text reads a text in quotes; a backslash takes the next character as it is.
func (p filterParser) text() (string, error) {
	quote := p.rest[0]
	var text []byte
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == quote:
			p.rest = p.rest[i+1:]
			return string(text), nil
		case c == '\\' && i+1 < len(p.rest):
			i++
		}
		text = append(text, p.rest[i])
	}
	return "", errFilterEnd
}
