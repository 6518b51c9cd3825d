package normalize

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"retrohunt/internal/view"
	"retrohunt/normalize/wire"
)

// The benchmarks extract T1021.007's fields from one event of each source. Compare their rates within one run: walk and
// normalize are ours, paths asks gjson for one path after another, foreach goes over the event once with gjson.

func BenchmarkExtraction(b *testing.B) {
	var events [][]byte
	for _, name := range sources {
		events = append(events, event(b, name))
	}
	for i, name := range sources {
		b.Run(name, func(b *testing.B) { benchmarkEvents(b, events[i:i+1]) })
	}
	b.Run("all", func(b *testing.B) { benchmarkEvents(b, events) })
}

func benchmarkEvents(b *testing.B, events [][]byte) {
	size := 0
	for _, e := range events {
		size += len(e)
	}
	run := func(name string, extract func(event []byte)) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, e := range events {
					extract(e)
				}
			}
		})
	}
	p := project(append(t1021, "_sourceCategory")...)
	fields := make([]wire.Field, len(t1021))
	for i := range fields {
		fields[i] = p.fields[i].wire()
	}
	walker, texts := wire.NewWalker(wire.NewTree(fields)), make([][]byte, len(fields))
	n, from := New(p, Options{}), &Origin{Name: "bench"}

	run("walk", func(e []byte) {
		if err := walker.Walk(e, texts); err != nil {
			b.Fatal(err)
		}
	})
	run("normalize", func(e []byte) {
		if _, err := n.Normalize(e, e, from); err != nil {
			b.Fatal(err)
		}
	})
	results := make([]gjson.Result, len(t1021))
	run("paths", func(e []byte) {
		for i, path := range t1021 {
			results[i] = gjson.GetBytes(e, path)
		}
	})
	tree := branches(t1021)
	run("foreach", func(e []byte) { forEach(gjson.Parse(view.String(e)), tree, results) })
}

// branch is what is wanted in an object: slots by name, and further levels.
type branch struct {
	slots map[string]int
	below map[string]*branch
}

func branches(names []string) *branch {
	root := &branch{map[string]int{}, map[string]*branch{}}
	for slot, name := range names {
		at := root
		for {
			head, rest, nested := strings.Cut(name, ".")
			if !nested {
				at.slots[name] = slot
				break
			}
			if at.below[head] == nil {
				at.below[head] = &branch{map[string]int{}, map[string]*branch{}}
			}
			at, name = at.below[head], rest
		}
	}
	return root
}

func forEach(object gjson.Result, l *branch, results []gjson.Result) {
	object.ForEach(func(key, value gjson.Result) bool {
		if slot, ok := l.slots[key.Str]; ok {
			results[slot] = value
		} else if below := l.below[key.Str]; below != nil {
			forEach(value, below, results)
		}
		return true
	})
}
