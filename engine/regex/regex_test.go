package regex

import (
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found prints the first match and its groups: "whole|group|-".
func found(r *Regex, s string) string {
	at := r.FindStringSubmatchIndex(s)
	if at == nil {
		return "nothing"
	}
	var out []string
	for i := 0; i < len(at); i += 2 {
		if at[i] < 0 {
			out = append(out, "-")
			continue
		}
		out = append(out, s[at[i]:at[i+1]])
	}
	return strings.Join(out, "|")
}

func TestJavaIsFound(t *testing.T) {
	for _, c := range []struct {
		name, pattern, text, want string
		linear                    bool
	}{
		{"RE2 as it stands", `(?<user>\w+)=(\d+)`, "x ada=7", "ada=7|ada|7", true},
		{"look-ahead", `\w+(?==)`, "ada=7", "ada", false},
		{"negative look-ahead", `^((?!bad).)*$`, "a bad day", "nothing", false},
		{"look-behind", `(?<==)\d`, "a=7", "7", false},
		{"negative look-behind", `(?<!x)\d`, "x7y8", "8", false},
		{"atomic group", `(?>a*)ab`, "aaab", "nothing", false},
		{"possessive", `a*+b`, "aab", "aab", false},
		{"possessive gives nothing back", `a++ab`, "aaab", "nothing", false},
		{"possessive count", `\d{1,3}+\d`, "123", "nothing", false},
		{"back-reference", `(a|b)\1`, "abb", "bb|b", false},
		{"named back-reference", `(?<q>['"])x\k<q>`, `'x"x"`, `"x"|"`, false},
		{"groups count from the left, named or not", `(a)(?<n>b)(c)(?=d)`, "abcd", "abc|a|b|c", false},
		{"a group that took no part", `(?:(a)|(b))(?=c)`, "bc", "b|-|b", false},
		{"places are bytes", `(ü)(?=x)`, "ääüx", "ü|ü", false},
		{"bytes that are no UTF-8", `b(?=c)`, "\xff\xfeäbc", "b", false},
		{"many repetitions", `^a{1200}$`, strings.Repeat("a", 1200), strings.Repeat("a", 1200), false},
		{"horizontal space", `a\hb`, "a\u00a0b", "a\u00a0b", true},
		{"not horizontal space", `a\Hb`, "a b a.b", "a.b", true},
		{"horizontal space in a class", `[\h,]+`, "a, \tb", ", \t", true},
		{"vertical space", `\v+(?=b)`, "a\r\nb", "\r\n", false},
		{"line break", `a\Rb`, "a\r\nb", "a\r\nb", true},
		{"quoted", `\Qa.b(\E+(?=c)`, "axb( a.b((c", "a.b((", false},
		{"quoted in a class", `[\Q^-]\E]+(?=x)`, "a^-]x", "^-]", false},
		{"Unicode escape", `\u0041+`, "xAA", "AA", true},
		{"the end of the input", `b\Z`, "ab\n", "b", false},
		{"escape", `\e\[`, "\x1b[", "\x1b[", true},
		{"POSIX classes are ASCII", `\p{Alpha}+`, "äab1", "ab", true},
		{"a POSIX class in a class", `[\p{Lower}\p{Digit}]+`, "Aab1-", "ab1", true},
		{"not of a POSIX class", `\P{Alnum}+`, "ab--c", "--", true},
		{"Unicode property", `\p{IsAlphabetic}+`, "1äöx2", "äöx", true},
		{"script", `\p{IsGreek}+`, "abγδ", "γδ", true},
		{"category", `\p{Lu}(?=b)`, "Ab", "A", false},
		{"digits are ASCII", `^\d+(?=x)`, "٣x", "nothing", false},
		{"word characters are ASCII", `\w+(?=!)`, "éa!", "a", false},
		{"flags that say what is so", `(?u)a(?d)b(?iu)C`, "abc", "abc", true},
		{"class without a class", `[a-z&&[^x-z]]+`, "xyabz", "ab", false},
		{"class and a class", `[a-z&&[aeiou]]+`, "xyaeb", "ae", false},
		{"class and bare members", `[a-z&&def]+`, "abcdefg", "def", false},
		{"class without escapes", `[\w&&[^\d_]]+`, "12ab_", "ab", false},
		{"no intersection", `\[a&&b`, "x[a&&b", "[a&&b", true},
		{"a POSIX bracket", `[[:alpha:]]+(?=1)`, "ab1", "ab", false},
		{"comments mode", "(?x) a b # c\n(?=d)", "abd", "ab", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			re, err := Compile(c.pattern)
			if err != nil {
				t.Fatal(err)
			}
			if got := found(re, c.text); got != c.want {
				t.Errorf("%s in %q: %q, want %q", c.pattern, c.text, got, c.want)
			}
			if (c.want != "nothing") != re.MatchString(c.text) {
				t.Error("MatchString says otherwise")
			}
			if re.Linear() != c.linear {
				t.Errorf("linear is %v", re.Linear())
			}
			if re.GaveUp() != 0 {
				t.Error("it gave up")
			}
		})
	}
}

