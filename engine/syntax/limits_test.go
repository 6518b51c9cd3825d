package syntax

import (
	"errors"
	"strings"
	"testing"
)

func TestLimits(t *testing.T) {
	for _, test := range []struct{ name, query, want string }{
		{"longest query", strings.Repeat("é ", MaxQuery/2), ""},
		{"longer query", strings.Repeat("é ", MaxQuery/2) + "x", "the query has 15001 characters, a query can have up to 15,000"},
		{"longest word", strings.Repeat("x", maxWord), ""},
		{"longer word", strings.Repeat("x", maxWord+1), "a word can have up to 2,300 characters"},
		{"longer field name", "* | where " + strings.Repeat("x", maxWord+1), "a word can have up to 2,300 characters"},
		{"parentheses", "* | where " + strings.Repeat("(", 400) + "a" + strings.Repeat(")", 400), ""},
		{"too many parentheses", "* | where " + strings.Repeat("(", 7000) + "a" + strings.Repeat(")", 7000), "this nests deeper than 500 levels"},
		{"too many signs", "* | where " + strings.Repeat("!-", 7000) + "a", "this nests deeper than 500 levels"},
		{"too many conditions", "* | where " + strings.Repeat("a?b:", 3000) + "c", "this nests deeper than 500 levels"},
		{"too many calls", "* | where " + strings.Repeat("f(", 7000), "this nests deeper than 500 levels"},
		{"too many lists", "* | where " + strings.Repeat("a in(", 2900), "this nests deeper than 500 levels"},
		{"scope", strings.Repeat("(", 14000), "this nests deeper than 500 levels"},
		{"negated scope", strings.Repeat("!", 14000) + "a", "this nests deeper than 500 levels"},
		{"long sum", "* | where a" + strings.Repeat("+a", 7000), ""},
	} {
		q, err := Parse(test.query)
		if test.want == "" && err == nil {
			checkPrint(t, q)
			continue
		}
		var mistake *Error
		if !errors.As(err, &mistake) || mistake.Msg != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
}

// TestErrorText shows how the parts of a mistake read in one line.
func TestErrorText(t *testing.T) {
	e := &Error{Msg: "unexpected x", Want: "a field", Hint: "write y"}
	list := ErrorList{e, &UnsupportedError{What: "the operator z", Why: "not built yet"}}
	for got, want := range map[string]string{
		e.Error():        "unexpected x, expected a field; write y",
		list[:1].Error(): "unexpected x, expected a field; write y",
		list.Error():     "unexpected x, expected a field; write y (and 1 more)",
		list[1].Error():  "the operator z is valid in Sumo Logic but not supported here: not built yet",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
