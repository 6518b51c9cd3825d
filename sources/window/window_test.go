package window

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
)

// lines is n letters and newlines at random.
func lines(n int) []byte {
	rng := rand.New(rand.NewPCG(1, 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = "abcdefghij\n"[rng.IntN(11)]
	}
	return b
}

// moody is a stream that sometimes lends its bytes and sometimes wants to be read. What it has lent goes with the next call.
type moody struct {
	rng  *rand.Rand
	all  []byte
	at   int
	most int // that it keeps
	err  error
	lent []byte
}

func (m *moody) next(most int) ([]byte, error) {
	for i := range m.lent {
		m.lent[i] = '#'
	}
	m.lent = nil
	if m.at == len(m.all) {
		return nil, m.err
	}
	n := min(1+m.rng.IntN(3*BlockSize/2), most, len(m.all)-m.at)
	m.at += n
	return m.all[m.at-n : m.at], nil
}

func (m *moody) Read(p []byte) (int, error) {
	piece, err := m.next(len(p))
	return copy(p, piece), err
}

func (m *moody) Lend(keep int) ([]byte, error) {
	if keep > m.most || m.rng.IntN(4) == 0 {
		return nil, nil
	}
	before := m.all[m.at-keep : m.at]
	piece, err := m.next(len(m.all))
	m.lent = append(bytes.Clone(before), piece...)
	return m.lent, err
}

func TestLentAndReadBytesAreOneStream(t *testing.T) {
	broken := errors.New("the disk is on fire")
	all := lines(20 * BlockSize)
	var w Window
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(2, seed))
		m := &moody{rng: rng, all: all, most: rng.IntN(BlockSize), err: []error{io.EOF, broken}[seed%2]}
		w.Reset(m, m)
		for {
			at := int(w.Offset())
			if !bytes.HasPrefix(all[at:], w.Unread()) || int(w.Total()) != at+len(w.Unread()) {
				t.Fatalf("seed %d: other bytes at %d of %d", seed, at, w.Total())
			}
			if want := 1 + bytes.Count(all[:at], newline); w.Line() != int64(want) {
				t.Fatalf("seed %d: line %d, want %d", seed, w.Line(), want)
			}
			n := 1 + rng.IntN(1<<rng.IntN(20))
			if len(w.Peek(n)) < n {
				if w.Err() != m.err || at+len(w.Unread()) != len(all) {
					t.Fatalf("seed %d: %v at %d of %d", seed, w.Err(), at+len(w.Unread()), len(all))
				}
				break
			}
			w.Consume(n - rng.IntN(2))
		}
	}
}

// TestTakenLinesAreTheCallers: what is taken stays as it is while the window goes on, and so does what the window has.
func TestTakenLinesAreTheCallers(t *testing.T) {
	all := lines(20 * BlockSize)
	var w Window
	swapped := 0
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(3, seed))
		m := &moody{rng: rng, all: all, most: rng.IntN(BlockSize), err: io.EOF}
		w.Reset(m, nil)
		if seed%3 == 0 {
			w.Reset(m, m)
		}
		var piece, memory []byte
		at := 0
		for len(w.Peek(1)) > 0 {
			unread := w.Unread()
			if !bytes.HasPrefix(all[w.Offset():], unread) {
				t.Fatalf("seed %d: other bytes at %d", seed, w.Offset())
			}
			if !bytes.HasPrefix(all[at:], piece) {
				t.Fatalf("seed %d: what was taken at %d is something else now", seed, at)
			}
			at = int(w.Offset())
			n := len(unread) - rng.IntN(1<<rng.IntN(19))%len(unread)
			own := &w.own[0]
			piece, memory = w.TakeLines(n, bytes.Count(unread[:n], newline), memory)
			if len(piece) != n || int(w.Offset()) != at+n || w.Line() != int64(1+bytes.Count(all[:at+n], newline)) {
				t.Fatalf("seed %d: %d bytes taken of %d, then line %d at %d", seed, len(piece), n, w.Line(), w.Offset())
			}
			if own != &w.own[0] {
				swapped++
			}
			w.Peek(rng.IntN(BlockSize))
		}
		if int(w.Total()) != len(all) {
			t.Fatalf("seed %d: %d of %d bytes", seed, w.Total(), len(all))
		}
	}
	if swapped < 100 {
		t.Errorf("memory was swapped %d times: the test shows little", swapped)
	}
}

// refusing lends nothing but its error.
type refusing struct{ io.Reader }

func (refusing) Lend(int) ([]byte, error) { return nil, io.ErrNoProgress }

func TestAnErrorOfTheLenderLeavesWhatIsUnread(t *testing.T) {
	var w Window
	r := bytes.NewReader([]byte("abc"))
	w.Reset(r, nil)
	w.Peek(3)
	w.lender = refusing{r}
	if got := w.Peek(9); string(got) != "abc" || w.Err() != io.ErrNoProgress {
		t.Fatalf("%q, %v", got, w.Err())
	}
}

func TestNothingFromAReaderForEverIsAnError(t *testing.T) {
	var w Window
	w.Reset(readerFunc(func([]byte) (int, error) { return 0, nil }), nil)
	if w.More() || w.Err() != io.ErrNoProgress {
		t.Fatal(w.Err())
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
