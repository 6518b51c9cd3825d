package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/ulikunitz/xz"
)

// written is an event as --events writes it.
type written struct {
	Partial   bool
	Detection string
	Key       map[string]any
	Category  string
	Time      *string
	Origin    struct {
		Input                 string
		Member                *string
		Ordinal, Line, Offset int64
		Place                 string
	}
	Fields map[string]string
	Raw    string
}

// eventsOf runs the program with --events and reads what it wrote.
func eventsOf(t *testing.T, stdin string, args ...string) (events []written, text []byte) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "events.jsonl")
	if code, _, stderr := run(t, stdin, append(args, "--events", file)...); code != exitDone {
		t.Fatalf("%v: exit code %d\n%s", args, code, stderr)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return readEvents(t, text), text
}

func readEvents(t *testing.T, text []byte) (events []written) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	for {
		var e written
		err := decoder.Decode(&e)
		if err == io.EOF {
			return events
		}
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
}

// showsItself checks that show prints exactly the event that the place of each names.
func showsItself(t *testing.T, stdin string, events []written) {
	t.Helper()
	for _, e := range events {
		code, stdout, stderr := run(t, stdin, "show", "--archive-password", "secret", "--", e.Origin.Place)
		if code != exitDone || stdout != e.Raw+"\n" {
			t.Errorf("show %q: exit code %d, %s\ngot  %q\nwant %q", e.Origin.Place, code, stderr, stdout, e.Raw)
		}
	}
}

type packed struct{ name, content string }

func zipOf(method uint16, members ...packed) string {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: method})
		if err != nil {
			panic(err)
		}
		io.WriteString(f, m.content)
	}
	w.Close()
	return out.String()
}

func tarOf(members ...packed) string {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, m := range members {
		if err := w.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.content))}); err != nil {
			panic(err)
		}
		io.WriteString(w, m.content)
	}
	w.Close()
	return out.String()
}

// rarOf is a rar archive of version 5 whose members are stored: there is no free tool that makes one.
// https://www.rarlab.com/technote.htm
func rarOf(members ...packed) string {
	out := []byte("Rar!\x1a\x07\x01\x00")
	block := func(fields []byte) {
		sized := append(binary.AppendUvarint(nil, uint64(len(fields))), fields...)
		out = append(binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(sized)), sized...)
	}
	block([]byte{1, 0, 0})
	for _, m := range members {
		size := uint64(len(m.content))
		h := binary.AppendUvarint([]byte{2, 2}, size)
		h = binary.AppendUvarint(append(h, 4), size)
		h = binary.LittleEndian.AppendUint32(append(h, 0), crc32.ChecksumIEEE([]byte(m.content)))
		h = binary.AppendUvarint(append(h, 0, 1), uint64(len(m.name)))
		block(append(h, m.name...))
		out = append(out, m.content...)
	}
	block([]byte{5, 0, 0})
	return string(out)
}

func compressed(content string, to func(io.Writer) (io.WriteCloser, error)) string {
	var out bytes.Buffer
	w, err := to(&out)
	if err != nil {
		panic(err)
	}
	io.WriteString(w, content)
	w.Close()
	return out.String()
}

func gzipOf(s string) string {
	return compressed(s, func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil })
}

func xzOf(s string) string {
	return compressed(s, func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) })
}

// bgzipOf is what bgzip makes: members of so many bytes, each with its length in an extra field, and an empty one at the end.
func bgzipOf(s string, size int) string {
	var out []byte
	for first := true; first || len(s) > 0; first = false {
		n := min(size, len(s))
		member := []byte(gzipOf(s[:n]))
		s = s[n:]
		extra := binary.LittleEndian.AppendUint16([]byte("\x06\x00BC\x02\x00"), uint16(len(member)+8-1))
		member[3] |= 4 // there is an extra field
		out = append(append(append(out, member[:10]...), extra...), member[10:]...)
	}
	return string(out) + "\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff\x06\x00BC\x02\x00\x1b\x00\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"
}

