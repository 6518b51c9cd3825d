package report

import (
	"retrohunt/engine"
	"retrohunt/engine/value"
)

// Sample is an event that stands for others of its row.
type Sample struct {
	Row   int    // index of the table's row; -1 where the rows do not tell which events are theirs
	Place string // what the command show takes
	Time  string // the message time, "" if it has none
	Text  string // the raw event, or its beginning
	Cut   bool   // Text is not all of it
}

// Place is what the command show takes for the event.
func (e *Event) Place() string { return e.place() }

// Time is the event's message time as it is written beside rows, "" if it has none.
func (e *Event) Time() string { return e.time() }

// RowKeys returns the key of each row, as AppendKey writes it: of the columns that the query's first aggregate groups by.
// It is nil where the table does not have them all.
func RowKeys(t *engine.Table, keys []string) []string {
	var place []int
	for _, k := range keys {
		i := seenColumn(t, k)
		if i < 0 {
			return nil
		}
		place = append(place, i)
	}
	out := make([]string, 0, t.Len())
	var key []value.Value
	for row := range t.All() {
		key = key[:0]
		for _, at := range place {
			key = append(key, row[at])
		}
		out = append(out, string(AppendKey(nil, key)))
	}
	return out
}

// AppendKey appends the values of a row's key so that only the same values make the same bytes.
func AppendKey(buf []byte, key []value.Value) []byte {
	for _, v := range key {
		buf = value.AppendKey(buf, v)
	}
	return buf
}
