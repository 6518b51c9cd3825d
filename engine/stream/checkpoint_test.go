package stream_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/sources"
)

// checkpointed runs a job again and again, each time without the inputs of which there are checkpoints, interrupted at a random
// checkpoint but for the last time. It returns all checkpoints and, as the last of them, the result.
func checkpointed(t *testing.T, job stream.Job, random *rand.Rand) (all []stream.Checkpoint, runs int) {
	t.Helper()
	var mu sync.Mutex
	whole := job.Inputs
	job.Keep, job.Among = true, len(whole)
	done := map[int]bool{}
	for {
		runs++
		job.Inputs, job.Numbers = nil, nil
		for i, in := range whole {
			if !done[i] {
				job.Inputs, job.Numbers = append(job.Inputs, in), append(job.Numbers, i)
			}
		}
		ctx, interrupt := context.WithCancel(context.Background())
		last := random.IntN(5)
		job.Checkpoint = func(c *stream.Checkpoint) bool {
			mu.Lock()
			defer mu.Unlock()
			for _, a := range c.Accounts {
				if done[a.Number] {
					t.Errorf("%s is in two checkpoints", a.Name)
				}
				done[a.Number] = true
			}
			all = append(all, *c)
			if last--; last == 0 {
				interrupt()
			}
			return true
		}
		result := stream.Run(ctx, job)
		interrupt()
		if !result.Coverage.Partial {
			return append(all, stream.Checkpoint{Coverage: result.Coverage, Accounts: result.Accounts, Partials: result.Partials}), runs
		}
		for _, table := range result.Tables {
			table.Close()
		}
	}
}

// TestCheckpointsAddUpToTheRun, however often it is interrupted: rows, coverage, and partial results byte for byte.
func TestCheckpointsAddUpToTheRun(t *testing.T) {
	files := map[string]string{"zz.json": logLines(90, 400, "\n"), "no.json": "{", "cut.gz": gzipped(logLines(91, 50, "\n"))[:300], "none": "\x00\x01\x02"}
	for i := range 40 {
		files[fmt.Sprintf("%02d.json", i)] = logLines(uint64(i), 5+i%5*3, "\n")
	}
	inputs := write(t, files)
	queries := []*engine.Query{
		compile(t, "* | where k matches \"*\" | count, sum(v), avg(v), pct(v, 90), stddev(v), values(v), first(v), last(k) by k").WithSeen(),
		compile(t, "* | where k = \"3\" | accum v as total | fields k, v, total"),
		compile(t, "* | parseHex(k) as n | count by n"),
	}
	job := stream.Job{Inputs: inputs, Queries: queries, Skipped: []sources.Skip{{Name: ".hidden", Reason: "hidden"}}, Keep: true}
	want := stream.Run(context.Background(), job)
	random := rand.New(rand.NewPCG(5, 6))
	runs, inCheckpoints := 0, 0
	for round := range 8 {
		job.Workers, job.Part, job.Memory = 1+round%4, []int{0, 100}[round%2], engine.NewMemory(int64([]int{0, 64 << 10}[round/2%2]))
		all, n := checkpointed(t, job, random)
		runs += n
		var coverage []stream.Coverage
		var accounts []stream.Account
		for i, c := range all {
			coverage = append(coverage, c.Coverage)
			accounts = append(accounts, c.Accounts...)
			if i < len(all)-1 {
				inCheckpoints += len(c.Accounts)
			}
		}
		slices.SortFunc(accounts, func(a, b stream.Account) int { return a.Number - b.Number })
		got := &stream.Result{Coverage: stream.JoinCoverage(coverage, job.Skipped, accounts), Accounts: accounts}
		for i, q := range queries {
			var parts []*engine.Worker
			for _, c := range all {
				w, err := q.ReadPartial(string(c.Partials[i]))
				if err != nil {
					t.Fatal(err)
				}
				parts = append(parts, w)
			}
			merged := engine.Merge(parts...)
			partial, err := q.AppendPartial(nil, merged)
			if err != nil {
				t.Fatal(err)
			}
			got.Partials, got.Tables = append(got.Partials, partial), append(got.Tables, q.Table(merged))
		}
		if diff := cmp.Diff(want, got, sameResult...); diff != "" {
			t.Fatalf("%d workers, interrupted %d times (-whole +added up):\n%s", job.Workers, n-1, diff)
		}
	}
	if runs < 12 || inCheckpoints < 60 {
		t.Errorf("%d runs with %d inputs in checkpoints: too few", runs, inCheckpoints)
	}
}

// TestACheckpointThatNobodyKeepsIsInTheResult.
func TestACheckpointThatNobodyKeepsIsInTheResult(t *testing.T) {
	job := stream.Job{Inputs: write(t, map[string]string{"a": `{"k":1}`, "b": `{"k":2}`, "c": `{"k":3}`}), Queries: []*engine.Query{compile(t, "* | count by k")}, Workers: 2}
	want := stream.Run(context.Background(), job)
	asked := 0
	var mu sync.Mutex
	job.Checkpoint = func(*stream.Checkpoint) bool {
		mu.Lock()
		defer mu.Unlock()
		asked++
		return false
	}
	if diff := cmp.Diff(want, stream.Run(context.Background(), job), sameResult...); diff != "" {
		t.Errorf("-without +with:\n%s", diff)
	}
	if asked == 0 || asked > 2 {
		t.Errorf("it was asked %d times", asked)
	}
}
