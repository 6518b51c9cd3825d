package detections

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Load reads a detection file, or all of them below a directory: .yaml and .yml, of which one file may hold several
// documents, and .sumo, the bare text of a query. Its error joins all mistakes, each with file and line.
func Load(path string) ([]*Detection, error) {
	var l loader
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir():
		l.file(path)
	default:
		err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && isDetection(name) {
				l.file(name)
			}
			return err
		})
		l.fail(err)
		if err == nil && len(l.found) == 0 && len(l.errs) == 0 {
			l.fail(fmt.Errorf("%s: no .yaml, .yml or .sumo file below this directory", path))
		}
	}
	return l.result()
}

func isDetection(name string) bool {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".sumo":
		return !strings.HasPrefix(filepath.Base(name), ".")
	}
	return false
}

type loader struct {
	found []*Detection
	errs  []error
}

func (l *loader) fail(err error) {
	if err != nil {
		l.errs = append(l.errs, err)
	}
}

// result orders the detections by id, of which there may be only one each.
func (l *loader) result() ([]*Detection, error) {
	slices.SortStableFunc(l.found, func(a, b *Detection) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; i < len(l.found); i++ {
		if a, b := l.found[i-1], l.found[i]; a.ID == b.ID {
			l.fail(fmt.Errorf("%s: the id %s is taken by %s", b.File, b.ID, a.File))
		}
	}
	return l.found, errors.Join(l.errs...)
}

func (l *loader) file(name string) {
	text, err := os.ReadFile(name)
	switch {
	case err != nil:
		l.fail(err)
	case filepath.Ext(name) == ".sumo":
		l.sumo(name, text)
	default:
		l.yaml(name, text)
	}
}

// sumo takes the bare text of a query; the file's name is its id.
func (l *loader) sumo(name string, text []byte) {
	base := filepath.Base(name)
	l.add(&Detection{ID: strings.TrimSuffix(base, filepath.Ext(base)), Query: string(text), File: name, QueryLine: 1}, name)
}

// yaml takes each document of a file.
func (l *loader) yaml(name string, text []byte) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		l.fail(yamlError(name, err))
		return
	}
	decoder := yaml.NewDecoder(strings.NewReader(""), yaml.Strict()) // of the nodes: a reader of the text would parse it again
	empty := true
	for _, doc := range file.Docs {
		if isEmpty(doc.Body) {
			continue
		}
		empty = false
		d := &Detection{File: name}
		if err := decoder.DecodeFromNode(doc.Body, d); err != nil {
			l.fail(yamlError(name, err))
			return
		}
		d.placeQuery(doc.Body)
		l.add(d, fmt.Sprintf("%s:%d", name, firstLine(doc.Body)))
	}
	if empty {
		l.fail(fmt.Errorf("%s: no detection in this file", name))
	}
}

// isEmpty reports whether a document holds nothing but comments.
func isEmpty(body ast.Node) bool {
	if body == nil {
		return true
	}
	_, comments := body.(*ast.CommentGroupNode)
	return comments
}

// add takes a detection that is complete.
func (l *loader) add(d *Detection, place string) {
	switch {
	case d.ID == "":
		l.fail(fmt.Errorf("%s: a detection without id", place))
	case strings.TrimSpace(d.Query) == "":
		l.fail(fmt.Errorf("%s: detection %s has no query", place, d.ID))
	case d.Severity != "" && !slices.Contains(Severities, d.Severity):
		l.fail(fmt.Errorf("%s: detection %s: severity %q is none of %s", place, d.ID, d.Severity, strings.Join(Severities, ", ")))
	default:
		l.found = append(l.found, d)
	}
}

// placeQuery finds where the query's text stands in the file, so that a mistake in it can be shown there.
func (d *Detection) placeQuery(body ast.Node) {
	mapping, ok := body.(*ast.MappingNode)
	if !ok {
		return
	}
	for _, pair := range mapping.Values {
		if pair.Key.String() != "query" {
			continue
		}
		d.QueryLine = pair.Key.GetToken().Position.Line
		if block, ok := pair.Value.(*ast.LiteralNode); ok {
			d.QueryLine++
			d.Indent = indentOf(block.Value.GetToken().Origin)
		}
	}
}

// indentOf returns the indentation of the first line that is not blank.
func indentOf(block string) int {
	for line := range strings.Lines(block) {
		if text := strings.TrimLeft(line, " "); strings.TrimSpace(text) != "" {
			return len(line) - len(text)
		}
	}
	return 0
}

func firstLine(body ast.Node) int {
	if body == nil || body.GetToken() == nil {
		return 1
	}
	return body.GetToken().Position.Line
}

// yamlError puts the file in front of a mistake, and what was meant behind an unknown key.
func yamlError(name string, err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	place := syntax.GetToken().Position
	return fmt.Errorf("%s:%d:%d: %s", name, place.Line, place.Column, syntax.GetMessage())
}
