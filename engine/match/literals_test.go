package match

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"retrohunt/engine/match/literal"
)

// firstOf is what Literals does, the slow way.
func firstOf(list []Literal, text []byte) int {
	first := -1
	for _, l := range list {
		in := text
		if l.Fold {
			in = lowered(text)
		}
		if at := bytes.Index(in, []byte(l.Text)); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// compiled are the literals as all kinds of processors look for them that this one can be.
func compiled(list []Literal) (out []*Literals) {
	for v := literal.None; v <= literal.Available(); v++ {
		out = append(out, compileLiterals(list, v))
	}
	return out
}

// lowered lowers ASCII letters only.
func lowered(text []byte) []byte {
	out := bytes.Clone(text)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c | 0x20
		}
	}
	return out
}

func TestLiteralsAtEveryPlace(t *testing.T) {
	for _, list := range [][]Literal{
		{{Text: "high"}},
		{{Text: "high", Fold: true}, {Text: `\u00`}},
		{{Text: "medium"}, {Text: "ConsoleLogin"}},
		{{Text: "a considerable literal"}, {Text: "another one of it", Fold: true}},
		{{Text: "&#"}, {Text: "Kz1"}, {Text: "az login"}},
		{{Text: "kz1", Fold: true}},
		{{Text: "x", Fold: true}},
	} {
		all := compiled(list)
		for _, lit := range list {
			text := lit.Text
			if lit.Fold {
				text = strings.ToUpper(text)
			}
			for before := range 40 {
				for after := range 40 {
					b := []byte(strings.Repeat(".", before) + text + strings.Repeat(".", after))
					damaged := bytes.Clone(b)
					damaged[before+len(text)/2] = '.'
					for i, l := range all {
						if got := l.Index(b); got != before {
							t.Fatalf("%v: %v at %d in %s", literal.Vectors(i), list, got, b)
						}
						if got := l.Index(damaged); got != firstOf(list, damaged) {
							t.Fatalf("%v: %v at %d in %s", literal.Vectors(i), list, got, damaged)
						}
					}
				}
			}
		}
	}
}

func TestTheEmptyLiteralStandsEverywhereAndNoLiteralNowhere(t *testing.T) {
	if !CompileLiterals([]Literal{{Text: ""}}).Match(nil) {
		t.Error("the empty literal is not found")
	}
	if CompileLiterals(nil).Match([]byte("a text")) {
		t.Error("no literal is found")
	}
}

func TestLiteralsOverSmallAlphabets(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abA"[random.IntN(3)]
		}
		return string(b)
	}
	found := 0
	const rounds = 20000
	for range rounds {
		var list []Literal
		shortest := 1 + random.IntN(10)
		for range 1 + random.IntN(4) {
			lit := Literal{Text: word(shortest + random.IntN(8)), Fold: random.IntN(2) == 0}
			if lit.Fold {
				lit.Text = strings.ToLower(lit.Text)
			}
			list = append(list, lit)
		}
		text := []byte(word(random.IntN(120)))
		want := firstOf(list, text)
		for i, l := range compiled(list) {
			if got := l.Index(text); got != want || l.Match(text) != (want >= 0) {
				t.Fatalf("%v: %v in %s: at %d, want %d", literal.Vectors(i), list, text, got, want)
			}
		}
		if want >= 0 {
			found++
		}
	}
	if found < rounds/5 || found > rounds*4/5 {
		t.Errorf("found %d times in %d: the test shows little", found, rounds)
	}
}

func TestTheFirstOfTheLiteralsIsFoundInALongText(t *testing.T) {
	list := []Literal{{Text: "needle"}, {Text: "a needle or a pin", Fold: true}, {Text: "x!"}}
	all := compiled(list)
	for at := range 5000 {
		text := []byte(strings.Repeat(".", at) + "A needle or a PIN" + strings.Repeat(".", 3000) + "x!")
		for i, l := range all {
			if got := l.Index(text); got != at {
				t.Fatalf("%v: at %d, not %d", literal.Vectors(i), got, at)
			}
		}
	}
}

func TestThousandsOfLiterals(t *testing.T) {
	var list []Literal
	for i := range 3000 {
		list = append(list, Literal{Text: fmt.Sprintf("malware-%d-tool", i*7), Fold: i%2 == 0})
	}
	for _, l := range compiled(list) {
		for _, lit := range list {
			if got := l.Index([]byte("it is " + lit.Text + " that runs")); got != len("it is ") {
				t.Fatalf("%v: at %d", lit, got)
			}
		}
		if l.Match([]byte("it is malware-1-tool that runs")) {
			t.Error("found what is not there")
		}
	}
}

// TestTheFirstOfShortAndLongLiteralsIsFoundAcrossBlocks is about texts of which two kernels look at blocks in turn.
func TestTheFirstOfShortAndLongLiteralsIsFoundAcrossBlocks(t *testing.T) {
	list := []Literal{{Text: "&#"}, {Text: "kz1", Fold: true}, {Text: "a considerable literal"}}
	for i := range mostForVectors {
		list = append(list, Literal{Text: fmt.Sprintf("malware-%d-tool", i*7)})
	}
	all := compiled(list)
	for v, l := range all {
		if len(l.kernels) != 2 {
			t.Fatalf("%v: %d kernels", literal.Vectors(v), len(l.kernels))
		}
	}
	texts := []string{"&#", "KZ1", "a considerable literal"}
	for _, one := range texts {
		for _, two := range texts {
			for at := block - 30; at < block+5; at++ {
				for _, gap := range []int{0, 1, 20, block} {
					text := []byte(strings.Repeat(".", at) + one + strings.Repeat(".", gap) + two + strings.Repeat(".", 50))
					for v, l := range all {
						if got := l.Index(text); got != at {
							t.Fatalf("%v: %s at %d, %s %d behind: at %d", literal.Vectors(v), one, at, two, gap, got)
						}
						if got, want := l.Index(text[at+1:]), firstOf(list, text[at+1:]); got != want {
							t.Fatalf("%v: %s %d behind: at %d, want %d", literal.Vectors(v), two, gap, got, want)
						}
					}
				}
			}
		}
	}
}

func FuzzLiterals(f *testing.F) {
	f.Add("az login|high|&#", []byte(`{"a":"AZ LOGIN"}`), false)
	f.Add(`\u00|anonymizedip`, []byte(`{"a":"\u0041nonymizedIP AnonymizedIP"}`), true)
	f.Fuzz(func(t *testing.T, words string, text []byte, fold bool) {
		var list []Literal
		for _, w := range strings.Split(words, "|") {
			if fold {
				w = string(lowered([]byte(w)))
			}
			list = append(list, Literal{Text: w, Fold: fold})
		}
		var ends [64]int32
		for i, l := range compiled(list) {
			want := firstOf(list, text)
			if got := l.Index(text); got != want {
				t.Fatalf("%v: %v in %q: at %d, not %d", literal.Vectors(i), list, text, got, want)
			}
			if got, _ := l.IndexLines(text, ends[:]); got != want {
				t.Fatalf("%v: %v in %q, with lines: at %d, not %d", literal.Vectors(i), list, text, got, want)
			}
		}
	})
}