func zstdOf(s string) string { return compressed(s, zstdPacked) }

func utf16Of(s string) string {
	out := []byte{0xff, 0xfe}
	for _, c := range utf16.Encode([]rune(s)) {
		out = append(out, byte(c), byte(c>>8))
	}
	return string(out)
}

// TestEveryPlaceShowsItsEvent: from the place of each event that is written, show finds that very event, in every container and
// every format.
func TestEveryPlaceShowsItsEvent(t *testing.T) {
	const lines = "{\"n\":0}\n\n{\"n\" : 1, \"s\":\"é\"}\r\n{broken\n{\"n\":2}"
	vector := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", "..", "sources", "archive", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	evtx := unzipped(t, filepath.Join("testdata", "made.evtx.gz")) // by the maker of sources/decode's tests
	a := packed{"logs/a.json", lines}
	cases := []struct {
		name, content string
		events        int
	}{
		{"lines", lines, 3},
		{"array", `[{"n":0}, {"n":1},` + "\n" + ` {"n": 2}]`, 3},
		{"envelope", `{"Records":[{"n":0},{"n":1}]}`, 2},
		{"pretty", "{\n  \"n\": 0\n}\n{\n  \"n\": 1\n}\n", 2},
		{"objects without a line end between them", `{"n":0}{"n":1} {"n": 2}`, 3},
		{"objects over lines, one behind the other's end", "{\n \"n\": 0\n}{\n \"n\": 1\n}", 2},
		{"envelope of Event Hubs", `{"records": [{"time":"2026-03-02T00:00:00Z","n":0},` + "\n" + `{"n":1}]}` + "\n" + `{"records":[{"n":2}]}`, 3},
		{"event in another's text", `{"Events":[{"EventId":"1","CloudTrailEvent":"{\"eventVersion\":\"1.08\",\"eventName\":\"A\",\"n\":0}"}]}`, 1},
		{"arrays, one a line", "[{\"n\":0},{\"n\":1}]\n[{\"n\":2}]\n", 3},
		{"byte order mark", "\ufeff{\"n\":0}\n{\"n\":1}\n", 2},
		{"event XML", "<Event><System><EventID>1</EventID></System></Event>\n<Event><System/></Event>\n", 2},
		{"EVTX", evtx, 6},
		{"EVTX in a zip", zipOf(zip.Deflate, packed{"Security.evtx", evtx}), 6},
		{"EVTX in a tar.gz", gzipOf(tarOf(packed{"Security.evtx", evtx})), 6},
		{"key=value", "03/25/2026 05:46:37 PM\nLogName=Security\nEventCode=4688\nMessage=x\n03/25/2026 05:46:38 PM\nLogName=Security\nEventCode=4624\nMessage=y\n", 2},
		{"CSV", "user,action\r\nada,\"log\nin\"\r\nbob,out\r\n", 2},
		{"CSV with a byte order mark, in a zip", zipOf(zip.Deflate, packed{"a.csv", "\ufeffuser,action\nada,in\nbob,out\n"}), 2},
		{"event XML in a rar", rarOf(packed{"a.xml", "<Events><Event><System><EventID>1</EventID></System></Event><Event><System/></Event></Events>"}), 2},
		{"UTF-16", utf16Of(lines), 3},
		{"UTF-16 in a zip", zipOf(zip.Store, packed{"a.json", utf16Of(lines)}), 3},
		{"gzip", gzipOf(lines), 3},
		{"gzip of two members", gzipOf("{\"n\":0}\n{\"n\"") + gzipOf(":1}\n"), 2},
		{"bgzip whose members end within lines", bgzipOf(lines, 10), 3},
		{"zstd", zstdOf(lines), 3},
		{"zstd of two frames", zstdOf("{\"n\":0}\n{\"n\"") + zstdOf(":1}\n"), 2},
		{"bzip2", vector("a.json.bz2"), 20},
		{"bzip2 of two streams", vector("two.bz2"), 25},
		{"xz", xzOf(lines), 3},
		{"xz of two streams", xzOf("{\"n\":0}\n{\"n\"") + xzOf(":1}\n"), 2},
		{"gzip of zstd of xz", gzipOf(zstdOf(xzOf(lines))), 3},
		{"tar", tarOf(a, packed{"b.json", lines}), 6},
		{"tar.gz", gzipOf(tarOf(a)), 3},
		{"tar.xz of another tool", vector("gnu.tar.xz"), 25},
		{"tar.zst of UTF-16", zstdOf(tarOf(packed{"a.json", utf16Of(lines)}, packed{"b.csv", "user,action\nada,in\n"})), 4},
		{"tar of version 7", vector("v7.tar.xz"), 20},
		{"stored zip", zipOf(zip.Store, a), 3},
		{"deflated zip", zipOf(zip.Deflate, a, packed{"logs/b.json", lines}), 6},
		{"zip64", vector("zip64.zip"), 20},
		{"zip of a stream", vector("streamed.zip"), 20},
		{"zip of bzip2", vector("bzip2.zip"), 20},
		{"zip with a link", vector("links.zip"), 20},
		{"encrypted zip", vector("aes256.zip"), 25},
		{"encrypted zip, stored", vector("aes128-stored.zip"), 20},
		{"zip encrypted as of old", vector("zipcrypto.zip"), 25},
		{"zip encrypted as of old, of a stream", vector("zipcrypto-stream.zip"), 20},
		{"encrypted zip in a tar.gz", gzipOf(tarOf(packed{"a.zip", vector("aes256.zip")})), 25},
		{"zip of xz", vector("xz.zip"), 20},
		{"7z", vector("events.7z"), 25},
		{"encrypted 7z", vector("encrypted.7z"), 20},
		{"7z with an encrypted directory", vector("headers.7z"), 20},
		{"rar", rarOf(a, packed{"b.json.gz", gzipOf(lines)}), 6},
		{"zip of gzip", zipOf(zip.Store, packed{"a.json.gz", gzipOf(lines)}), 3},
		{"zip of tar.gz of json.gz", zipOf(zip.Deflate, packed{"logs/a.tar.gz", gzipOf(tarOf(packed{"b.json.gz", gzipOf(lines)}))}), 3},
		{"7z in a zip", zipOf(zip.Store, packed{"x.7z", vector("encrypted.7z")}), 20},
		{"rar in a 7z's neighbour in a zip", zipOf(zip.Store, packed{"x.rar", rarOf(a)}, packed{"x.7z", vector("events.7z")}), 28},
		{"array in gzip", gzipOf(`[{"n":0}, {"n":1},` + "\n" + ` {"n": 2}]`), 3},
		{"pretty in a zip", zipOf(zip.Deflate, packed{"a.json", "{\n  \"n\": 0\n}\n{\n  \"n\": 1\n}\n"}), 2},
		{"envelope in a tar.xz", xzOf(tarOf(packed{"a.json", `{"Records":[{"n":0},{"n":1}]}`})), 2},
		{"event XML in zstd", zstdOf("<Event><System><EventID>1</EventID></System></Event>\n<Event><System/></Event>\n"), 2},
		{"key=value in gzip", gzipOf("03/25/2026 05:46:37 PM\nLogName=Security\nEventCode=4688\nMessage=x\n03/25/2026 05:46:38 PM\nLogName=Security\nEventCode=4624\nMessage=y\n"), 2},
		{"Latin-1", "{\"s\":\"caf\xe9\"}\n{\"n\":1}\n", 2},
		{"members of one name", zipOf(zip.Deflate, a, packed{"logs/a.json", `{"other":1}`}, packed{"logs/a.json", `{"third":1}`}), 5},
		{"hostile names", tarOf(packed{"../../etc/passwd", lines}, packed{"a!b#1@2.json", lines}, packed{"=cmd|x!A0", lines}, packed{"\x1b[31m\u202e.json", lines}), 12},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "case!#1")
			if err := os.WriteFile(path, []byte(c.content), 0o666); err != nil {
				t.Fatal(err)
			}
			for _, input := range []string{path, "-"} {
				events, _ := eventsOf(t, c.content, "query", "--archive-password", "secret", "* | count by _sourceName", input)
				if len(events) != c.events {
					t.Fatalf("%s: %d events, want %d", input, len(events), c.events)
				}
				showsItself(t, c.content, events)
			}
		})
	}
}

