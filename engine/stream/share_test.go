package stream_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
	"retrohunt/sources"
)

// places are the hits of a run, each with its place, as --events has them.
type places struct {
	mu    sync.Mutex
	parts map[[2]int][]string
}

type placesSink struct {
	to  *places
	at  [2]int
	got []string
}

func (s *placesSink) Hit(h *stream.Hit) {
	runtime.Gosched() // lets the other workers come to help
	s.got = append(s.got, fmt.Sprintf("%s#%d, line %d, byte %d: %s", h.Stream, h.Event.Ordinal, h.Event.Line, h.Event.Offset, h.Event.Raw))
}

func (s *placesSink) Close() {
	s.to.mu.Lock()
	defer s.to.mu.Unlock()
	if s.to.parts[s.at] != nil {
		panic("a part with two sinks")
	}
	s.to.parts[s.at] = s.got
}

// inOrder returns the hits in the order of inputs and parts.
func (p *places) inOrder() (all []string) {
	var keys [][2]int
	for key := range p.parts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	for _, key := range keys {
		all = append(all, p.parts[key]...)
	}
	return all
}

// shared runs a query over inputs, and returns all that a run tells, and of how many parts hits came.
func shared(q *engine.Query, job stream.Job) (result *stream.Result, hits []string, parts int) {
	found := &places{parts: map[[2]int][]string{}}
	job.Queries = []*engine.Query{q}
	job.Hits = func(input, part int) stream.HitSink { return &placesSink{to: found, at: [2]int{input, part}} }
	result = stream.Run(context.Background(), job)
	return result, found.inOrder(), len(found.parts)
}

var sameResult = []cmp.Option{cmp.AllowUnexported(value.Value{}), cmpopts.IgnoreUnexported(engine.Table{}), cmpopts.IgnoreFields(stream.Coverage{}, "Elapsed")}

// logLines are lines as a large export has them, of a seed: mostly events, among them what is none.
func logLines(seed uint64, n int, end string) string {
	random := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := range n {
		switch random.IntN(20) {
		case 0:
		case 1:
			b.WriteString(" \t")
		case 2:
			fmt.Fprintf(&b, `{"k":"%d","v":`, i)
		case 3:
			b.WriteString("no JSON")
		case 4:
			fmt.Fprintf(&b, "  {\"k\":\"latin-1 \xe4\",\"v\":%d} ", i)
		case 5:
			fmt.Fprintf(&b, "{\"k\":\"%d\",\"v\":%d,\"long\":\"%s\"}", i%7, i, strings.Repeat("x", random.IntN(5000)))
		default:
			fmt.Fprintf(&b, `{"k":"%d","v":%d.5,"EventTime":"2026-03-01 10:00:%02d"}`, i%7, i, i%60)
		}
		b.WriteString(end)
	}
	return b.String()
}

// pretty is an event over many lines, whose lines are events and malformed in a stream of lines.
const pretty = "{\n  \"k\": \"p\",\n  \"v\": [\n    1\n  ]\n}\n"

