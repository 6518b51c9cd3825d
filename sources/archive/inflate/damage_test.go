package inflate

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// dynamic begins a last block with codes of its own: the counts, then the lengths of the precode in their order.
func dynamic(litlens, distances int, precode ...uint64) *bitWriter {
	w := (&bitWriter{}).block(true, blockDynamic)
	w.bits(uint64(litlens-257), 5).bits(uint64(distances-1), 5).bits(uint64(len(precode)-4), 4)
	for _, l := range precode {
		w.bits(l, 3)
	}
	return w
}

// plain begins a block whose precode gives 0 and 1 and the runs of zeros each a code of 2 bits: 0, 1, 17 and 18 are
// the codes 0, 1, 2 and 3.
func plain(litlens, distances int) *bitWriter {
	return dynamic(litlens, distances, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2)
}

// zeros writes n code lengths of 0, one by one.
func (w *bitWriter) zeros(n int) *bitWriter {
	for range n {
		w.code(0, 2)
	}
	return w
}

// ones writes n code lengths of 1.
func (w *bitWriter) ones(n int) *bitWriter {
	for range n {
		w.code(1, 2)
	}
	return w
}

// damaged are raw streams, what comes before the damage, and what the damage is.
var damaged = []struct {
	name   string
	stream []byte
	before string
	err    error
}{
	{"a reserved block", (&bitWriter{}).block(true, 3).bytes(), "", errBlock},
	{"a stored length", []byte{1, 3, 0, 0xfb, 0xff, 'a', 'b', 'c'}, "", errStored},
	{"287 literals and lengths", dynamic(287, 1, 0, 0, 0, 0).bytes(), "", errCounts},
	{"31 distances", dynamic(257, 31, 0, 0, 0, 0).bytes(), "", errCounts},
	{"no precode", dynamic(257, 1, 0, 0, 0, 0).bits(0, 32).bytes(), "", errSymbol},
	{"a precode that is over-subscribed", dynamic(257, 1, 1, 1, 1, 0).bits(0, 32).bytes(), "", errCode},
	{"a precode that is incomplete", dynamic(257, 1, 2, 2, 2, 0).bits(0, 32).bytes(), "", errCode},
	{"a precode of one code, and the other met", dynamic(257, 1, 0, 1, 0, 0).bits(1, 32).bytes(), "", errSymbol},
	{"a repetition of nothing", dynamic(257, 1, 1, 1, 0, 0).code(0, 1).bits(0, 32).bytes(), "", errRepeat},
	{"a repetition beyond the end", dynamic(257, 1, 0, 0, 1, 1).code(1, 1).bits(127, 7).code(1, 1).bits(127, 7).bits(0, 32).bytes(), "", errRepeat},
	{"literals that are over-subscribed", plain(257, 1).ones(3).zeros(254).ones(1).bits(0, 32).bytes(), "", errCode},
	{"distances that are over-subscribed", plain(257, 3).ones(1).zeros(255).ones(1).ones(3).bits(0, 32).bytes(), "", errCode},
	{"one literal, and the other code", plain(257, 1).zeros(64).ones(1).zeros(193).code(0, 1).code(0, 1).code(1, 1).bits(0, 32).bytes(), "@@", errSymbol},
	{"no literals at all", plain(257, 1).zeros(258).bits(0, 32).bytes(), "", errSymbol},
	{"a distance without a code", plain(258, 1).zeros(256).ones(2).zeros(1).code(1, 1).bits(0, 32).bytes(), "", errSymbol},
	{"one distance, and the other code", plain(258, 1).zeros(97).ones(1).zeros(159).ones(2).code(0, 1).code(1, 1).code(1, 1).bits(0, 32).bytes(), "a", errSymbol},
	{"the length 286", (&bitWriter{}).fixedBlock(true).fixedLiteral('a').fixedSymbol(286).bits(0, 32).bytes(), "a", errSymbol},
	{"the length 287", (&bitWriter{}).fixedBlock(true).fixedLiteral('a').fixedSymbol(287).bits(0, 32).bytes(), "a", errSymbol},
	{"the distance 30", (&bitWriter{}).fixedBlock(true).fixedLiteral('a').fixedSymbol(257).code(30, 5).bits(0, 32).bytes(), "a", errSymbol},
	{"the distance 31", (&bitWriter{}).fixedBlock(true).fixedLiteral('a').fixedSymbol(257).code(31, 5).bits(0, 32).bytes(), "a", errSymbol},
	{"a match before the start", (&bitWriter{}).fixedBlock(true).fixedLiteral('a').fixedMatch(3, 2).bits(0, 32).bytes(), "a", errDistance},
	{"a match at the start", (&bitWriter{}).fixedBlock(true).fixedMatch(258, 32768).bits(0, 32).bytes(), "", errDistance},
}

