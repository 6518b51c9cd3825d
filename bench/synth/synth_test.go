package synth

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"testing"
)

// stretch is a stretch of what a seed makes.
func stretch(seed, number uint64) []byte {
	m := New(seed, number)
	var out []byte
	for len(out) < 1<<20 {
		out = append(m.Append(out, m.Background()), '\n')
		e, _ := m.Hit()
		out = append(m.Append(out, e), '\n')
	}
	return out
}

func TestTheSameSeedMakesTheSameBytes(t *testing.T) {
	sum := func(seed, number uint64) uint64 {
		h := fnv.New64a()
		h.Write(stretch(seed, number))
		return h.Sum64()
	}
	first := sum(1, 2)
	if sum(1, 2) != first {
		t.Error("two runs of one seed differ")
	}
	if sum(1, 3) == first || sum(2, 2) == first {
		t.Error("another seed or number makes no difference")
	}
}

func TestEveryShapeIsOneJSONObject(t *testing.T) {
	m := New(1, 1)
	for name := range shapes.byName {
		for range 50 {
			event := m.Append(nil, Event{Shape: name, Command: `"C:\x y\z.exe" -a`})
			var object map[string]any
			if err := json.Unmarshal(event, &object); err != nil {
				t.Fatalf("%s: %v\n%s", name, err, event)
			}
			if bytes.ContainsAny(event, "\n") {
				t.Fatalf("%s has a line end", name)
			}
		}
	}
}

func BenchmarkStretch(b *testing.B) {
	b.SetBytes(1 << 20)
	for b.Loop() {
		stretch(1, 1)
	}
}
