package match

import (
	"math/rand/v2"
	"testing"
)

// TestKeywordsMatchAsOneByOne: many phrases at once find what each finds by itself.
func TestKeywordsMatchAsOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	pieces := []string{"a", "B", "10", "1", ".", "-", " ", "\t", "_", "ä", "Ä", "İ", "ı", "K", "\u212a", "\xff", "\u0345", "Ⅷ", `"`, "login"}
	text := func(n int) string {
		out := ""
		for range 1 + random.IntN(n) {
			out += pieces[random.IntN(len(pieces))]
		}
		return out
	}
	found := 0
	for range 20_000 {
		var list []Keyword
		for range random.IntN(4) {
			list = append(list, CompilePhrase(text(4)))
		}
		if random.IntN(5) == 0 {
			list = append(list, CompileKeyword("a*"))
		}
		raw, want := []byte(text(12)), false
		for _, one := range list {
			want = want || one.Match(raw)
		}
		if got := CompileKeywords(list).Match(raw); got != want {
			t.Fatalf("%v in %q: %t, one by one %t", list, raw, got, want)
		}
		if want {
			found++
		}
	}
	if found < 2_000 {
		t.Errorf("only %d found", found)
	}
}

func TestPlainFoldGlob(t *testing.T) {
	for _, c := range []struct {
		text, s string
		want    bool
	}{
		{"a*c", "A*C", true}, {"a*c", "abc", false}, {"a?c", "abc", false}, {"a?c", "a?C", true}, {"K", "\u212a", true}, {"a", "ab", false}, {"ab", "a", false}, {"", "", true},
	} {
		g := CompileFoldText(c.text)
		if got := g.Match(c.s); got != c.want {
			t.Errorf("%q is %q: %t", c.s, c.text, got)
		}
		if folded, ok := g.Plain(); !ok || (string(AppendFolded(nil, c.s)) == folded) != c.want {
			t.Errorf("%q folds to %q, %q to %q", c.text, folded, c.s, AppendFolded(nil, c.s))
		}
	}
	if _, ok := CompileFoldGlob("a*").Plain(); ok {
		t.Error("a* is a plain text")
	}
}