// unzipped reads a gzip file.
func unzipped(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEveryPlaceBehindAURL does the same with archives that a web server has.
func TestEveryPlaceBehindAURL(t *testing.T) {
	const lines = "{\"n\":0}\n{\"n\":1}"
	kinds := map[string]string{
		"a.json": lines, "a.json.gz": gzipOf(lines), "a.json.zst": zstdOf(lines), "a.json.xz": xzOf(lines),
		"a.zip": zipOf(zip.Deflate, packed{"a.json", lines}), "a.tar.gz": gzipOf(tarOf(packed{"a.json", lines})),
		"deep.zip": zipOf(zip.Store, packed{"a.tar.gz", gzipOf(tarOf(packed{"a.json", lines}))}), "a.rar": rarOf(packed{"a.json", lines}),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, r.URL.Path, time.Time{}, strings.NewReader(kinds[path.Base(r.URL.Path)]))
	}))
	defer server.Close()
	for name := range kinds {
		events, _ := eventsOf(t, "", "query", "* | count", server.URL+"/"+name)
		if len(events) != 2 || strings.HasPrefix(name, "a.json") != (events[0].Origin.Member == nil) {
			t.Fatalf("%s: %+v", name, events)
		}
		showsItself(t, "", events)
	}
}

// TestEveryPlaceInALargeInput does the same where workers share an input: an event has the place that it has when one reads it all.
func TestEveryPlaceInALargeInput(t *testing.T) {
	var lines strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&lines, `{"n":%d,"text":"%s"}`+"\n", i, strings.Repeat("x", i%90))
	}
	kinds := map[string]string{"a.json": lines.String(), "a.json.gz": bgzipOf(lines.String(), 0xff00), "a.zip": zipOf(zip.Deflate, packed{"a.json", lines.String()})}
	for name, content := range kinds {
		file := filepath.Join(t.TempDir(), name)
		must(os.WriteFile(file, []byte(content), 0o666))
		events, text := eventsOf(t, "", "query", "* | where n % 3001 = 7 | count", "-j", "4", file)
		if _, one := eventsOf(t, "", "query", "* | where n % 3001 = 7 | count", "-j", "1", file); len(events) != 10 || !bytes.Equal(one, text) {
			t.Fatalf("%s: %d events, -j 4 says of them what -j 1 does: %t", name, len(events), bytes.Equal(one, text))
		}
		showsItself(t, "", events)
	}
}

