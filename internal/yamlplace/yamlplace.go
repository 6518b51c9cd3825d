// Package yamlplace reads small YAML files that users write, such as settings and detections, and knows the place of everything in them, so
// that a mistake can be shown in the file.
//
// It knows the form only: mappings of texts, lists and mappings. What the keys mean is its callers' to say. Anchors, aliases
// and tags are mistakes, except for Decode: nothing in such a file needs them. What it returns belongs to the caller.
package yamlplace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
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

// Value is what stands behind a key, an item of a list, or a document.
type Value struct {
	node *yaml.Node
	file *file
}

// file is the text that places are in.
type file struct {
	name  string
	lines []string
}

// lineEnds makes one of the line ends that YAML knows.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

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

// Parse reads the text of a file of that name, which holds one mapping.
func Parse(name string, text []byte) ([]Entry, error) {
	docs, err := Documents(name, text)
	switch {
	case err != nil || len(docs) == 0:
		return nil, err
	case len(docs) > 1:
		return nil, docs[1].At().Mistake("", "a second document; the file holds one")
	}
	return docs[0].Entries()
}

// Documents reads the text of a file of that name. Documents without anything but comments are left out.
func Documents(name string, text []byte) ([]Value, error) {
	f := &file{name, strings.Split(lineEnds.Replace(string(text)), "\n")}
	if !utf8.Valid(text) {
		return nil, f.unreadable()
	}
	loader, err := yaml.NewLoader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	var docs []Value
	for {
		var doc yaml.Node
		switch err := loader.Load(&doc); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, f.mistake(err)
		}
		if body := doc.Content[0]; !isNothing(body) {
			if err := f.unique(body); err != nil {
				return nil, err
			}
			docs = append(docs, Value{body, f})
		}
	}
}

// isNothing reports whether nothing is written where a node stands.
func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && n.Anchor == ""
}

// unique finds a key that is twice in a mapping. The parser's own search compares each with each.
func (f *file) unique(n *yaml.Node) error {
	taken := map[string]*yaml.Node{}
	for i, below := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && below.Kind == yaml.ScalarNode {
			if first, ok := taken[below.Value]; ok {
				return f.of(below).Mistake("", "mapping key %q already defined at [%d:%d]", below.Value, first.Line, first.Column)
			}
			taken[below.Value] = below
		}
		if err := f.unique(below); err != nil {
			return err
		}
	}
	return nil
}

// mistake places what the YAML parser finds wrong. What it misses at the end of the file it misses of what began at its context.
func (f *file) mistake(err error) error {
	var wrong *yaml.LoadError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	if wrong.Stage == yaml.ReaderStage {
		return f.unreadable()
	}
	for inner := wrong; errors.As(inner.Unwrap(), &inner); {
		wrong = inner
	}
	at, context, msg := f.place(wrong.Mark.Line, wrong.Mark.Column), wrong.ContextMark, withoutTypes(wrong.Message)
	if wrong.ContextMsg != "" {
		msg += " " + wrong.ContextMsg
		switch {
		case at.Text == "" && context.Line > 0:
			at = f.place(context.Line, context.Column)
		case context.Line > 0 && context != wrong.Mark:
			msg += fmt.Sprintf(", from %d:%d on", context.Line, context.Column)
		}
	}
	for at.Text == "" && at.Line > 1 { // the end of the file, which is nothing to look at
		line := min(at.Line-1, len(f.lines))
		at = f.place(line, utf8.RuneCountInString(f.lines[line-1]))
	}
	hint := ""
	if strings.HasPrefix(behind(at.Text, at.Column-1), "\t") {
		hint = "indent by blanks, not by tabs"
	}
	return at.Mistake(hint, "%s", msg)
}

// withoutTypes says a mistake of decoding in the words of who wrote the file, not by names of types.
func withoutTypes(msg string) string {
	if what, _, ok := strings.Cut(msg, " not found in type "); ok {
		return fmt.Sprintf("unknown field %q", strings.TrimPrefix(what, "field "))
	}
	_, kind, ok := strings.Cut(msg, " into ")
	switch {
	case !ok || !strings.HasPrefix(msg, "cannot construct "):
		return msg
	case kind == "string":
		return "expected a text here"
	case strings.HasPrefix(kind, "[]"):
		return "expected a list here"
	}
	return "expected keys and values here: key: value"
}

