package literal

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

type searcher interface{ Index(b []byte) int }

// notes is a searcher by what notes the ends of lines.
type notes struct {
	*Teddy
	ends []int32
}

// Index is that of IndexLines. It panics if what is noted is not the first newlines.
func (n notes) Index(b []byte) int {
	at, noted := n.IndexLines(b, n.ends)
	behind := 0
	for _, end := range n.ends[:noted] {
		next := bytes.IndexByte(b[behind:], '\n')
		if behind+next != int(end) {
			panic(fmt.Sprintf("line ends at %v of %q", n.ends[:noted], b))
		}
		behind = int(end) + 1
	}
	return at
}

// slow does what the searchers do, the obvious way.
type slow []Literal

func (s slow) Index(b []byte) int {
	first, small := -1, lowered(b)
	for _, l := range s {
		if l.Fold {
			first = firstOf(first, bytes.Index(small, []byte(l.Text)))
		} else {
			first = firstOf(first, bytes.Index(b, []byte(l.Text)))
		}
	}
	return first
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

// searchers returns all that can look for the literals: with everything that the processor can do, and less. Teddy is there
// with 16 buckets too, of which some hold literals that stand in no test's text.
func searchers(list []Literal) map[string]searcher {
	out := map[string]searcher{}
	shortest, longest := 1000, 0
	for _, l := range list {
		shortest, longest = min(shortest, len(l.Text)), max(longest, len(l.Text))
	}
	if shortest == 0 {
		panic("an empty literal")
	}
	more := list
	for i := range slimLiterals {
		more = append(more[:len(more):len(more)], Literal{Text: fmt.Sprintf("\x01%d\x02", i)})
	}
	for v := None; v <= Available(); v++ {
		out[v.String()] = NewTeddy(list, v)
		out["fat "+v.String()] = NewTeddy(more, v)
	}
	if Available() >= AVX2 {
		out["AVX2 with lines"] = notes{NewTeddy(list, AVX2), make([]int32, 45)}
		out["fat AVX2 with lines"] = notes{NewTeddy(more, AVX2), make([]int32, 1000)}
	}
	if shortest >= ShortestGram {
		out["grams"] = NewGrams(list)
	}
	if longest < ShortestGram {
		out["short"] = NewShort(list)
	}
	return out
}

func exact(texts ...string) (out []Literal) {
	for _, text := range texts {
		out = append(out, Literal{Text: text})
	}
	return out
}

func anyCase(texts ...string) (out []Literal) {
	for _, text := range texts {
		out = append(out, Literal{Text: text, Fold: true})
	}
	return out
}

// words calls f with all texts of up to n bytes over an alphabet, the empty one first.
func words(alphabet string, n int, f func(text string)) {
	var grow func(text []byte)
	grow = func(text []byte) {
		f(string(text))
		if len(text) < n {
			for _, c := range []byte(alphabet) {
				grow(append(text, c))
			}
		}
	}
	grow(make([]byte, 0, n))
}

func TestAllTextsOfASmallAlphabetForAllPairsOfLiterals(t *testing.T) {
	length, textLength := 3, 6
	if testing.Short() {
		length, textLength = 2, 5
	}
	var all []Literal
	words("ab", length, func(text string) {
		if text != "" {
			all = append(all, Literal{Text: text}, Literal{Text: text, Fold: true})
		}
	})
	var texts [][]byte
	words("abA", textLength, func(text string) { texts = append(texts, []byte(text)) })
	for i, one := range all {
		for _, two := range all[i:] {
			list := []Literal{one, two}
			compare(t, list, texts)
		}
	}
}

func TestAllTextsOfASmallAlphabetForLongerLiterals(t *testing.T) {
	n := 13
	if testing.Short() {
		n = 10
	}
	var texts [][]byte
	words("ab", n, func(text string) { texts = append(texts, []byte(text)) })
	for _, list := range [][]Literal{
		exact("abba"), exact("aaaa", "babab"), exact("ababab", "bbbb"), anyCase("abab", "bbaab"), exact("aabbaabbaabb"),
		append(exact("abaab"), anyCase("baaab")...),
	} {
		compare(t, list, texts)
	}
}

// compare holds the searchers to the slow one.
func compare(t *testing.T, list []Literal, texts [][]byte) {
	t.Helper()
	all := searchers(list)
	for _, text := range texts {
		want := slow(list).Index(text)
		for name, s := range all {
			if got := s.Index(text); got != want {
				t.Fatalf("%s: %v in %q: at %d, want %d", name, list, text, got, want)
			}
		}
	}
}

func TestALiteralIsFoundAtEveryPlaceOfTextsOfEveryLength(t *testing.T) {
	for _, list := range [][]Literal{
		exact("high"), exact("x"), exact("&#"), exact("kz1"), anyCase("kz1"), append(anyCase("high"), exact(`\u00`)...),
		exact("a considerable literal"), anyCase("a considerable literal"), exact("ſ", "\u212a"), exact("\x00", "\xff\x00"),
	} {
		all := searchers(list)
		for _, l := range list {
			for n := len(l.Text); n <= 300; n += 1 + n/50 {
				text := bytes.Repeat([]byte{'.'}, n)
				for name, s := range all {
					if got := s.Index(text); got != -1 {
						t.Fatalf("%s: %v in %d dots: at %d", name, list, n, got)
					}
				}
				for at := 0; at+len(l.Text) <= n; at++ {
					text := bytes.Repeat([]byte{'.'}, n)
					copy(text[at:], l.Text)
					for name, s := range all {
						if got := s.Index(text); got != at {
							t.Fatalf("%s: %v at %d of %d bytes: at %d", name, list, at, n, got)
						}
					}
				}
			}
		}
	}
}

func TestTheFirstOfSeveralIsFoundWhereverItsRareBytesAre(t *testing.T) {
	around := strings.Repeat("e", 100)
	list := exact("QZZQ", "te"+around+"ZQX", "teQZZQ"+around+"ZZ!", "ZZ!"+around+"QZZQ")
	var texts [][]byte
	for before := range 130 {
		for _, a := range list {
			for _, b := range list {
				for _, between := range []string{"", "e", around} {
					texts = append(texts, []byte(strings.Repeat("-", before)+a.Text+between+b.Text[:len(b.Text)-before%2]))
				}
			}
		}
	}
	compare(t, list, texts)
}

// randomLiterals are n different literals of 4 to 20 bytes, some of which stand in texts of the same alphabet.
func randomLiterals(random *rand.Rand, n int, alphabet string, shortest int) (out []Literal) {
	seen := map[string]bool{}
	for len(out) < n {
		text := randomText(random, alphabet, shortest+random.IntN(17))
		if !seen[text] {
			seen[text] = true
			l := Literal{Text: text, Fold: random.IntN(3) == 0}
			if l.Fold {
				l.Text = strings.ToLower(text)
			}
			out = append(out, l)
		}
	}
	return out
}

func randomText(random *rand.Rand, alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[random.IntN(len(alphabet))]
	}
	return string(b)
}

