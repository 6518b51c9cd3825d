package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/report"
	"retrohunt/sources"
)

func written(t *testing.T, c corpus) string {
	t.Helper()
	c.dir = filepath.Join(t.TempDir(), "corpus")
	if err := c.write(); err != nil {
		t.Fatal(err)
	}
	return c.dir
}

// sums are the hashes of all files of a corpus.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameSeedWritesTheSameFiles(t *testing.T) {
	c := corpus{size: 2 << 20, hits: 0.01, seed: 7, files: 3, compress: "gzip", level: 6}
	if diff := cmp.Diff(sums(t, written(t, c)), sums(t, written(t, c))); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
	other := c
	other.seed++
	if cmp.Equal(sums(t, written(t, c)), sums(t, written(t, other))) {
		t.Error("another seed makes no difference")
	}
}

// TestHuntFindsWhatWasWritten holds the rows and counts of T1021.007 to what the corpus says of itself.
func TestHuntFindsWhatWasWritten(t *testing.T) {
	mixed := corpus{size: 4 << 20, hits: 0.02, seed: 3, files: 1, compress: "none", level: 6}
	with := func(change func(*corpus)) corpus {
		c := mixed
		change(&c)
		return c
	}
	cases := []struct {
		name string
		corpus
	}{
		{"one plain file", mixed},
		{"five plain files", with(func(c *corpus) { c.files = 5 })},
		{"one gzip file", with(func(c *corpus) { c.compress = "gzip" })},
		{"three zstd files", with(func(c *corpus) { c.compress, c.files, c.level = "zstd", 3, 3 })},
		{"small objects", with(func(c *corpus) { c.objects = 300 })},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := written(t, c.corpus)
			want, err := os.ReadFile(filepath.Join(dir, "expected.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			if lines := bytes.Count(want, []byte("\n")); lines < 5 {
				t.Fatalf("only %d rows are expected", lines)
			}
			rows, coverage := hunt(t, filepath.Join(dir, "logs"))
			if diff := cmp.Diff(string(want), rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(summaryOf(t, dir), coverage); diff != "" {
				t.Errorf("coverage (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEverySpreadHoldsTheSameEvents(t *testing.T) {
	one := written(t, corpus{size: 2 << 20, hits: 0.02, seed: 5, files: 1, compress: "none"})
	four := written(t, corpus{size: 2 << 20, hits: 0.02, seed: 5, files: 4, compress: "none"})
	want, err := os.ReadFile(filepath.Join(one, "logs", "000.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var got []byte
	for i := range 4 {
		part, err := os.ReadFile(filepath.Join(four, "logs", fmt.Sprintf("%03d.jsonl", i)))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, part...)
	}
	if !bytes.Equal(want, got) {
		t.Error("four files hold other events than one")
	}
}

// TestTheCorpusCompressesLikeLogs holds the corpus to what gzip makes of real exports.
func TestTheCorpusCompressesLikeLogs(t *testing.T) {
	dir := written(t, corpus{size: 8 << 20, hits: 0.001, seed: 1, files: 1, compress: "gzip", level: 6})
	info, err := os.Stat(filepath.Join(dir, "logs", "000.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if ratio := float64(summaryOf(t, dir).Bytes) / float64(info.Size()); ratio < 8 || ratio > 14 {
		t.Errorf("gzip makes it %.1f times smaller; real logs are between 8 and 14", ratio)
	}
}

func summaryOf(t *testing.T, dir string) (s summary) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "corpus.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// hunt runs T1021.007 and returns its rows, and what was read in the words of a corpus's summary.
func hunt(t *testing.T, logs string) (rows string, read summary) {
	t.Helper()
	inputs, _, err := sources.Walk([]string{logs}, sources.Remote{})
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := detections.Load("../../detections/t1021.007.yaml")
	if err != nil {
		t.Fatal(err)
	}
	query, err := engine.Compile(shipped[0].Query)
	if err != nil {
		t.Fatal(err)
	}
	result := stream.Run(context.Background(), stream.Job{Inputs: inputs, Queries: []*engine.Query{query.WithSeen()}, Workers: 2})
	jsonLines, _ := report.FormatByName("jsonl")
	var out bytes.Buffer
	if err := jsonLines.Write(&out, []report.Result{{Detection: shipped[0], Table: result.Tables[0]}}, report.Options{}); err != nil {
		t.Fatal(err)
	}
	c := result.Coverage
	if !c.Whole() || c.Malformed > 0 || len(c.Skipped) > 0 {
		t.Errorf("not all was read: %+v", c)
	}
	read = summary{Bytes: c.Decoded, Events: c.Events, Hits: c.Hits, Categories: map[string]int64{}}
	for _, n := range c.Categories {
		read.Categories[n.Category] = n.Events
	}
	return out.String(), read
}
