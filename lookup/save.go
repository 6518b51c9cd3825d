package lookup

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"retrohunt/engine/value"
)

// Saving is what the save operator makes of a table: CSV with a header line. CSV has no null, which becomes the empty text.
type Saving struct {
	Columns []string
	Dropped []string // columns of the rows that the table does not have
	from    []int    // where a column is in a row
	before  *Table   // whose rows come first; nil: none
}

// NewSaving plans how rows with some columns go into a table, which is nil if there is none yet. A table of the library that there
// is keeps its columns: the rows must have all of them, and what else they have is dropped (S/save). A classic one that rows are
// appended to must have just theirs; else it becomes theirs (S/save-classic).
func NewSaving(name Name, appending bool, t *Table, columns []string) (*Saving, error) {
	columns = slices.Clone(columns)
	for i, column := range columns {
		columns[i] = strings.ToValidUTF8(column, replacement)
	}
	s := &Saving{Columns: columns}
	if t != nil && t.lines {
		return nil, fmt.Errorf("%s holds JSON lines, and save writes CSV", t.name)
	}
	if t != nil && (appending || name.Case == AnyCase) {
		s.Columns = t.columns
	}
	if appending {
		s.before = t
	}
	for i, column := range columns {
		switch {
		case strings.TrimSpace(column) != column || column == "":
			return nil, fmt.Errorf("a table cannot have a column with the name %q", column)
		case find(columns[:i], column) >= 0:
			return nil, fmt.Errorf("two columns have the name %s", column)
		case find(s.Columns, column) < 0:
			s.Dropped = append(s.Dropped, column)
		}
	}
	for _, column := range s.Columns {
		i := find(columns, column)
		if i < 0 {
			return nil, &ColumnError{"the result", column, columns}
		}
		s.from = append(s.from, i)
	}
	if name.Case == ExactCase && len(s.Dropped) > 0 {
		return nil, &ColumnError{t.name, s.Dropped[0], t.columns}
	}
	return s, nil
}

// Write writes the table with the rows, each with a value for each of the columns that NewSaving was told of.
func (s *Saving) Write(to io.Writer, rows iter.Seq[[]value.Value]) error {
	w := bufio.NewWriter(to)
	cells := slices.Clone(s.Columns)
	writeCSV(w, cells)
	if s.before != nil {
		for _, row := range s.before.rows {
			for i, v := range row {
				cells[i] = v.Text()
			}
			writeCSV(w, cells)
		}
	}
	for row := range rows {
		for i, from := range s.from {
			cells[i] = row[from].Text()
		}
		writeCSV(w, cells)
	}
	return w.Flush()
}

// writeCSV writes a line that ReadTable reads back as it is, but for line ends in cells: a carriage return before a newline goes. A
// line of one empty cell, which would be no row, and a brace at the start, which would be JSON, are quoted.
func writeCSV(w *bufio.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			w.WriteByte(',')
		}
		if quoted := strings.ContainsAny(cell, "\",\r\n{\ufeff") || cell == "" && len(cells) == 1; !quoted {
			w.WriteString(cell)
			continue
		}
		w.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	w.WriteByte('\n')
}
