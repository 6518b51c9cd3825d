// Package detections holds the shipped detections and loads a user's own: a query with what a hunter must know of it, and
// the tests that show what it sees.
//
// A detection is a YAML file, or the bare text of a query in a .sumo file. The package reads and checks the files; it
// compiles no query and runs no test. What it returns belongs to the caller.
package detections

import (
	"bytes"
	"embed"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"go.yaml.in/yaml/v4"
)

// Detection is one detection.
type Detection struct {
	ID             string   `yaml:"id"`
	Title          string   `yaml:"title"`
	Description    string   `yaml:"description"`
	Tactics        []string `yaml:"tactics"`    // ATT&CK tactics by name
	Techniques     []string `yaml:"techniques"` // ATT&CK techniques by id
	Tags           []string `yaml:"tags"`       // words of the author to select by
	Severity       string   `yaml:"severity"`   // one of Severities; "" is not stated
	Confidence     string   `yaml:"confidence"` // low, medium, high; "" is not stated
	DataSources    []string `yaml:"data_sources"`
	FalsePositives []string `yaml:"false_positives"`
	References     []string `yaml:"references"`
	Query          string   `yaml:"query"`

	File      string `yaml:"-"` // where it was read
	QueryLine int    `yaml:"-"` // line of File on which the query starts, 1-based
	Indent    int    `yaml:"-"` // by how many characters the query's lines are indented there

	tests func() ([]Test, error)
}

// Tests returns the stories that the detection tells of itself. Those of a shipped one are read now.
func (d *Detection) Tests() ([]Test, error) {
	if d.tests == nil {
		return nil, nil
	}
	return d.tests()
}

// Test is one story that a detection tells of itself.
type Test struct {
	Name   string `yaml:"name"`
	Note   string `yaml:"note"` // an honest word on what is seen and what is not
	From   string `yaml:"from"` // the range of time that is asked for, as --from and --to of hunt; "" is no bound
	To     string `yaml:"to"`
	Now    string `yaml:"now"`    // what now() stands for, and what times before now count from; "" is the moment of the test
	Events string `yaml:"events"` // JSON, one event to a line or over many
	Rows   []Row  `yaml:"rows"`   // what must come out: column to text, number or null; in any order
}

// Row is a row that a test expects.
type Row map[string]any

// UnmarshalYAML leaves a date the text that it is in the file, and in rows.
func (r *Row) UnmarshalYAML(node *yaml.Node) error {
	cells := map[string]yaml.Node{}
	if err := node.Load(&cells, yaml.WithUniqueKeys(false)); err != nil {
		return err
	}
	*r = make(Row, len(cells))
	for _, column := range slices.Sorted(maps.Keys(cells)) { // so that it is the same mistake each time
		cell := cells[column]
		if cell.ShortTag() == "!!timestamp" {
			(*r)[column] = cell.Value
			continue
		}
		var v any
		if err := cell.Load(&v, yaml.WithUniqueKeys(false)); err != nil {
			return err
		}
		(*r)[column] = v
	}
	return nil
}

// Severities are the severities, least first.
var Severities = []string{"informational", "low", "medium", "high", "critical"}

//go:embed *.yaml
var shipped embed.FS

// Shipped returns the detections that are part of the program, by id.
func Shipped() ([]*Detection, error) {
	names, err := fs.Glob(shipped, "*.yaml")
	if err != nil {
		return nil, err
	}
	var l loader
	for _, name := range names {
		text, err := shipped.ReadFile(name)
		if err != nil {
			return nil, err
		}
		l.shipped("detections/"+name, text)
	}
	return l.result()
}

// shipped takes a file of one detection. Its tests, which come last, are nine tenths of it, and a hunt asks for none: they are left
// unread until somebody does.
func (l *loader) shipped(name string, text []byte) {
	about := text
	if at := bytes.Index(text, []byte("\ntests:\n")); at >= 0 {
		about = text[:at+1]
	}
	from := len(l.found)
	l.yaml(name, about)
	for _, d := range l.found[from:] {
		d.tests = sync.OnceValues(func() ([]Test, error) {
			var whole loader
			whole.yaml(name, text)
			all, err := whole.result()
			if err != nil {
				return nil, err
			}
			return all[0].Tests()
		})
	}
}
