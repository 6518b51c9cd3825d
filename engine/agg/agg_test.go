package agg

import (
	"encoding/binary"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

var names = []string{"count", "count_distinct", "sum", "avg", "min", "max"}

// further are the functions that tests of their own tell of.
var further = []Func{{Name: "stddev"}, {Name: "pct", Percent: 50}, {Name: "pct", Percent: 99.9}, {Name: "values"}, {Name: "most_recent"}, {Name: "least_recent"}}

// all are names and further as functions.
func all() []Func {
	var out []Func
	for _, n := range names {
		out = append(out, Func{Name: n})
	}
	return append(out, further...)
}

// each is a value as the argument of all functions.
func each(v value.Value) []value.Value { return slices.Repeat([]value.Value{v}, len(all())) }

func texts(list ...string) []value.Value {
	out := make([]value.Value, len(list))
	for i, s := range list {
		out[i] = value.OfString(s)
	}
	return out
}

// results runs every function over a column of one group.
func results(column []value.Value) []value.Value { return resultsOf(gathered(column)) }

// gathered is a table with a column in its only group.
func gathered(column []value.Value) *Table {
	t := NewTable(all(), nil)
	t.AddEmpty()
	for _, v := range column {
		t.Add(nil, each(v))
	}
	return t
}

func resultsOf(t *Table) []value.Value {
	var out []value.Value
	for _, s := range slices.Collect(t.All())[0].States {
		out = append(out, s.Result())
	}
	return out
}

func TestFunctions(t *testing.T) {
	null, inf := value.Value{}, value.OfDouble(math.Inf(1))
	long, double := value.OfLong, value.OfDouble
	cases := []struct {
		name   string
		column []value.Value
		want   [6]value.Value // in the order of names
	}{
		{"nothing", nil, [6]value.Value{long(0), long(0), null, null, null, null}},
		{"nulls only", []value.Value{null, null}, [6]value.Value{long(0), long(0), null, null, null, null}},
		{"texts that are no numbers", texts("x", "", "x"), [6]value.Value{long(3), long(2), null, null, null, null}},
		{"numbers among them", texts("x", "2", " 3 ", "1.0"), [6]value.Value{long(4), long(4), double(6), double(2), double(1), double(3)}},
		{"longs", []value.Value{long(7), long(-7), null}, [6]value.Value{long(2), long(2), double(0), double(0), double(-7), double(7)}},
		{"a boolean is no number", []value.Value{value.OfBool(true)}, [6]value.Value{long(1), long(1), null, null, null, null}},
		{"different spellings are distinct", texts("1", "1.0", "01"), [6]value.Value{long(3), long(3), double(3), double(1), double(1), double(1)}},
		{"0.1 + 0.2 + 0.3", texts("0.1", "0.2", "0.3"), [6]value.Value{long(3), long(3), double(.6), double(.2), double(.1), double(.3)}},
		{"a long that is no double", texts("9007199254740993", "1"), [6]value.Value{
			long(2), long(2), double(9007199254740994), double(4503599627370497), double(1), double(9007199254740992),
		}},
		{"small beside large", texts("1e16", "1", "-1e16"), [6]value.Value{
			long(3), long(3), double(1), double(1. / 3), double(-1e16), double(1e16),
		}},
		{"a sum beyond a double", texts("1e308", "1e308"), [6]value.Value{long(2), long(1), inf, double(1e308), double(1e308), double(1e308)}},
		{"a way beyond and back", texts("1e308", "1e308", "-1e308", "-1e308", "1"), [6]value.Value{
			long(5), long(3), double(1), double(.2), double(-1e308), double(1e308),
		}},
		{"infinity", texts("1e999", "1"), [6]value.Value{long(2), long(2), inf, inf, double(1), inf}},
		{"infinities that undo each other", texts("1e999", "-1e999", "5"), [6]value.Value{
			long(3), long(3), double(math.NaN()), double(math.NaN()), double(math.Inf(-1)), inf,
		}},
		{"NaN is neither least nor greatest", []value.Value{double(math.NaN()), long(1)}, [6]value.Value{
			long(2), long(2), double(math.NaN()), double(math.NaN()), double(1), double(1),
		}},
		{"one zero", []value.Value{double(math.Copysign(0, -1)), double(0)}, [6]value.Value{
			long(2), long(1), double(0), double(0), double(0), double(0),
		}},
	}
	for _, c := range cases {
		for i, got := range results(c.column)[:len(names)] {
			if want := c.want[i]; got != want {
				t.Errorf("%s: %s is %v %s, want %v %s", c.name, names[i], got.Kind(), got.Text(), want.Kind(), want.Text())
			}
		}
	}
}

func TestKnown(t *testing.T) {
	for _, f := range all() {
		if !Known(f.Name) {
			t.Errorf("%s is not known", f.Name)
		}
	}
	if Known("median") || Known("") || Known("Count") {
		t.Error("a function is known that is none")
	}
}

func TestGroups(t *testing.T) {
	null, text := value.Value{}, value.OfString
	table := NewTable([]Func{{Name: "count"}}, nil)
	for _, keys := range [][]value.Value{
		{null, text("x")},
		{text(""), text("x")},
		{text("b"), null},
		{text("b"), text("")},
		{text("a"), text("bc")},
		{text("ab"), text("c")},
		{value.OfLong(10), null},
		{value.OfLong(9), null},
		{text("9"), null},
		{value.OfBool(false), null},
		{text("b"), null},
		{value.OfDouble(10), null},
		{value.OfDouble(9.5), null},
	} {
		table.Add(keys, []value.Value{value.OfBool(true)})
	}
	want := []string{
		"9 null 1", "9.5 null 1", "10 null 2", `"" "x" 1`, `"9" null 1`, `"a" "bc" 1`, `"ab" "c" 1`, `"b" "" 1`, `"b" null 2`, "false null 1", `null "x" 1`,
	}
	groups := slices.Collect(table.All())
	if len(groups) != len(want) {
		t.Fatalf("%d groups, want %d", len(groups), len(want))
	}
	for i, g := range groups {
		if got := show(g.Keys[0]) + " " + show(g.Keys[1]) + " " + g.States[0].Result().Text(); got != want[i] {
			t.Errorf("group %d is %s, want %s", i, got, want[i])
		}
	}
}

func show(v value.Value) string {
	switch v.Kind() {
	case value.Null:
		return "null"
	case value.String:
		return `"` + v.Str() + `"`
	}
	return v.Text()
}

func TestATableOwnsWhatItKeeps(t *testing.T) {
	if view.Copies {
		t.Skip("views copy in this build")
	}
	bytes := []byte("key")
	table := NewTable([]Func{{Name: "count_distinct"}}, nil)
	table.Add([]value.Value{value.OfString(view.String(bytes))}, []value.Value{value.OfString(view.String(bytes))})
	copy(bytes, "xxx")
	table.Add([]value.Value{value.OfString("key")}, []value.Value{value.OfString("key")})
	groups := slices.Collect(table.All())
	if len(groups) != 1 || groups[0].Keys[0].Str() != "key" || groups[0].States[0].Result().Long() != 1 {
		t.Errorf("%d groups; the first is %q", len(groups), groups[0].Keys[0].Str())
	}
}

// FuzzMerge: in whatever order rows come and however they are shared out, every function gives the same; the sum is the
// exact one and the mean the exact sum's, each rounded once.
func FuzzMerge(f *testing.F) {
	f.Add(doubles(0.1, 0.2, 0.3, 1e16, -1e16), uint64(1))
	f.Add(doubles(1e308, 1e308, -1e308, 5e-324, -1e308, 1), uint64(2))
	f.Add(doubles(math.Inf(1), 1, math.Inf(-1)), uint64(3))
	f.Add(doubles(1, 0x1p-53, 0x1p-106, math.NaN()), uint64(4))
	f.Add(doubles(0x1p960, -0x1p959, 0x1p907, 3), uint64(5))
	f.Fuzz(func(t *testing.T, bytes []byte, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 0))
		var column []value.Value
		for ; len(bytes) >= 9; bytes = bytes[9:] {
			column = append(column, valueOf(bytes[0], binary.LittleEndian.Uint64(bytes[1:])))
		}
		want, bytesOf := results(column), statesOf(gathered(column))
		random.Shuffle(len(column), func(i, j int) { column[i], column[j] = column[j], column[i] })
		tables := []*Table{NewTable(all(), nil), NewTable(all(), nil), NewTable(all(), nil)}
		tables[0].AddEmpty()
		for _, v := range column {
			tables[random.IntN(3)].Add(nil, each(v))
		}
		tables[1].Merge(tables[2])
		tables[0].Merge(tables[1])
		for i, got := range statesOf(tables[0]) {
			if got != bytesOf[i] && !slices.ContainsFunc(column, mayBeLarge) {
				t.Errorf("the state of %v is %x in one order and %x in another", all()[i], bytesOf[i], got)
			}
		}
		for i, got := range resultsOf(tables[0]) {
			if got != want[i] {
				t.Errorf("%v is %s in one order and %s in another", all()[i], want[i].Text(), got.Text())
			}
		}
		if sum, n, ok := exactly(column); ok {
			if got := want[2].Double(); got != rounded(sum) {
				t.Errorf("the sum is %v, want %v", got, rounded(sum))
			}
			if got := want[3].Double(); got != rounded(sum.Quo(sum, new(big.Rat).SetInt64(n))) {
				t.Errorf("the mean is %v, want %v", got, rounded(sum))
			}
		}
	})
}

