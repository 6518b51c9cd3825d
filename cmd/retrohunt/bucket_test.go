package main

import (
	"bytes"
	"context"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// TestBucket hunts over the shipped logs in a bucket, and finds what it finds in the folder.
func TestBucket(t *testing.T) {
	t.Chdir("../..")
	backend := s3mem.New()
	if err := backend.CreateBucket("logs"); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir("fixtures/logs", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = backend.PutObject("logs", filepath.ToSlash(path), nil, bytes.NewReader(content), int64(len(content)), nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	defer server.Close()
	environment := map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1",
	}
	do := func(args ...string) (code int, stdout, stderr string) {
		var out, errs bytes.Buffer
		p := &program{
			stdin: strings.NewReader(""), stdout: &out, stderr: &errs,
			getenv: func(name string) string { return environment[name] },
			now:    testTime, interrupt: context.WithCancel, ticks: never,
		}
		code = p.run(args)
		return code, out.String(), timeless(errs.String())
	}
	hunt := func(path string) (code int, stdout, stderr string) { return do("hunt", path) }
	wantCode, want, wantSummary := hunt("fixtures/logs")
	code, got, summary := hunt("s3://logs/fixtures/logs")
	if code != wantCode {
		t.Errorf("exit code %d, want %d", code, wantCode)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-folder +bucket):\n%s", diff)
	}
	if diff := cmp.Diff(wantSummary, summary); diff != "" {
		t.Errorf("summary (-folder +bucket):\n%s", diff)
	}
	if code, _, stderr := hunt("s3://logs/nothing/here"); code != exitUsage || !strings.Contains(stderr, "s3://logs/nothing/here") {
		t.Errorf("exit code %d for what is not there:\n%s", code, stderr)
	}

	// The place of each hit shows its event.
	file := filepath.Join(t.TempDir(), "events.jsonl")
	do("hunt", "s3://logs/fixtures/logs", "--events", file)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	events := readEvents(t, text)
	if len(events) != 23 {
		t.Errorf("%d events", len(events))
	}
	for _, e := range events {
		if code, shown, stderr := do("show", e.Origin.Place); code != exitDone || shown != e.Raw+"\n" {
			t.Errorf("show %s: exit code %d, %s\ngot  %q\nwant %q", e.Origin.Place, code, stderr, shown, e.Raw)
		}
	}
}
