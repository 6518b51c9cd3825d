package extract

import (
	"errors"
	"strconv"
	"strings"

	"retrohunt/internal/pattern"
)

// xmlPath is a path from the root of a document down: /a/b[2]/@x.
type xmlPath struct {
	steps []xmlStep
	attr  string // @x at the end
	text  bool   // text() at the end
}

// xmlStep chooses among the elements of a name in their parent.
type xmlStep struct {
	name        string
	place       int // from 1, of [n]; 0: any
	last        bool
	attr, value string // of [@attr=value]; attr is empty without
}

var (
	xmlName      = pattern.New(`^([^\[\]@()/]+)(?:\[([^\]]*)\])?$`)
	xmlCondition = pattern.New(`^@([^=\s]+)\s*=\s*("[^"]*"|'[^']*'|[^"']*)$`)
)

// parseXMLPath reads a path.
func parseXMLPath(path string) (xmlPath, error) {
	rest, ok := strings.CutPrefix(path, "/")
	if !ok || has(rest, "/") {
		return xmlPath{}, errors.New("an XML path begins with one / at the root of the document")
	}
	var p xmlPath
	parts := strings.Split(rest, "/")
	if last := len(parts) - 1; last > 0 {
		attr, isAttr := strings.CutPrefix(parts[last], "@")
		p.text = parts[last] == "text()"
		if isAttr || p.text {
			parts = parts[:last]
		}
		if isAttr {
			p.attr = attr
		}
	}
	for _, part := range parts {
		s, err := xmlStepOf(part)
		if err != nil {
			return xmlPath{}, err
		}
		p.steps = append(p.steps, s)
	}
	return p, nil
}

// xmlStepOf reads a, a[2], a[last()], a[@id=456].
func xmlStepOf(part string) (xmlStep, error) {
	m := xmlName().FindStringSubmatch(part)
	if m == nil {
		return xmlStep{}, errors.New("an XML path holds names of elements, and at its end maybe @name or text()")
	}
	s := xmlStep{name: m[1]}
	inside := strings.TrimSpace(m[2])
	if !strings.HasSuffix(part, "]") {
		return s, nil
	}
	if n, err := strconv.Atoi(inside); err == nil && n > 0 {
		s.place = n
		return s, nil
	}
	if s.last = inside == "last()"; s.last {
		return s, nil
	}
	if m = xmlCondition().FindStringSubmatch(inside); m != nil {
		s.attr, s.value = m[1], strings.Trim(m[2], `"'`)
		return s, nil
	}
	return xmlStep{}, errors.New("brackets of an XML path hold a place from 1, last() or @name=value")
}
