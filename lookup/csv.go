package lookup

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"retrohunt/engine/value"
)

// replacement stands for bytes that are no UTF-8.
const replacement = "\ufffd"

// readCSV reads a header and rows. A row that does not fit the header is an error, for a table with holes gives wrong rows.
func (t *Table) readCSV(r *bufio.Reader) error {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	in.ReuseRecord = true
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return t.badCSV(err)
		}
		line, _ := in.FieldPos(0)
		if t.columns == nil {
			err = t.header(line, record)
		} else {
			err = t.row(line, record)
		}
		if err != nil {
			return err
		}
	}
}

func (t *Table) badCSV(err error) error {
	bad := new(csv.ParseError)
	if errors.As(err, &bad) {
		return t.wrong(bad.Line, "no valid CSV: %v", bad.Err)
	}
	return err
}

// header reads the names of the columns; blanks around them do not count (S/lookup).
func (t *Table) header(line int, record []string) error {
	for i, name := range record {
		name = strings.ToValidUTF8(strings.Clone(strings.TrimSpace(name)), replacement)
		switch {
		case name == "":
			return t.wrong(line, "column %d has no name", i+1)
		case find(t.columns, name) >= 0:
			return t.wrong(line, "two columns have the name %s", name)
		}
		t.columns = append(t.columns, name)
	}
	return nil
}

func (t *Table) row(line int, record []string) error {
	if len(record) != len(t.columns) {
		return t.wrong(line, "%d values for %d columns", len(record), len(t.columns))
	}
	row := make([]value.Value, len(record))
	for i, text := range record {
		row[i] = value.OfString(strings.ToValidUTF8(strings.Clone(text), replacement))
	}
	t.rows = append(t.rows, row)
	return nil
}
