package inflate

import (
	"bytes"
	stdgzip "compress/gzip"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"
)

// headed is a member whose head has all fields, long ones too, and a checksum of its own.
func headed(t *testing.T, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := stdgzip.NewWriter(&out)
	w.Extra = bytes.Repeat([]byte("BC"), 30_000)
	w.Name = strings.Repeat("name", 50_000)
	w.Comment = strings.Repeat("comment", 20_000)
	w.ModTime = time.Unix(1772000000, 0)
	_, _ = w.Write(nil)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	stream := out.Bytes()
	body := 10 + 2 + len(w.Extra) + len(w.Name) + 1 + len(w.Comment) + 1
	head := bytes.Clone(stream[:body])
	head[3] |= flagHeadSum
	sum := crc32.ChecksumIEEE(head)
	return append(append(head, byte(sum), byte(sum>>8)), stream[body:]...)
}

func TestPassesOverHeads(t *testing.T) {
	stream := headed(t, contents["logs"])
	for _, name := range sorted(readers) {
		t.Run(name, func(t *testing.T) {
			want(t, NewReader(readers[name](bytes.NewReader(stream))), contents["logs"])
		})
	}
	stream[100] ^= 1
	_, err := drain(NewReader(bytes.NewReader(stream)))
	wantDamage(t, err, errHeader)
}

func TestStrayBytesBehindTheLastMember(t *testing.T) {
	junk := bytes.Repeat([]byte("junk"), 200)
	cases := []struct {
		name  string
		stray []byte
		err   error
	}{
		{"none", nil, nil},
		{"one", []byte{7}, nil},
		{"half a magic", []byte{0x1f}, nil},
		{"a newline", []byte("\n"), nil},
		{"as many as a slip has", junk[:maxStray], nil},
		{"one more", junk[:maxStray+1], errStray(maxStray + 1)},
		{"zeros without end", make([]byte, 3*inputSize), nil},
		{"zeros and one that is not", append(make([]byte, 3*inputSize), 1), errStray(3*inputSize + 1)},
		{"a damaged member", append([]byte("\x1f\x8b\x07"), junk...), errHeader},
		{"a head that is cut off", []byte("\x1f\x8b\x08\x00"), errCutOff},
	}
	for _, c := range cases {
		for _, name := range sorted(readers) {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				stream := append(zipped(contents["short logs"]), c.stray...)
				r := NewReader(readers[name](bytes.NewReader(stream)))
				got, err := drain(r)
				if !bytes.Equal(got, contents["short logs"]) {
					t.Fatalf("%d bytes", len(got))
				}
				if c.err != nil {
					wantDamage(t, err, c.err)
					if r.Stray() != 0 {
						t.Fatal("told twice")
					}
					return
				}
				if err != nil || r.Stray() != int64(len(c.stray)) {
					t.Fatal(err, r.Stray())
				}
				r.Reset(bytes.NewReader(zipped(nil)))
				want(t, r, nil)
				if r.Stray() != 0 {
					t.Fatal("stray bytes of the stream before")
				}
			})
		}
	}
}

func TestEveryMemberHasItsOwnChecksumLengthAndHistory(t *testing.T) {
	long, short := contents["long"], contents["short logs"]
	for _, place := range []int{8, 4} { // of the checksum, of the length
		for _, broken := range []int{0, 1} {
			members := [][]byte{zipped(long), zipped(short)}
			members[broken][len(members[broken])-place] ^= 0x10
			got, err := drain(NewReader(bytes.NewReader(bytes.Join(members, nil))))
			wantDamage(t, err, map[int]error{8: errChecksum, 4: errSize}[place])
			decoded := [][]byte{long, append(bytes.Clone(long), short...)}[broken]
			if !bytes.Equal(got, decoded) {
				t.Fatalf("%d bytes before the error, want %d", len(got), len(decoded))
			}
		}
	}
	w := &bitWriter{}
	reaching := w.fixedBlock(true).fixedMatch(3, 1).fixedEnd().bytes()
	got, err := drain(NewReader(bytes.NewReader(append(zipped(short), gzipOf(reaching, []byte("}}}"))...))))
	wantDamage(t, err, errDistance)
	if !bytes.Equal(got, short) {
		t.Fatalf("%q", got)
	}
}

func TestAnEmptyStreamIsCutOff(t *testing.T) {
	for _, r := range []*Reader{NewReader(strings.NewReader("")), NewDeflateReader(strings.NewReader(""))} {
		_, err := drain(r)
		wantDamage(t, err, io.ErrUnexpectedEOF)
	}
}

// wantDamage fails unless err is an Error that says what.
func wantDamage(t *testing.T, err, what error) {
	t.Helper()
	var damage *Error
	if !errors.As(err, &damage) || !errors.Is(err, what) {
		t.Fatalf("%v, want %v", err, what)
	}
}