// TestEveryPlaceInSamples does the same with what others left, the first and the last event of each input.
func TestEveryPlaceInSamples(t *testing.T) {
	samples := filepath.Join("..", "..", "..", "shared", "samples")
	if _, err := os.Stat(samples); err != nil {
		t.Skip("no samples beside the repository")
	}
	file := filepath.Join(t.TempDir(), "events.jsonl")
	run(t, "", "query", "* | count", samples, "--events", file) // some samples are damaged
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	events := readEvents(t, text)
	var ends []written
	for i, e := range events {
		first := i == 0 || events[i-1].Origin.Input != e.Origin.Input
		last := i == len(events)-1 || events[i+1].Origin.Input != e.Origin.Input
		if first || last {
			ends = append(ends, e)
		}
	}
	showsItself(t, "", ends)
	t.Logf("%d of %d events shown", len(ends), len(events))
}

// TestEventsAreTheSameForAnyNumberOfWorkers: and they are as many as the rows count.
func TestEventsAreTheSameForAnyNumberOfWorkers(t *testing.T) {
	args := []string{"hunt", filepath.Join("..", "..", "fixtures", "logs")}
	want, text := eventsOf(t, "", append(args, "-j", "1")...)
	if len(want) != 23 {
		t.Errorf("%d events; the golden file has 23 in rows", len(want))
	}
	showsItself(t, "", want)
	for _, workers := range []string{"2", "8"} {
		if _, got := eventsOf(t, "", append(args, "-j", workers)...); !bytes.Equal(got, text) {
			t.Errorf("-j %s writes other bytes than -j 1", workers)
		}
	}
}

