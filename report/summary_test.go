package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"retrohunt/engine/stream"
	"retrohunt/sources"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// coverages are runs as they come: a clean one, an empty one, and one with everything that can happen, its names hostile.
var coverages = map[string]*stream.Coverage{
	"empty": {Queries: 1},
	"clean": {
		Inputs: 1, Stored: 999, Decoded: 12_345, Events: 1_234, Queries: 1, Candidates: 56, Hits: 7, Elapsed: 1500 * time.Millisecond,
		Categories: []stream.CategoryCount{{Category: "Windows/Sysmon", Events: 1_000}, {Category: "unknown", Events: 234}},
	},
	"prefiltered": {
		Inputs: 1, Events: 1_234, Queries: 1, Prefiltered: true, Filtered: 1_200, Candidates: 30, Hits: 7,
		Categories: []stream.CategoryCount{{Category: "Windows/Sysmon", Events: 34}},
	},
	"unasked": {Inputs: 1, Events: 1_234},
	"everything": {
		Partial: true, Unread: 1_001, Inputs: 12_000, Stored: 1_234_567_890, Decoded: 9_999_999_999, Events: 1_000_000, Queries: 2,
		Undated: 1_003, Outside: 12_000, Duplicates: 4, Forgotten: 5, Candidates: 999_999, Hits: 1_000, Elapsed: 61 * time.Second, Malformed: 1_500, Lost: 65_536,
		Categories: []stream.CategoryCount{{Category: "Windows/\x1b[2J\u202e漢", Events: 1_000_000}},
		First: []stream.Malformed{
			{Input: "a.zip!b\n.json", Line: 3, Offset: 77, Reason: "unterminated string"},
			{Input: "\xff\u009b", Line: 1, Offset: 0, Reason: "not a JSON object"},
		},
		Damaged: []stream.Damage{{Input: "=x.gz", Offset: 1 << 40, Err: "gzip: \x1b[31mchecksum"}},
		Skipped: manySkips(10),
		Notes:   []stream.Note{{Input: "n1", Text: "one"}, {Input: "n2", Text: "two"}, {Input: "n3", Text: "three"}, {Input: "n4", Text: "four"}, {Input: "n5", Text: "five"}},
	},
}

func manySkips(n int) []sources.Skip {
	var out []sources.Skip
	for i := range n {
		out = append(out, sources.Skip{Name: fmt.Sprintf("dir/%d<&>\u202e.bin", i), Reason: "binary"})
	}
	return out
}

func TestSummaries(t *testing.T) {
	for name, c := range coverages {
		t.Run(name, func(t *testing.T) {
			var words, object bytes.Buffer
			Summary(&words, c, Options{})
			golden(t, "summary/"+name+".txt", words.String())
			if err := SummaryJSON(&object, c, nil); err != nil {
				t.Fatal(err)
			}
			golden(t, "summary/"+name+".json", object.String())
			terminalSafe(t, "text", words.String())
			terminalSafe(t, "json", object.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestSummaryJSONIsOneLineWithAllListsWhole(t *testing.T) {
	var out bytes.Buffer
	c := coverages["everything"]
	if err := SummaryJSON(&out, c, nil); err != nil {
		t.Fatal(err)
	}
	if strings.Count(out.String(), "\n") != 1 {
		t.Errorf("not one line: %q", out.String())
	}
	var read struct {
		Skipped   []struct{ Input, Reason string }
		Notes     []struct{ Input string }
		Malformed struct{ First []struct{ Input string } }
	}
	if err := json.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Skipped) != 10 || read.Skipped[9].Input != c.Skipped[9].Name || len(read.Notes) != 5 || read.Malformed.First[0].Input != "a.zip!b\n.json" {
		t.Errorf("%+v", read)
	}
}

func TestEmptyListsAreListsInSummaryJSON(t *testing.T) {
	var out bytes.Buffer
	if err := SummaryJSON(&out, &stream.Coverage{}, nil); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "null") {
		t.Error(out.String())
	}
}

func TestNoLineOfASummaryIsWiderThanTheTerminal(t *testing.T) {
	for _, width := range []int{20, 40, 80} {
		var out bytes.Buffer
		Summary(&out, coverages["everything"], Options{Width: width})
		for l := range strings.Lines(out.String()) {
			if n := columnsOf(strings.TrimSuffix(l, "\n")); n > width {
				t.Errorf("%d columns in a terminal of %d: %s", n, width, l)
			}
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 12: "12", 999: "999", 1000: "1,000", 999999: "999,999", 1000000: "1,000,000",
		9223372036854775807: "9,223,372,036,854,775,807",
	} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestBytesText(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 9949: "9.9 kB", 9_951: "10 kB", 12_345: "12 kB", 999_499: "999 kB", 999_500: "1.0 MB", 1 << 40: "1.1 TB",
		9223372036854775807: "9.2 EB",
	} {
		if got := bytesText(n); got != want {
			t.Errorf("bytesText(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		said  string
		width int
		want  string
	}{
		{"one two three", 13, "one two three"},
		{"one two three", 12, "one two\nthree"},
		{"one  two", 5, "one \ntwo"},
		{"abcdefghij", 4, "abcd\nefgh\nij"},
		{"a bcdefghij", 4, "a\nbcde\nfghi\nj"},
		{"漢漢漢漢漢", 5, "漢漢\n漢漢\n漢"},
		{"a漢 漢e\u0301", 3, "a漢\n漢e\u0301"},
		{"", 4, ""},
	} {
		if got := fold(c.said, c.width); got != c.want {
			t.Errorf("%q folded to %d is %q, want %q", c.said, c.width, got, c.want)
		}
	}
}