// TestNamesTheDamage gives every damaged stream to the slow loop, and with input behind it to the fast one.
func TestNamesTheDamage(t *testing.T) {
	r := NewDeflateReader(nil)
	for _, c := range damaged {
		t.Run(c.name, func(t *testing.T) {
			var places []int64
			for _, behind := range []int{0, 100} {
				r.Reset(bytes.NewReader(append(bytes.Clone(c.stream), make([]byte, behind)...)))
				got, err := drain(r)
				wantDamage(t, err, c.err)
				if string(got) != c.before {
					t.Fatalf("%q before the damage, want %q", got, c.before)
				}
				places = append(places, place(err))
			}
			if places[0] != places[1] {
				t.Fatalf("the slow loop says byte %d, the fast one %d", places[0], places[1])
			}
			if _, err := libraryDeflate(c.stream, true); err == nil {
				t.Fatal("the standard library takes it")
			}
			if _, err := libraryDeflate(c.stream, false); err == nil {
				t.Fatal("klauspost takes it")
			}
		})
	}
}

// place returns where an error says that the damage is.
func place(err error) int64 {
	var damage *Error
	if !errors.As(err, &damage) {
		return -1
	}
	return damage.Offset
}

// TestTellsWhereTheDamageIs holds the offset to the place where a stored block's length was made wrong.
func TestTellsWhereTheDamageIs(t *testing.T) {
	for _, lead := range []int{0, 1000, 0xffff, 10 * inputSize} {
		stream := storedPart(lead)
		before := len(stream)
		stream = append(stream, 1, 3, 0, 0, 0, 'a', 'b', 'c')
		_, err := drain(NewReader(bytes.NewReader(gzipOf(stream, nil))))
		wantDamage(t, err, errStored)
		if got, want := place(err), int64(10+before+5); got != want {
			t.Fatalf("byte %d, want %d", got, want)
		}
	}
	err := &Error{Format: "gzip", Offset: 7, Err: errDistance}
	if got, want := err.Error(), "gzip: a match begins before the start of the data, at byte 7 of the compressed stream"; got != want {
		t.Fatalf("%q, want %q", got, want)
	}
}

// TestAStreamThatIsCutOffGivesWhatCameBefore cuts streams off everywhere.
func TestAStreamThatIsCutOffGivesWhatCameBefore(t *testing.T) {
	content := contents["short logs"]
	r := NewReader(nil)
	for _, encoder := range sorted(encoders) {
		stream := encoders[encoder](content)
		before := 0
		for cut := range len(stream) {
			r.Reset(bytes.NewReader(stream[:cut]))
			got, err := drain(r)
			wantDamage(t, err, errCutOff)
			if !bytes.HasPrefix(content, got) || len(got) < before {
				t.Fatalf("%s, cut at %d: %d bytes, %d with a byte less", encoder, cut, len(got), before)
			}
			before = len(got)
			for _, standard := range []bool{true, false} {
				if theirs, err := library(stream[:cut], standard); err == nil || len(got) < len(theirs) {
					t.Fatalf("%s, cut at %d: %d bytes, a library %d and %v", encoder, cut, len(got), len(theirs), err)
				}
			}
		}
		if before != len(content) {
			t.Fatalf("%s: %d bytes without the last byte, want %d", encoder, before, len(content))
		}
	}
}

func TestEveryFlippedBit(t *testing.T) {
	stream := zipped(contents["short logs"])
	r := NewReader(nil)
	for bit := range len(stream) * 8 {
		stream[bit/8] ^= 1 << (bit % 8)
		compare(t, r, stream)
		stream[bit/8] ^= 1 << (bit % 8)
	}
}

func TestPassesOnTheErrorOfItsSource(t *testing.T) {
	broken := errors.New("the disk is on fire")
	stream := zipped(contents["logs"])
	r := NewReader(nil)
	for _, name := range sorted(readers) {
		r.Reset(readers[name](io.MultiReader(bytes.NewReader(stream[:len(stream)/2]), iotest.ErrReader(broken))))
		got, err := drain(r)
		if err != broken || len(got) == 0 || !bytes.HasPrefix(contents["logs"], got) {
			t.Fatalf("%s: %d bytes, %v", name, len(got), err)
		}
		if _, err := r.Next(); err != broken {
			t.Fatalf("%s: the error does not last", name)
		}
	}
	r.Reset(idle{})
	if _, err := r.Next(); err != io.ErrNoProgress {
		t.Fatal(err)
	}
	r.Reset(strings.NewReader("no gzip at all"))
	_, err := r.Next()
	wantDamage(t, err, errHeader)
}

// idle never returns anything.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }
