package report

import (
	"io"
	"strings"
)

// Stored is what became of rows that a query stores in a table.
type Stored struct {
	Table   string // its name in the query
	File    string
	Rows    int
	Dropped []string // columns that the table does not have
	Why     string   // not "": nothing was stored
}

// StoredTable says so.
func StoredTable(w io.Writer, s Stored, o Options) {
	switch {
	case s.Why != "":
		line(w, o, "table", "%s was not stored: %s", visible(s.Table), s.Why)
	case s.File == "":
		line(w, o, "table", "%s was not stored", visible(s.Table)) // the error says why
	case len(s.Dropped) > 0:
		line(w, o, "table", "%s in %s, without what the table has no column for: %s", plural(s.Rows, "row"), visible(s.File), visible(strings.Join(s.Dropped, ", ")))
	default:
		line(w, o, "table", "%s in %s", plural(s.Rows, "row"), visible(s.File))
	}
}