// TestEventsAddUpToTheRows: by their keys they are as many as each row counts, and the earliest and the latest happened when the
// row says.
func TestEventsAddUpToTheRows(t *testing.T) {
	logs := filepath.Join("..", "..", "fixtures", "logs")
	type tally struct {
		count       int
		first, last string
	}
	got, want := map[string]tally{}, map[string]tally{}
	events, _ := eventsOf(t, "", "hunt", logs)
	for _, e := range events {
		key := fmt.Sprint(e.Key)
		sum := got[key]
		if sum.count++; sum.count == 1 || *e.Time < sum.first {
			sum.first = *e.Time
		}
		sum.last = max(sum.last, *e.Time)
		got[key] = sum
	}
	_, rows, _ := run(t, "", "hunt", "-t", "jsonl", logs)
	for line := range strings.Lines(rows) {
		var r struct{ Row map[string]any }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		sum := tally{int(r.Row["_count"].(float64)), r.Row["first_seen"].(string), r.Row["last_seen"].(string)}
		for _, column := range []string{"_count", "first_seen", "last_seen"} {
			delete(r.Row, column)
		}
		want[fmt.Sprint(r.Row)] = sum
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(tally{})); diff != "" || len(want) != 14 {
		t.Errorf("%d rows (-rows +events):\n%s", len(want), diff)
	}
}

// hostileEvents hold what a terminal, a browser, a spreadsheet or a reader of lines could trip over.
var hostileEvents = []string{
	`{"x":"<script>alert(1)</script>","u":"javascript:alert(1)"}`,
	`{"x":"=cmd|'/C calc'!A0"}`,
	"{\"x\":\"\u202egnp.exe\u2028\u0085\U000e0041\ufeff\"}",
	"{\"x\":\"\\u0000\\u001b[31m\\ud800\",\n \"y\":\"two, \\\"lines\\\"\"}",
	"{\"x\":\"a\x7fb\u009b31m\"}",
	`{"x":"` + strings.Repeat("long ", 200_000) + `"}`,
}

func TestHostileEvents(t *testing.T) {
	log := "[" + strings.Join(hostileEvents, ",\n") + "]"
	path := filepath.Join(t.TempDir(), "a.json")
	if err := os.WriteFile(path, []byte(log), 0o666); err != nil {
		t.Fatal(err)
	}
	events, text := eventsOf(t, "", "query", "* | count by x", path)
	if len(events) != len(hostileEvents) || bytes.Count(text, []byte("\n")) != len(hostileEvents) {
		t.Fatalf("%d events on %d lines", len(events), bytes.Count(text, []byte("\n")))
	}
	for i, e := range events {
		if e.Raw != hostileEvents[i] {
			t.Errorf("event %d is %.100q", i, e.Raw)
		}
	}
	for _, r := range string(text) {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("%q is written as it stands", r)
		}
	}
	showsItself(t, "", events)

	file := filepath.Join(t.TempDir(), "events.csv")
	if code, _, stderr := run(t, "", "query", "* | count by x", path, "--events", file); code != exitDone {
		t.Fatal(stderr)
	}
	csvText, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(csvText)).ReadAll()
	if err != nil || len(records) != len(hostileEvents)+1 {
		t.Fatalf("%d records: %v", len(records), err)
	}
	for i, record := range records[1:] {
		place, raw := record[8], record[10]
		if place != events[i].Origin.Place || raw != hostileEvents[i] {
			t.Errorf("record %d is of %s: %.100q", i, place, raw)
		}
	}
}

