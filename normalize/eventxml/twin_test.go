package eventxml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// twin is the slow twin of AppendJSON, built on encoding/xml: it makes a tree of the event and lists its fields.
type twin struct {
	fields  []twinField
	section string
	unnamed int
	doubles int
}

type twinField struct {
	name, text string
	number     bool
}

// node is an element, or a text if it has no name.
type node struct {
	name     string
	attrs    []xml.Attr
	children []*node
	text     string
}

func twinFields(src string) ([]twinField, error) {
	root, err := parseTree(strings.TrimPrefix(src, "\ufeff"))
	if err != nil {
		return nil, err
	}
	if root.name != "Event" {
		return nil, errors.New("no event")
	}
	t := &twin{}
	for _, child := range root.children {
		t.part(child)
	}
	return t.fields, nil
}

func parseTree(src string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(src))
	root := &node{}
	stack := []*node{root}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			child := &node{name: token.Name.Local, attrs: token.Attr}
			top.children = append(top.children, child)
			stack = append(stack, child)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if n := len(top.children); n > 0 && top.children[n-1].name == "" {
				top.children[n-1].text += string(token)
			} else {
				top.children = append(top.children, &node{text: string(token)})
			}
		case xml.Directive:
			return nil, errors.New("a directive")
		}
	}
	var elements []*node
	for _, child := range root.children {
		if child.name != "" {
			elements = append(elements, child)
		} else if twinTrim(child.text) != "" {
			return nil, errors.New("text around the event")
		}
	}
	if len(elements) != 1 {
		return nil, errors.New("not one element")
	}
	return elements[0], nil
}

func twinTrim(s string) string { return strings.Trim(s, " \t\r\n") }

func (t *twin) part(n *node) {
	if n.name == "" {
		if twinTrim(n.text) != "" {
			t.inPart("Event", "", n.text)
		}
		return
	}
	t.section = n.name
	for _, a := range twinAttrs(n) {
		t.inPart(n.name, a.Name.Local, a.Value)
	}
	for _, child := range n.children {
		if child.name != "" {
			t.element(child, "", 1)
		} else if twinTrim(child.text) != "" {
			t.add("", child.text)
		}
	}
}

func twinAttrs(n *node) (out []xml.Attr) {
	for _, a := range n.attrs {
		if a.Name.Space != "xmlns" && !(a.Name.Space == "" && strings.HasPrefix(a.Name.Local, "xmlns")) {
			out = append(out, a)
		}
	}
	return out
}

func (t *twin) element(n *node, prefix string, depth int) {
	path := prefix + n.name
	attrs := twinAttrs(n)
	if t.section == "EventData" {
		path = prefix + t.dataName(n)
		var rest []xml.Attr
		for _, a := range attrs {
			if a.Name.Local != "Name" {
				rest = append(rest, a)
			}
		}
		attrs = rest
	}
	for _, a := range attrs {
		t.add(path+"."+a.Name.Local, a.Value)
	}
	below := path + "."
	if t.section == "UserData" && depth == 1 {
		below = ""
	}
	text, leaf := "", true
	for _, child := range n.children {
		leaf = leaf && child.name == ""
		text += child.text
	}
	if leaf {
		if t.section == "System" {
			text = twinTrim(text)
		}
		if text != "" || t.section != "System" && len(attrs) == 0 {
			t.add(path, text)
		}
		return
	}
	for _, child := range n.children {
		if child.name != "" {
			t.element(child, below, depth+1)
		} else if twinTrim(child.text) != "" {
			t.add(path, child.text)
		}
	}
}

func (t *twin) dataName(n *node) string {
	if n.name != "Data" && n.name != "ComplexData" {
		return n.name
	}
	for _, a := range n.attrs {
		if a.Name.Local == "Name" {
			if a.Value != "" {
				return a.Value
			}
			break // the first counts
		}
	}
	t.unnamed++
	return fmt.Sprint("param", t.unnamed)
}

func (t *twin) add(path, text string) {
	switch known, ok := systemFields[path]; {
	case t.section == "System" && ok:
		for _, name := range known.names {
			if name != "" {
				t.plain(name, text, known.number && isNumber([]byte(text)))
			}
		}
	case t.section == "System", t.section == "EventData", t.section == "UserData", t.section == "RenderingInfo" && path == "Message":
		t.plain(path, text, false)
	default:
		t.inPart(t.section, path, text)
	}
}

func (t *twin) plain(name, text string, number bool) {
	if name == "" || t.has(name) {
		t.inPart(t.section, name, text)
		if number {
			t.fields[len(t.fields)-1].number = true
		}
		return
	}
	t.fields = append(t.fields, twinField{name, text, number})
}

func (t *twin) inPart(part, name, text string) {
	if name != "" {
		part += "." + name
	}
	if t.has(part) {
		t.doubles++
		part += fmt.Sprintf("[%d]", t.doubles)
	}
	t.fields = append(t.fields, twinField{part, text, false})
}

// has compares as the engine does names, ASCII letters without case.
func (t *twin) has(name string) bool {
	for _, f := range t.fields {
		if asciiLower(f.name) == asciiLower(name) {
			return true
		}
	}
	return false
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
