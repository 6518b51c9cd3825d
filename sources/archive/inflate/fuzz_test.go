package inflate

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"testing/iotest"
)

// compare holds what comes of a gzip stream to what comes of it in both libraries: the same bytes, and an error from all
// or from none. The exceptions:
//
//   - The libraries refuse names and comments of more than 511 bytes, for their own buffers' sake; we pass over them.
//   - The standard library does not mind reserved flags in a head; klauspost and we do, as RFC 1952 asks.
//   - Before an error we return all that can be decoded. What a library returns may end earlier, for it may ask for more
//     bits than the next symbol has, or check a block's codes later than we do; so one is the beginning of the other.
func compare(t *testing.T, r *Reader, stream []byte) {
	t.Helper()
	r.Reset(bytes.NewReader(stream))
	got, err := drain(r)
	for _, standard := range []bool{true, false} {
		if standard && errors.Is(err, errFlags) {
			continue
		}
		theirs, theirErr := library(stream, standard)
		agree(t, stream, got, err, theirs, theirErr)
	}
}

// compareDeflate is compare for raw streams.
func compareDeflate(t *testing.T, r *Reader, stream []byte) {
	t.Helper()
	r.Reset(bytes.NewReader(stream))
	got, err := drain(r)
	for _, standard := range []bool{true, false} {
		theirs, theirErr := libraryDeflate(stream, standard)
		agree(t, stream, got, err, theirs, theirErr)
	}
}

func agree(t *testing.T, stream, got []byte, err error, theirs []byte, theirErr error) {
	t.Helper()
	if (err == nil) != (theirErr == nil) {
		t.Fatalf("%v, the library %v\n%x", err, theirErr, stream)
	}
	short := min(len(got), len(theirs))
	if !bytes.Equal(got[:short], theirs[:short]) || err == nil && len(got) != len(theirs) {
		t.Fatalf("%d bytes, the library %d, the first that differs is %d\n%x", len(got), len(theirs), differs(got, theirs), stream)
	}
}

func FuzzGzip(f *testing.F) {
	for _, encoder := range sorted(encoders) {
		f.Add(encoders[encoder](contents["short logs"]))
	}
	r := NewReader(nil)
	f.Fuzz(func(t *testing.T, stream []byte) { compare(t, r, stream) })
}

func FuzzDeflate(f *testing.F) {
	f.Add(deflated(contents["short logs"]))
	for _, c := range damaged {
		f.Add(c.stream)
	}
	r := NewDeflateReader(nil)
	f.Fuzz(func(t *testing.T, stream []byte) { compareDeflate(t, r, stream) })
}

// FuzzWhatEncodersWrite lets an encoder compress, and expects the content.
func FuzzWhatEncodersWrite(f *testing.F) {
	names := sorted(encoders)
	for _, name := range sorted(contents) {
		content := contents[name]
		f.Add(content[:min(len(content), 4000)], byte(len(name)), uint16(len(name)))
	}
	r := NewReader(nil)
	f.Fuzz(func(t *testing.T, content []byte, encoder byte, split uint16) {
		encode := encoders[names[int(encoder)%len(names)]]
		at := min(int(split), len(content))
		r.Reset(bytes.NewReader(slices.Concat(encode(content[:at]), encode(content[at:]))))
		want(t, r, content)
	})
}

// mutations is how many the mutation test makes: few with -short, a quick run's number without, and what the environment
// says where that is set, as in CI.
func mutations(t *testing.T) int {
	if s := os.Getenv("INFLATE_MUTATIONS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if testing.Short() {
		return 2000
	}
	return 20_000
}

// TestMutatedStreams damages streams at random, but always in the same way, and holds what comes of them to the libraries.
func TestMutatedStreams(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var streams [][]byte
	for _, name := range []string{"short logs", "one byte", "nothing"} {
		for _, encoder := range sorted(encoders) {
			streams = append(streams, encoders[encoder](contents[name]))
		}
	}
	for _, name := range []string{"noise", "rare bytes", "short periods", "four letters", "one letter"} {
		content := contents[name]
		for _, level := range []string{"standard library, level -2", "klauspost, level 1", "standard library, level 9"} {
			streams = append(streams, encoders[level](content[:700]))
		}
	}
	gzip, raw := NewReader(nil), NewDeflateReader(nil)
	for range mutations(t) {
		stream := mutated(rng, streams[rng.IntN(len(streams))])
		if rng.IntN(3) == 0 && len(stream) > 18 {
			compareDeflate(t, raw, stream[10:])
			continue
		}
		compare(t, gzip, stream)
	}
}

// TestThePlaceOfDamageDoesNotDependOnTheLoop holds bytes, error and place of damaged streams that come whole, so that the fast loop
// decodes what it can, to those of the same streams byte by byte, which are left to the slow loop.
func TestThePlaceOfDamageDoesNotDependOnTheLoop(t *testing.T) {
	fast, slow := NewReader(nil), NewReader(nil)
	for i, encoder := range sorted(encoders) {
		rng := rand.New(rand.NewPCG(7, uint64(i)))
		for _, name := range []string{"short logs", "short periods", "rare bytes"} {
			stream := encoders[encoder](contents[name][:1500])
			for round := range mutations(t) / len(encoders) / 10 {
				broken := mutated(rng, stream)
				fast.Reset(bytes.NewReader(broken))
				slow.Reset(iotest.OneByteReader(bytes.NewReader(broken)))
				got, err := drain(fast)
				want, wantErr := drain(slow)
				if !bytes.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
					t.Fatalf("%s of %s, mutation %d: %d bytes, want %d; %v, want %v", encoder, name, round, len(got), len(want), err, wantErr)
				}
			}
		}
	}
}

// mutated returns a copy of a stream with one to four mutations.
func mutated(rng *rand.Rand, stream []byte) []byte {
	b := bytes.Clone(stream)
	for range 1 + rng.IntN(4) {
		at := rng.IntN(len(b))
		switch rng.IntN(8) {
		case 0, 1, 2:
			b[at] ^= 1 << rng.IntN(8)
		case 3:
			b[at] = byte(rng.Uint32())
		case 4: // the head of a block is where most can go wrong
			at = min(10+rng.IntN(60), len(b)-1)
			b[at] = byte(rng.Uint32())
		case 5:
			b = slices.Insert(b, at, byte(rng.Uint32()))
		case 6:
			b = slices.Delete(b, at, min(at+1+rng.IntN(3), len(b)))
		case 7:
			b = append(b[:at:at], stream[rng.IntN(len(stream)):]...)
		}
		if len(b) == 0 {
			return []byte{0}
		}
	}
	return b
}
