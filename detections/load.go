package detections

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"retrohunt/internal/yamlplace"
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
		var names []string
		err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && isDetection(name) {
				names = append(names, name)
			}
			return err
		})
		l.files(names)
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

// files takes files in their order. They are read on all cores, for there may be thousands.
func (l *loader) files(names []string) {
	each := make([]loader, len(names))
	var next atomic.Int64
	var readers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(names)) {
		readers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
				each[i].file(names[i])
			}
		})
	}
	readers.Wait()
	for _, one := range each {
		l.found = append(l.found, one.found...)
		l.errs = append(l.errs, one.errs...)
	}
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
	docs, err := yamlplace.Documents(name, text)
	if err != nil {
		l.fail(err)
		return
	}
	for _, doc := range docs {
		var read struct {
			Detection `yaml:",inline"`
			Tests     []Test `yaml:"tests"`
		}
		if err := doc.Decode(&read); err != nil {
			l.fail(err)
			return
		}
		d := read.Detection
		d.File = name
		d.tests = func() ([]Test, error) { return read.Tests, nil }
		d.placeQuery(doc)
		l.add(&d, doc.At().String())
	}
	if len(docs) == 0 {
		l.fail(fmt.Errorf("%s: no detection in this file", name))
	}
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
func (d *Detection) placeQuery(doc yamlplace.Value) {
	entries, _ := doc.Entries() // that it is a mapping, decoding has seen
	for _, e := range entries {
		if e.Key != "query" {
			continue
		}
		if d.QueryLine = e.At.Line; e.Value.IsBlock() {
			d.QueryLine, d.Indent = e.Value.TextPlace()
		}
	}
}
