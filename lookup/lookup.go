// Package lookup holds the tables that a query or a reader of rows asks by key: a user's CSV or JSON lines (Table), where
// an address is and who owns it (Geo, from MMDB files), and known bad indicators (Indicators). They stand for the tables that
// Sumo Logic keeps: path://"/Library/…", geo://location, asn://default, sumo://threat/….
//
// It fetches nothing and knows nothing of queries. A source is read once, is immutable from then on but for the indexes that it
// makes of itself, and may be used by many goroutines; a Finder belongs to one goroutine.
package lookup

import (
	"fmt"
	"strings"

	"retrohunt/engine/value"
)

// Source is what rows are looked up in.
type Source interface {
	// Columns returns the names of the columns, in the source's order. Names compare without case.
	Columns() []string
	// Finder returns what finds, by the values of the key columns, the values of other columns. Its error is a *ColumnError
	// if the source has no such column.
	Finder(keys, columns []string) (Finder, error)
}

// Finder returns the values of the columns in the row with these keys, nil if there is no such row; a key that is null is in
// none. The values are read-only and valid until the next call.
type Finder func(keys []value.Value) []value.Value

// ColumnError says that a source has no such column, or none that can be a key.
type ColumnError struct {
	Source string // where the source is from: a file, or what it is
	Column string
	Have   []string // the columns that could have been asked for
}

func (e *ColumnError) Error() string {
	return fmt.Sprintf("%s has no column %s; it has %s", e.Source, e.Column, strings.Join(e.Have, ", "))
}

// Has reports whether a source has a column.
func Has(s Source, column string) bool { return find(s.Columns(), column) >= 0 }

// find returns the place of a column, -1 if there is none.
func find(columns []string, name string) int {
	for i, c := range columns {
		if strings.EqualFold(c, name) {
			return i
		}
	}
	return -1
}

// places returns the places of columns.
func places(source string, have, want []string) ([]int, error) {
	out := make([]int, len(want))
	for i, name := range want {
		if out[i] = find(have, name); out[i] < 0 {
			return nil, &ColumnError{source, name, have}
		}
	}
	return out, nil
}
