package match

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// holdsOne is what Literals does, the slow way.
func holdsOne(list []Literal, text []byte) bool {
	for _, l := range list {
		if l.Fold && bytes.Contains(lowered(text), []byte(l.Text)) || !l.Fold && bytes.Contains(text, []byte(l.Text)) {
			return true
		}
	}
	return false
}

// firstOf is where the first of the literals begins, the slow way.
func firstOf(list []Literal, text []byte) int {
	first := -1
	for _, l := range list {
		in := text
		if l.Fold {
			in = lowered(text)
		}
		if i := bytes.Index(in, []byte(l.Text)); i >= 0 && (first < 0 || i < first) {
			first = i
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
		l := CompileLiterals(list)
		for _, lit := range list {
			text := lit.Text
			if lit.Fold {
				text = strings.ToUpper(text)
			}
			for before := range 40 {
				for after := range 40 {
					b := []byte(strings.Repeat(".", before) + text + strings.Repeat(".", after))
					if !l.Match(b) {
						t.Fatalf("%v: not found in %s", list, b)
					}
					b[before+len(text)/2] = '.'
					if l.Match(b) != holdsOne(list, b) {
						t.Fatalf("%v: found in %s", list, b)
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
		want := holdsOne(list, text)
		if got := CompileLiterals(list).Match(text); got != want {
			t.Fatalf("%v in %s: %v", list, text, got)
		}
		if got, want := CompileLiterals(list).Index(text), firstOf(list, text); got != want {
			t.Fatalf("%v in %s: at %d, not %d", list, text, got, want)
		}
		if want {
			found++
		}
	}
	if found < rounds/5 || found > rounds*4/5 {
		t.Errorf("found %d times in %d: the test shows little", found, rounds)
	}
}

func TestTheFirstOfTheLiteralsIsFoundInALongText(t *testing.T) {
	list := []Literal{{"needle", false}, {"a needle or a pin", true}, {"x!", false}}
	l := CompileLiterals(list)
	for at := range 5000 {
		text := []byte(strings.Repeat(".", at) + "A needle or a PIN" + strings.Repeat(".", 3000) + "x!")
		if got := l.Index(text); got != at {
			t.Fatalf("at %d, not %d", got, at)
		}
	}
}

func TestThousandsOfLiterals(t *testing.T) {
	var list []Literal
	for i := range 3000 {
		list = append(list, Literal{Text: fmt.Sprintf("malware-%d-tool", i*7), Fold: i%2 == 0})
	}
	l := CompileLiterals(list)
	for _, lit := range list {
		if !l.Match([]byte("it is " + lit.Text + " that runs")) {
			t.Fatal(lit)
		}
	}
	if l.Match([]byte("it is malware-1-tool that runs")) {
		t.Error("found what is not there")
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
		if got, want := CompileLiterals(list).Match(text), holdsOne(list, text); got != want {
			t.Fatalf("%v in %q: %v, not %v", list, text, got, want)
		}
		if got, want := CompileLiterals(list).Index(text), firstOf(list, text); got != want {
			t.Fatalf("%v in %q: at %d, not %d", list, text, got, want)
		}
	})
}

// BenchmarkLiterals looks for what T1021.007 asks of an event in text that has none of it.
func BenchmarkLiterals(b *testing.B) {
	var list []Literal
	for _, text := range []string{
		"Connect-AzAccount", "Connect-MgGraph", "Connect-ExchangeOnline", "az login", "az account", "aws configure", "aws sts",
		"gcloud auth", "medium", "high", "anonymizedIP", "ConsoleLogin", `\u00`, "&#", "<!", "<?",
	} {
		list = append(list, Literal{Text: text})
	}
	l := CompileLiterals(list)
	event := []byte(strings.Repeat(`{"eventTime":"2026-03-11T18:58:09Z","CommandLine":"C:\\Windows\\System32\\cmd.exe /c dir","errorCode":0},`, 15))
	b.SetBytes(int64(len(event)))
	for b.Loop() {
		if l.Match(event) {
			b.Fatal("found")
		}
	}
}