// statesOf returns the states of the only group as bytes.
func statesOf(t *Table) (out []string) {
	for g := range t.each() {
		for _, s := range g.States {
			out = append(out, string(AppendState(nil, s)))
		}
	}
	return out
}

// mayBeLarge reports whether sums of a number and some others may be kept in another way.
func mayBeLarge(v value.Value) bool {
	n, ok := value.ToNumber(v)
	return ok && n.Kind() == value.Double && math.Abs(n.Double()) >= 0x1p400 // whose square is summed up, too
}

// doubles are the fuzzer's bytes of a column.
func doubles(list ...float64) []byte {
	var out []byte
	for _, x := range list {
		out = binary.LittleEndian.AppendUint64(append(out, 0), math.Float64bits(x))
	}
	return out
}

func valueOf(kind byte, bits uint64) value.Value {
	switch kind % 6 {
	case 4, 5:
		at := value.OfLong(int64(bits % 3))
		if kind%6 == 5 {
			at = value.Value{}
		}
		return value.OfString(string(value.AppendTimed(nil, at, value.OfLong(int64(bits)))))
	case 1:
		return value.OfLong(int64(bits))
	case 2:
		return value.Value{}
	case 3:
		return value.OfString(value.OfDouble(math.Float64frombits(bits)).Text())
	}
	return value.OfDouble(math.Float64frombits(bits))
}

// exactly returns the exact sum of the numbers of a column and how many there are; false if it has none or not only finite
// ones.
func exactly(column []value.Value) (sum *big.Rat, n int64, ok bool) {
	sum = new(big.Rat)
	for _, v := range column {
		x, isNumber := value.ToNumber(v)
		if !isNumber {
			continue
		}
		n++
		if x.Kind() == value.Long {
			sum.Add(sum, new(big.Rat).SetInt64(x.Long()))
			continue
		}
		r := new(big.Rat).SetFloat64(x.Double())
		if r == nil {
			return nil, 0, false
		}
		sum.Add(sum, r)
	}
	return sum, n, n > 0
}

func rounded(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}
