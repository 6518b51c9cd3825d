package match

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestWord(t *testing.T) {
	cases := []struct {
		word    string
		yes, no []string
	}{
		{"error", []string{"error", "an ERROR here", `{"m":"error"}`, "x-error,", "[error]", "errör error"}, []string{"errors", "anerror", "error_7", ""}},
		{"456", []string{"456", "a 456 b", "1-456"}, []string{"1234567", "4567", "x456"}},
		{"*456*", []string{"1234567", "456"}, []string{"45 6", "45"}},
		{"err*", []string{"errors", "an error"}, []string{"xerror"}},
		{"*ror", []string{"error", "ror"}, []string{"rorx"}},
		{"a_b", []string{"a_b"}, []string{"x_a_b", "a b"}},
		{"_b", []string{"_b"}, []string{"a_b"}},
		{"10.1.1.1", []string{"10.1.1.1", `"10.1.1.1:80"`}, []string{"10.1.1.10", "110.1.1.1", "10.1.1"}},
		{"10.1.1.*", []string{"10.1.1.77", "10.1.1.x"}, []string{"10.1.10.1", "110.1.1.7"}},
		{"user@example.com", []string{"<user@example.com>"}, []string{"user@example.community", "auser@example.com"}},
		{"com*services", []string{"comservices", "com_x_services"}, []string{"com.x.services", "com services"}},
		{"com.*.services*", []string{"com.sumo.services", "com.sumo.servicesx"}, []string{"com.a.b.services", "com services"}},
		{"e?ror", []string{"error", "eRRor", "e_ror"}, []string{"eror", "e-ror"}},
		{"?", []string{"x", "- x -"}, []string{"xy", "- -", ""}},
		{"/x", []string{"/x", "a/x", "//x"}, []string{"/xy"}},
		{"*.exe", []string{"a.exe", "-.exe", ".exe"}, []string{".exec"}},
		{"ip", []string{"IP", "İP", "ıp"}, []string{"zip"}},
		{"kilo", []string{"KILO", "\u212ailo"}, []string{"kilos"}},
		{"ärger", []string{"ÄRGER"}, []string{"Bärger"}},
		{"x", []string{"\xffx\xff", "\ufffdx"}, []string{"éx"}},
		{"**", []string{"", "x"}, nil},
		{"a**b", []string{"ab", "axb"}, []string{"a b"}},
	}
	for _, c := range cases {
		k := CompileKeyword(c.word)
		for _, s := range append(slices.Clone(c.yes), c.no...) {
			if want := slices.Contains(c.yes, s); k.Match([]byte(s)) != want || naiveKeyword(c.word, s, false) != want {
				t.Errorf("%s in %q: %v, the naive way %v", c.word, s, k.Match([]byte(s)), naiveKeyword(c.word, s, false))
			}
		}
	}
}

func TestPhrase(t *testing.T) {
	cases := []struct {
		phrase  string
		yes, no []string
	}{
		{"access denied", []string{"Access Denied", "x access \t\n denied.", "(access denied)"}, []string{"access deniedx", "accessdenied", "access-denied"}},
		{"two  words", []string{"two words", "two   words"}, []string{"twowords"}},
		{" lead", []string{"x lead", " lead"}, []string{"lead", "xlead"}},
		{"a*b", []string{"a*b", "-a*b-"}, []string{"ab", "axb"}},
		{"what?", []string{"what?", "what??"}, []string{"what", "whatx"}},
		{"a b", []string{"a\u2003b", "a\u2028b", "a\x1cb"}, []string{"a\u00a0b", "a\u202fb", "a\u0085b"}},
		{"", []string{"", "x"}, nil},
		{`C:\az`, []string{`C:\az login`}, []string{`C:\azx`, `XC:\az`}},
	}
	for _, c := range cases {
		k := CompilePhrase(c.phrase)
		for _, s := range append(slices.Clone(c.yes), c.no...) {
			if want := slices.Contains(c.yes, s); k.Match([]byte(s)) != want || naiveKeyword(c.phrase, s, true) != want {
				t.Errorf("%q in %q: %v, the naive way %v", c.phrase, s, k.Match([]byte(s)), naiveKeyword(c.phrase, s, true))
			}
		}
	}
}

// naiveKeyword cuts both into terms and compares them one by one.
func naiveKeyword(keyword, message string, phrase bool) bool {
	wildcards := "*?"
	if phrase {
		wildcards = ""
		keyword, message = oneBlank(keyword), oneBlank(message)
	}
	wanted, found := naiveTerms(keyword, wildcards), naiveTerms(message, "")
	for i := range len(found) + 1 {
		if naiveAdjacent(wanted, found[i:], phrase) {
			return true
		}
	}
	return false
}

func naiveAdjacent(wanted, found []string, phrase bool) bool {
	if len(wanted) == 0 {
		return true
	}
	w := wanted[0]
	if !phrase && strings.Trim(w, "*") == "" && naiveAdjacent(wanted[1:], found, phrase) {
		return true // stars alone may stand for no term
	}
	if len(found) == 0 {
		return false
	}
	same := naiveFold(w) == naiveFold(found[0])
	if !phrase && strings.ContainsAny(w, "*?") {
		first, _ := firstRune(found[0])
		same = isTerm(first) && naiveFoldGlob(w, found[0])
	}
	return same && naiveAdjacent(wanted[1:], found[1:], phrase)
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

func naiveTerms(s, wildcards string) []string {
	var out []string
	long := false // the last term goes on
	for _, r := range s {
		inTerm := r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(wildcards, r)
		if inTerm && long {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		long = inTerm
	}
	return out
}

// oneBlank makes one blank of each run of Java's white space.
func oneBlank(s string) string {
	const javaSpaces = "\t\n\v\f\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
	words := strings.FieldsFunc("|"+s+"|", func(r rune) bool { return strings.ContainsRune(javaSpaces, r) })
	whole := strings.Join(words, " ")
	return whole[1 : len(whole)-1]
}

func FuzzKeyword(f *testing.F) {
	for _, keyword := range []string{"error", "*456*", "10.1.1.*", "e?r", "?", "com.*.x", "*.exe", "a**b", "a b", " a", "what?", "İp", "\xff", "k"} {
		for _, message := range []string{"an ERROR", "1234567", "10.1.1.7", "com..x", "a \t b", "x.exe", "ıp İP", "\u212a", "\xffa\ufffd", "a_b"} {
			f.Add(keyword, message)
		}
	}
	f.Fuzz(func(t *testing.T, keyword, message string) {
		if strings.Count(keyword, "*") > 3 || len(message) > 40 {
			return // the naive way takes forever
		}
		if got := CompileKeyword(keyword).Match([]byte(message)); got != naiveKeyword(keyword, message, false) {
			t.Fatalf("the word %q in %q: %v", keyword, message, got)
		}
		if got := CompilePhrase(keyword).Match([]byte(message)); got != naiveKeyword(keyword, message, true) {
			t.Fatalf("the phrase %q in %q: %v", keyword, message, got)
		}
	})
}
