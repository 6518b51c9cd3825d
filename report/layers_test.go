package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
)

func TestALayerScoresTechniquesByTheirHits(t *testing.T) {
	one := &engine.Table{Columns: []string{"a"}, Rows: [][]value.Value{{str("x")}}, Hits: 40, Days: []engine.Day{{Day: 20_513, Events: 30}, {Day: 20_514, Events: 10}}}
	results := []Result{
		{Detection: &detections.Detection{ID: "quiet", Techniques: []string{"T1078"}}, Table: &engine.Table{}},
		{Detection: &detections.Detection{ID: "loud\u202e", Techniques: []string{"T1021.007", "T1110"}}, Table: one},
		{Detection: &detections.Detection{ID: "other", Techniques: []string{"T1021.007"}}, Table: &engine.Table{Rows: one.Rows, Hits: 2}},
		{Detection: &detections.Detection{ID: "none"}, Table: one},
	}
	var got struct {
		Versions   map[string]string
		Domain     string
		Techniques []struct {
			TechniqueID, Comment string
			Score                int
		}
		Gradient struct {
			Colors             []string
			MinValue, MaxValue int
		}
	}
	if err := json.Unmarshal([]byte(render(t, "navigator", results, Options{})), &got); err != nil {
		t.Fatal(err)
	}
	if got.Versions["layer"] != "4.5" || got.Versions["navigator"] == "" || got.Versions["attack"] == "" || got.Domain != "enterprise-attack" {
		t.Errorf("%+v", got)
	}
	if g := got.Gradient; g.MinValue != 0 || g.MaxValue != 42 || len(g.Colors) < 2 {
		t.Errorf("%+v", g)
	}
	var lines []string
	for _, x := range got.Techniques {
		lines = append(lines, x.TechniqueID+"|"+x.Comment)
	}
	want := []string{
		"T1021.007|loud\\u202e: 1 row of 40 events, 2026-03-01 to 2026-03-02\nother: 1 row of 2 events",
		"T1110|loud\\u202e: 1 row of 40 events, 2026-03-01 to 2026-03-02", "T1078|quiet: 0 rows of 0 events",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestATimelineHasTheFirstAndTheLastEventOfARow(t *testing.T) {
	table := &engine.Table{Columns: []string{"actor", "message", "_source", "first_seen", "last_seen"}}
	for _, times := range [][2]value.Value{
		{str("2026-03-01T09:08:07.006Z"), str("2026-03-03T10:11:12.013Z")},
		{str("2026-03-01T09:08:07.006Z"), str("2026-03-01T09:08:07.006Z")},
		{null, null},
	} {
		table.Rows = append(table.Rows, []value.Value{str("ada"), str("m"), str("s"), times[0], times[1]})
	}
	d := &detections.Detection{ID: "d", Title: "Title", Severity: "high", Techniques: []string{"T1078"}}
	var got []string
	for line := range strings.Lines(render(t, "timesketch", []Result{{Detection: d, Table: table, Keys: []string{"Actor"}}}, Options{})) {
		var e struct {
			Message, Datetime, Timestamp_desc, Detection, Actor, Row_message, Row_source string
			Tag                                                                          []string
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if _, err := time.Parse("2006-01-02T15:04:05.000000-07:00", e.Datetime); err != nil {
			t.Error(err)
		}
		got = append(got, e.Datetime+" "+e.Timestamp_desc)
		if diff := cmp.Diff([]string{"Title; actor: ada", "d", "ada", "m", "s", "T1078", "high"}, append([]string{e.Message, e.Detection, e.Actor, e.Row_message, e.Row_source}, e.Tag...)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
	want := []string{
		"2026-03-01T09:08:07.006000+00:00 First seen", "2026-03-03T10:11:12.013000+00:00 Last seen",
		"2026-03-01T09:08:07.006000+00:00 First seen", "1970-01-01T00:00:00.000000+00:00 Not a time",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestJUnitCountsAndEscapes(t *testing.T) {
	var out bytes.Buffer
	err := JUnit(&out, []Tested{
		{Detection: "a", Name: "one", Seconds: 0.25},
		{Detection: "a", Name: `<b>"&\x00` + "\x00", Mistakes: []string{"missing <x>\x1b", "more"}, Seconds: 0.5},
		{Detection: "b", Name: "two"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got junitSuites
	if err := xml.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Tests != 3 || got.Failures != 1 || got.Time != "0.750" || len(got.Suites) != 2 || got.Suites[0].Tests != 2 || got.Suites[0].Failures != 1 || got.Suites[1].Failures != 0 {
		t.Errorf("%+v", got)
	}
	failed := got.Suites[0].Cases[1]
	if failed.Name != `<b>"&\x00\x00` || failed.Failure == nil || failed.Failure.Message != `missing <x>\x1b` || failed.Failure.Text != "missing <x>\\x1b\nmore" {
		t.Errorf("%+v %+v", failed, failed.Failure)
	}
}

func TestTheTotalIsOneLine(t *testing.T) {
	rows := []Result{{Table: &engine.Table{Rows: [][]value.Value{{}, {}}}}}
	for name, want := range map[string]string{
		"empty":      "total      2 rows of 0 events; 0 events in 0 inputs in 0s, 0 B/s; all was read\n",
		"clean":      "total      2 rows of 7 events; 1,234 events in 1 input in 1.5s, 8.2 kB/s; all was read\n",
		"everything": "total      2 rows of 1,000 events; 1,000,000 events in 12,000 inputs in 1m1s, 164 MB/s; 1,001 not reached, 1 damaged, 10 skipped, 1,500 malformed\n",
	} {
		var out bytes.Buffer
		if Total(&out, coverages[name], rows, Options{}); out.String() != want {
			t.Errorf("%s: got %s", name, out.String())
		}
	}
	var out bytes.Buffer
	if Total(&out, &stream.Coverage{Malformed: 1}, nil, Options{}); !strings.HasSuffix(out.String(), "; 1 malformed\n") {
		t.Error(out.String())
	}
}
