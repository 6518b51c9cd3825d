package stream_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/sources"
)

// caseMembers are members as a case has them: logs of all sizes, some of them compressed or archives, and what is no log.
func caseMembers(t *testing.T) map[string]string {
	members := map[string]string{
		"00 notes.txt": "no log", "a/.hidden": "{}", "binary": string([]byte{0, 1, 2, 3, 0}), "empty": "",
		"cut.json": logLines(50, 200, "\n") + `{"k":"last","v`, "array.json": `[{"k":"1","v":2},` + strings.Repeat(`{"k":"2","v":3},`+"\n", 300) + `{"k":"4"}]`,
		"broken.gz": gzipped(logLines(51, 500, "\n"))[:2000],
	}
	for i := range 12 {
		members[fmt.Sprintf("%02d.json", i)] = logLines(uint64(60+i), 8*i*i, "\n")
		members[fmt.Sprintf("%02d.json.gz", i)] = gzipped(logLines(uint64(80+i), 30*i, "\n")) + strings.Repeat("\n", i%3)
		if i%3 == 0 {
			members[fmt.Sprintf("%02d.zip", i)] = zipped(t, map[string]string{"x.json": logLines(uint64(90+i), 40*i, "\n"), "y.json": logLines(91, 50, "\n")})
		}
	}
	return members
}

// TestWhoReadsMembersDoesNotShow reads archives by several workers and wants of each run, byte for byte, what one worker finds.
func TestWhoReadsMembersDoesNotShow(t *testing.T) {
	archived := zipped(t, caseMembers(t))
	files := map[string]string{"b.json": logLines(1, 1000, "\n"), "c.zip": zipped(t, map[string]string{"1.json": logLines(2, 1000, "\n"), "2.json": logLines(3, 2000, "\n")})}
	rng := rand.New(rand.NewPCG(3, 3))
	counts := compile(t, "* | where k matches \"*\" | count, sum(v), first(v), values(v) by k, _sourceName")
	messages := compile(t, "* | where k = \"3\" | accum v as total | fields k, v, total")
	parts := 0
	for round := range 6 {
		damaged := []byte(archived)
		if round > 1 {
			damaged[rng.IntN(len(damaged))] ^= 0x10
		}
		files["a.zip"] = string(damaged)
		job := stream.Job{Inputs: write(t, files), Custody: round%2 == 0, Part: 100, Sources: sources.Options{MaxEvent: 600_000}}
		q := counts
		switch round % 4 {
		case 1, 2:
			q = messages
		case 3:
			job.Prefilter = true
		}
		job.Workers = 1
		want, wantHits, whole := shared(q, job)
		for _, workers := range []int{2, 3, 8} {
			job.Workers = workers
			progress := &stream.Progress{}
			job.Progress = progress
			got, hits, n := shared(q, job)
			if diff := cmp.Diff(want, got, sameResult...); diff != "" {
				t.Fatalf("round %d, %d workers (-1 worker +%d):\n%s", round, workers, workers, diff)
			}
			if diff := cmp.Diff(wantHits, hits); diff != "" {
				t.Fatalf("round %d, %d workers (-1 worker +%d):\n%s", round, workers, workers, diff)
			}
			if s := progress.Snapshot(); s.Stored != s.Total || s.Done != s.Inputs || s.Events != got.Coverage.Events || s.Decoded != got.Coverage.Decoded || len(s.Current) > 0 {
				t.Fatalf("round %d, %d workers: progress %+v of\n%+v", round, workers, s, got.Coverage)
			}
			parts += n - whole
		}
	}
	if parts < 100 {
		t.Errorf("inputs came in %d parts more: they were not shared", parts)
	}
}

// together is a sink that holds hits of members up until several are being read.
type together struct {
	streams chan string
	release chan struct{}
}

// Hit lets those of the first member come slowly, for its reader hands out the others.
func (s *together) Hit(h *stream.Hit) {
	if strings.HasSuffix(h.Stream, "!0.csv") {
		select {
		case <-time.After(time.Millisecond):
		case <-s.release:
		}
		return
	}
	select {
	case s.streams <- h.Stream:
		<-s.release
	case <-s.release:
	}
}