func TestManyLiterals(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	for _, n := range []int{5, 16, 17, 64, 300, 2000} {
		for _, alphabet := range []string{"abcAB\xe9", byFrequency} {
			for _, shortest := range []int{4, 9} {
				list := randomLiterals(random, n, alphabet, shortest)
				all := searchers(list)
				for range 50 {
					text := []byte(randomText(random, alphabet, random.IntN(300)) + list[random.IntN(n)].Text +
						randomText(random, alphabet, random.IntN(100)))
					want := slow(list).Index(text)
					for name, s := range all {
						if got := s.Index(text); got != want {
							t.Fatalf("%s: %d literals in %q: at %d, want %d", name, n, text, got, want)
						}
					}
				}
			}
		}
	}
}

func TestLinesAreNotedOnTheWay(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	for _, list := range [][]Literal{exact("high", "&#"), anyCase("kz1"), exact("\n")} {
		var texts [][]byte
		for range 3000 {
			n := random.IntN(400)
			text := []byte(randomText(random, "a.\n"[:2+random.IntN(2)], n) + list[0].Text[:random.IntN(len(list[0].Text)+1)] +
				randomText(random, "hk&\n", random.IntN(100)))
			texts = append(texts, text)
			for _, room := range []int{0, 31, 32, 33, 100} {
				notes{NewTeddy(list, Available()), make([]int32, room)}.Index(text)
			}
		}
		compare(t, list, texts)
	}
}

// TestVectorsNoteLines up to where a step reaches beyond the text, or their list is full.
func TestVectorsNoteLines(t *testing.T) {
	if Available() < AVX2 {
		t.Skip("no vectors")
	}
	text := bytes.Repeat([]byte("seven..\n"), 1000)
	var ends [1024]int32
	for _, n := range []int{16, 17} {
		teddy := NewTeddy(manyWords(n), AVX2)
		for _, c := range []struct{ room, want int }{{1024, 996}, {100, 72}, {31, 0}} {
			if at, noted := teddy.IndexLines(text, ends[:c.room]); at != -1 || noted != c.want {
				t.Errorf("%d words, room for %d: %d noted, want %d", n, c.room, noted, c.want)
			}
		}
	}
}

func manyWords(n int) (out []Literal) {
	for i := range n {
		out = append(out, Literal{Text: fmt.Sprintf("word %d", i)})
	}
	return out
}

func FuzzIndex(f *testing.F) {
	f.Add("az login|high|&#", []byte(`{"a":"AZ LOGIN"}`), uint64(0))
	f.Add(`\u00|anonymizedip`, []byte(`{"a":"\u0041nonymizedIP AnonymizedIP"}`), uint64(3))
	f.Add("az login|high", []byte(strings.Repeat("{}\n", 40)+"high\n\n"), uint64(0))
	f.Add("abcd|bcde|cdefghij", []byte(strings.Repeat("abcabdbcdcdefghi", 9)+"cdefghij"), uint64(0))
	f.Fuzz(func(t *testing.T, words string, text []byte, fold uint64) {
		var list []Literal
		for i, w := range strings.Split(words, "|") {
			l := Literal{Text: w, Fold: fold>>(i&63)&1 != 0}
			if l.Fold {
				l.Text = string(lowered([]byte(w)))
			}
			if w != "" {
				list = append(list, l)
			}
		}
		if len(list) > 0 {
			compare(t, list, [][]byte{text})
		}
	})
}
