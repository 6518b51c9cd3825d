package stream_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
	"retrohunt/normalize"
	"retrohunt/sources"
)

func compile(t *testing.T, src string) *engine.Query {
	t.Helper()
	q, err := engine.Compile(src)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// write puts files into a new directory and returns them as inputs.
func write(t *testing.T, files map[string]string) []sources.Input {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	inputs, _, err := sources.Walk([]string{dir}, sources.Remote{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range inputs {
		if inputs[i].Size < 0 {
			t.Fatalf("%s has no size", inputs[i].Name)
		}
	}
	return inputs
}

func texts(table *engine.Table) []string {
	var out []string
	for _, row := range table.Rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, v.Text())
		}
		out = append(out, strings.Join(cells, " "))
	}
	return out
}

func TestEveryEventIsAccountedFor(t *testing.T) {
	inputs := write(t, map[string]string{
		"a.json": `{"Channel":"Security","x":"1"}` + "\n" + `{"x":` + "\n" + `{"Channel":"Security","x":"2"}` + "\n",
		"b.json": `[{"x":"3"},{"x":"4"}]`,
		"c.bin":  "\x00\x01\x02binary",
		"d.json": `[{"x":"5"},{"x":"6`,
	})
	result := stream.Run(context.Background(), stream.Job{
		Inputs:  inputs,
		Queries: []*engine.Query{compile(t, "* | count by x"), compile(t, "_sourceCategory=Windows/* | where x = \"2\" | count")},
	})
	if diff := cmp.Diff([]string{"1 1", "2 1", "3 1", "4 1", "5 1"}, texts(result.Tables[0])); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1"}, texts(result.Tables[1])); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	c := result.Coverage
	got := map[string]int64{
		"inputs": int64(c.Inputs), "events": c.Events, "candidates": c.Candidates, "hits": c.Hits, "malformed": c.Malformed,
		"skipped": int64(len(c.Skipped)), "damaged": int64(len(c.Damaged)),
	}
	want := map[string]int64{"inputs": 3, "events": 5, "candidates": 5, "hits": 5, "malformed": 1, "skipped": 1, "damaged": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
	if m := c.First[0]; filepath.Base(m.Input) != "a.json" || m.Line != 2 || m.Offset != 31 {
		t.Errorf("the malformed event is at %+v", m)
	}
	if d := c.Damaged[0]; filepath.Base(d.Input) != "d.json" || d.Err == "" {
		t.Errorf("the damage is %+v", d)
	}
	if diff := cmp.Diff([]stream.CategoryCount{{Category: "unknown", Events: 3}, {Category: "Windows/Security", Events: 2}}, c.Categories); diff != "" {
		t.Errorf("categories (-want +got):\n%s", diff)
	}
}

// TestMembersOfArchivesAreInputs reads an archive whose members are of all sorts, among files.
func TestMembersOfArchivesAreInputs(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range []struct{ name, content string }{
		{"logs/a.json", `{"x":"1"}` + "\n{broken\n"},
		{"__MACOSX/._a.json", "meta"},
		{"logs/b.gz", gzipped(`{"x":"2"}` + "\n" + `{"x":"2"}`)},
		{"logs/c.gz", gzipped(`{"x":"3"}` + "\n" + `{"x":"3"}`)[:20]},
		{"logs/d.bin", "\x00\x01\x02binary"},
		{"logs/e.gz", gzipped(`{"x":"4"}`) + "\n"},
	} {
		w, err := z.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, m.content)
	}
	z.Close()
	inputs := write(t, map[string]string{"case.zip": b.String(), "plain.json": `{"x":"5"}`})
	run := func(workers int) *stream.Result {
		return stream.Run(context.Background(), stream.Job{
			Inputs: inputs, Queries: []*engine.Query{compile(t, "* | count by x, _sourceName")}, Workers: workers,
			Category: func(name string) string { return "by/" + filepath.Base(name) },
		})
	}
	result := run(1)
	c := result.Coverage
	dir := filepath.Dir(inputs[0].Name)
	rows := strings.ReplaceAll(strings.Join(texts(result.Tables[0]), "\n"), dir+string(filepath.Separator), "")
	if want := "1 case.zip!logs/a.json 1\n2 case.zip!logs/b.gz 2\n3 case.zip!logs/c.gz 1\n4 case.zip!logs/e.gz 1\n5 plain.json 1"; rows != want {
		t.Errorf("rows\n%s\nwant\n%s", rows, want)
	}
	if c.Inputs != 5 || c.Events != 6 || c.Malformed != 1 || c.Unread != 0 {
		t.Errorf("%d streams, %d events, %d malformed, %d unread", c.Inputs, c.Events, c.Malformed, c.Unread)
	}
	name := func(member string) string { return filepath.Join(dir, "case.zip") + "!" + member }
	if m := c.First[0]; m.Input != name("logs/a.json") || m.Line != 2 || m.Offset != 10 {
		t.Errorf("the malformed event is at %+v", m)
	}
	want := []sources.Skip{{Name: name("__MACOSX/._a.json"), Reason: "macOS metadata"}, {Name: name("logs/d.bin"), Reason: "binary"}}
	if diff := cmp.Diff(want, c.Skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	if len(c.Damaged) != 1 || c.Damaged[0].Input != name("logs/c.gz") {
		t.Errorf("damaged: %+v", c.Damaged)
	}
	if diff := cmp.Diff([]stream.Note{{Input: name("logs/e.gz"), Text: "1 stray byte behind the last gzip member"}}, c.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if c.Stored < int64(b.Len()) {
		t.Errorf("%d of %d stored bytes are counted", c.Stored, b.Len())
	}
	for _, category := range c.Categories {
		if !strings.HasPrefix(category.Category, "by/") || strings.Contains(category.Category, "case.zip") {
			t.Errorf("category %s", category.Category)
		}
	}
	again := run(3).Coverage
	if diff := cmp.Diff(c, again, cmpopts.IgnoreFields(stream.Coverage{}, "Elapsed")); diff != "" {
		t.Errorf("more workers make a difference:\n%s", diff)
	}
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func TestWorkersMakeNoDifference(t *testing.T) {
	files := map[string]string{}
	for i := range 37 {
		var b strings.Builder
		for j := range i * 3 {
			fmt.Fprintf(&b, `{"k":"%d","v":%d.%d}`+"\n", (i*j)%11, j, i)
		}
		b.WriteString("{broken\n")
		files[fmt.Sprintf("%02d.json", i)] = b.String()
	}
	inputs := write(t, files)
	q := compile(t, "* | count, sum(v), avg(v), count_distinct(v) by k | sort by _count")
	queries := []*engine.Query{q, compile(t, "* | v as v"), compile(t, "* | limit 100 | accum v | dedup by k | last(v) by _accum")}
	run := func(workers int) *stream.Result {
		return stream.Run(context.Background(), stream.Job{Inputs: inputs, Queries: queries, Workers: workers})
	}
	want := run(1)
	if len(want.Tables[0].Rows) != 11 {
		t.Fatalf("%d rows", len(want.Tables[0].Rows))
	}
	if got := len(want.Tables[1].Rows); got != 3*36*37/2 {
		t.Fatalf("%d messages", got)
	}
	for _, n := range []int{2, 3, 8, 64} {
		got := run(n)
		options := []cmp.Option{cmp.AllowUnexported(value.Value{}), cmpopts.IgnoreUnexported(engine.Table{}), cmpopts.IgnoreFields(stream.Coverage{}, "Elapsed")}
		if diff := cmp.Diff(want, got, options...); diff != "" {
			t.Errorf("%d workers (-1 worker +%d):\n%s", n, n, diff)
		}
	}
}

// TestMemoryMakesNoDifference: with a budget that is always used up rows come from files, in the same order.
func TestMemoryMakesNoDifference(t *testing.T) {
	files := map[string]string{}
	for i := range 7 {
		var b strings.Builder
		for j := range 300 {
			fmt.Fprintf(&b, `{"k":"%d","v":%d,"timestamp":"2026-03-03T00:%02d:00Z"}`+"\n", i*j, j, (i*j)%60)
		}
		files[fmt.Sprintf("%d.json", i)] = b.String()
	}
	inputs := write(t, files)
	for _, query := range []string{"* | count, sum(v), pct(v, 90) by k", "* | v as v", "* | sort by v | topk(2, k) by v", "* | dedup 2 by k | total v"} {
		run := func(m *engine.Memory, workers int) *engine.Table {
			return stream.Run(context.Background(), stream.Job{Inputs: inputs, Queries: []*engine.Query{compile(t, query)}, Memory: m, Workers: workers}).Tables[0]
		}
		want, got := run(nil, 1), run(engine.NewMemory(10_000), 3)
		if got.Rows != nil || got.Len() != want.Len() || want.Len() < 500 {
			t.Errorf("%s: %d rows in memory of %d, want %d in a file", query, len(got.Rows), got.Len(), want.Len())
		}
		for range 2 { // All may be called again
			if diff := cmp.Diff(want.Rows, slices.Collect(got.All()), cmp.AllowUnexported(value.Value{})); diff != "" || got.Err != nil {
				t.Errorf("%s: %v\n%s", query, got.Err, diff)
			}
		}
		got.Close()
	}
}

// TestInterrupt ends a run whose standard input has said something and then blocks.
func TestInterrupt(t *testing.T) {
	stdin, feed := io.Pipe()
	defer feed.Close()
	ctx, interrupt := context.WithCancel(context.Background())
	go func() {
		for range 2 { // the second is taken once a worker reads
			io.WriteString(feed, strings.Repeat(`{"x":"1"}`+"\n", 100))
		}
		interrupt()
	}()
	result := stream.Run(ctx, stream.Job{
		Inputs:  []sources.Input{{Name: "-", Size: -1}, {Name: "never", Size: -1}},
		Queries: []*engine.Query{compile(t, "* | count by x")},
		Workers: 1,
		Sources: sources.Options{Stdin: stdin},
	})
	if !result.Coverage.Partial {
		t.Error("the coverage does not say that the run is partial")
	}
	if n := result.Coverage.Unread; n < 1 { // both, if the interrupt comes before the first is opened
		t.Errorf("%d inputs unread, want 1 or 2", n)
	}
	if n := len(result.Coverage.Damaged); n > 0 {
		t.Errorf("%d inputs damaged: an interrupt is no damage", n)
	}
}

func TestStrictStopsAtTheFirstDamage(t *testing.T) {
	inputs := write(t, map[string]string{"a.json": `[{"x":"1"},{"x`, "b.json": `{"x":"2"}`})
	for _, strict := range []bool{false, true} {
		result := stream.Run(context.Background(), stream.Job{
			Inputs: inputs, Queries: []*engine.Query{compile(t, "* | count by x")}, Workers: 1, Strict: strict,
		})
		want := map[bool]int{false: 2, true: 1}[strict]
		if got := len(result.Tables[0].Rows); got != want {
			t.Errorf("strict %v: %d rows, want %d", strict, got, want)
		}
		if result.Coverage.Partial != strict {
			t.Errorf("strict %v: partial %v", strict, result.Coverage.Partial)
		}
		if n, want := result.Coverage.Decoded, map[bool]int64{false: 23, true: 14}[strict]; n != want {
			t.Errorf("strict %v: %d bytes decoded, want %d", strict, n, want)
		}
	}
}

// tally is an observer that counts the values of a field, by input.
type tally struct {
	slot int
	seen map[string]int
}

func (o *tally) Event(r *normalize.Record, e sources.Event, input string) {
	o.seen[fmt.Sprintf("%s:%d %s", filepath.Base(input), e.Ordinal, r.Fields[o.slot])]++
}

func TestAnObserverSeesEveryEventOnce(t *testing.T) {
	inputs := write(t, map[string]string{
		"a.json": `{"x":"1"}` + "\n" + `{"x":` + "\n" + `{"x":"2"}` + "\n",
		"b.json": `[{"x":"3"},{"x":"4"}]`,
	})
	job := stream.Job{
		Inputs: inputs, Workers: 2,
		Observe: func(p *normalize.Projection) stream.Observer {
			return &tally{p.Add(normalize.Field{Name: "X"}), map[string]int{}}
		},
	}
	want := map[string]int{"a.json:1 1": 1, "a.json:3 2": 1, "b.json:1 3": 1, "b.json:2 4": 1}
	for _, queries := range [][]*engine.Query{nil, {compile(t, "* | where y = 1 | count by z")}} {
		job.Queries = queries
		result := stream.Run(context.Background(), job)
		if len(result.Observers) != 2 || len(result.Tables) != len(queries) || result.Coverage.Events != 4 {
			t.Fatalf("%d observers, %d tables, %d events", len(result.Observers), len(result.Tables), result.Coverage.Events)
		}
		got := map[string]int{}
		for _, o := range result.Observers {
			for key, n := range o.(*tally).seen {
				got[key] += n
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d queries (-want +got):\n%s", len(queries), diff)
		}
	}
}

// zipped returns an archive of members, in the order of their names.
func zipped(t *testing.T, members map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, members[name])
	}
	z.Close()
	return b.String()
}
