package detections

import (
	"strings"
	"testing"
)

func TestSelect(t *testing.T) {
	all := []*Detection{
		{ID: "t1021.007", Severity: "high", Tactics: []string{"Lateral Movement"}, Techniques: []string{"T1021.007"}},
		{ID: "t1059", Severity: "medium", Tactics: []string{"Execution"}, Techniques: []string{"T1059", "T1021.001"}, Tags: []string{"Living_off"}},
		{ID: "Bare"},
	}
	for _, c := range []struct {
		name string
		s    Selection
		want string
	}{
		{"nothing asked", Selection{}, "t1021.007 t1059 Bare"},
		{"a level and above", Selection{MinLevel: "medium"}, "t1021.007 t1059"},
		{"the lowest level leaves out what states none", Selection{MinLevel: "informational"}, "t1021.007 t1059"},
		{"a level above all", Selection{MinLevel: "critical"}, "none of the detections is selected"},
		{"no level", Selection{MinLevel: "huge"}, `--min-level is one of informational, low, medium, high, critical, not "huge"`},
		{"a technique with those below it", Selection{Tags: []string{"t1021"}}, "t1021.007 t1059"},
		{"a part of a technique's name is none", Selection{Tags: []string{"t102"}}, "none of the detections is selected"},
		{"as Sigma writes them", Selection{Tags: []string{"attack.t1021.007", "attack.execution"}}, "t1021.007 t1059"},
		{"a tactic in any spelling", Selection{Tags: []string{"lateral-movement"}}, "t1021.007"},
		{"a tag of its own", Selection{Tags: []string{"living-off"}}, "t1059"},
		{"an id in any case", Selection{Include: []string{"bare"}}, "Bare"},
		{"globs", Selection{Include: []string{"t1*"}, Exclude: []string{"T1059"}}, "t1021.007"},
		{"what is excluded need not be there", Selection{Exclude: []string{"t9*"}}, "t1021.007 t1059 Bare"},
		{"an id that there is not", Selection{Include: []string{"bare", "t9*"}}, "--include t9* means no detection; there are:\n  t1021.007, high, Lateral Movement, T1021.007\n"},
		{"no glob", Selection{Exclude: []string{"["}}, "--include and --exclude take ids or globs"},
		{"all parts at once", Selection{MinLevel: "low", Tags: []string{"t1021"}, Exclude: []string{"*.007"}}, "t1059"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := Select(all, &c.s)
			var ids []string
			for _, d := range found {
				ids = append(ids, d.ID)
			}
			got := strings.Join(ids, " ")
			if err != nil {
				got = err.Error()
			}
			if got != c.want && (err == nil || !strings.HasPrefix(got, c.want)) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestSelectOfNothing(t *testing.T) {
	if found, err := Select(nil, &Selection{MinLevel: "high"}); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}
