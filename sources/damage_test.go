package sources_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"retrohunt/sources"
	"retrohunt/sources/archive"
)

// The events of the damaged streams are made of capitals and digits, and all around them of other characters, so that an
// event's bytes that nobody accounts for are seen.

const damagesEach = 100 // of each framing in each encoding

func capitals(r *rand.Rand) string {
	return strings.Repeat(string(rune('A'+r.IntN(26)))+`\"{[`, r.IntN(30))
}

func oneLineEvent(r *rand.Rand, i int) string {
	return fmt.Sprintf(`{"ID":%d,"T":"%s","O":{"A":[{"X":1},{"X":%d}],"B":null}}`, i, capitals(r), r.IntN(1000))
}

func prettyEvent(r *rand.Rand, i int) string {
	return fmt.Sprintf("{\n  \"ID\": %d,\n  \"T\": \"%s\",\n  \"O\": {\n    \"A\": [\n      1,\n      {\n        \"X\": %d\n      }\n    ]\n  }\n}",
		i, capitals(r), r.IntN(1000))
}

// framings are the streams to damage.
var framings = []struct {
	name, head, joint, tail string
	event                   func(r *rand.Rand, i int) string
}{
	{"lines", "", "\n", "\n", oneLineEvent},
	{"CRLF lines with a byte order mark", "\ufeff", "\r\n", "", oneLineEvent},
	{"array on one line", "[", ",", "]", oneLineEvent},
	{"array of lines", "[\n", ",\n", "\n]\n", oneLineEvent},
	{"pretty array", "[\n", ",\n", "\n]\n", prettyEvent},
	{"envelope", `{"records":[`, ",", `],"more":{"x":"y"}}`, oneLineEvent},
	{"envelopes to a line", `{"count":2,"records":[`, "]}\n{\"records\":[", "]}\n", oneLineEvent},
	{"pretty objects", "", "\n", "\n", prettyEvent},
	{"objects in a row", "", "", "", oneLineEvent},
}

// encodings are how the streams are stored.
var encodings = []struct {
	name   string
	encode func([]byte) []byte
}{
	{"plain", bytes.Clone},
	{"gzip", func(b []byte) []byte { return inBlocks(b, newGzipWriter) }},
	{"gzip members", func(b []byte) []byte {
		return append(inBlocks(b[:len(b)/2], newGzipWriter), inBlocks(b[len(b)/2:], newGzipWriter)...)
	}},
	{"zstd", func(b []byte) []byte { return inBlocks(b, newZstdWriter) }},
}

type flusher interface {
	io.WriteCloser
	Flush() error
}

func newGzipWriter(w io.Writer) flusher { return gzip.NewWriter(w) }

func newZstdWriter(w io.Writer) flusher {
	z, _ := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	return z
}

// inBlocks compresses in small blocks, so that much of a small stream lies before any place in it.
func inBlocks(b []byte, compressor func(io.Writer) flusher) []byte {
	var out bytes.Buffer
	w := compressor(&out)
	for piece := range slices.Chunk(b, 700) {
		w.Write(piece)
		w.Flush()
	}
	w.Close()
	return out.Bytes()
}

// containers are archives of a stream each under three names. Of some nothing can be read without the directory at their end:
// reads is "named", only the loss is looked for. Of zip archives most can: damage within the directory is left out.
var containers = []struct {
	name  string
	reads string
	pack  func(t *testing.T, members []packed) []byte
}{
	{"tar", "before", func(_ *testing.T, m []packed) []byte { return tarOf(m...) }},
	{"tar.gz", "before", func(_ *testing.T, m []packed) []byte { return gzipOf(tarOf(m...)) }},
	{"tar.zst", "before", func(_ *testing.T, m []packed) []byte { return zstdOf(tarOf(m...)) }},
	{"tar.xz", "before", func(_ *testing.T, m []packed) []byte { return xzOf(tarOf(m...)) }},
	{"stored zip", "before", func(_ *testing.T, m []packed) []byte { return zipOf(zip.Store, m...) }},
	{"deflated zip", "before", func(_ *testing.T, m []packed) []byte { return zipOf(zip.Deflate, m...) }},
	{"zip of gzip", "before", func(_ *testing.T, m []packed) []byte {
		var members []packed
		for _, f := range m {
			members = append(members, packed{f.name + ".gz", gzipOf(f.content)})
		}
		return zipOf(zip.Deflate, members...)
	}},
	{"tar.gz in a zip", "before", func(_ *testing.T, m []packed) []byte {
		return zipOf(zip.Store, packed{"x.tar.gz", gzipOf(tarOf(m...))})
	}},
	{"zip in a tar", "before", func(_ *testing.T, m []packed) []byte { return tarOf(packed{"x.zip", zipOf(zip.Deflate, m...)}) }},
	{"7z", "named", func(t *testing.T, _ []packed) []byte { return vector(t, "events.7z") }},
	{"bzip2", "before", func(t *testing.T, _ []packed) []byte { return vector(t, "two.bz2") }},
	{"encrypted zip", "before", func(t *testing.T, _ []packed) []byte { return vector(t, "aes256.zip") }},
}

