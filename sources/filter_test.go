package sources_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"retrohunt/sources"
)

// wanted is a filter for one text.
type wanted string

func (w wanted) Index(b []byte) int { return bytes.Index(b, []byte(w)) }

func (w wanted) IndexLines(b []byte, ends []int32) (at, noted int) {
	return w.Index(b), sources.NoteLines(b, ends)
}

// keeps reports whether an event that a reader without the filter delivers is one that it delivers with it: by the text, or for
// its place in the stream, which crosses a power of two or a multiple of 512 KiB.
func (w wanted) keeps(raw string, offset int64) bool {
	end := offset + int64(len(raw))
	return strings.Contains(raw, string(w)) || bits.Len64(uint64(offset)) != bits.Len64(uint64(end)) || offset/(512<<10) != end/(512<<10)
}

// sameFiltered frames src with and without a filter: what comes with it is what comes without, less what the filter turns away,
// which is counted.
func sameFiltered(t *testing.T, src []byte, text string, options sources.Options, arrive func([]byte) io.Reader) (delivered, turnedAway int) {
	t.Helper()
	all := frame(arrive(src), options)
	var want []string
	event := 0
	for i, p := range all.places {
		if p.event {
			raw := all.events[event]
			event++
			if !wanted(text).keeps(raw, p.offset) {
				turnedAway++
				continue
			}
		}
		want = append(want, all.lines[i])
	}
	want = append(want, all.lines[len(all.places):]...)
	options.Filter, options.Stdin = wanted(text), arrive(src)
	r := sources.NewReader(options)
	got := readAll(r, stdin)
	if all.stats.Framing == "evtx" || all.stats.Framing == "csv" || all.stats.Framing == "key=value" || all.stats.Framing == "event xml" {
		return 0, 0 // whose JSON holds texts of its own
	}
	if !slices.Equal(got.lines, want) {
		t.Fatalf("with the filter %q:\n%s\nwant\n%s\nof %q", text, strings.Join(got.lines, "\n"), strings.Join(want, "\n"), src)
	}
	if r.TurnedAway() != int64(turnedAway) {
		t.Fatalf("%d events turned away, want %d", r.TurnedAway(), turnedAway)
	}
	if got.stats.Decoded != all.stats.Decoded || got.stats.Framing != all.stats.Framing {
		t.Fatalf("%+v, without the filter %+v", got.stats, all.stats)
	}
	return len(got.events), turnedAway
}

func TestAFilterTurnsEventsAway(t *testing.T) {
	many := func(head, joint, tail string, n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"a":"%d","b":"%s"}`, i, strings.Repeat("-", i%50)))
		}
		return head + strings.Join(list, joint) + tail
	}
	cases := []struct{ name, src string }{
		{"lines", many("", "\n", "\n", 3000)},
		{"lines over many blocks", many("", "\n", "\n", 30_000)},
		{"lines without a last end", many("", "\n", "", 3000)},
		{"lines that end in CRLF", many("", "\r\n", "\r\n", 3000)},
		{"blank lines between", many("", "\n\n \r\n", "\n", 3000)},
		{"indented lines", many(" ", "\n ", "\n", 3000)},
		{"lines that are no objects between", many("", "\n\"x\"\n17\n", "\n", 3000)},
		{"byte order marks between", many("\ufeff", "\n\ufeff", "\n", 3000)},
		{"envelopes among lines", many("", "\n", "\n", 3000) + `{"Records":[` + many("", ",", "]}\n", 3000) + many("", "\n", "", 3000)},
		{"keys like those of envelopes", strings.ReplaceAll(many("", "\n", "\n", 3000), `{"a"`, `{"records"`)},
		{"an array among lines", many("", "\n", "\n", 3000) + many("[", ",", "]\n", 3000) + many("", "\n", "", 3000)},
		{"lines that are too long", many("", "\n", "\n", 3000) + `{"a":"` + strings.Repeat("7", 5000) + "\"}\n" + many("", "\n", "\n", 30)},
		{"two objects on a line", many("", "\n", "\n", 3000) + many("", "}{", "\n", 30)},
		{"a line cut off", many("", "\n", "\n", 3000) + `{"a":"7`},
		{"an array", many("[", ",", "]", 3000)},
		{"an envelope", many(`{"Records":[`, ",\n", "]}", 3000)},
		{"objects", many("", " ", "", 3000)},
		{"UTF-16", string(utf16Of(binary.LittleEndian, many("\ufeff", "\n", "\n", 3000)))},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for how, arrive := range pieces {
				if how == "byte by byte" && len(c.src) > 200_000 {
					continue
				}
				for _, text := range []string{`"77`, "7", "nowhere"} {
					kept, turnedAway := sameFiltered(t, []byte(c.src), text, sources.Options{MaxEvent: 4096}, arrive)
					if kept == 0 || turnedAway == 0 {
						t.Errorf("%s: %d delivered, %d turned away", text, kept, turnedAway)
					}
				}
			}
		})
	}
}

// FuzzFilter frames any bytes with a filter and without.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{
		"{\"a\":1}\n{\"a\":2}\r\n\n{\"a\":3}", "{\"b\":1}\n{\"a\":2}\n{\"a\":23}\n{\"a\":24}\n{\"a\":25}\n{\"a\":26}\n{\"Records\":[{\"a\":27},{\"a\":2}]}\n{\"a\":3}\n",
		"\ufeff[{\"a\":1},\n{\"a\":\"2},{\"a\":3}]", "x\n{\"a\":1}\n{\"a\":1}\n{\"a\":1}\n{\"a\":1}\n[{\"a\":1}]\n", "{\"a\":1}\n{\"b\":2}\n{\"b\":3}{\"b\":4}\n{\n\"a\":2\n}\n{\"b\":3}\n{\"b\":3}\n",
	} {
		f.Add([]byte(s), "2")
	}
	f.Fuzz(func(t *testing.T, src []byte, text string) {
		if strings.Contains(text, "\n") {
			t.Skip("no text holds a newline")
		}
		for _, arrive := range []func([]byte) io.Reader{
			func(b []byte) io.Reader { return bytes.NewReader(b) },
			func(b []byte) io.Reader { return iotest.OneByteReader(bytes.NewReader(b)) },
		} {
			sameFiltered(t, src, text, sources.Options{MaxEvent: 64}, arrive)
		}
	})
}

func TestOfManyInputsFewBeginningsAreSampled(t *testing.T) {
	t.Chdir(t.TempDir()) // names decide
	src := []byte(strings.Repeat(`{"a":"unwanted"}`+"\n", 40))
	r := sources.NewReader(sources.Options{Filter: wanted("nowhere"), Many: true})
	const inputs = 400
	sampled := 0
	for i := range inputs {
		name := fmt.Sprintf("%d.json", i)
		if err := os.WriteFile(name, src, 0o600); err != nil {
			t.Fatal(err)
		}
		if len(readAll(r, sources.Input{Name: name}).events) > 0 {
			sampled++
		}
		if n := r.TurnedAway(); n < 30 {
			t.Fatalf("%d of 40 events turned away", n)
		}
	}
	if sampled < inputs/32 || sampled > inputs/8 {
		t.Errorf("the beginnings of %d of %d inputs are sampled", sampled, inputs)
	}
}
