package extract

import (
	"strings"
	"testing"

	"retrohunt/engine/match"
	"retrohunt/engine/value"
)

// told prints the values of a session: null as -.
func told(values []value.Value, ok bool) string {
	if !ok {
		return "not found"
	}
	var out []string
	for _, v := range values {
		if v.IsNull() {
			out = append(out, "-")
			continue
		}
		out = append(out, v.Text())
	}
	return strings.Join(out, "|")
}

func TestTemplates(t *testing.T) {
	for _, c := range []struct {
		second, names, text, want string // the first pattern is "id=* from *" as id, ip with 7 and a*b
	}{
		{"$id", "", "x7y", "7|a*b"},
		{"$id", "", "x8y", "not found"},
		{"$id did * end", "what", "7 did 7 did this end", "7|a*b|7 did this"},
		{"*$ip*", "what rest", "1 a*b 2", "7|a*b|1 | 2"},
		{"*$ip*", "what rest", "1 axb 2", "not found"},
		{"id=* and *", "id what", "id=7 and more", "7|a*b|more"},
		{"id=* and *", "ID what", "id=8 and more", "not found"},
		{"$5 * $", "what", "costs $5 x $", "7|a*b|x"},
		{"$$id*", "what", "$7!", "7|a*b|!"},
		{"*", "", "", "1: 0 names for 1 stars"},
		{"a**b", "what rest", "", "1: " + ErrTwoStars.Error()},
		{"$what", "", "", "1: no pattern before has a field what"},
		{"*$what", "what", "", "1: no pattern before has a field what"},
		{"", "", "", "1: the pattern is empty"},
	} {
		list, fields, wrong, err := NewTemplates([]string{"id=* from *", c.second}, [][]string{{"id", "ip"}, strings.Fields(c.names)})
		if err != nil {
			if got := string(rune('0'+wrong)) + ": " + err.Error(); got != c.want {
				t.Errorf("%q: %s, not %s", c.second, got, c.want)
			}
			continue
		}
		session := append([]value.Value{value.OfString("7"), value.OfString("a*b")}, make([]value.Value, len(fields)-2)...)
		if got := told(list[1].Extend(c.text, session)); got != c.want {
			t.Errorf("%q in %q: %s, not %s", c.second, c.text, got, c.want)
		}
	}
}

// FuzzTemplates holds that a text in which a template is found has the template's glob, and its variable behind what stands before it.
func FuzzTemplates(f *testing.F) {
	f.Add("*$a did *", "x", "x did it")
	f.Add("id=$a", "7", "id=7")
	f.Add("$a$a*$b", "**", "****")
	f.Fuzz(func(t *testing.T, pattern, known, text string) {
		names := make([]string, strings.Count(pattern, "*"))
		list, _, _, err := NewTemplates([]string{"*", pattern}, [][]string{{"a"}, names})
		if err != nil {
			return
		}
		_, ok := list[1].Extend(text, []value.Value{value.OfString(known)})
		if !ok {
			return
		}
		if !match.CompileGlob(list[1].Glob()).Match(text) {
			t.Fatalf("%q is found in %q, which %q does not cover", pattern, text, list[1].Glob())
		}
		if field, before := list[1].Variable(); field >= 0 && !strings.Contains(text, before+known) {
			t.Fatalf("%q is found in %q without %q", pattern, text, before+known)
		}
	})
}