// TestWhoReadsALargeInputDoesNotShow shares inputs among workers in small parts and wants of each run, byte for byte, what one
// worker finds: rows, coverage, custody, and hits with their places in their order.
func TestWhoReadsALargeInputDoesNotShow(t *testing.T) {
	giant := `{"k":"giant","v":"` + strings.Repeat("y", 700_000) + `"}` + "\n"
	long := logLines(1, 6000, "\n")
	gz := gzipped(long)
	files := map[string]string{
		"lines":             long,
		"CRLF":              logLines(2, 4000, "\r\n"),
		"byte order mark":   "\xef\xbb\xbf" + logLines(3, 3000, "\n") + "\xef\xbb\xbf" + logLines(4, 3000, "\n"),
		"giant lines":       logLines(5, 1000, "\n") + giant + logLines(6, 1000, "\n") + giant + giant,
		"no end":            logLines(7, 3000, "\n") + `{"k":"last","v":1}`,
		"cut":               logLines(8, 3000, "\n") + `{"k":"last","v`,
		"pretty inside":     logLines(9, 2000, "\n") + pretty + logLines(10, 2000, "\n"),
		"array inside":      logLines(11, 2000, "\n") + "[{\"k\":\"a\"},\n{\"k\":\"b\"}]\n" + logLines(12, 2000, "\n"),
		"envelope inside":   logLines(13, 2000, "\n") + "{\"Records\":[{\"k\":\"a\"},\n{\"k\":\"b\"}]}\n" + logLines(14, 2000, "\n"),
		"cut array inside":  logLines(15, 2000, "\n") + "[{\"k\":\"a\"},\n{\"k\":",
		"one array":         `[{"k":"1","v":2},` + strings.Repeat(`{"k":"2","v":3},`+"\n", 3000) + `{"k":"4"}]`,
		"csv":               "k,v\n" + strings.Repeat("a,1\nb,2\n", 3000),
		"gzip":              gz,
		"gzip, cut":         gz[:len(gz)/2],
		"gzip, two members": gz + gzipped(logLines(16, 3000, "\n")) + "\n",
		"blank":             strings.Repeat("\n", 500_000),
	}
	all := compile(t, "* | where k matches \"*\" | count, sum(v), first(v), values(v) by k")
	some := compile(t, "* | where v in (\"33.5\", \"1033.5\", \"1999.5\") | count by v")
	messages := compile(t, "* | where k = \"3\" | accum v as total | fields k, v, total")
	parts := 0
	for name, content := range files {
		inputs := write(t, map[string]string{"a.json": content, "b.json": `{"k":"small","v":1}`})
		for _, part := range []int{60, 61, 0} {
			job := stream.Job{Inputs: inputs, Workers: 1, Custody: true, Part: part, Sources: sources.Options{MaxEvent: 600_000}}
			q := all
			switch part {
			case 61:
				q, job.Custody, job.Prefilter = some, false, true
			case 0:
				q = messages
			}
			want, wantHits, whole := shared(q, job)
			if want.Coverage.Prefiltered != job.Prefilter {
				t.Fatal("the prefilter is not used where it should be")
			}
			for _, workers := range []int{2, 3, 8} {
				job.Workers = workers
				got, hits, n := shared(q, job)
				if diff := cmp.Diff(want, got, sameResult...); diff != "" {
					t.Fatalf("%s, %d workers, parts of %d (-1 worker +%d):\n%s", name, workers, part, workers, diff)
				}
				if diff := cmp.Diff(wantHits, hits); diff != "" {
					t.Fatalf("%s, %d workers, parts of %d (-1 worker +%d):\n%s", name, workers, part, workers, diff)
				}
				parts += n - whole
			}
		}
	}
	if parts < 500 {
		t.Errorf("inputs came in %d parts: they were not shared", parts)
	}
}

// TestMembersAndStandardInputAreShared: streams of an archive come one after the other, and each is shared.
func TestMembersAndStandardInputAreShared(t *testing.T) {
	members := map[string]string{}
	for i := range 9 {
		members[fmt.Sprintf("%d.json", i)] = logLines(uint64(20+i), 100*i*i, "\n")
	}
	members["4.json"] += "[" // changes the framing, and ends inside
	archived := zipped(t, members)
	damaged := []byte(archived)
	damaged[len(damaged)/2] ^= 0x10
	inputs, broken := write(t, map[string]string{"case.zip": archived}), write(t, map[string]string{"case.zip": string(damaged)})
	q := compile(t, "* | where k matches \"*\" | count by k, _sourceName")
	for name, job := range map[string]stream.Job{
		"zip": {Inputs: inputs}, "damaged zip": {Inputs: broken}, "standard input": {Inputs: []sources.Input{{Name: "-", Size: -1}}},
	} {
		run := func(workers int) (*stream.Result, []string) {
			job.Workers, job.Custody, job.Part = workers, true, 100
			job.Sources.Stdin = strings.NewReader(logLines(30, 20_000, "\n"))
			result, hits, _ := shared(q, job)
			return result, hits
		}
		want, wantHits := run(1)
		if found := len(want.Coverage.Damaged); (name == "damaged zip") != (found == 2) {
			t.Fatalf("%s: %d damaged", name, found)
		}
		for _, workers := range []int{2, 8} {
			got, hits := run(workers)
			if diff := cmp.Diff(want, got, sameResult...); diff != "" {
				t.Errorf("%s, %d workers (-1 worker +%d):\n%s", name, workers, workers, diff)
			}
			if diff := cmp.Diff(wantHits, hits); diff != "" {
				t.Errorf("%s, %d workers (-1 worker +%d):\n%s", name, workers, workers, diff)
			}
		}
	}
}

// TestAnInterruptEndsASharedInput ends a run in the middle of an endless input that several workers read.
func TestAnInterruptEndsASharedInput(t *testing.T) {
	ctx, interrupt := context.WithCancel(context.Background())
	stdin, feed := io.Pipe()
	defer feed.Close()
	go func() {
		lines := []byte(logLines(31, 3000, "\n"))
		for n := 0; ; n++ {
			if _, err := feed.Write(lines); err != nil {
				return
			}
			if n == 20 {
				interrupt()
			}
		}
	}()
	result := stream.Run(ctx, stream.Job{
		Inputs: []sources.Input{{Name: "-", Size: -1}}, Queries: []*engine.Query{compile(t, "* | count by k")}, Workers: 4,
		Sources: sources.Options{Stdin: stdin},
	})
	stdin.Close()
	if c := result.Coverage; !c.Partial || c.Events == 0 || len(c.Damaged) > 0 {
		t.Errorf("partial %v, %d events, damaged %v", c.Partial, c.Events, c.Damaged)
	}
}
