//go:build unix

package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// names are what is in a folder, in order.
func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// hello writes a text.
func hello(w io.Writer) error {
	_, err := io.WriteString(w, "hello")
	return err
}

// TestWhatAKilledRunLeftIsTakenAway: the next run onto the same name does so, and nothing else goes.
func TestWhatAKilledRunLeftIsTakenAway(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{".a.csv.unfinished", ".b.csv.unfinished", ".a.csv.unfinished.csv"} {
		must(os.WriteFile(filepath.Join(folder, name), []byte("a part"), 0o600))
	}
	f, err := create(filepath.Join(folder, "a.csv"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer f.abandon()
	if err := f.finish(hello); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, folder), ".a.csv.unfinished.csv .b.csv.unfinished a.csv"; got != want {
		t.Errorf("in the folder are %s, want %s", got, want)
	}
	if text, err := os.ReadFile(f.name); err != nil || string(text) != "hello" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestWhatIsBeingWrittenStays: a second run onto the same name is refused, even by force, and takes nothing from the first.
func TestWhatIsBeingWrittenStays(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.csv")
	first, err := create(name, false)
	if err != nil {
		t.Fatal(err)
	}
	var refused *exit
	if _, err := create(name, true); !errors.As(err, &refused) || refused.code != exitUsage || !strings.Contains(err.Error(), "is being written already") {
		t.Errorf("the second run: %v", err)
	}
	if err := first.finish(hello); err != nil {
		t.Error(err)
	}
	second, err := create(name, true)
	if err != nil {
		t.Fatal(err)
	}
	first.abandon() // does nothing any more
	second.abandon()
	second.abandon()
	if got := names(t, filepath.Dir(name)); got != "a.csv" {
		t.Errorf("in the folder are %s", got)
	}
}

// TestARunThatIsStillWritingKeepsItsJournal: nobody goes on with it, or begins it anew, while it lasts.
func TestARunThatIsStillWritingKeepsItsJournal(t *testing.T) {
	saved, logs := filepath.Join(t.TempDir(), "run.rhr"), filepath.Join("..", "..", "fixtures", "logs")
	const journal = "the journal of a run"
	must(os.WriteFile(saved+".journal", []byte(journal), 0o666))
	f, err := create(saved, false)
	if err != nil {
		t.Fatal(err)
	}
	defer f.abandon()
	for _, args := range [][]string{{"--resume", saved}, {"--save", saved, "--force"}} {
		code, _, stderr := run(t, "", append([]string{"hunt", logs}, args...)...)
		if code != exitUsage || !strings.Contains(stderr, "is being written already") {
			t.Errorf("%v: exit code %d, %s", args, code, stderr)
		}
	}
	if text, err := os.ReadFile(saved + ".journal"); err != nil || string(text) != journal {
		t.Errorf("%q, %v", text, err)
	}
}

// TestWhatIsNoFileIsNotTakenForLeft: a link is not followed, nothing else is opened or taken away.
func TestWhatIsNoFileIsNotTakenForLeft(t *testing.T) {
	folder := t.TempDir()
	victim := filepath.Join(folder, "victim")
	must(os.WriteFile(victim, []byte("text"), 0o666))
	must(os.Symlink(victim, filepath.Join(folder, ".a.csv.unfinished")))
	must(os.Mkdir(filepath.Join(folder, ".b.csv.unfinished"), 0o777))
	for _, name := range []string{"a.csv", "b.csv"} {
		if _, err := create(filepath.Join(folder, name), true); err == nil || !strings.Contains(err.Error(), "unfinished was left") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "text" || names(t, folder) != ".a.csv.unfinished .b.csv.unfinished victim" {
		t.Errorf("%q, %v; in the folder are %s", text, err, names(t, folder))
	}
}

// TestNoFileTakesThePlaceOfADevice: nor of a pipe or a folder, whatever is forced.
func TestNoFileTakesThePlaceOfADevice(t *testing.T) {
	folder := t.TempDir()
	pipe, link := filepath.Join(folder, "pipe"), filepath.Join(folder, "link")
	must(unix.Mkfifo(pipe, 0o666))
	must(os.Symlink(os.DevNull, link))
	for _, name := range []string{pipe, link, folder} {
		if _, err := create(name, true); err == nil || !strings.Contains(err.Error(), "is no regular file") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := names(t, folder); got != "link pipe" {
		t.Errorf("in the folder are %s", got)
	}
}
