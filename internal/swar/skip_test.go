package swar

import (
	"bytes"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"
)

// skipSlowly is Skip by Classify, a block at a time.
func skipSlowly(n Nesting, b []byte) (Nesting, int) {
	passed := 0
	for ; passed+64 <= len(b); passed += 64 {
		m := Classify((*[64]byte)(b[passed:]))
		escaped, next := Escaped(m.Backslash, n.Escaped)
		within := Within(m.Quote &^ escaped)
		if n.InString {
			within = ^within
		}
		closing := bits.OnesCount64(m.Close &^ within)
		if m.Newline&within&^escaped != 0 || m.Backslash&^within != 0 || closing >= n.Depth {
			break
		}
		n.Depth += bits.OnesCount64(m.Open&^within) - closing
		n.InString, n.Escaped = within>>63 == 1, next
	}
	return n, passed
}

func sameSkipped(t *testing.T, n Nesting, b []byte) {
	t.Helper()
	got := n
	passed := got.Skip(b)
	if want, wanted := skipSlowly(n, b); canSkip && (got != want || passed != wanted) {
		t.Fatalf("%d bytes, then %+v; want %d, then %+v: %q from %+v", passed, got, wanted, want, b, n)
	}
}

// FuzzSkip holds many blocks at once to one at a time.
func FuzzSkip(f *testing.F) {
	f.Add([]byte(`{"a":["\\\"",{"b":"\u007b"}],`+"\n\r\t"+`"c":"é}]"},`), uint8(3), 2, false, false)
	f.Add([]byte(strings.Repeat(`\`, 65)), uint8(9), 1, true, true)
	f.Add([]byte(`"C:\\Windows\\",`), uint8(40), 1, false, false)
	f.Add([]byte(`{[`), uint8(255), 0, false, false)
	f.Fuzz(func(t *testing.T, b []byte, times uint8, depth int, inString, escaped bool) {
		sameSkipped(t, Nesting{depth, inString, escaped}, bytes.Repeat(b, int(times)))
	})
}

func TestSkipOverWhatMatters(t *testing.T) {
	if !canSkip {
		t.Skip("no vectors")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	far := 0
	for range 20_000 {
		letters := `aaaaaaaaaaaa"\{}[]` + "\n"
		letters = letters[:rng.IntN(len(letters))+1]
		b := make([]byte, rng.IntN(300))
		for i := range b {
			b[i] = letters[rng.IntN(len(letters))]
		}
		n := Nesting{rng.IntN(20), rng.IntN(2) == 0, rng.IntN(2) == 0}
		sameSkipped(t, n, b)
		if n.Skip(b) > 128 {
			far++
		}
	}
	if far < 1000 {
		t.Errorf("only %d of 20,000 texts were skipped beyond two blocks", far)
	}
}
