package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sampleLogs writes files of events of three users, and returns their folder.
func sampleLogs(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for f := range 9 {
		var text strings.Builder
		for i := range 50 {
			fmt.Fprintf(&text, `{"user":"u%d","n":%d,"pad":%q}`+"\n", (f+i)%3, i, strings.Repeat("p", f*f*10))
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.jsonl", f)), []byte(text.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var samplePlace = regexp.MustCompile(`(?m)^- row (\d), .*retrohunt show '([^']*)'`)

// TestSamplesAreTheFirstEventsOfEachRow by the order of inputs, for any number of workers, whichever input is read first.
func TestSamplesAreTheFirstEventsOfEachRow(t *testing.T) {
	dir := sampleLogs(t)
	var first string
	for _, workers := range []string{"1", "2", "8"} {
		_, out, _ := run(t, "", "query", "* | count by user", dir, "-t", "md", "--sample", "2", "-j", workers)
		if first == "" {
			first = out
		}
		if out != first {
			t.Errorf("-j %s writes other bytes than -j 1", workers)
		}
	}
	var got []string
	for _, m := range samplePlace.FindAllStringSubmatch(first, -1) {
		got = append(got, m[1]+" "+filepath.Base(m[2]))
	}
	want := "[1 0.jsonl#1 1 0.jsonl#4 2 0.jsonl#2 2 0.jsonl#5 3 0.jsonl#3 3 0.jsonl#6]"
	if fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s\n%s", got, want, first)
	}
}

// TestSamplesShowTheEventsOfTheirRow: what show prints of a sample's place has the row's key.
func TestSamplesShowTheEventsOfTheirRow(t *testing.T) {
	_, out, _ := run(t, "", "query", "* | count by user | sort by user desc", sampleLogs(t), "-t", "md")
	found := samplePlace.FindAllStringSubmatch(out, -1)
	if len(found) != 9 {
		t.Fatalf("%d samples:\n%s", len(found), out)
	}
	for _, m := range found {
		_, event, _ := run(t, "", "show", m[2])
		var e struct{ User string }
		if err := json.Unmarshal([]byte(event), &e); err != nil {
			t.Fatal(err)
		}
		if want := map[string]string{"1": "u2", "2": "u1", "3": "u0"}[m[1]]; e.User != want {
			t.Errorf("row %s is of %s, its sample of %s", m[1], want, e.User)
		}
	}
}

// TestSamplesOfATableWithoutItsKeys are the first events of all.
func TestSamplesOfATableWithoutItsKeys(t *testing.T) {
	_, out, _ := run(t, "", "query", "* | count by user | count as users", sampleLogs(t), "-t", "md")
	if n := strings.Count(out, "\n- "); n != 3 || !strings.Contains(out, "0.jsonl#3'`:") {
		t.Errorf("%d samples:\n%s", n, out)
	}
}
