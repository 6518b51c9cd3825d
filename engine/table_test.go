package engine_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"retrohunt/engine"
	"retrohunt/engine/value"
)

// TestExtend: more columns are the same whether rows are in memory or in a file, however often they are read, and one behind the other.
func TestExtend(t *testing.T) {
	var tables [2]*engine.Table
	for i, room := range []*engine.Memory{nil, engine.NewMemory(1 << 10)} {
		c := testCase{query: "* | count by user | sort by user"}
		for n := range 500 {
			c.events = append(c.events, `{"user":"u`+strconv.Itoa(n)+`"}`)
		}
		table, _, err := c.within(room, 1)
		if err != nil {
			t.Fatal(err)
		}
		defer table.Close()
		if spilled := table.Rows == nil; spilled != (room != nil) {
			t.Fatalf("rows are in a file: %t", spilled)
		}
		one := make([]value.Value, 1) // the caller's own, used again
		table.Extend([]string{"twice"}, func(row []value.Value) []value.Value {
			one[0] = value.OfString(row[0].Text() + row[0].Text())
			return one
		})
		table.Extend([]string{"n", "none"}, func(row []value.Value) []value.Value {
			return []value.Value{value.OfLong(int64(len(row))), {}}
		})
		tables[i] = table
	}
	if want := []string{"user", "_count", "twice", "n", "none"}; !slices.Equal(tables[1].Columns, want) {
		t.Errorf("the columns are %q", tables[1].Columns)
	}
	for range 2 {
		got := [2]string{}
		for i, table := range tables {
			rows := 0
			for row := range table.All() {
				rows++
				for _, v := range row {
					got[i] += v.Text() + "|"
				}
			}
			if rows != 500 || table.Len() != 500 || table.Err != nil {
				t.Errorf("%d rows, %v", rows, table.Err)
			}
		}
		if got[0] != got[1] || !strings.HasPrefix(got[0], "u99|1|u99u99|3||") {
			t.Errorf("in memory %.60q, in a file %.60q", got[0], got[1])
		}
	}
	for range tables[1].All() {
		break // reads no further, which is no error
	}
	if tables[1].Err != nil {
		t.Error(tables[1].Err)
	}
}
