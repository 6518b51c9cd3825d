package agg

import (
	"slices"
	"testing"

	"retrohunt/engine/value"
)

// steady are the functions that keep no more for rows like those before: all but pct, which keeps every number.
func steady() []Func { return slices.DeleteFunc(all(), func(f Func) bool { return f.Name == "pct" }) }

// TestAddToAnExistingGroupAllocatesNothing, unless a state keeps a new value.
func TestAddToAnExistingGroupAllocatesNothing(t *testing.T) {
	table := NewTable(steady(), nil)
	keys := []value.Value{value.OfString("ada"), value.OfLong(7), {}}
	rows := [][]value.Value{}
	for _, s := range []string{"0.1", "x", "1e16", "-1e16", "", "9007199254740993"} {
		v := value.OfString(s)
		rows = append(rows, slices.Repeat([]value.Value{v}, len(steady())))
	}
	add := func() {
		for _, row := range rows {
			table.Add(keys, row)
		}
	}
	add()
	if n := testing.AllocsPerRun(100, add); n != 0 {
		t.Errorf("%d rows of an existing group allocate %v times", len(rows), n)
	}
}
