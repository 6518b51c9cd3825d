package engine

import "retrohunt/engine/value"

// Table is the result of a query: rows in the order that the query asks for, each with one value per column.
type Table struct {
	Columns []string
	Rows    [][]value.Value
}
