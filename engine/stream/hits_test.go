package stream_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/stream"
)

// noted is a sink that writes down what it is given.
type noted struct {
	mu   *sync.Mutex
	into *[]string
	got  []string
}

func (n *noted) Hit(h *stream.Hit) {
	n.got = append(n.got, fmt.Sprintf("query %d: %s#%d by %s of %s", h.Query, strings.TrimPrefix(h.Stream, h.Input), h.Event.Ordinal, h.Worker.Groups()[0][0].Text(), h.Record.Raw))
}

func (n *noted) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	*n.into = n.got
}

func TestASinkGetsTheHitsOfItsInput(t *testing.T) {
	inputs := write(t, map[string]string{
		"a.json": `{"x":"1","y":"q"}` + "\n" + `{"x":` + "\n" + `{"x":"2"}` + "\n",
		"b.json": `[{"x":"3"},{"x":"4","y":"q"}]`,
		"c.json": `{"x":"5"}`,
		"d.json": `no log`,
	})
	want := [][]string{
		{`query 0: #1 by 1 of {"x":"1","y":"q"}`, `query 1: #1 by q of {"x":"1","y":"q"}`, `query 0: #3 by 2 of {"x":"2"}`},
		{`query 0: #2 by 4 of {"x":"4","y":"q"}`, `query 1: #2 by q of {"x":"4","y":"q"}`},
		nil,
		nil,
	}
	for _, workers := range []int{1, 2, 8} {
		got := make([][]string, len(inputs))
		var mu sync.Mutex
		stream.Run(context.Background(), stream.Job{
			Inputs: inputs, Workers: workers,
			Queries: []*engine.Query{compile(t, `* | where x in ("1", "2", "4") | count by x`), compile(t, "y=* | count by y")},
			Hits:    func(input, _ int) stream.HitSink { return &noted{mu: &mu, into: &got[input]} },
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d workers (-want +got):\n%s", workers, diff)
		}
	}
}

// TestSpool: what many writers write at once comes back input by input, whatever had no room in memory.
func TestSpool(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	const inputs, perInput = 20, 300
	text := func(input, i int) string {
		random := rand.New(rand.NewPCG(uint64(input), uint64(i)))
		return fmt.Sprintf("%d/%d\n%s", input, i, strings.Repeat("x", random.IntN(4000)))
	}
	for _, limit := range []int64{0, 1 << 20, 1 << 40} {
		s := stream.NewSpool(limit)
		var wg sync.WaitGroup
		for input := range inputs {
			wg.Go(func() {
				w := s.Writer(input, 0)
				for i := range perInput {
					w.Write([]byte(text(input, i)))
				}
				w.Close()
			})
		}
		wg.Wait()
		n := 0
		err := s.Each(func(record []byte) error {
			if want := text(n/perInput, n%perInput); string(record) != want {
				return fmt.Errorf("record %d is %.20q, want %.20q", n, record, want)
			}
			n++
			return nil
		})
		if err != nil || n != inputs*perInput || s.Records() != int64(n) {
			t.Errorf("limit %d: %d records, %d counted, %v", limit, n, s.Records(), err)
		}
		s.Close()
		if left, _ := os.ReadDir(temporary); len(left) > 0 {
			t.Errorf("limit %d leaves %s behind", limit, filepath.Join(temporary, left[0].Name()))
		}
	}
}

// TestASpoolWithoutAPlaceSaysSo: what cannot be kept is an error, not a gap.
func TestASpoolWithoutAPlaceSaysSo(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	t.Setenv("TMPDIR", missing)
	t.Setenv("TMP", missing)
	s := stream.NewSpool(0)
	w := s.Writer(0, 0)
	w.Write([]byte("x"))
	w.Close()
	if err := s.Each(func([]byte) error { return nil }); err == nil {
		t.Error("no error")
	}
	s.Close()
}
