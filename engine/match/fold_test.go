package match

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestFold: texts that differ in case only fold to one text, as in Java's equalsIgnoreCase, and no character becomes or
// ceases to be one of a term.
func TestFold(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if f := fold(r); f != fold(f) || isTerm(f) != isTerm(r) {
			t.Errorf("%U folds to %U, and that to %U; in a term: %v, %v", r, f, fold(f), isTerm(r), isTerm(f))
		}
		if !unicode.Is(unicode.Mn, r) && fold(unicode.ToUpper(r)) != fold(r) {
			t.Errorf("%U and its capital fold to %U and %U", r, fold(r), fold(unicode.ToUpper(r)))
		}
	}
}

// TestASCIIOfOtherSpellings: a search by the bytes of an ASCII letter misses these three letters' other spellings.
func TestASCIIOfOtherSpellings(t *testing.T) {
	spellings := map[rune][]rune{}
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		if f := fold(r); f < utf8.RuneSelf {
			spellings[f] = append(spellings[f], r)
			if !beyondASCII(f) {
				t.Errorf("%U folds to %q, which is looked for by its bytes alone", r, f)
			}
		}
	}
	if len(spellings) != 3 {
		t.Errorf("%c", spellings)
	}
}

func TestFoldGlob(t *testing.T) {
	cases := []struct {
		pattern string
		yes, no []string
	}{
		{"abc", []string{"abc", "ABC"}, []string{"abcd", "xabc", ""}},
		{"*Windows/Sysmon*", []string{"windows/sysmon", "prod/WINDOWS/Sysmon/x"}, []string{"Windows/Security", "Windows\\Sysmon"}},
		{"*", []string{"", "x", "a\nb", "\xff"}, nil},
		{"**", []string{"", "x"}, nil},
		{"a?c", []string{"abc", "A\nC", "aäc", "a\xffc"}, []string{"ac", "abbc"}},
		{"?", []string{"x", "ä", "😀", "\xff"}, []string{"", "xx"}},
		{"a*b*c", []string{"abc", "aXbXbXc"}, []string{"acb", "ab"}},
		{"*ab", []string{"ab", "aab", "abab"}, []string{"aba", "b"}},
		{"*?", []string{"x", "xy"}, []string{""}},
		{"", []string{""}, []string{"x"}},
		{"STRASSE", []string{"straſse"}, []string{"straße"}},
		{"ÄÖ", []string{"äö"}, []string{"ao"}},
	}
	for _, c := range cases {
		g := CompileFoldGlob(c.pattern)
		for _, s := range append(slices.Clone(c.yes), c.no...) {
			if want := slices.Contains(c.yes, s); g.Match(s) != want || naiveFoldGlob(c.pattern, s) != want {
				t.Errorf("%q matches %q: %v, the naive way %v", c.pattern, s, g.Match(s), naiveFoldGlob(c.pattern, s))
			}
		}
	}
}

func naiveFoldGlob(pattern, s string) bool {
	return naiveRunes([]rune(naiveFold(pattern)), []rune(naiveFold(s)))
}

// naiveFold folds as fold says, by the functions of package strings.
func naiveFold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return r
		}
		return []rune(strings.ToLower(strings.ToUpper(string(r))))[0]
	}, s)
}

// naiveRunes tries every length of every star.
func naiveRunes(pattern, s []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(s) == 0
	case pattern[0] == '*':
		return naiveRunes(pattern[1:], s) || len(s) > 0 && naiveRunes(pattern, s[1:])
	}
	return len(s) > 0 && (pattern[0] == '?' || pattern[0] == s[0]) && naiveRunes(pattern[1:], s[1:])
}

func FuzzFoldGlob(f *testing.F) {
	for _, pattern := range []string{"abc", "a?c", "*a*b*", "??*", "ÄÖ*", "*ab", "\xff?", "İ*K"} {
		for _, s := range []string{"abc", "ABAB", "äöü", "a\xffc", "x\ny", "ik", "ıK"} {
			f.Add(pattern, s)
		}
	}
	f.Fuzz(func(t *testing.T, pattern, s string) {
		if strings.Count(pattern, "*") > 3 || len(s) > 40 {
			return // the naive way takes forever
		}
		if got := CompileFoldGlob(pattern).Match(s); got != naiveFoldGlob(pattern, s) {
			t.Fatalf("%q matches %q: %v", pattern, s, got)
		}
	})
}
