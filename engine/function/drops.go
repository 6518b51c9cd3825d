package function

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"retrohunt/engine/value"
)

// Drops counts the rows that functions dropped. The zero Drops is empty.
type Drops struct{ rows map[drop]int64 }

type drop struct {
	function string
	reason   error
}

// Warning is something that went wrong in rows, and in how many.
type Warning struct {
	Text  string
	Count int64 // of rows
}

// Add counts a row that a function dropped.
func (d *Drops) Add(function string, reason error) {
	if d.rows == nil {
		d.rows = map[drop]int64{}
	}
	d.rows[drop{function, reason}]++
}

// Merge takes over the counts of another.
func (d *Drops) Merge(other *Drops) {
	for what, n := range other.rows {
		if d.rows == nil {
			d.rows = map[drop]int64{}
		}
		d.rows[what] += n
	}
}

// Warnings returns what was counted, in the order of the texts.
func (d *Drops) Warnings() []Warning {
	counts := map[string]int64{}
	for what, n := range d.rows {
		counts[what.function+" dropped rows: "+what.reason.Error()] += n
	}
	var out []Warning
	for _, text := range slices.SortedFunc(maps.Keys(counts), strings.Compare) {
		out = append(out, Warning{text, counts[text]})
	}
	return out
}

// AppendPartial appends the counts for ReadPartial, in the order of functions and texts.
func (d *Drops) AppendPartial(dst []byte) []byte {
	counts := map[[2]string]int64{}
	for what, n := range d.rows {
		counts[[2]string{what.function, what.reason.Error()}] += n
	}
	inOrder := func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }
	for _, what := range slices.SortedFunc(maps.Keys(counts), inOrder) {
		dst = value.AppendBinary(dst, value.OfBool(true))
		dst = value.AppendBinary(dst, value.OfString(what[0]))
		dst = value.AppendBinary(dst, value.OfString(what[1]))
		dst = value.AppendBinary(dst, value.OfLong(counts[what]))
	}
	return value.AppendBinary(dst, value.OfBool(false))
}

// ReadPartial adds counts that AppendPartial wrote. Warnings know reasons by their texts.
func (d *Drops) ReadPartial(r *value.Reader) {
	for r.More() {
		function, reason, n := strings.Clone(r.Text()), strings.Clone(r.Text()), r.Long()
		if r.Err() != nil {
			return
		}
		if d.rows == nil {
			d.rows = map[drop]int64{}
		}
		d.rows[drop{function, errors.New(reason)}] += n
	}
}
