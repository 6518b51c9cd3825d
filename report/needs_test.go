package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"retrohunt/detections"
	"retrohunt/engine"
)

// needing is a result that needs things.
func needing(id string, needs ...engine.Need) Result {
	r := Result{Table: &engine.Table{Needs: needs}}
	if id != "" {
		r.Detection = &detections.Detection{ID: id}
	}
	return r
}

func one(names ...string) (sets [][]string) {
	for _, n := range names {
		sets = append(sets, []string{n})
	}
	return sets
}

func TestNeedsInWords(t *testing.T) {
	cases := []struct {
		need engine.Need
		want string
	}{
		{
			engine.Need{Category: "Windows/Security", Events: 12_310, Fields: one("CommandLine", "command_line", "process.command_line")},
			"d cannot hit in Windows/Security: none of its 12,310 events has CommandLine, command_line or process.command_line; is command-line auditing (event 4688) on?",
		},
		{
			engine.Need{Category: "corp/WINDOWS/SYSMON", Events: 2, Fields: one("commandline")},
			"d cannot hit in corp/WINDOWS/SYSMON: none of its 2 events has commandline; is event 1 collected?",
		},
		{
			engine.Need{Category: "Azure/SignIn/NonInteractiveUser", Events: 1, Fields: one("a", "properties.riskLevelDuringSignIn")},
			"d cannot hit in Azure/SignIn/NonInteractiveUser: its only event has no a or properties.riskLevelDuringSignIn; risk levels need Entra ID P2",
		},
		{
			engine.Need{Category: "AWS/CloudTrail", Events: 70, Fields: [][]string{{"a", "b"}, {"c", "d"}}},
			"d cannot hit in AWS/CloudTrail: none of its 70 events has a with b or c with d",
		},
		{
			engine.Need{Category: "x\n\x1b[2J", Events: 3, Fields: one("\u202e")},
			`d cannot hit in x\n\x1b[2J: none of its 3 events has \u202e`,
		},
		{
			engine.Need{Category: "x", Events: 3, Fields: one("1", "2", "3", "4", "5", "6", "7", "8")},
			"d cannot hit in x: none of its 3 events has 1, 2, 3, 4, 5, 6 or one of 2 more",
		},
	}
	for _, c := range cases {
		var out bytes.Buffer
		Needs(&out, []Result{needing("d", c.need)}, Options{})
		if want := "note       " + c.want + "\n"; out.String() != want {
			t.Errorf("got  %swant %s", out.String(), want)
		}
	}
}

func TestNeedsOfASampleSaySo(t *testing.T) {
	for events, want := range map[int64]string{
		1_512: "note       d may be unable to hit in x: of its events 1,512 were looked into, none has a or b\n",
		1:     "note       d may be unable to hit in x: of its events 1 was looked into, it has no a or b\n",
	} {
		r := needing("d", engine.Need{Category: "x", Events: events, Fields: one("a", "b")})
		r.Sampled = true
		var out bytes.Buffer
		if Needs(&out, []Result{r}, Options{}); out.String() != want {
			t.Errorf("got  %swant %s", out.String(), want)
		}
	}
}

func TestNeedsBeyondTheFirstFewAreCounted(t *testing.T) {
	var results []Result
	for i := range 12 {
		results = append(results, needing(fmt.Sprint("d", i), engine.Need{Category: "x", Events: 3, Fields: one("a")}))
	}
	var out bytes.Buffer
	Needs(&out, results, Options{})
	if lines := strings.Count(out.String(), "\n"); lines != shownNeeds+1 || !strings.HasSuffix(out.String(), "and 4 more\n") {
		t.Errorf("%d lines:\n%s", lines, out.String())
	}
	out.Reset()
	Needs(&out, []Result{needing("d")}, Options{})
	if out.Len() > 0 {
		t.Errorf("of no need: %s", out.String())
	}
}

func TestAQueryOfTheUsersOwnIsNamedAsSuch(t *testing.T) {
	results := []Result{needing("", engine.Need{Category: "x", Events: 3, Fields: one("a")})}
	var words, object bytes.Buffer
	Needs(&words, results, Options{})
	if !strings.Contains(words.String(), "the query cannot hit in x") {
		t.Error(words.String())
	}
	if err := SummaryJSON(&object, coverages["clean"], results); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(object.String(), `"needs":[{"category":"x","events":3,"fields":[["a"]]}]`) {
		t.Error(object.String())
	}
}

func TestAllNeedsAreInSummaryJSON(t *testing.T) {
	need := engine.Need{Category: "Windows/Security\u202e", Events: 3, Fields: [][]string{{"CommandLine"}, {"a", "b"}}}
	var results []Result
	for i := range 12 {
		results = append(results, needing(fmt.Sprint("d", i), need))
	}
	var out bytes.Buffer
	if err := SummaryJSON(&out, coverages["clean"], results); err != nil {
		t.Fatal(err)
	}
	terminalSafe(t, "json", out.String())
	var read struct {
		Needs []struct {
			Detection, Category, Hint string
			Events                    int64
			Fields                    [][]string
		}
	}
	if err := json.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Needs) != 12 {
		t.Fatalf("%d needs", len(read.Needs))
	}
	last := read.Needs[11]
	if last.Detection != "d11" || last.Category != need.Category || last.Events != 3 || last.Hint == "" || fmt.Sprint(last.Fields) != "[[CommandLine] [a b]]" {
		t.Errorf("%+v", last)
	}
}

// TestHintsCanBeReached: none is hidden behind another, and each is found by what it is about.
func TestHintsCanBeReached(t *testing.T) {
	for _, h := range hints {
		for _, field := range h.fields {
			if field != strings.ToLower(field) || h.category != strings.ToLower(h.category) {
				t.Errorf("%s %s is not in lower case", h.category, field)
			}
			if got := hintFor(engine.Need{Category: strings.ToUpper(h.category) + "/x", Fields: one("other", strings.ToUpper(field))}); got != h.text {
				t.Errorf("%s %s: %q, want %q", h.category, field, got, h.text)
			}
		}
	}
	if got := hintFor(engine.Need{Category: "Linux/Auditd", Fields: one("CommandLine")}); got != "" {
		t.Errorf("a hint for what is not known: %q", got)
	}
}