// TestLatin1Events: an event that is no UTF-8 is written and shown as queries see it.
func TestLatin1Events(t *testing.T) {
	const log = "{\"x\":\"caf\xe9\"}\n"
	events, _ := eventsOf(t, log, "query", "* | count by x", "-")
	if len(events) != 1 || events[0].Raw != `{"x":"café"}` || events[0].Key["x"] != "café" {
		t.Fatalf("%+v", events)
	}
	if _, stdout, _ := run(t, log, "show", "--", events[0].Origin.Place); stdout != events[0].Raw+"\n" {
		t.Errorf("show prints %q", stdout)
	}
}

// TestEventsOfAnInterruptedRun are marked, each of them.
func TestEventsOfAnInterruptedRun(t *testing.T) {
	for _, ending := range []string{".jsonl", ".csv", ".parquet"} {
		stdin, feed := io.Pipe()
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			io.WriteString(feed, strings.Repeat(`{"Channel":"Security","CommandLine":"az login"}`+"\n", 10_000))
			cancel()
		}()
		var out, errs bytes.Buffer
		p := &program{
			stdin: stdin, stdout: &out, stderr: &errs,
			getenv:    func(string) string { return "" },
			now:       testTime,
			interrupt: func(context.Context) (context.Context, context.CancelFunc) { return ctx, cancel }, ticks: never,
		}
		file := filepath.Join(t.TempDir(), "events"+ending)
		if code := p.run([]string{"hunt", "-", "--events", file}); code != exitInterrupted {
			t.Errorf("exit code %d, want %d\n%s", code, exitInterrupted, errs.String())
		}
		feed.Close()
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if partials := partialMarks(t, ending, text); len(partials) == 0 || strings.Contains(fmt.Sprint(partials), "false") {
			t.Errorf("%s: the marks are %v", ending, partials)
		}
	}
}

