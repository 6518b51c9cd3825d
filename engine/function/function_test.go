package function_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"retrohunt/engine/catalog"
	"retrohunt/engine/function"
	"retrohunt/engine/value"
)

// elsewhere are the functions that are conditions and so belong to the plan.
var elsewhere = []string{"contains", "if", "isBlank", "isEmpty", "isNull", "lookupContains"}

// TestCatalog: what the catalog calls supported is here.
func TestCatalog(t *testing.T) {
	for _, e := range catalog.All() {
		if e.Kind != catalog.Function || e.Support != catalog.Supported || slices.Contains(elsewhere, e.Name) {
			continue
		}
		if f, ok := function.Find(e.Name); !ok || f.Name != strings.ToLower(e.Name) {
			t.Errorf("%s is not built", e.Name)
		}
	}
}

// FuzzFunctions calls every function with arbitrary values: none panics; none that is not said to drop rows does; and one
// that is bound to what it knows beforehand yields what it yields otherwise.
func FuzzFunctions(f *testing.F) {
	for _, s := range []string{"a", "", "%s %5.2f", "yyyy-MM-dd'T'HH:mm", "UTC", "192.0.2.7", "[1,{}]", "4111", "0x1f", "%41+", "aGk="} {
		f.Add(s, "2017-07-20", int64(24), 1.5, byte(0))
	}
	var entries []catalog.Entry
	for _, e := range catalog.All() {
		if _, ok := function.Find(e.Name); ok && e.Kind == catalog.Function {
			entries = append(entries, e)
		}
	}
	f.Fuzz(func(t *testing.T, a, b string, n int64, x float64, mix byte) {
		pool := []value.Value{
			value.OfString(a), value.OfString(b), value.OfLong(n), value.OfDouble(x), value.OfBool(n > 0),
			{},
			value.OfString("UTC"), value.OfDouble(math.Inf(1)),
		}
		for i, e := range entries {
			fn, _ := function.Find(e.Name)
			for count := e.Min; count <= min(e.Max, e.Min+2); count++ {
				args := make([]value.Value, count)
				for j := range args {
					args[j] = pool[(int(mix)+i+3*j+count)%len(pool)]
				}
				checkCall(t, fn, args)
			}
		}
	})
}

func checkCall(t *testing.T, f *function.Function, args []value.Value) {
	c := &function.Context{Clock: clock}
	got, err := f.Call(c, args)
	got = got.Clone()
	if err != nil && !f.Drops {
		t.Fatalf("%s%v drops the row: %v", f.Name, args, err)
	}
	known := make([]function.Arg, len(args))
	for i, v := range args {
		known[i] = function.Arg{Value: v, Known: true}
	}
	bound, mistake := f.Bound(known)
	if mistake != nil {
		var bad *function.ArgError
		if !errors.As(mistake, &bad) || bad.Arg >= len(args) {
			t.Fatalf("%s%v: %v", f.Name, args, mistake)
		}
		return
	}
	c.Reset()
	again, err2 := bound(c, args)
	if got != again || !errors.Is(err, err2) {
		t.Fatalf("%s%v is %s %v, bound %s %v", f.Name, args, show(got), err, show(again), err2)
	}
}

func TestDrops(t *testing.T) {
	one, other := errors.New("one reason"), errors.New("other reason")
	var a, b function.Drops
	a.Add("f", other)
	a.Add("f", one)
	b.Add("f", one)
	b.Add("e", one)
	var all function.Drops
	all.Merge(&a)
	all.Merge(&b)
	want := []function.Warning{{"e dropped rows: one reason", 1}, {"f dropped rows: one reason", 2}, {"f dropped rows: other reason", 1}}
	if got := all.Warnings(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if got := new(function.Drops).Warnings(); got != nil {
		t.Errorf("nothing dropped, yet %v", got)
	}
}
