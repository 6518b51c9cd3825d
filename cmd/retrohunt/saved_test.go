package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine/stream"
	"retrohunt/runfile"
)

// savedFormats are the files that a run is printed to.
var savedFormats = []string{
	"r.csv", "r.json", "r.jsonl", "r.md", "r.html", "r.parquet", "r.timesketch.jsonl", "r.navigator.json", "r.txt",
}

// runTimes finds the times of a run, which are never the same, in the report and in the summary.
var runTimes = regexp.MustCompile(`(?s)<dt>Time</dt>.*?</div>|"(seconds|bytes_per_second)":[0-9.e+-]+`)

// savedRules are detections with and without an aggregate, and with stages behind it.
var savedRules = map[string]string{
	"counts":   `* | count, count_distinct(_sourceName), values(_sourceCategory), avg(EventID), pct(EventID, 90) by _sourceCategory | sort by _count | accum _count`,
	"messages": `* | parse "a*e" as middle nodrop | limit 40`,
	"sorted":   `* | sort by _sourceName | limit 30 | count by _sourceName`,
	"dropped":  `* | parseHex("xyz") as n | count by n`,
}

// printed runs the program and returns what it wrote to files, and on standard error but for times.
func printed(t *testing.T, args ...string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range savedFormats {
		args = append(args, "-o", filepath.Join(dir, name))
	}
	code, _, stderr := run(t, "", append(args, "--summary", "json", "--write-empty")...)
	out := map[string]string{"exit": fmt.Sprint(code), "summary": runTimes.ReplaceAllString(stderr, "")}
	for _, name := range savedFormats {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, stderr)
		}
		out[name] = runTimes.ReplaceAllString(strings.ReplaceAll(string(text), dir, ""), "")
	}
	return out
}

func same(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	for name := range want {
		if want[name] != got[name] {
			t.Errorf("%s: %s (-want +got)\n%s", what, name, cmp.Diff(strings.Split(want[name], "\n"), strings.Split(got[name], "\n")))
		}
	}
}

func writeRules(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	shipped, err := os.ReadFile(filepath.Join("..", "..", "detections", "t1021.007.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"shipped.yaml": string(shipped)}
	for id, query := range savedRules {
		files[id+".sumo"] = query
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestASavedRunPrintsAsTheHuntDid, and its shards, merged, as one run: byte for byte in every format, damage and all.
func TestASavedRunPrintsAsTheHuntDid(t *testing.T) {
	logs, rules, dir := filepath.Join("..", "..", "fixtures"), writeRules(t), t.TempDir()
	damaged := filepath.Join(t.TempDir(), "damaged")
	for i, text := range []string{`{"x":1}` + "\n{broken\n", `[{"x":"2"},{"x`, "\x00\x01\x02\x03"} {
		must(os.MkdirAll(damaged, 0o777))
		must(os.WriteFile(filepath.Join(damaged, fmt.Sprintf("%d.json", i)), []byte(text), 0o666))
	}
	hunt := func(more ...string) []string { return append([]string{"hunt", "-r", rules, damaged, logs}, more...) }
	whole := filepath.Join(dir, "whole.rhr")
	want := printed(t, hunt("--save", whole)...)
	if rows := strings.Count(want["r.jsonl"], "\n"); rows < 50 {
		t.Fatalf("only %d rows:\n%s", rows, want["summary"])
	}
	same(t, "report", want, printed(t, "report", whole))
	for _, shards := range []int{1, 2, 7} {
		var parts []string
		for i := range shards {
			part := filepath.Join(dir, fmt.Sprintf("%d-%d.rhr", i+1, shards))
			parts = append(parts, part)
			run(t, "", hunt("--shard", fmt.Sprintf("%d/%d", i+1, shards), "--save", part, "-o", filepath.Join(dir, "rows.jsonl"), "--force", "-t", "jsonl")...)
		}
		slices.Reverse(parts)
		merged := filepath.Join(dir, fmt.Sprintf("merged-%d.rhr", shards))
		same(t, fmt.Sprintf("%d shards merged", shards), want, printed(t, append([]string{"merge", "--save", merged}, parts...)...))
		same(t, fmt.Sprintf("report of %d shards merged", shards), want, printed(t, "report", merged))
	}
}

// TestPartsThatReadTheSameAreRefused: whatever shards they say they are.
func TestPartsThatReadTheSameAreRefused(t *testing.T) {
	of := func(shard int, inputs ...string) *runfile.Run {
		run := &runfile.Run{Shard: shard, Shards: 2}
		for i, name := range inputs {
			run.Accounts = append(run.Accounts, stream.Account{Number: i, Name: name})
		}
		return run
	}
	_, err := whole([]part{{"one.rhr", of(1, "a.jsonl")}, {"two.rhr", of(2, "a.jsonl")}})
	if err == nil || err.Error() != `one.rhr and two.rhr both read "a.jsonl"` {
		t.Error(err)
	}
}