func TestWhatIsNotTakenIsNamed(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{`(a`, "missing closing )"},
		{`*a`, "missing argument to repetition operator"},
		{`(?=a`, "invalid"},
		{`a\Gb(?=c)`, `unsupported: \G`},
		{`\X`, `unsupported: \X`},
		{`[a\R]`, `unsupported: \R within a class`},
		{`\p{javaLowerCase}`, `unsupported: the class \p{javaLowerCase}`},
		{`\p{InGreek}`, `unsupported: the class \p{InGreek}`},
		{`(?U)\w(?=x)`, "unsupported: the flag (?U), Unicode classes,"},
		{`(a)?(?(1)b|c)`, "unsupported: a conditional (?(…)"},
		{`(?<src-ip>a)`, "unsupported: a group name of other characters than letters, digits and _"},
		{`[a-z&&[^a]&&[^b]]`, "unsupported: an intersection of more than two classes"},
		{`[^a&&b]`, "unsupported: an intersection with a negated class"},
		{`[a[bc]&&[d]]`, "unsupported: a class within a class"},
		{`[\p{Alpha}&&`, "unsupported: a class without an end"},
		{`[\P{Alpha}x&&y]`, "unsupported: a negated class within a class"},
	} {
		_, err := Compile(c.pattern)
		if err == nil {
			t.Errorf("%s passes", c.pattern)
			continue
		}
		got := err.Error()
		if u := new(UnsupportedError); errors.As(err, &u) {
			got = "unsupported: " + u.Construct
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", c.pattern, got, c.want)
		}
	}
}

// TestASearchThatTakesTooLongIsCounted has a pattern for which every partition of a text is tried.
func TestASearchThatTakesTooLongIsCounted(t *testing.T) {
	re := MustCompile(`^(?:a|aa)+(?<!a)$`)
	text := strings.Repeat("a", 5000)
	if re.MatchString(text) || re.FindStringSubmatchIndex(text) != nil || re.FindAllStringSubmatchIndex(text, -1) != nil {
		t.Error("found")
	}
	if n := re.GaveUp(); n != 3 {
		t.Errorf("gave up %d times", n)
	}
	if n := re.GaveUp(); n != 0 {
		t.Errorf("%d times again", n)
	}
}

// both are patterns that RE2 takes; backtracking must find the same.
var both = []string{
	`a`, `(a|ab)(c|bcd)(d*)`, `(?i)AB+?`, `^x*`, `\bfoo\b|(b)`, `\Ba`, `(?s).+$`, `(?m)^b.$`, `[^a]+`, `(a*)(b?)`, `\s+`, `(a)|(b)|(c)`, `[\w.-]+@`, `(?:)`,
	`\d{2,}|x`, `ä+`, `.`, `a*?b`, `([a-c]+)=([^,]*)`,
}

// TestBacktrackingFindsWhatRE2Does holds the slow engine to the fast one.
func TestBacktrackingFindsWhatRE2Does(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	for _, pattern := range both {
		re, err := backtracking(pattern)
		if err != nil {
			t.Fatal(err)
		}
		back := &Regex{back: re}
		linear := regexp.MustCompile(pattern)
		for range 300 {
			text := randomText(random)
			if diff := cmp.Diff(linear.FindAllStringSubmatchIndex(text, -1), back.FindAllStringSubmatchIndex(text, -1)); diff != "" {
				t.Fatalf("%s in %q:\n%s", pattern, text, diff)
			}
			if linear.MatchString(text) != back.MatchString(text) {
				t.Fatalf("%s in %q", pattern, text)
			}
		}
	}
}

func randomText(random *rand.Rand) string {
	pieces := []string{"a", "b", "c", "d", "ab", "abcd", "x", "1", "22", " ", "\n", "foo", "=", ",", "@", ".", "ä", "\xff", "AB"}
	var b strings.Builder
	for range random.IntN(12) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String()
}

// FuzzCompile: no pattern makes it panic, and one that compiles can be asked.
func FuzzCompile(f *testing.F) {
	for _, seed := range append(both, `[a&&[^b]]`, `\Qa\E(?=\p{Alpha})`, `(?<n>a)\k<n>`, `[\`, `[^`, `(?u`, `[a&&`, `[[:`) {
		f.Add(seed, "ab\n")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := Compile(pattern)
		if err != nil || len(text) > 100 {
			return
		}
		for _, at := range re.FindAllStringSubmatchIndex(text, 3) {
			if len(at) != 2*len(re.SubexpNames()) || at[0] < 0 || at[1] > len(text) {
				t.Fatalf("%q in %q: %v of %q", pattern, text, at, re.SubexpNames())
			}
		}
	})
}
