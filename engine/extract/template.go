package extract

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"retrohunt/engine/value"
)

// Template is a pattern of sessionize: fixed texts, a star for each value between them, and $name for what a pattern before found
// under that name. It is found as Anchors are, with the value in the place of the variable.
type Template struct {
	source  string
	anchors [][]segment // around the stars: one more than there are
	fields  []int       // of each star, the field of a session; -1 for one that nobody wants
}

// segment is a fixed text, or a field of a session whose value stands there.
type segment struct {
	text  string
	field int // -1: a fixed text
}

// ErrNoPattern says that a pattern is empty.
var ErrNoPattern = errors.New("the pattern is empty")

// NewTemplates reads the patterns of a session, with the names for the stars of each, of which "" is none; names compare without
// case. It returns the names of the fields of a session in the order in which they are first used. Its error is about the pattern
// at the returned place.
func NewTemplates(patterns []string, names [][]string) (list []*Template, fields []string, wrong int, err error) {
	place := func(name string) int {
		return slices.IndexFunc(fields, func(f string) bool { return strings.EqualFold(f, name) })
	}
	for i, pattern := range patterns {
		switch {
		case pattern == "":
			return nil, nil, i, ErrNoPattern
		case strings.Contains(pattern, "**"):
			return nil, nil, i, ErrTwoStars
		}
		t := &Template{source: pattern}
		for _, anchor := range strings.Split(pattern, "*") {
			segments, err := segmentsOf(anchor, place)
			if err != nil {
				return nil, nil, i, err
			}
			t.anchors = append(t.anchors, segments)
		}
		if stars := len(t.anchors) - 1; stars != len(names[i]) {
			return nil, nil, i, fmt.Errorf("%d names for %d stars", len(names[i]), stars)
		}
		for _, name := range names[i] {
			at := place(name)
			if name != "" && at < 0 {
				at = len(fields)
				fields = append(fields, name)
			}
			t.fields = append(t.fields, at)
		}
		list = append(list, t)
	}
	return list, fields, 0, nil
}

// segmentsOf cuts an anchor at its variables.
func segmentsOf(anchor string, place func(string) int) ([]segment, error) {
	var out []segment
	fixed := func(text string) {
		if text != "" {
			out = append(out, segment{text, -1})
		}
	}
	for {
		dollar, end := variable(anchor)
		if dollar < 0 {
			fixed(anchor)
			return out, nil
		}
		name := anchor[dollar+1 : end]
		field := place(name)
		if field < 0 {
			return nil, fmt.Errorf("no pattern before has a field %s", name)
		}
		fixed(anchor[:dollar])
		out = append(out, segment{field: field})
		anchor = anchor[end:]
	}
}

// variable finds the first $name; a dollar before anything else is one.
func variable(s string) (dollar, end int) {
	for i := range len(s) {
		if s[i] != '$' {
			continue
		}
		n := i + 1
		for n < len(s) && (s[n] == '_' || 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z' || n > i+1 && '0' <= s[n] && s[n] <= '9') {
			n++
		}
		if n > i+1 {
			return i, n
		}
	}
	return -1, 0
}

// Glob is a pattern of matches that every text has in which the template is found, whatever its variables are.
func (t *Template) Glob() string {
	var b strings.Builder
	for _, anchor := range t.anchors {
		b.WriteByte('*')
		for _, s := range anchor {
			if s.field >= 0 {
				b.WriteByte('*')
			} else {
				b.WriteString(s.text)
			}
		}
	}
	b.WriteByte('*')
	return b.String()
}

// Variable is the first variable, and the fixed text right before it; the field is -1 without one.
func (t *Template) Variable() (field int, before string) {
	for _, anchor := range t.anchors {
		before = ""
		for _, s := range anchor {
			if s.field >= 0 {
				return s.field, before
			}
			before = s.text
		}
	}
	return -1, ""
}

// Fields are the fields that the stars stand for.
func (t *Template) Fields() []int {
	return slices.DeleteFunc(slices.Clone(t.fields), func(field int) bool { return field < 0 })
}

func (t *Template) String() string { return strconv.Quote(t.source) }

// Extend looks for the template in a text, for a session that has values of some fields, null of the others. It returns the values
// with those that the stars stand for. A variable without a value, or with the empty text, is found nowhere; and where a star stands
// for another value than the session has, the text is of another session. The values borrow from the text.
func (t *Template) Extend(text string, values []value.Value) ([]value.Value, bool) {
	parts := make([]string, len(t.anchors))
	for i, anchor := range t.anchors {
		for _, s := range anchor {
			part := s.text
			if s.field >= 0 {
				part = values[s.field].Text()
			}
			if part == "" {
				return nil, false
			}
			parts[i] += part
		}
	}
	found := make([]value.Value, len(t.fields))
	if !between(text, parts, found) {
		return nil, false
	}
	out := slices.Clone(values)
	for i, field := range t.fields {
		if field < 0 {
			continue
		}
		if !out[field].IsNull() && out[field] != found[i] {
			return nil, false
		}
		out[field] = found[i]
	}
	return out, true
}
