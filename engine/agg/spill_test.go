package agg

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// everything are all functions that there are.
func everything() []Func {
	return append(all(), Func{Name: "first"}, Func{Name: "last"}, Func{Name: "approx_count_distinct"}, Func{Name: "approx_pct", Percent: 95}, Func{Name: "join", Separator: "--"}, Func{Name: "distinct"})
}

// randomValue is one of all kinds, extreme numbers among them.
func randomValue(random *rand.Rand) value.Value {
	numbers := []float64{0, 1.5, -1e-300, 1e308, -1e308, 5e-324, math.Inf(1), 0x1p960, 0.1}
	switch random.IntN(8) {
	case 0:
		return value.Value{}
	case 1:
		return value.OfLong(random.Int64())
	case 2:
		return value.OfDouble(numbers[random.IntN(len(numbers))])
	case 3:
		return value.OfString(string(value.AppendTimed(nil, value.OfLong(random.Int64N(5)), value.OfLong(random.Int64N(5)))))
	case 4:
		return value.OfBool(true)
	}
	return value.OfString(fmt.Sprint(random.IntN(50)))
}

// TestSpilledGroups: with a budget that is always used up the groups and results are the same, in the same order.
func TestSpilledGroups(t *testing.T) {
	functions := everything()
	random := rand.New(rand.NewPCG(6, 8))
	tables := []*Table{NewTable(functions, nil), NewTable(functions, rows.NewMemory(1)), NewTable(functions, rows.NewMemory(64<<10))}
	for range 3000 {
		keys := []value.Value{randomValue(random), value.OfLong(random.Int64N(3))}
		args := slices.Repeat([]value.Value{randomValue(random)}, len(functions))
		for _, table := range tables {
			table.Add(keys, args)
		}
	}
	want := shown(tables[0])
	if len(want) < 200 {
		t.Fatalf("only %d groups", len(want))
	}
	for _, table := range tables[1:] {
		if table.runs.Empty() {
			t.Error("nothing went to a file")
		}
		if got := shown(table); !slices.Equal(got, want) || table.Err() != nil {
			t.Errorf("%d groups, want %d; %v\n%v\n%v", len(got), len(want), table.Err(), got[:3], want[:3])
		}
	}
}

func shown(t *Table) []string {
	var out []string
	for g := range t.All() {
		row := append([]value.Value{}, g.Keys...)
		for _, s := range g.States {
			row = append(row, s.Result())
		}
		out = append(out, fmt.Sprint(row))
	}
	return out
}

// TestMergeOfSpilledTables: it does not matter which of the tables went to files.
func TestMergeOfSpilledTables(t *testing.T) {
	for limits := range 8 {
		var tables []*Table
		for i := range 3 {
			var m *rows.Memory
			if limits>>i&1 == 1 {
				m = rows.NewMemory(1)
			}
			tables = append(tables, NewTable(all(), m))
		}
		one := NewTable(all(), nil)
		random := rand.New(rand.NewPCG(6, uint64(limits)))
		for range 500 {
			keys, args := []value.Value{value.OfLong(random.Int64N(40))}, each(randomValue(random))
			one.Add(keys, args)
			tables[random.IntN(3)].Add(keys, args)
		}
		tables[0].Merge(tables[1])
		tables[0].Merge(tables[2])
		if got, want := shown(tables[0]), shown(one); !slices.Equal(got, want) {
			t.Errorf("limits %b:\n%v\nwant\n%v", limits, got, want)
		}
	}
}

// TestAChangedFile: what was changed in a temporary file is an error, not another result.
func TestAChangedFile(t *testing.T) {
	table := NewTable([]Func{{Name: "sum"}}, nil)
	table.runs.Write(slices.Values([]rows.Row{{value.OfLong(1), value.OfString("no state")}}))
	if got := shown(table); len(got) > 0 || table.Err() == nil {
		t.Errorf("%v, %v", got, table.Err())
	}
}

func TestNoFileOfGroupsIsLeft(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	table := NewTable(all(), rows.NewMemory(1))
	for i := range 100 {
		table.Add([]value.Value{value.OfLong(int64(i))}, each(value.OfLong(1)))
	}
	shown(table)
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// FuzzReadState: whatever bytes are read as a state, they are an error or a state that can be used, written and read again.
func FuzzReadState(f *testing.F) {
	random := rand.New(rand.NewPCG(5, 6))
	for i, function := range everything() {
		s := function.New()
		f.Add(i, AppendState(nil, s))
		for range 2000 {
			s.Add(randomValue(random))
		}
		f.Add(i, AppendState(nil, s))
	}
	f.Add(2, binary.AppendUvarint([]byte{stateVersion, 1}, math.MaxUint64))
	f.Fuzz(func(t *testing.T, i int, b []byte) {
		functions := everything()
		function := functions[uint(i)%uint(len(functions))]
		s, err := function.ReadState(string(b))
		if err != nil {
			return
		}
		want := s.Result()
		again, err := function.ReadState(string(AppendState(nil, s)))
		if err != nil || again.Result() != want {
			t.Fatalf("%s: %v, then %v, %v", function.Name, want, again, err)
		}
		s.Merge(again)
		s.Add(value.OfDouble(0.1))
		s.Result()
	})
}
