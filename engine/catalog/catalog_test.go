package catalog

import (
	"strings"
	"testing"
)

func TestEntriesAreWhole(t *testing.T) {
	seen := map[key]bool{}
	for _, e := range All() {
		k := key{e.Kind, strings.ToLower(e.Name)}
		if seen[k] {
			t.Errorf("%s %s is there twice", e.Kind, e.Name)
		}
		seen[k] = true
		if e.Support == NotSumo {
			if e.Hint == "" {
				t.Errorf("%s does not say what to write instead", e.Name)
			}
			continue
		}
		if !strings.HasSuffix(e.Doc, ".") || strings.Contains(e.Doc, "\n") {
			t.Errorf("%s: %q is not one line that ends in a point", e.Name, e.Doc)
		}
		if e.Example == "" {
			t.Errorf("%s has no example", e.Name)
		}
		if !strings.Contains(e.Form, e.Name) || strings.ContainsAny(e.Form, "\n`") {
			t.Errorf("%s: %q does not say how it is written", e.Name, e.Form)
		}
		if e.Max != NoLimit && e.Min > e.Max {
			t.Errorf("%s takes from %d to %d arguments", e.Name, e.Min, e.Max)
		}
	}
}

// TestFormsOfFunctions holds what the forms show to how many arguments the checker takes.
func TestFormsOfFunctions(t *testing.T) {
	for _, e := range All() {
		if e.Kind != Function || e.Support == NotSumo {
			continue
		}
		params, ok := strings.CutPrefix(e.Form, e.Name+"(")
		params, closed := strings.CutSuffix(params, ")")
		if !ok || !closed {
			t.Errorf("%q is no call of %s", e.Form, e.Name)
			continue
		}
		needed, _, _ := strings.Cut(params, "[")
		if least := parameters(needed); least != e.Min {
			t.Errorf("%s shows %d arguments that must be, %d must", e.Form, least, e.Min)
		}
		all := parameters(params)
		if more := strings.Contains(params, "…"); more && e.Max != NoLimit && e.Max <= all || !more && e.Max != all {
			t.Errorf("%s shows %d arguments, %d may be", e.Form, all, e.Max)
		}
	}
}

func parameters(list string) (n int) {
	for _, p := range strings.Split(list, ",") {
		if strings.Trim(p, " []…") != "" {
			n++
		}
	}
	return n
}

func TestFind(t *testing.T) {
	if e, ok := Find(Function, "ISBLANK"); !ok || e.Name != "isBlank" {
		t.Errorf("ISBLANK is %v, %v", e.Name, ok)
	}
	if _, ok := Find(Operator, "isBlank"); ok {
		t.Error("isBlank is no operator")
	}
	for stage, want := range map[string]string{
		`parse "a*b" as x`:  "parse",
		`Parse REGEX "x"`:   "parse regex",
		"json\nauto nodrop": "json auto",
		`json "a"`:          "json",
		`json "auto"`:       "json",
		"topk(3, x)":        "topk",
		`jsonauto`:          "",
		``:                  "",
	} {
		if e, _ := FindOperator(stage); e.Name != want {
			t.Errorf("%q is %q, want %q", stage, e.Name, want)
		}
	}
}

func TestNearest(t *testing.T) {
	candidates := []string{"where", "count", "count_distinct", "sort", "toLowerCase", "if", "in"}
	for name, want := range map[string]string{
		"wehre":         "where", // swapped
		"wher":          "where", // missing
		"wheree":        "where", // extra
		"wbere":         "where", // wrong
		"SROT":          "sort",
		"tolowercase":   "toLowerCase",
		"tolowrcas":     "toLowerCase",
		"countdistinct": "count_distinct",
		"x":             "",
		"fi":            "if",
		"transpose":     "",
		"":              "",
		"host":          "",
	} {
		if got := Nearest(name, candidates); got != want {
			t.Errorf("%q is near %q, want %q", name, got, want)
		}
	}
}

func FuzzDistance(f *testing.F) {
	f.Add("where", "wehre", "here")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 300 {
			t.Skip()
		}
		ab := distance([]rune(a), []rune(b))
		if (ab == 0) != (string([]rune(a)) == string([]rune(b))) {
			t.Errorf("distance 0 between %q and %q", a, b)
		}
		if ba := distance([]rune(b), []rune(a)); ab != ba {
			t.Errorf("%q to %q is %d, back it is %d", a, b, ab, ba)
		}
		if long := max(len([]rune(a)), len([]rune(b))); ab > long {
			t.Errorf("%q to %q is %d", a, b, ab)
		}
	})
}
