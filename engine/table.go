package engine

import (
	"retrohunt/engine/exec"
	"retrohunt/engine/function"
	"retrohunt/engine/value"
)

// Table is the result of a query: rows in the order that the query asks for, each with one value per column.
type Table struct {
	Columns []string
	Rows    [][]value.Value
	// Hits is how many events were counted in rows, those included that the stages behind the first aggregate drop again.
	Hits int64
	// Days are the Hits by the day of their message time, in order, of a query WithSeen. Hits without a time are in none.
	Days []Day
	// Warnings say which functions dropped events or rows that every filter kept, in the order of their texts.
	Warnings []Warning
	// Needs are the source categories in which no event of the query's scope has the fields for a hit, most events first.
	Needs []Need
}

// Need is a source category in which a query cannot hit, and the fields that it would take.
type Need = exec.Need

// Warning is something that went wrong in rows, and in how many.
type Warning = function.Warning