// partialMarks are the marks of all events in a file.
func partialMarks(t *testing.T, ending string, text []byte) (marks []bool) {
	t.Helper()
	if ending == ".parquet" {
		type row struct {
			Partial string `parquet:"partial"`
		}
		rows, err := parquet.Read[row](bytes.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			marks = append(marks, r.Partial == "true")
		}
		return marks
	}
	if ending == ".jsonl" {
		for _, e := range readEvents(t, text) {
			marks = append(marks, e.Partial)
		}
		return marks
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || records[0][0] != "partial" {
		t.Fatal(err, records[0])
	}
	for _, record := range records[1:] {
		marks = append(marks, record[0] == "true")
	}
	return marks
}

// TestPackedEvents: .zst holds the same lines.
func TestPackedEvents(t *testing.T) {
	logs := filepath.Join("..", "..", "fixtures", "logs")
	_, want := eventsOf(t, "", "hunt", logs)
	file := filepath.Join(t.TempDir(), "events.jsonl.zst")
	if code, _, stderr := run(t, "", "hunt", logs, "--events", file); code != exitDone {
		t.Fatal(stderr)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	got, err := io.ReadAll(z)
	if diff := cmp.Diff(string(want), string(got)); err != nil || diff != "" {
		t.Errorf("%v (-plain +packed):\n%s", err, diff)
	}
}

// TestEventsInParquet: the library finds in the file what the JSON lines say.
func TestEventsInParquet(t *testing.T) {
	logs := filepath.Join("..", "..", "fixtures", "logs")
	want, _ := eventsOf(t, "", "hunt", logs)
	file := filepath.Join(t.TempDir(), "events.parquet")
	if code, _, stderr := run(t, "", "hunt", logs, "--events", file); code != exitDone {
		t.Fatal(stderr)
	}
	type row struct {
		Detection string  `parquet:"detection"`
		Key       string  `parquet:"key"`
		Category  string  `parquet:"category"`
		Time      *string `parquet:"time,optional"`
		Input     string  `parquet:"input"`
		Member    *string `parquet:"member,optional"`
		Place     string  `parquet:"place"`
		Fields    string  `parquet:"fields"`
		Raw       string  `parquet:"raw"`
		Ordinal   int64   `parquet:"ordinal"`
		Line      int64   `parquet:"line"`
		Offset    int64   `parquet:"offset"`
	}
	rows, err := parquet.ReadFile[row](file)
	if err != nil {
		t.Fatal(err)
	}
	var got []written
	for _, r := range rows {
		e := written{Detection: r.Detection, Category: r.Category, Time: r.Time, Raw: r.Raw}
		e.Origin.Input, e.Origin.Member, e.Origin.Place = r.Input, r.Member, r.Place
		e.Origin.Ordinal, e.Origin.Line, e.Origin.Offset = r.Ordinal, r.Line, r.Offset
		if err := errors.Join(json.Unmarshal([]byte(r.Key), &e.Key), json.Unmarshal([]byte(r.Fields), &e.Fields)); err != nil {
			t.Fatal(err)
		}
		got = append(got, e)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-jsonl +parquet:\n%s", diff)
	}
}

// TestEventsOfSuppressedRows: each format says of each event the same reason, for any number of workers.
func TestEventsOfSuppressedRows(t *testing.T) {
	tune := filepath.Join(t.TempDir(), "tune.yaml")
	must(os.WriteFile(tune, []byte("exclude:\n- {detection: t1021.007, where: actor = \"grace\", reason: '=known, \"so\"'}\n"), 0o666))
	args := []string{"hunt", filepath.Join("..", "..", "fixtures", "logs"), "--tune", tune, "--force"}
	type marked struct {
		Suppressed *string `parquet:"suppressed,optional"`
		Place      string  `parquet:"place"`
	}
	text := func(ending string, more ...string) []byte {
		file := filepath.Join(t.TempDir(), "events"+ending)
		if code, _, stderr := run(t, "", append(append(args, "--events", file), more...)...); code != exitDone {
			t.Fatal(stderr)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	var want []marked
	suppressed := 0
	lines := text(".jsonl", "-j", "1")
	for line := range bytes.Lines(lines) {
		var e struct {
			Suppressed *string
			Key        map[string]any
			Origin     struct{ Place string }
		}
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if grace := e.Key["actor"] == "grace"; grace != (e.Suppressed != nil) || grace && *e.Suppressed != `=known, "so"` {
			t.Errorf("an event of %v: %s", e.Key["actor"], line)
		}
		if e.Suppressed != nil {
			suppressed++
		}
		want = append(want, marked{e.Suppressed, e.Origin.Place})
	}
	if len(want) != 23 || suppressed != 6 {
		t.Errorf("%d events, %d of suppressed rows", len(want), suppressed)
	}
	if again := text(".jsonl", "-j", "8"); !bytes.Equal(lines, again) {
		t.Error("-j 8 writes other bytes than -j 1")
	}
	packed := text(".parquet")
	got, err := parquet.Read[marked](bytes.NewReader(packed), int64(len(packed)))
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-jsonl +parquet):\n%s", err, diff)
	}
	records, err := csv.NewReader(bytes.NewReader(text(".csv"))).ReadAll()
	if err != nil || len(records) != len(want)+1 || records[0][0] != "suppressed" || records[0][10] != "place" {
		t.Fatalf("%d records, %q: %v", len(records), records[0], err)
	}
	for i, record := range records[1:] {
		reason := ""
		if want[i].Suppressed != nil {
			reason = "'" + *want[i].Suppressed // no formula for a spreadsheet
		}
		if record[0] != reason || record[10] != want[i].Place {
			t.Errorf("record %d is %q of %s", i, record[0], record[10])
		}
	}
}
