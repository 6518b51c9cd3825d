package match

import (
	"slices"
	"strings"
	"testing"
)

func TestGlob(t *testing.T) {
	cases := []struct {
		pattern, form string
		yes, no       []string
	}{
		{"abc", `equals "abc"`, []string{"abc"}, []string{"ABC", "abcd", "xabc", ""}},
		{"", `equals ""`, []string{""}, []string{" ", "a"}},
		{"abc*", `starts with "abc"`, []string{"abc", "abcd", "abc\n"}, []string{"ab", "xabc", "Abc"}},
		{"*abc", `ends with "abc"`, []string{"abc", "xabc", "\nabc"}, []string{"abcx", "bc"}},
		{"*abc*", `contains "abc"`, []string{"abc", "xabcx", "a\nabc\n"}, []string{"ab c", "ABC", ""}},
		{"**abc***", `contains "abc"`, []string{"abc", "xabcx"}, []string{"ab"}},
		{"*", "is not null", []string{"", "x", "a\nb", "\xff"}, nil},
		{"***", "is not null", []string{"", "x"}, nil},
		{"a*c", `matches "a*c"`, []string{"ac", "abc", "a\nc", "aäc", "accc", "a\xffc"}, []string{"acd", "bac", "a", "c", "AC"}},
		{"aa*aa", `matches "aa*aa"`, []string{"aaaa", "aaxaa"}, []string{"aaa", "aa"}},
		{"*a*b*", `matches "*a*b*"`, []string{"ab", "xaybz", "aabb"}, []string{"ba", "a", "b"}},
		{"a**b", `matches "a**b"`, []string{"ab", "axxb"}, []string{"a", "b"}},
		{"a?c", `equals "a?c"`, []string{"a?c"}, []string{"abc"}},
		{"a?*c?", `matches "a?*c?"`, []string{"a?c?", "a?xc?"}, []string{"abcd", "abxcd"}},
		{"[a-c]*{x,y}", `matches "[a-c]*{x,y}"`, []string{"[a-c]{x,y}", "[a-c] {x,y}"}, []string{"ax", "by", "[a-c]x"}},
		{`\*x*(?i)`, `matches "\\*x*(?i)"`, []string{`\x(?i)`, `\**x(?i)`}, []string{"*x(?i)", `\xa`}},
		{"!*^$.|", `matches "!*^$.|"`, []string{"!^$.|", "!x^$.|"}, []string{"!"}},
		{"ä*é", `matches "ä*é"`, []string{"äé", "ä日本é"}, []string{"Äé", "ä"}},
		{"\xff*a", "matches \"\\xff*a\"", []string{"\xffa", "\xff\xfea"}, []string{"\ufffda", "\xfea", "\xff"}},
		{"a*\xff*b", "matches \"a*\\xff*b\"", []string{"a\xffb", "axx\xffyb"}, []string{"ab", "a\ufffdb"}},
	}
	for _, c := range cases {
		g := CompileGlob(c.pattern)
		if g.String() != c.form {
			t.Errorf("%q is looked for as %s, want %s", c.pattern, g, c.form)
		}
		for _, s := range append(slices.Clone(c.yes), c.no...) {
			if want := slices.Contains(c.yes, s); g.Match(s) != want || naiveGlob(c.pattern, s) != want {
				t.Errorf("%q matches %q: %v, the naive way %v", c.pattern, s, g.Match(s), naiveGlob(c.pattern, s))
			}
		}
	}
}

// naiveGlob tries every length of every star.
func naiveGlob(pattern, s string) bool {
	before, after, star := strings.Cut(pattern, "*")
	if !star || !strings.HasPrefix(s, before) {
		return s == pattern
	}
	for i := len(before); i <= len(s); i++ {
		if naiveGlob(after, s[i:]) {
			return true
		}
	}
	return false
}

func TestGlobLiterals(t *testing.T) {
	for pattern, want := range map[string][]string{
		"abc": {"abc"}, "*": nil, "": nil, "*a*": {"a"}, "a**b*": {"a", "b"}, "*\xff*b": {"\xff", "b"},
	} {
		if got := CompileGlob(pattern).Literals(); !slices.Equal(got, want) {
			t.Errorf("%q holds the literals %q, want %q", pattern, got, want)
		}
	}
}

// FuzzGlob holds every form to the naive way, and to the promise that a matching value holds the literals.
func FuzzGlob(f *testing.F) {
	for _, pattern := range []string{"abc", "abc*", "*abc", "*abc*", "*", "a*c", "*a*b*", "a**b", "[a]*{b,c}", `\*?`, "ä*é", "\xff*a", "aa*aa"} {
		for _, s := range []string{"abc", "aaa", "xabcx", "a\xffc", "[a]{b,c}", `\*?`, "äé"} {
			f.Add(pattern, s)
		}
	}
	f.Fuzz(func(t *testing.T, pattern, s string) {
		if strings.Count(pattern, "*") > 3 || len(s) > 100 {
			return // the naive way takes forever
		}
		g := CompileGlob(pattern)
		if got, want := g.Match(s), naiveGlob(pattern, s); got != want {
			t.Fatalf("%q matches %q as %s: %v", pattern, s, g, got)
		}
		for _, l := range g.Literals() {
			if g.Match(s) && !strings.Contains(s, l) {
				t.Fatalf("%q matches %q, which does not hold %q", pattern, s, l)
			}
		}
	})
}

func TestRegex(t *testing.T) {
	cases := []struct {
		pattern string
		yes, no []string
	}{
		{"fail", []string{"fail", "login failed"}, []string{"FAIL", ""}},
		{"^(fu|f)$", []string{"f", "fu"}, []string{"fuu", "xf"}},
		{"(?i)error", []string{"ERROR 7"}, []string{"err"}},
		{`\berror\b`, []string{"an error here"}, []string{"errors"}},
		{"a.b", []string{"axb"}, []string{"a\nb"}},
		{"(?s)a.b", []string{"a\nb"}, []string{"ab"}},
		{"", []string{"", "x"}, nil},
		{"a(?!b)", []string{"ac", "aab c a"}, []string{"ab"}},
	}
	for _, c := range cases {
		re, err := CompileRegex(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(slices.Clone(c.yes), c.no...) {
			if want := slices.Contains(c.yes, s); re.Match(s) != want {
				t.Errorf("/%s/ matches %q: %v", c.pattern, s, !want)
			}
		}
	}
	if _, err := CompileRegex("(?=x"); err == nil {
		t.Error("a group that is never closed compiles")
	}
}
