package extract

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"retrohunt/engine/value"
)

// XML is the pattern of parse xml "/a/b/@c": paths into the XML of a text, each with its value.
type XML struct {
	sources []string
	paths   []xmlPath
}

// NewXML reads paths. Its error says what is wrong with the path at the returned place.
func NewXML(paths []string) (p *XML, wrong int, err error) {
	p = &XML{sources: paths}
	for i, source := range paths {
		path, err := parseXMLPath(source)
		if err != nil {
			return nil, i, err
		}
		p.paths = append(p.paths, path)
	}
	return p, 0, nil
}

func (p *XML) Finder() Finder { return p }
func (p *XML) String() string { return "xml " + quoted(p.sources) }

// Find reads the XML that a text is or has in it, from the first < to the last >, and looks for each path. It allocates the
// document.
func (p *XML) Find(text string, found []value.Value) bool {
	start, end := strings.IndexByte(text, '<'), strings.LastIndexByte(text, '>')
	if start < 0 || end < start {
		return false
	}
	document, err := readXML(text[start : end+1])
	if err != nil {
		return false
	}
	whole := true
	for i := range p.paths {
		v, ok := document.at(&p.paths[i], p.paths[i].steps)
		if ok {
			found[i] = value.OfString(v)
		}
		whole = whole && ok
	}
	return whole
}

// xmlElement is an XML element. The document is one too, without a name.
type xmlElement struct {
	name     string // without its namespace
	attrs    []xml.Attr
	children []*xmlElement
	text     []byte // what stands directly in it
	source   string // the whole element as it is written
	start    int64
}

func readXML(text string) (*xmlElement, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // the text is decoded already
	open := []*xmlElement{{}}
	for {
		start := d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return open[0], nil
		}
		if err != nil {
			return nil, err
		}
		inner := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &xmlElement{name: token.Name.Local, attrs: token.Attr, start: start}
			inner.children = append(inner.children, e)
			open = append(open, e)
		case xml.EndElement:
			inner.source = text[inner.start:d.InputOffset()]
			open = open[:len(open)-1]
		case xml.CharData:
			inner.text = append(inner.text, token...)
		}
	}
}

// at returns what the first way along the steps leads to.
func (e *xmlElement) at(p *xmlPath, steps []xmlStep) (string, bool) {
	if len(steps) == 0 {
		return e.value(p)
	}
	for _, child := range e.chosen(&steps[0]) {
		if v, ok := child.at(p, steps[1:]); ok {
			return v, true
		}
	}
	return "", false
}

// value is what the end of a path asks an element for. A text() that is empty is there.
func (e *xmlElement) value(p *xmlPath) (string, bool) {
	switch {
	case p.text:
		return string(e.text), true
	case p.attr != "":
		return e.attr(p.attr)
	}
	return e.source, true
}

func (e *xmlElement) attr(name string) (string, bool) {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// chosen returns the children that a step leads to.
func (e *xmlElement) chosen(s *xmlStep) []*xmlElement {
	var named []*xmlElement
	for _, child := range e.children {
		if child.name == s.name && child.meets(s) {
			named = append(named, child)
		}
	}
	switch n := len(named); {
	case s.last && n > 0:
		return named[n-1:]
	case s.place > n:
		return nil
	case s.place > 0:
		return named[s.place-1 : s.place]
	}
	return named
}

func (e *xmlElement) meets(s *xmlStep) bool {
	if s.attr == "" {
		return true
	}
	v, ok := e.attr(s.attr)
	return ok && v == s.value
}