// unreadable places the first character that may not stand in YAML, of which the parser knows no line.
func (f *file) unreadable() *Mistake {
	for i, line := range f.lines {
		for at, r := range line {
			switch column := utf8.RuneCountInString(line[:at]) + 1; {
			case r == utf8.RuneError && !strings.HasPrefix(line[at:], string(r)):
				return f.place(i+1, column).Mistake("store the file as UTF-8", "this is no UTF-8")
			case r < ' ' && r != '\t', r == 0xFFFE, r == 0xFFFF:
				return f.place(i+1, column).Mistake("", "the character %U may not stand in YAML", r)
			}
		}
	}
	return f.place(1, 1).Mistake("", "this is no YAML")
}

// place returns the place of one character.
func (f *file) place(line, column int) Place {
	p := Place{File: f.name, Line: max(line, 1), Column: max(column, 1), Width: 1}
	if p.Line <= len(f.lines) {
		p.Text = f.lines[p.Line-1]
	}
	return p
}

// of returns the place of what a node begins with: a text, or a bracket.
func (f *file) of(n *yaml.Node) Place {
	p := f.place(n.Line, n.Column)
	rest := behind(p.Text, p.Column-1)
	switch written := 0; {
	case n.Kind != yaml.ScalarNode || isBlock(n):
	case isQuoted(n):
		p.Width = max(1, utf8.RuneCountInString(rest[:quoted(rest)]))
	default:
		for written < min(len(rest), len(n.Value)) && rest[written] == n.Value[written] {
			written++
		}
		p.Width = max(1, utf8.RuneCountInString(strings.TrimSpace(rest[:written])))
	}
	return p
}

// behind returns the text behind n characters.
func behind(text string, n int) string {
	for ; n > 0 && text != ""; n-- {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return text
}

// quoted returns the length of the quoted text that a line begins with, which may go on in the next one.
func quoted(line string) int {
	if line == "" {
		return 0
	}
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && line[0] == '"', line[0] == '\'' && strings.HasPrefix(line[i:], "''"):
			i++ // the next one is escaped
		case line[i] == line[0]:
			return i + 1
		}
	}
	return len(line)
}

func isBlock(n *yaml.Node) bool  { return n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 }
func isQuoted(n *yaml.Node) bool { return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 }

// At returns the place of the value.
func (v Value) At() Place { return v.file.of(v.node) }

// IsMapping reports whether the value is a mapping.
func (v Value) IsMapping() bool { return v.node.Kind == yaml.MappingNode }

// IsList reports whether the value is a list.
func (v Value) IsList() bool { return v.node.Kind == yaml.SequenceNode }

// Entries returns the entries of a mapping in their order.
func (v Value) Entries() ([]Entry, error) {
	if !v.IsMapping() {
		return nil, v.At().Mistake("", "expected keys and values here: key: value")
	}
	var out []Entry
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key := Value{v.node.Content[i], v.file}
		at := key.At()
		if key.node.Kind != yaml.ScalarNode || key.node.Anchor != "" {
			return nil, at.Mistake("", "expected a text as the key here")
		}
		out = append(out, Entry{key.node.Value, at, Value{v.node.Content[i+1], v.file}})
	}
	return out, nil
}

// Items returns the items of a list; a value that is none is a list of itself.
func (v Value) Items() []Value {
	if !v.IsList() {
		return []Value{v}
	}
	out := make([]Value, len(v.node.Content))
	for i, item := range v.node.Content {
		out[i] = Value{item, v.file}
	}
	return out
}

// Text returns a value as it is written: a number, a date or a truth value is the text of it.
func (v Value) Text() (string, error) {
	switch n := v.node; {
	case n.Kind != yaml.ScalarNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0:
		return "", v.At().Mistake("", "expected a text, a number, true or false here")
	case n.ShortTag() == "!!null":
		return "", v.At().Mistake("", "nothing stands here; expected a value")
	}
	return v.node.Value, nil
}

// Decode fills a structure of Go, by the names that its tags say. A key that it has not is a mistake. That no key is twice is known.
func (v Value) Decode(into any) error {
	if err := v.node.Load(into, yaml.WithKnownFields(), yaml.WithUniqueKeys(false)); err != nil {
		return v.file.mistake(err)
	}
	return nil
}

// IsBlock reports whether the value is a text below its key, behind | or >.
func (v Value) IsBlock() bool { return isBlock(v.node) }

// TextPlace returns where the text of a value begins, which may be on the line below its key, and by how many characters its
// lines are indented there.
func (v Value) TextPlace() (line, indent int) {
	at := v.At()
	switch {
	case isQuoted(v.node):
		return at.Line, at.Column
	case !v.IsBlock():
		return at.Line, at.Column - 1
	}
	for _, text := range v.file.lines[at.Line:] {
		if words := strings.TrimLeft(text, " "); strings.TrimSpace(words) != "" {
			return at.Line + 1, len(text) - len(words)
		}
	}
	return at.Line + 1, 0
}
