package archive

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"retrohunt/sources/archive/inflate"
)

// bgzipFile is what bgzip makes of a text: members of up to size bytes, each with its length, and an empty one at the end.
func bgzipFile(text []byte, size int) []byte {
	var out []byte
	for len(text) > 0 {
		n := min(size, len(text))
		member := gzipped(text[:n])
		text = text[n:]
		var head [8]byte
		copy(head[:], "\x06\x00BC\x02\x00")
		binary.LittleEndian.PutUint16(head[6:], uint16(len(member)+len(head)-1))
		member[3] = 4 // there is an extra field
		out = append(append(append(out, member[:10]...), head[:]...), member[10:]...)
	}
	return append(out, bgzip...)
}

// serially decodes as one member after another.
func serially(src []byte) string {
	r := inflate.NewReader(bytes.NewReader(src))
	all, err := io.ReadAll(r)
	return fmt.Sprint(len(all), string(all), err, r.Stray())
}

// TestMembersAtOnceAreMembersInTurn decodes files of bgzip, whole and damaged, by one goroutine and several: the bytes, the error with
// its place, the stray bytes and what was read of the file are the same.
func TestMembersAtOnceAreMembersInTurn(t *testing.T) {
	all := text(1_200_000)
	large, tiny := bgzipFile(all, 0xff00), bgzipFile(text(30_000), 100)
	lie := bytes.Clone(large)
	binary.LittleEndian.PutUint16(lie[16:], binary.LittleEndian.Uint16(lie[16:])-1)
	rng := rand.New(rand.NewPCG(11, 11))
	for name, src := range map[string][]byte{
		"large members": large, "tiny members": tiny, "another gzip behind": join(large, gzipped(all)), "two files": join(tiny, large),
		"gzip in front": join(gzipped(all), large), "stray": join(large, []byte("stray")), "zeros": join(tiny, make([]byte, 5000)),
		"much stray": join(large, all[:5000]), "a lie": lie, "empty": []byte(bgzip), "many empty": []byte(strings.Repeat(bgzip, 30_000)),
	} {
		for round := range 16 {
			damaged := bytes.Clone(src)
			if round > 0 {
				damaged = flipped(src, rng.IntN(len(src)))
			}
			if round > 10 {
				damaged = src[:rng.IntN(len(src))]
			}
			if !isGzip(damaged) {
				continue
			}
			want, stored := serially(damaged), int64(-1)
			for _, ahead := range []int{0, 1, 2, 7} {
				o := New(Options{Ahead: ahead})
				o.Open(Source{Reader: bytes.NewReader(damaged), Size: -1})
				_, r, err := o.Next()
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				stray := int64(0)
				for _, n := range o.Notes() {
					fmt.Sscan(n.Text, &stray)
				}
				read := o.Stored()
				o.Close()
				if text := fmt.Sprint(len(got), string(got), err, stray); text != want {
					t.Fatalf("%s, round %d, %d ahead: %.20s… %v, want %.20s…%s", name, round, ahead, text, err, want, want[max(0, len(want)-100):])
				}
				if stored >= 0 && read != stored {
					t.Fatalf("%s, round %d, %d ahead: %d bytes are read, want %d", name, round, ahead, read, stored)
				}
				stored = read
			}
		}
	}
}

// TestLeavingMembersAtOnce leaves streams at all places, and uses the opener again.
func TestLeavingMembersAtOnce(t *testing.T) {
	all := text(2 << 20)
	src := bgzipFile(all, 0xff00)
	o := New(Options{Ahead: 4})
	for n := range 40 {
		o.Open(fromBytes(src))
		_, r, err := o.Next()
		if err != nil {
			t.Fatal(err)
		}
		part := make([]byte, n*50_000)
		if _, err := io.ReadFull(r, part); err != nil || !bytes.Equal(part, all[:len(part)]) {
			t.Fatalf("%d bytes: %v", len(part), err)
		}
	}
	o.Close()
}
