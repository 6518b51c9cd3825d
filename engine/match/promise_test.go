package match

import (
	"strings"
	"testing"

	"retrohunt/internal/race"
)

var sink bool

// TestMatchingAllocatesNothing, hit or no hit.
func TestMatchingAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("regexp and glob keep their machines in pools")
	}
	re, err := CompileRegex(`\baz +login\b`)
	if err != nil {
		t.Fatal(err)
	}
	type matcher interface{ Match(string) bool }
	matchers := map[string]matcher{
		"equals": CompileGlob("az login"), "prefix": CompileGlob("az*"), "suffix": CompileGlob("*login"), "contains": CompileGlob("*az login*"),
		"any": CompileGlob("*"), "mixed": CompileGlob("*az*lo*gin*"), "bytes": CompileGlob("*az*\xff*"), "fold glob": CompileFoldGlob("*AZ?LOGIN*"),
		"regex": re,
	}
	keywords := map[string]Keyword{
		"word": CompileKeyword("login"), "open word": CompileKeyword("*ogi*"), "address": CompileKeyword("10.1.1.*"),
		"phrase": CompilePhrase("az login"), "letter of many spellings": CompileKeyword("kilo"),
	}
	literals := CompileLiterals([]Literal{{Text: "az login"}, {Text: "kilo", Fold: true}, {Text: "&#"}})
	long := strings.Repeat("ä filler K ", 200)
	for _, text := range []string{"az login", long + "az login" + long, long, ""} {
		for name, m := range matchers {
			if n := testing.AllocsPerRun(20, func() { sink = m.Match(text) }); n != 0 {
				t.Errorf("%s allocates %v times over %d bytes", name, n, len(text))
			}
		}
		raw := []byte(text)
		if n := testing.AllocsPerRun(20, func() { sink = literals.Index(raw) >= 0 }); n != 0 {
			t.Errorf("finding a literal allocates %v times over %d bytes", n, len(text))
		}
		if n := testing.AllocsPerRun(20, func() { sink = literals.Match(raw) }); n != 0 {
			t.Errorf("literals allocate %v times over %d bytes", n, len(text))
		}
		for name, k := range keywords {
			if n := testing.AllocsPerRun(20, func() { sink = k.Match(raw) }); n != 0 {
				t.Errorf("%s allocates %v times over %d bytes", name, n, len(text))
			}
		}
	}
}
