package runfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine/stream"
)

func begun() *Begun {
	run := *example()
	for i := range run.Queries {
		run.Queries[i].Partial = nil
	}
	return &Begun{Run: run, Files: []File{{"a", 7, time.Date(2026, 3, 1, 0, 0, 0, 5, time.UTC)}}, Limits: []string{"--max-event 1"}}
}

func journalParts() []*Part {
	var out []*Part
	for i, text := range []string{"one", "", "\x00\xff"} {
		out = append(out, &Part{Accounts: []stream.Account{{Number: i, Name: "input"}}, Samples: example().Samples, Partials: [][]byte{[]byte(text), {}}})
	}
	return out
}

// partsOf returns all parts of a journal.
func partsOf(t *testing.T, j *Journal) (out []*Part) {
	t.Helper()
	for p, err := range j.Parts() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// TestAJournalEndsAnywhere cuts a journal at each byte: what is whole is there, and is appended to.
func TestAJournalEndsAnywhere(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.journal")
	j, err := CreateJournal(name, begun())
	if err != nil {
		t.Fatal(err)
	}
	ends := []int64{j.size}
	for _, p := range journalParts() {
		if err := j.Append(p); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, j.size)
	}
	if diff := cmp.Diff(journalParts(), partsOf(t, j)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	j.Close()
	if _, err := CreateJournal(name, begun()); !errors.Is(err, os.ErrExist) {
		t.Errorf("a journal takes the place of another: %v", err)
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for size := range len(whole) + 1 {
		if err := os.WriteFile(name, whole[:size], 0o666); err != nil {
			t.Fatal(err)
		}
		cutJournal(t, name, int64(size), ends)
	}
}

func cutJournal(t *testing.T, name string, size int64, ends []int64) {
	j, b, err := OpenJournal(name)
	if size < ends[0] {
		if !NotBegun(err) {
			t.Fatalf("cut at %d: %v", size, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("cut at %d: %v", size, err)
	}
	defer j.Close()
	var want []*Part
	for i, p := range journalParts() {
		if ends[i+1] <= size {
			want = append(want, p)
		}
	}
	if size%61 == 0 {
		more := &Part{Partials: [][]byte{[]byte("more"), {}}}
		if err := j.Append(more); err != nil {
			t.Fatal(err)
		}
		want = append(want, more)
	}
	if diff := cmp.Diff(want, partsOf(t, j)); diff != "" {
		t.Errorf("cut at %d (-want +got):\n%s", size, diff)
	}
	if diff := cmp.Diff(begun(), b, withoutTests); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestAJournalChangedAnywhere has fewer parts, and none that was never written.
func TestAJournalChangedAnywhere(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.journal")
	j, err := CreateJournal(name, begun())
	if err != nil {
		t.Fatal(err)
	}
	first := j.size
	for _, p := range journalParts() {
		if err := j.Append(p); err != nil {
			t.Fatal(err)
		}
	}
	j.Close()
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(whole); i += 5 {
		changed := append([]byte{}, whole...)
		changed[i] ^= 0x10
		if err := os.WriteFile(name, changed, 0o666); err != nil {
			t.Fatal(err)
		}
		j, _, err := OpenJournal(name)
		if err != nil {
			if int64(i) >= first {
				t.Errorf("byte %d: %v", i, err)
			}
			continue
		}
		got := partsOf(t, j)
		if diff := cmp.Diff(append([]*Part(nil), journalParts()[:min(len(got), 2)]...), got); diff != "" || int64(i) < first {
			t.Errorf("byte %d can be another (-want +got):\n%s", i, diff)
		}
		j.Close()
	}
	if err := os.WriteFile(name, []byte("retrohunt journal 2\nxx"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OpenJournal(name); err == nil || NotBegun(err) {
		t.Errorf("a later version: %v", err)
	}
}
