package extract

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// step is one step of a JSON path: into a member or an element, or into several.
type step struct {
	deep    bool     // of the value itself and of everything below it
	all     bool     // *: every member or element
	keys    []string // members of these names
	indexes []int    // elements at these places; below zero they count from the end
	slice   *[2]int  // elements from the first place up to, not with, the second; below zero from the end
	filter  filter   // those elements of an array of which it holds, or an object itself; nil: no filter
	length  bool     // length(): how many elements or members; the last step, to one value
}

// definite reports whether the step leads to one value at most.
func (s *step) definite() bool {
	return !s.deep && !s.all && s.slice == nil && s.filter == nil && len(s.keys)+len(s.indexes) <= 1
}

// UnsupportedPathError names a part of a path that is Sumo's but not built.
type UnsupportedPathError struct{ What string }

func (e *UnsupportedPathError) Error() string { return e.What }

// toEnd is the end of a slice that names none.
const toEnd = int(^uint(0) >> 1)

// parsePath reads a.b, $.a[0].b, a[*].b, a..b, a['odd key'], [0].a, a[1,2], a[1:3], a[?(@.b == 1)].c, a.length(). A $ or @ that
// begins a key is part of it.
func parsePath(path string) ([]step, error) {
	p := pathParser{rest: path}
	if path == "$" || has(path, "$.") || has(path, "$[") {
		p.rest = path[1:]
	} else if !has(path, "[") && !has(path, ".") {
		p.rest = "." + path
	}
	var steps []step
	for p.rest != "" {
		s, err := p.step("")
		if err != nil {
			return nil, err
		}
		if s.length {
			if err := p.measured(steps, s); err != nil {
				return nil, err
			}
		}
		steps = append(steps, s)
	}
	return steps, nil
}

type pathParser struct{ rest string }

func has(s, prefix string) bool { return strings.HasPrefix(s, prefix) }

// measured checks that length() is asked of one value, at the end.
func (p *pathParser) measured(before []step, s step) error {
	if p.rest != "" || s.deep || slices.ContainsFunc(before, func(s step) bool { return !s.definite() }) {
		return &UnsupportedPathError{"length() of several values, or within a JSON path"}
	}
	return nil
}

// step reads one step. Besides points and brackets, the characters in ends end a key.
func (p *pathParser) step(ends string) (step, error) {
	deep := has(p.rest, "..")
	switch {
	case deep:
		p.rest = p.rest[2:]
	case has(p.rest, "."):
		p.rest = p.rest[1:]
	}
	var s step
	var err error
	if has(p.rest, "[") {
		s, err = p.brackets()
	} else {
		s, err = p.key(ends)
	}
	s.deep = deep
	return s, err
}

// key reads a name up to the next point, bracket or one of ends, or *, or length().
func (p *pathParser) key(ends string) (step, error) {
	n := strings.IndexAny(p.rest, ".["+ends)
	if n < 0 {
		n = len(p.rest)
	}
	name := p.rest[:n]
	p.rest = p.rest[n:]
	switch {
	case name == "":
		return step{}, errors.New("a key is missing in the JSON path")
	case name == "*":
		return step{all: true}, nil
	case name == "length()":
		return step{length: true}, nil
	case strings.HasSuffix(name, "()"):
		return step{}, &UnsupportedPathError{"the function " + name + " in a JSON path"}
	}
	return step{keys: []string{name}}, nil
}

// brackets reads […].
func (p *pathParser) brackets() (step, error) {
	var s step
	switch {
	case has(p.rest, "[?("):
		cond, err := p.filter()
		return step{filter: cond}, err
	case has(p.rest, "[?"):
		return step{}, errors.New("a filter of a JSON path stands in parentheses: [?(@.name == 'x')]")
	case has(p.rest, "[("):
		return step{}, &UnsupportedPathError{"a script in a JSON path"}
	}
	p.rest = p.rest[1:]
	for items := 1; ; items++ {
		p.blanks()
		if err := p.item(&s); err != nil {
			return step{}, err
		}
		p.blanks()
		switch {
		case has(p.rest, ","):
			p.rest = p.rest[1:]
		case has(p.rest, "]"):
			p.rest = p.rest[1:]
			if len(s.keys) == items || len(s.indexes) == items || items == 1 {
				return s, nil
			}
			return step{}, errors.New("brackets of a JSON path hold keys, or places, or one slice, or *")
		default:
			return step{}, errors.New("a bracket of the JSON path is never closed")
		}
	}
}

func (p *pathParser) blanks() { p.rest = strings.TrimLeft(p.rest, " ") }

// item reads one thing between brackets: *, nothing, 'key', "key", 3, 1:3.
func (p *pathParser) item(s *step) error {
	switch {
	case has(p.rest, "*"):
		s.all, p.rest = true, p.rest[1:]
		return nil
	case has(p.rest, "]"):
		s.all = true
		return nil
	case has(p.rest, "'"), has(p.rest, `"`):
		name, rest, closed := strings.Cut(p.rest[1:], p.rest[:1])
		if !closed {
			return errors.New("a key of the JSON path is never closed")
		}
		s.keys, p.rest = append(s.keys, name), rest
		return nil
	}
	n := strings.IndexAny(p.rest, ",]")
	if n < 0 {
		n = len(p.rest)
	}
	text := strings.TrimSpace(p.rest[:n])
	p.rest = p.rest[n:]
	return s.place(text)
}

// place reads 3, -1, 1:3, 1:, :3.
func (s *step) place(text string) error {
	first, last, isSlice := strings.Cut(text, ":")
	from, err := number(first, 0, isSlice)
	if err != nil {
		return err
	}
	if !isSlice {
		s.indexes = append(s.indexes, from)
		return nil
	}
	to, err := number(last, toEnd, true)
	s.slice = &[2]int{from, to}
	return err
}

func number(text string, otherwise int, optional bool) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" && optional {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%q is no place in an array; a key stands in quotes: ['%s']", text, text)
	}
	return n, nil
}