const damagesOfContainers = 150 // of each

func TestDamagedContainers(t *testing.T) {
	for i, c := range containers {
		t.Run(c.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, uint64(i)))
			var members []packed
			for m := range 3 {
				var b strings.Builder
				for n := range 12 {
					b.WriteString(oneLineEvent(r, 100*m+n) + "\n")
				}
				members = append(members, packed{fmt.Sprintf("logs/%d.json", m), []byte(b.String())})
			}
			src := c.pack(t, members)
			want := eventsOf(t, src)
			if len(want.events) < 25 || want.named {
				t.Fatalf("%d events, damaged: %v", len(want.events), want.named)
			}
			for range damagesOfContainers {
				damaged, kind, at := damage(r, src)
				got := eventsOf(t, damaged)
				name := fmt.Sprintf("%s at %d of %d", kind, at, len(src))
				if lost := missing(want.events, got.events); len(lost) > 0 && !got.named && at > 0 && !(c.name == "tar" && len(missing(got.events, want.events)) > 0) {
					t.Errorf("%s: %d events are lost and nothing says so", name, len(lost))
				}
				if c.reads == "named" || strings.Contains(c.name, "zip") && inZipDirectory(src, at) {
					continue
				}
				before := eventsOf(t, src[:at]).events
				before = before[:max(0, len(before)-1)] // its last byte may be followed by damage
				if lost := missing(missing(before, missing(before, want.events)), got.events); len(lost) > 0 {
					t.Errorf("%s: %d of %d events before it are not there: %q", name, len(lost), len(before), lost[0])
				}
			}
		})
	}
}

// inZipDirectory reports whether damage at a place may reach into the directory of a zip archive, which begins behind the data
// of the last member.
func inZipDirectory(src []byte, at int) bool {
	return at+40 > bytes.Index(src, []byte("PK\x01\x02"))
}

// contained is what came of all streams of an input.
type contained struct {
	events []string
	named  bool // a skip, damage, a malformed stretch, a note, or an event that is no JSON says that something is wrong
}

func eventsOf(t *testing.T, src []byte) (c contained) {
	t.Helper()
	r := sources.NewReader(sources.Options{Stdin: bytes.NewReader(src), Archive: archive.Options{Password: "secret"}})
	for _, s := range readStreams(t, r, stdin) {
		c.events = append(c.events, s.events...)
		expected := s.skip != nil && (s.skip.Reason == "hidden" || s.skip.Reason == "a link")
		c.named = c.named || s.skip != nil && !expected || s.damage != nil || s.lost > 0 || len(s.stats.Notes) > 0
	}
	for _, e := range c.events {
		c.named = c.named || !json.Valid([]byte(e))
	}
	return c
}

// missing returns those of want that are not in have.
func missing(want, have []string) []string {
	n := map[string]int{}
	for _, e := range have {
		n[e]++
	}
	var out []string
	for _, e := range want {
		if n[e]--; n[e] < 0 {
			out = append(out, e)
		}
	}
	return out
}

// safe returns how much of a stream comes out of its first n stored bytes.
func safe(src []byte, n int) int {
	o := archive.New(archive.Options{})
	o.Open(archive.Source{Reader: bytes.NewReader(src[:n]), Size: -1})
	_, r, err := o.Next()
	if err != nil {
		return 0
	}
	data, _ := io.ReadAll(r)
	return len(data)
}

