package lookup

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"retrohunt/engine/value"
)

// Table is a table with a row for each key: a CSV file with a header line, or a file of JSON lines. Of CSV all values are text,
// of JSON they are of JSON's kinds; objects and arrays are JSON text.
type Table struct {
	name    string
	fold    bool
	lines   bool // the file holds JSON lines, not CSV
	columns []string
	rows    [][]value.Value // each as long as columns
	mu      sync.Mutex
	indexes []*index
}

// Case says how the values of keys compare.
type Case bool

// The cases (S/lookup, S/lookup-classic).
const (
	AnyCase   Case = false // the tables of Sumo's library: path://
	ExactCase Case = true  // classic: files behind https:// and tables that the save operator wrote
)

// OpenTable reads a table from a file. Its error says the file and the line.
func OpenTable(path string, keys Case) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadTable(path, f, keys)
}

// ReadTable reads a table: JSON lines if the first character is a brace, else CSV. The name is for errors, which say the line.
func ReadTable(name string, r io.Reader, keys Case) (*Table, error) {
	t := &Table{name: name, fold: keys == AnyCase}
	in := bufio.NewReader(r)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		in.Discard(3)
	}
	read := t.readCSV
	if startsObject(in) {
		read, t.lines = t.readJSONLines, true
	}
	if err := read(in); err != nil {
		return nil, err
	}
	if len(t.columns) == 0 {
		return nil, fmt.Errorf("%s: the table is empty: it needs a header line, or a JSON object in each line", name)
	}
	for i, row := range t.rows {
		t.rows[i] = append(row, make([]value.Value, len(t.columns)-len(row))...)
	}
	return t, nil
}

// startsObject reports whether the first character that is no blank is a brace.
func startsObject(in *bufio.Reader) bool {
	for n := 1; ; n++ {
		ahead, err := in.Peek(n)
		if err != nil || n > in.Size()-1 {
			return false
		}
		switch ahead[n-1] {
		case ' ', '\t', '\r', '\n':
			continue
		}
		return ahead[n-1] == '{'
	}
}

// wrong is an error with its place.
func (t *Table) wrong(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", t.name, line, fmt.Sprintf(format, args...))
}

// Columns returns the names in the header, or of JSON lines the keys in the order of their first use.
func (t *Table) Columns() []string { return t.columns }

// Rows returns the rows, each with a value for each column: read-only.
func (t *Table) Rows() [][]value.Value { return t.rows }

// Finder implements Source. Of rows with the same keys the last is found. What an index needs is made once for each set of keys.
func (t *Table) Finder(keys, columns []string) (Finder, error) {
	by, err := places(t.name, t.columns, keys)
	if err != nil {
		return nil, err
	}
	wanted, err := places(t.name, t.columns, columns)
	if err != nil {
		return nil, err
	}
	ix := t.index(by)
	out := make([]value.Value, len(wanted))
	var key []byte
	return func(keys []value.Value) []value.Value {
		var ok bool
		if key, ok = appendKey(key[:0], keys, t.fold); !ok {
			return nil
		}
		row, ok := ix.rows[string(key)]
		if !ok {
			return nil
		}
		for i, w := range wanted {
			out[i] = t.rows[row][w]
		}
		return out
	}, nil
}

// Repeated is how many rows no Finder finds by a column, for a later row has the same value there, and the value of the first of them.
func (t *Table) Repeated(column string) (rows int, example string) {
	at := find(t.columns, column)
	if at < 0 {
		return 0, ""
	}
	ix := t.index([]int{at})
	var key []byte
	for i, row := range t.rows {
		var ok bool
		if key, ok = appendKey(key[:0], row[at:at+1], t.fold); !ok || ix.rows[string(key)] == i {
			continue
		}
		if rows++; rows == 1 {
			example = row[at].Text()
		}
	}
	return rows, example
}

// index finds the row of each key.
type index struct {
	by   []int // the columns
	rows map[string]int
}

func (t *Table) index(by []int) *index {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, ix := range t.indexes {
		if slices.Equal(ix.by, by) {
			return ix
		}
	}
	ix := &index{by, make(map[string]int, len(t.rows))}
	keys := make([]value.Value, len(by))
	var key []byte
	for i, row := range t.rows {
		for k, column := range by {
			keys[k] = row[column]
		}
		var ok bool
		if key, ok = appendKey(key[:0], keys, t.fold); ok {
			ix.rows[string(key)] = i
		}
	}
	t.indexes = append(t.indexes, ix)
	return ix
}
