package stream_test

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/internal/view"
	"retrohunt/sources"
)

// manyLines are events, of which every tenth has the user ada.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		user := "bob"
		if i%10 == 0 {
			user = "ada"
		}
		fmt.Fprintf(&b, `{"user":%q,"n":"%d"}`+"\n", user, i)
	}
	return b.String()
}

// TestProgressEndsWhereTheCoverageDoes, whoever reads what, and everything that is stored is done in the end: also what nobody
// needed to read, such as the directory of an archive and a file that is no log.
func TestProgressEndsWhereTheCoverageDoes(t *testing.T) {
	inputs := write(t, map[string]string{
		"plain.jsonl":  manyLines(40_000),
		"packed.gz":    gzipped(manyLines(5000)),
		"members.zip":  zipped(t, map[string]string{"a.json": manyLines(700), "b.json": manyLines(300), "c.bin": "\x00\x01\x02"}),
		"array.json":   `[{"user":"ada"},{"user":"bob"}]`,
		"cut.json":     `[{"user":"ada"},{"us`,
		"picture.json": "\x00\x01\x02\x03",
		"empty.json":   "",
	})
	for _, prefilter := range []bool{false, true} {
		for workers := 1; workers <= 4; workers++ {
			progress := &stream.Progress{}
			result := stream.Run(context.Background(), stream.Job{
				Inputs: inputs, Queries: []*engine.Query{compile(t, `user=ada | count by user`)},
				Workers: workers, Part: 4 << 10, Prefilter: prefilter, Progress: progress,
			})
			c := &result.Coverage
			want := stream.Snapshot{Queries: 1, Inputs: len(inputs), Done: len(inputs), Decoded: c.Decoded, Events: c.Events, Hits: c.Hits}
			for _, in := range inputs {
				want.Total += in.Size
			}
			want.Stored = want.Total
			if diff := cmp.Diff(want, progress.Snapshot()); diff != "" {
				t.Errorf("%d workers, prefilter %v:\n%s", workers, prefilter, diff)
			}
			if c.Hits != 4000+500+70+30+1+1 {
				t.Errorf("%d workers, prefilter %v: %d hits", workers, prefilter, c.Hits)
			}
		}
	}
}

// tarBegins is how an archive begins whose one member has more text than this.
func tarBegins(member, text string) string {
	var b bytes.Buffer
	t := tar.NewWriter(&b)
	t.WriteHeader(&tar.Header{Name: member, Mode: 0o644, Size: 2 * int64(len(text))})
	io.WriteString(t, text)
	return b.String()
}

// TestProgressWhileItLasts looks at a run whose standard input has said something and then blocks, and ends it there: what is cut
// is named, and the input behind it is not.
func TestProgressWhileItLasts(t *testing.T) {
	for text, name := range map[string]string{
		manyLines(30_000):                      "-",
		tarBegins("a.json", manyLines(30_000)): "-!a.json",
	} {
		t.Run(name, func(t *testing.T) { lookAtRun(t, text, name) })
	}
}

func lookAtRun(t *testing.T, text, name string) {
	stdin, feed := io.Pipe()
	defer feed.Close()
	progress := &stream.Progress{}
	ctx, interrupt := context.WithCancel(context.Background())
	done := make(chan *stream.Result)
	go func() {
		done <- stream.Run(ctx, stream.Job{
			Inputs:  []sources.Input{{Name: "-", Size: -1}, {Name: "never", Size: -1}},
			Queries: []*engine.Query{compile(t, `user=ada | count`)},
			Workers: 1, Sources: sources.Options{Stdin: stdin}, Progress: progress,
		})
	}()
	io.WriteString(feed, text)
	var s stream.Snapshot
	for s.Events < 10_000 {
		s = progress.Snapshot()
		runtime.Gosched()
	}
	if s.Unsized != 2 || s.Total != 0 || s.Done != 0 || !slices.Equal(s.Current, []string{name}) {
		t.Errorf("%+v", s)
	}
	if s.Stored == 0 || s.Decoded == 0 || s.Hits < 900 {
		t.Errorf("%+v", s)
	}
	interrupt()
	c := (<-done).Coverage
	if !slices.Equal(c.Cut, []string{name}) || c.Unread != 1 {
		t.Errorf("cut %q, %d not reached", c.Cut, c.Unread)
	}
	if s := progress.Snapshot(); s.Done != 0 || s.Current != nil || s.Hits != c.Hits || s.Events != c.Events {
		t.Errorf("%+v in the end", s)
	}
}

// TestProgressDoesNotAllocate: what looking at a run takes does not grow with its events.
func TestProgressDoesNotAllocate(t *testing.T) {
	if view.Copies {
		t.Skip("this build copies")
	}
	inputs := write(t, map[string]string{"plain.jsonl": manyLines(20_000)})
	q := compile(t, `user=ada | count by user`)
	allocs := func(progress bool) float64 {
		return testing.AllocsPerRun(5, func() {
			job := stream.Job{Inputs: inputs, Queries: []*engine.Query{q}, Workers: 1}
			if progress {
				job.Progress = &stream.Progress{}
			}
			stream.Run(context.Background(), job)
		})
	}
	if without, with := allocs(false), allocs(true); with > without+50 {
		t.Errorf("%v allocations with progress, %v without", with, without)
	}
}