// damage damages a copy of src at or behind a place that it returns.
func damage(r *rand.Rand, src []byte) (damaged []byte, kind string, at int) {
	at = r.IntN(len(src))
	junk := make([]byte, 1+r.IntN(40))
	for i := range junk {
		junk[i] = "\x00\x01\xff{}[]\",:\\\nxyz"[r.IntN(15)]
	}
	switch r.IntN(5) {
	case 0:
		return src[:at], "cut", at
	case 1:
		damaged = bytes.Clone(src)
		damaged[at] ^= 1 << r.IntN(8)
		return damaged, "flipped bit", at
	case 2:
		damaged = bytes.Clone(src)
		copy(damaged[at:], junk)
		return damaged, "overwritten", at
	case 3:
		return append(append(bytes.Clone(src[:at]), junk...), src[at:]...), "inserted", at
	}
	return append(bytes.Clone(src), junk...), "appended", len(src)
}

func TestDamage(t *testing.T) {
	for i, f := range framings {
		r := rand.New(rand.NewPCG(2, uint64(i)))
		var list []string
		for n := range 40 {
			list = append(list, f.event(r, n))
		}
		whole := f.head + strings.Join(list, f.joint) + f.tail
		want := frameString(whole)
		if len(want.events) != len(list) || want.damage != nil || want.lost > 0 {
			t.Fatalf("%s: undamaged: %s", f.name, want.text())
		}
		for _, e := range encodings {
			t.Run(f.name+" "+e.name, func(t *testing.T) {
				src := e.encode([]byte(whole))
				for range damagesEach {
					damaged, kind, at := damage(r, src)
					name := fmt.Sprintf("%s at %d of %d", kind, at, len(src))
					betweenEvents := kind == "cut" && e.name == "plain" && (!strings.Contains(f.head, "[") || strings.Contains(f.joint, "]")) || kind == "cut" && at == 0
					d := &damagedRead{outcome: frame(bytes.NewReader(damaged), sources.Options{}), want: want, safe: safe(src, at), mayLookWhole: betweenEvents}
					d.check(t, name)
					if e.name == "plain" {
						d.accounts(t, name, damaged)
					}
				}
			})
		}
	}
}

// damagedRead is what came of a damaged stream, and what the whole one holds.
type damagedRead struct {
	*outcome
	want *outcome
	safe int // decoded bytes before the damage

	mayLookWhole bool // cut between two events, the stream shows no damage
}

// check holds that all events before the damage are there, and that the loss of others is named.
func (d *damagedRead) check(t *testing.T, name string) {
	t.Helper()
	for i, line := range d.want.lines {
		end := int(d.want.places[i].offset + d.want.places[i].length)
		if end >= d.safe { // its last byte may be followed by damage
			break
		}
		if i >= len(d.lines) || d.lines[i] != line {
			t.Errorf("%s: event %d of the %d safe bytes is not there:\n%s\ngot\n%s", name, i+1, d.safe, line, clip(d.text()))
			return
		}
	}
	have := map[string]int{}
	for _, e := range d.events {
		have[e]++
	}
	lost := 0
	for _, e := range d.want.events {
		if have[e]--; have[e] < 0 {
			lost++
		}
	}
	if d.mayLookWhole && slices.Equal(d.events, d.want.events[:len(d.events)]) {
		return
	}
	if lost > 0 && d.skip == nil && d.damage == nil && d.lost == 0 && len(d.stats.Notes) == 0 && !d.altered() {
		t.Errorf("%s: %d events are lost and nothing says so:\n%s", name, lost, clip(d.text()))
	}
}

// altered reports whether an event was delivered that is no JSON, which normalize names, or that is not one of the whole
// stream: a flipped bit in plain text shows in nothing else.
func (d *damagedRead) altered() bool {
	known := map[string]bool{}
	for _, e := range d.want.events {
		known[e] = true
	}
	for _, e := range d.events {
		if !known[e] || !json.Valid([]byte(e)) {
			return true
		}
	}
	return false
}

// accounts holds that every byte of an event is delivered, or in a malformed stretch, or behind the place where reading
// broke off.
func (d *damagedRead) accounts(t *testing.T, name string, src []byte) {
	t.Helper()
	rest := bytes.Clone(src)
	if d.skip != nil {
		return
	}
	for _, p := range d.places {
		blank(rest[p.offset : p.offset+p.length])
	}
	if d.damage != nil {
		blank(rest[d.damage.Offset:])
	}
	unaccounted := bytes.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, bytes.ToValidUTF8(rest, nil))
	if len(unaccounted) > 3 { // the envelope's own, and a flipped bit
		t.Errorf("%s: %q of the events is not accounted for:\n%s", name, unaccounted, clip(d.text()))
	}
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}

func clip(s string) string {
	if len(s) > 4000 {
		return s[:2000] + "\n…\n" + s[len(s)-2000:]
	}
	return s
}
