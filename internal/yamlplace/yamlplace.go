// Package yamlplace reads small YAML files that users write, such as settings, and knows the place of everything in them, so
// that a mistake can be shown in the file.
//
// It knows the form only: one mapping of texts, lists and mappings. What the keys mean is its callers' to say. Anchors, aliases
// and tags are mistakes: nothing in such a file needs them. What it returns belongs to the caller.
package yamlplace

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// MaxFile is the length of the longest file that is read, in bytes.
const MaxFile = 1 << 20

// Place is where something stands in a file.
type Place struct {
	File         string
	Line, Column int    // both from 1 on; a column is a character
	Width        int    // in characters, 1 or more
	Text         string // the whole line
}

// String returns FILE:LINE.
func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Mistake is something wrong in a file.
type Mistake struct {
	Place
	Msg  string
	Hint string // what to write instead; may be empty
}

func (m *Mistake) Error() string {
	msg := fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Msg)
	if m.Hint != "" {
		msg += "; " + m.Hint
	}
	return msg
}

// Mistake returns a mistake at the place.
func (p Place) Mistake(hint, format string, args ...any) *Mistake {
	return &Mistake{p, fmt.Sprintf(format, args...), hint}
}

// Entry is a key of a mapping, with what stands behind it.
type Entry struct {
	Key   string
	At    Place // of the key
	Value Value
}

// Value is what stands behind a key, or an item of a list.
type Value struct {
	node ast.Node
	file *file
}

// file is the text that places are in.
type file struct {
	name  string
	lines []string
}

// lineEnds makes one of the three line ends that YAML knows.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Read reads a file of one mapping. Its error is a *Mistake if the file is there and can be read.
func Read(name string) ([]Entry, error) {
	text, err := Text(name)
	if err != nil {
		return nil, err
	}
	return Parse(name, text)
}

// Text returns the text of a file, unless it is longer than MaxFile.
func Text(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.Size() > MaxFile:
		return nil, fmt.Errorf("%s: longer than %d bytes", name, MaxFile)
	}
	return os.ReadFile(name)
}

// Parse reads the text of a file of that name.
func Parse(name string, text []byte) ([]Entry, error) {
	f := &file{name, strings.Split(lineEnds.Replace(string(text)), "\n")}
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, f.mistake(err)
	}
	var body ast.Node
	for _, doc := range tree.Docs {
		switch {
		case doc.Body == nil:
		case body != nil:
			return nil, f.place(start(doc.Body)).Mistake("", "a second document; the file holds one")
		default:
			body = doc.Body
		}
	}
	if body == nil {
		return nil, nil
	}
	return Value{body, f}.Entries()
}

// mistake places what the YAML parser finds wrong.
func (f *file) mistake(err error) error {
	var wrong yaml.Error
	if !errors.As(err, &wrong) || wrong.GetToken() == nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return f.place(wrong.GetToken()).Mistake("", "%s", wrong.GetMessage())
}

func (f *file) place(t *token.Token) Place {
	p := Place{File: f.name, Line: max(t.Position.Line, 1), Column: max(t.Position.Column, 1)}
	if p.Line <= len(f.lines) {
		p.Text = f.lines[p.Line-1]
	}
	written, _, _ := strings.Cut(strings.TrimSpace(t.Origin), "\n")
	p.Width = max(1, len([]rune(written)))
	return p
}

// At returns the place of the value.
func (v Value) At() Place { return v.file.place(start(v.node)) }

// start returns the token that a node begins with.
func start(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return n.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return n.Key.GetToken()
	}
	return n.GetToken()
}

// IsMapping reports whether the value is a mapping.
func (v Value) IsMapping() bool {
	_, ok := v.node.(ast.MapNode)
	return ok
}

// IsList reports whether the value is a list.
func (v Value) IsList() bool {
	_, ok := v.node.(*ast.SequenceNode)
	return ok
}

// Entries returns the entries of a mapping in their order.
func (v Value) Entries() ([]Entry, error) {
	mapping, ok := v.node.(ast.MapNode)
	if !ok {
		return nil, v.At().Mistake("", "expected keys and values here: key: value")
	}
	var out []Entry
	for i := mapping.MapRange(); i.Next(); {
		key := i.Key().GetToken()
		out = append(out, Entry{key.Value, v.file.place(key), Value{i.Value(), v.file}})
	}
	return out, nil
}

// Items returns the items of a list; a value that is none is a list of itself.
func (v Value) Items() []Value {
	list, ok := v.node.(*ast.SequenceNode)
	if !ok {
		return []Value{v}
	}
	out := make([]Value, len(list.Values))
	for i, item := range list.Values {
		out[i] = Value{item, v.file}
	}
	return out
}

// Text returns a value as it is written: a number, a date or a truth value is the text of it.
func (v Value) Text() (string, error) {
	switch n := v.node.(type) {
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, nil
	case *ast.NullNode:
		return "", v.At().Mistake("", "nothing stands here; expected a value")
	}
	return "", v.At().Mistake("", "expected a text, a number, true or false here")
}

// TextPlace returns where the text of a value begins, which may be on the line below its key, and by how many characters its
// lines are indented there.
func (v Value) TextPlace() (line, indent int) {
	at := v.At()
	block, ok := v.node.(*ast.LiteralNode)
	if !ok {
		return at.Line, at.Column - 1 + len(v.quote())
	}
	for text := range strings.Lines(block.Value.GetToken().Origin) {
		if words := strings.TrimLeft(text, " "); strings.TrimSpace(words) != "" {
			return at.Line + 1, len(text) - len(words)
		}
	}
	return at.Line + 1, 0
}

// quote returns the quote that a text begins with, "" for none.
func (v Value) quote() string {
	switch v.node.GetToken().Type {
	case token.DoubleQuoteType:
		return `"`
	case token.SingleQuoteType:
		return `'`
	}
	return ""
}
