package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"retrohunt/runfile"
)

// manyLogs writes inputs of several kinds and sizes: the shipped logs, again and again, what is damaged, and what is no log.
func manyLogs(t *testing.T, random *rand.Rand) string {
	t.Helper()
	dir := t.TempDir()
	var fixtures []string
	err := filepath.WalkDir(filepath.Join("..", "..", "fixtures", "logs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			fixtures = append(fixtures, path)
		}
		return err
	})
	if err != nil || len(fixtures) < 5 {
		t.Fatalf("fixtures: %v, %v", fixtures, err)
	}
	for i := range 20 {
		text, err := os.ReadFile(fixtures[i%len(fixtures)])
		if err != nil {
			t.Fatal(err)
		}
		must(os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d-%s", i, filepath.Base(fixtures[i%len(fixtures)]))), text, 0o666))
	}
	for i := range 30 {
		var lines strings.Builder
		for range random.IntN(30) {
			fmt.Fprintf(&lines, `{"user":"u%d","n":%v,"EventID":%d}`+"\n", random.IntN(9), random.NormFloat64()*1e9, random.IntN(3))
		}
		must(os.WriteFile(filepath.Join(dir, fmt.Sprintf("n%02d.json", i)), []byte(lines.String()), 0o666))
	}
	must(os.WriteFile(filepath.Join(dir, "cut.json"), []byte(`[{"user":"u1"},{"us`), 0o666))
	must(os.WriteFile(filepath.Join(dir, "malformed.json"), []byte("{broken\n{\"user\":\"u2\"}\n"), 0o666))
	must(os.WriteFile(filepath.Join(dir, "none.bin"), []byte("\x00\x01\x02\x03"), 0o666))
	return dir
}

// child is retrohunt as a process of its own.
func child(args ...string) *exec.Cmd { return exec.Command("retrohunt", args...) }

// savedRun is a saved run but for the times of the run.
func savedRun(t *testing.T, name string) *runfile.Run {
	t.Helper()
	run, err := openRun(name)
	if err != nil {
		t.Fatal(err)
	}
	run.Started, run.Clock.Now, run.Coverage.Elapsed = time.Time{}, time.Time{}, 0
	return run
}

// TestAKilledRunIsGoneOnWith kills a run at random moments, or interrupts it, several times in a row, and goes on with it, until it
// ends: the saved run is that of one that nobody killed, and so is what is printed. It does so to fifty runs.
func TestAKilledRunIsGoneOnWith(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	logs, rules, dir := manyLogs(t, random), writeRules(t), t.TempDir()
	must(os.WriteFile(filepath.Join(rules, "sums.sumo"), []byte(`* | sum(n), avg(n), stddev(n), pct(n, 50) by user`), 0o666))
	must(os.WriteFile(filepath.Join(rules, "asked.sumo"), []byte(`[subquery: EventID=2 | sum(n) as n by user | where n > 0 | compose user] | count by user, EventID`), 0o666))
	hunt := func(more ...string) []string {
		return append([]string{"hunt", "-r", rules, "-j", "2", "-t", "jsonl", "--summary", "none", logs}, more...)
	}
	whole := filepath.Join(dir, "whole.rhr")
	start := time.Now()
	want, err := child(hunt("--save", whole, "--checkpoint", "0s")...).Output()
	if exited := (&exec.ExitError{}); !asExit(err, exited, exitDamage) {
		t.Fatalf("the run that nobody kills: %v", err)
	}
	takes := time.Since(start)
	wantRun := savedRun(t, whole)
	killed, skipped, rounds := 0, 0, 50
	if testing.Short() {
		rounds = 5
	}
	for round := range rounds {
		saved := filepath.Join(dir, fmt.Sprintf("%d.rhr", round))
		kills := 1 + random.IntN(3)
		var got []byte
		for {
			before := finishedInputs(t, saved)
			cmd := child(hunt("--resume", saved, "--checkpoint", []string{"0s", "1ms", "20ms"}[round%3])...)
			var out strings.Builder
			cmd.Stdout = &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan struct{})
			if kills > 0 {
				signal := os.Kill
				if random.IntN(4) == 0 {
					signal = os.Interrupt
				}
				wait, grown := time.Duration(random.Int64N(int64(takes))), int64(-1)
				if random.IntN(3) > 0 { // while it reads; else at any moment
					wait, grown = wait/16, sizeOf(saved+".journal")
				}
				go endAfter(cmd.Process, signal, saved+".journal", grown, wait, ended)
			}
			err := cmd.Wait()
			close(ended)
			if exited := (&exec.ExitError{}); asExit(err, exited, exitDamage) {
				got, skipped = []byte(out.String()), skipped+before
				break
			} else if exited.ProcessState == nil || exited.ExitCode() != -1 && exited.ExitCode() != exitInterrupted {
				t.Fatalf("round %d: %v", round, err)
			}
			if run, err := openRun(saved); err == nil && !run.Coverage.Partial { // killed when all was done but to say so
				got = want
				break
			}
			kills--
			killed++
		}
		if string(got) != string(want) {
			t.Fatalf("round %d: rows (-uninterrupted +resumed):\n%s", round, cmp.Diff(string(want), string(got)))
		}
		if run := savedRun(t, saved); !reflect.DeepEqual(wantRun, run) {
			t.Fatalf("round %d: saved run (-uninterrupted +resumed):\n%s", round, cmp.Diff(wantRun, run))
		}
		os.Remove(saved + ".journal") // if it was killed before it took it away
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Fatalf("round %d: left behind: %q", round, left)
		}
	}
	t.Logf("%d runs were killed %d times; %d inputs were not read again", rounds, killed, skipped)
	if killed < rounds/4 || skipped == 0 {
		t.Errorf("%d rounds were killed %d times, and %d inputs were not read again: too few", rounds, killed, skipped)
	}
}

// endAfter sends a signal to a process when a file is larger than a size and then some time has passed, unless it ends before.
func endAfter(p *os.Process, signal os.Signal, name string, size int64, wait time.Duration, ended chan struct{}) {
	for sizeOf(name) <= size && size >= 0 {
		select {
		case <-ended:
			return
		case <-time.After(time.Millisecond):
		}
	}
	select {
	case <-ended:
	case <-time.After(wait):
		p.Signal(signal)
	}
}

// sizeOf is the size of a file, 0 if there is none.
func sizeOf(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

// asExit reports whether an error is that of a process that exited with a code.
func asExit(err error, exited *exec.ExitError, code int) bool {
	e, ok := err.(*exec.ExitError)
	if ok {
		*exited = *e
	}
	return ok && e.ExitCode() == code
}

// finishedInputs is how many inputs the journal of a run has.
func finishedInputs(t *testing.T, saved string) (n int) {
	t.Helper()
	j, _, err := runfile.OpenJournal(saved + ".journal")
	if runfile.NotBegun(err) {
		return 0
	} else if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for p, err := range j.Parts() {
		if err != nil {
			t.Fatal(err)
		}
		n += len(p.Accounts)
	}
	return n
}
