package engine_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"retrohunt/engine"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

var update = flag.Bool("update", false, "rewrite the stories' plans, tables and errors")

// TestStories runs the stories in testdata. A story is a query, the events it reads, one to a line, and what must come of
// it: the plan, the table and the warnings if there are any, or the error.
func TestStories(t *testing.T) {
	for _, file := range storyFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runStory(t, file) })
	}
}

func storyFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	return files
}

// storyQueries returns the queries of all stories.
func storyQueries(t *testing.T) (queries []string) {
	t.Helper()
	for _, file := range storyFiles(t) {
		story, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		queries = append(queries, string(story.Files[0].Data))
	}
	return queries
}

func runStory(t *testing.T, file string) {
	story, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range story.Files {
		parts[f.Name] = string(f.Data)
	}
	got := []txtar.File{{Name: "query", Data: []byte(parts["query"])}}
	q, err := bound(parts["query"])
	if err != nil {
		got = append(got, txtar.File{Name: "error", Data: errorText(err)})
	} else {
		table := run(t, q, parts["events"])
		got = append(got,
			txtar.File{Name: "events", Data: []byte(parts["events"])},
			txtar.File{Name: "plan", Data: []byte(q.Explain())},
			txtar.File{Name: "table", Data: tableText(table)})
		if len(table.Warnings) > 0 {
			got = append(got, txtar.File{Name: "warnings", Data: warningsText(table)})
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(&txtar.Archive{Comment: story.Comment, Files: got}), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, f := range got {
		if diff := cmp.Diff(parts[f.Name], string(f.Data)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
	}
	if len(got) != len(story.Files) {
		t.Errorf("the story has %d parts, this run made %d", len(story.Files), len(got))
	}
}

// storyClock is the moment at which stories are told: 2024-05-06 07:08:09 UTC, after a search of the hour before.
var storyClock = engine.Clock{
	Now:  time.UnixMilli(1714979289000),
	From: time.UnixMilli(1714975200000),
	To:   time.UnixMilli(1714978800000),
}

// run takes the events through the query, split between two workers so that merging is part of every story.
func run(t *testing.T, q *engine.Query, events string) *engine.Table {
	t.Helper()
	var projection normalize.Projection
	q = composed(q.At(storyClock), strings.Split(strings.TrimSpace(events), "\n"))
	workers := []*engine.Worker{q.NewWorker(&projection), q.NewWorker(&projection)}
	n := normalize.New(&projection, normalize.Options{})
	for i, line := range strings.Split(strings.TrimSpace(events), "\n") {
		record, err := n.Normalize([]byte(line), []byte(line), &normalize.Origin{Name: "story"})
		if err != nil {
			t.Fatalf("event %d: %v", i+1, err)
		}
		workers[i%2].AddAt(record, engine.Place{Offset: int64(i)})
	}
	return q.Table(workers...)
}

func tableText(table *engine.Table) []byte {
	var b bytes.Buffer
	b.WriteString(strings.Join(table.Columns, " | ") + "\n")
	for _, row := range table.Rows {
		for i, v := range row {
			if i > 0 {
				b.WriteString(" | ")
			}
			switch v.Kind() {
			case value.String:
				fmt.Fprintf(&b, "%q", v.Str())
			case value.Null:
				b.WriteString("null")
			default:
				b.WriteString(v.Text())
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func warningsText(table *engine.Table) []byte {
	var b bytes.Buffer
	for _, w := range table.Warnings {
		fmt.Fprintf(&b, "%d: %s\n", w.Count, w.Text)
	}
	return b.Bytes()
}

func errorText(err error) []byte {
	var b bytes.Buffer
	var list interface{ Unwrap() []error }
	if !errors.As(err, &list) {
		return []byte(err.Error() + "\n")
	}
	for _, e := range list.Unwrap() {
		b.WriteString(e.Error() + "\n")
	}
	return b.Bytes()
}