func (s *together) Close() {}

// TestMembersAreReadAtOnce waits for hits of one member while those of another are held up.
func TestMembersAreReadAtOnce(t *testing.T) {
	members := map[string]string{}
	for i := range 6 {
		members[fmt.Sprintf("%d.csv", i)] = "k,v\n" + strings.Repeat(fmt.Sprintf("a,%d\nb,2\n", i), 5000) // lines that are not shared
	}
	inputs := write(t, map[string]string{"case.zip": zipped(t, members)})
	s := &together{streams: make(chan string), release: make(chan struct{})}
	var at []string
	go func() {
		defer close(s.release)
		for range 2 {
			at = append(at, <-s.streams)
		}
	}()
	result := stream.Run(context.Background(), stream.Job{
		Inputs: inputs, Queries: []*engine.Query{compile(t, "* | count by k")}, Workers: 3, Part: 1,
		Hits: func(int, int) stream.HitSink { return s },
	})
	if result.Coverage.Events != 60_000 || len(at) < 2 || at[0] == at[1] {
		t.Errorf("%d events, at once of %q", result.Coverage.Events, at)
	}
}

// TestAnInterruptEndsMembers ends runs at many places.
func TestAnInterruptEndsMembers(t *testing.T) {
	inputs := write(t, map[string]string{"a.zip": zipped(t, caseMembers(t)), "b.zip": zipped(t, caseMembers(t))})
	q := compile(t, "* | count by k")
	whole := stream.Run(context.Background(), stream.Job{Inputs: inputs, Queries: []*engine.Query{q}, Part: 100}).Coverage
	partial := 0
	for i := range 12 {
		ctx, interrupt := context.WithCancel(context.Background())
		progress := &stream.Progress{}
		go func() {
			for progress.Snapshot().Events < int64(i)*whole.Events/12 {
				time.Sleep(10 * time.Microsecond)
			}
			interrupt()
		}()
		c := stream.Run(ctx, stream.Job{Inputs: inputs, Queries: []*engine.Query{q}, Workers: 4, Part: 100, Progress: progress}).Coverage
		interrupt()
		if c.Partial {
			partial++
		}
		if told := c.Unread+len(c.Cut) > 0; c.Events > whole.Events || c.Events < whole.Events && !told {
			t.Fatalf("%d of %d events, partial %v, cut %q, %d unread", c.Events, whole.Events, c.Partial, c.Cut, c.Unread)
		}
	}
	if partial == 0 {
		t.Error("no run was interrupted")
	}
}

// TestMembersBehindABombAreRead reads a member that bursts beside others, which it takes nothing from.
func TestMembersBehindABombAreRead(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 12 {
		w, err := z.Create(fmt.Sprintf("%02d.json", i))
		if err != nil {
			t.Fatal(err)
		}
		if i == 1 || i == 4 {
			w.Write(bytes.Repeat([]byte("{\"k\":\"bomb\"}\n"), 40_000))
		}
		fmt.Fprint(w, logLines(uint64(i), 60, "\n"))
	}
	z.Close()
	inputs := write(t, map[string]string{"case.zip": b.String()})
	q := compile(t, "* | count by k, _sourceName")
	job := stream.Job{Inputs: inputs, Part: 100}
	job.Sources.Archive.MaxDecoded = 800_000
	job.Workers = 1
	want, wantHits, _ := shared(q, job)
	if len(want.Coverage.Damaged) != 2 || want.Coverage.Inputs != 12 {
		t.Fatalf("%d inputs, damaged: %v", want.Coverage.Inputs, want.Coverage.Damaged)
	}
	for range 2 {
		job.Workers = 4
		got, hits, _ := shared(q, job)
		if diff := cmp.Diff(want, got, sameResult...); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(wantHits, hits); diff != "" {
			t.Fatal(diff)
		}
	}
}
