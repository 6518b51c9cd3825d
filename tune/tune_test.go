package tune

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"retrohunt/internal/yamlplace"
)

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "tune.yaml")
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestRead(t *testing.T) {
	const text = `exclude:
  - detection: T1021.007
    where: actor = "a"
    reason: known
  - detection: t10*
    where: |
      actor = "b"
      and _count < 3
    reason: 'known, too'
    expires: 2026-12-31
severity:
  t1021.*: low
  t1021.007: high
`
	o, err := Read(write(t, text))
	if err != nil {
		t.Fatal(err)
	}
	want := &Overlay{
		SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text))),
		Exclusions: []Exclusion{
			{Detection: "t1021.007", Where: `actor = "a"`, Reason: "known", Line: 3, Indent: 11},
			{Detection: "t10*", Where: "actor = \"b\"\nand _count < 3", Reason: "known, too", Expires: "2026-12-31", Line: 7, Indent: 6},
		},
		Severities: []Severity{{Detection: "t1021.*", Severity: "low"}, {Detection: "t1021.007", Severity: "high"}},
	}
	if diff := cmp.Diff(want, o, cmpopts.IgnoreTypes(yamlplace.Place{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if s := o.SeverityOf("T1021.007"); s.Severity != "low" || s.At.Line != 12 {
		t.Errorf("the first severity that means a detection counts, not %+v", s)
	}
	if o.SeverityOf("other") != nil || len(o.For("other")) != 0 || len(o.For("t1021.007")) != 2 || len(o.For("t1021.008")) != 1 {
		t.Error("what is for which detection")
	}
	if line := o.Exclusions[1].At.Line; line != 5 {
		t.Errorf("the second exclusion is at line %d", line)
	}
}

func TestExpired(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	for _, c := range []struct {
		expires string
		now     time.Time
		want    bool
	}{
		{"", time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC), false},
		{"2026-03-10", time.Date(2026, 3, 10, 23, 59, 0, 0, time.UTC), false},
		{"2026-03-10", time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC), true},
		{"2026-03-10", time.Date(2026, 3, 10, 23, 0, 0, 0, time.UTC).In(zone), true},
	} {
		if e := (Exclusion{Expires: c.expires}); e.Expired(c.now) != c.want {
			t.Errorf("until %s, at %s: not %v", c.expires, c.now, c.want)
		}
	}
}

func TestMistakes(t *testing.T) {
	const whole = "exclude:\n- {detection: a, where: x = 1, reason: r}\n"
	for text, want := range map[string]string{
		"exclud: []":   `:1:1: there is no "exclud" in a tuning; a tuning has exclude and severity`,
		"exclude: {}":  ":1:10: expected a list of exclusions here",
		"exclude: [a]": ":1:11: expected keys and values here: key: value",
		"exclude: [{detection: a, where: x = 1}]":      ":1:11: this exclusion has no reason",
		"exclude: [{detection: a, reason: r}]":         ":1:11: this exclusion has no where",
		"exclude: [{where: a = 1, reason: r}]":         ":1:11: this exclusion has no detection",
		"exclude: [{detection: '[', where: x}]":        `:1:23: "[" is no id and no glob of ids; * and ? stand for any text and any character`,
		"exclude: [{expires: soon}]":                   `:1:21: expires is a day such as 2026-12-31, not "soon"`,
		"exclude: [{until: 2026-12-31}]":               `:1:12: there is no "until" in an exclusion; an exclusion has detection, where, reason and expires`,
		whole + "severity: {a: bad}":                   `:3:15: severity "bad" is none of informational, low, medium, high, critical`,
		whole + "severity: high":                       ":3:11: expected keys and values here: key: value",
		"exclude:\n- detection: a\n  reason:\n":        ":3:10: nothing stands here; expected a value",
		"exclude:\n- {detection: a, where: [x = 1]}\n": ":2:25: expected a text, a number, true or false here",
	} {
		if _, err := Read(write(t, text)); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%q:\ngot  %v\nwant %s", text, err, want)
		}
	}
}
