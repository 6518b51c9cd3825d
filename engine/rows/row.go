package rows

import (
	"errors"
	"strings"

	"retrohunt/engine/value"
)

// Row is one row: a value for each column.
type Row = []value.Value

// Compare orders two rows: below 0 if a comes before b.
type Compare func(a, b Row) int

// errRow says that a run does not hold what was written to it: somebody else wrote to the file.
var errRow = errors.New("a temporary file was changed while it was in use")

const (
	rowCost   = 64 // what a row takes beside its values, about, in bytes
	valueCost = 32
)

// cost is what a row takes in memory, about, in bytes.
func cost(row Row) int {
	n := rowCost + valueCost*len(row)
	for _, v := range row {
		n += len(v.Str())
	}
	return n
}

// Clone returns a copy of a row with texts of its own.
func Clone(row Row) Row {
	size := 0
	for _, v := range row {
		size += len(v.Str())
	}
	var texts strings.Builder
	texts.Grow(size)
	for _, v := range row {
		texts.WriteString(v.Str())
	}
	all, out := texts.String(), make(Row, len(row))
	for i, v := range row {
		if v.Kind() == value.String {
			n := len(v.Str())
			v, all = value.OfString(all[:n]), all[n:]
		}
		out[i] = v
	}
	return out
}

func appendRow(dst []byte, row Row) []byte {
	for _, v := range row {
		dst = value.AppendBinary(dst, v)
	}
	return dst
}

// readRow reads a row of so many columns, which borrows s.
func readRow(s string, columns int) (Row, error) {
	row := make(Row, columns)
	for i := range row {
		var err error
		if row[i], s, err = value.ReadBinary(s); err != nil {
			return nil, errRow
		}
	}
	if s != "" {
		return nil, errRow
	}
	return row, nil
}
