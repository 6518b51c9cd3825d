package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"retrohunt/engine"
	"retrohunt/engine/syntax"
)

// excerptCases have the offending text between ‹ and ›.
var excerptCases = []struct {
	name  string
	src   Source
	width int
	want  string
}{
	{"a word", Source{Name: "query", Line: 1, Text: "x | ‹cuont› by a"}, 0, `
query:1:5: error: bad
    1 | x | cuont by a
      |     ^^^^^
`},
	{"nothing, at a place", Source{Name: "query", Line: 1, Text: "x | ‹›count"}, 0, `
query:1:5: error: bad
    1 | x | count
      |     ^
`},
	{"a later line of a file, indented there", Source{Name: "d.yaml", Line: 20, Indent: 4, Text: "x\n| where ‹y›\n| count"}, 0, `
d.yaml:21:13: error: bad
   21 | | where y
      |         ^
`},
	{"behind tabs", Source{Name: "query", Line: 1, Text: "\t\t‹a›\tb"}, 0, `
query:1:3: error: bad
    1 |     a  b
      |     ^
`},
	{"a span with tabs", Source{Name: "query", Line: 1, Text: "‹a\tb›"}, 0, `
query:1:1: error: bad
    1 | a  b
      | ^^^^
`},
	{"wide characters", Source{Name: "query", Line: 1, Text: `a="漢字" ‹"😀x"› b`}, 0, `
query:1:8: error: bad
    1 | a="漢字" "😀x" b
      |          ^^^^^
`},
	{"control characters", Source{Name: "q\x1b", Line: 1, Text: "\x1b[2J\u202e ‹b\x00›"}, 0, `
q\x1b:1:7: error: bad
    1 | \x1b[2J\u202e b\x00
      |               ^^^^^
`},
	{"the end of the query", Source{Name: "query", Line: 1, Text: "x | count by‹›"}, 0, `
query:1:13: error: bad
    1 | x | count by
      |             ^
`},
	{"the end behind empty lines", Source{Name: "query", Line: 1, Text: "x\r\n| count by \r\n\r\n‹›"}, 0, `
query:2:11: error: bad
    2 | | count by
      |           ^
`},
	{"CRLF", Source{Name: "query", Line: 1, Text: "x ‹y\r\n›| z\r\n"}, 0, `
query:1:3: error: bad
    1 | x y
      |   ^
`},
	{"over many lines: the first", Source{Name: "query", Line: 1, Text: "x | where ‹(a\nor b\nor c)› | z"}, 0, `
query:1:11: error: bad
    1 | x | where (a
      |           ^^
`},
	{"an empty query", Source{Name: "query", Line: 1, Text: "‹›"}, 0, `
query:1:1: error: bad
    1 | 
      | ^
`},
	{"a long line, the middle", Source{Name: "query", Line: 1, Text: strings.Repeat("a ", 50) + "‹b›" + strings.Repeat(" c", 50)}, 40, `
query:1:101: error: bad
    1 | a a a a a b c c c c c c c c c c
      |           ^
`},
	{"a long line, the end", Source{Name: "query", Line: 1, Text: strings.Repeat("漢", 50) + "‹b›"}, 31, `
query:1:51: error: bad
    1 | 漢漢漢漢漢漢漢漢漢漢b
      |                     ^
`},
	{"a long line, the whole", Source{Name: "query", Line: 1, Text: "‹" + strings.Repeat("ab", 50) + "›"}, 29, `
query:1:1: error: bad
    1 | abababababababababab
      | ^^^^^^^^^^^^^^^^^^^^
`},
}

func TestExcerptsPointAtTheOffendingText(t *testing.T) {
	for _, c := range excerptCases {
		t.Run(c.name, func(t *testing.T) {
			src, span := marked(t, c.src)
			var out bytes.Buffer
			QueryErrors(&out, src, &syntax.Error{Span: span, Msg: "bad"}, Options{Width: c.width})
			if got := "\n" + out.String(); got != c.want {
				t.Errorf("got%s\nwant%s\n%q", got, c.want, got)
			}
		})
	}
}

// marked takes the marks out of a query's text.
func marked(t *testing.T, src Source) (Source, syntax.Span) {
	t.Helper()
	before, rest, opened := strings.Cut(src.Text, "‹")
	inside, after, closed := strings.Cut(rest, "›")
	if !opened || !closed {
		t.Fatalf("no marks in %q", src.Text)
	}
	src.Text = before + inside + after
	return src, syntax.Span{Start: len(before), End: len(before) + len(inside)}
}

func TestLinesOfAnExcerptFitTheTerminal(t *testing.T) {
	line := strings.Repeat("a漢\t\x1b😀", 100)
	for _, columns := range []int{29, 40, 80, 200} {
		for at := range line {
			var out bytes.Buffer
			span := syntax.Span{Start: at, End: len(line)}
			QueryErrors(&out, Source{Name: "q", Line: 1, Text: line}, &syntax.Error{Span: span, Msg: "bad"}, Options{Width: columns})
			for l := range strings.Lines(out.String()) {
				if n := columnsOf(strings.TrimSuffix(l, "\n")); n > columns {
					t.Fatalf("at %d: %d columns in a terminal of %d: %s", at, n, columns, l)
				}
			}
		}
	}
}

func TestMistakesSayWhatWasExpectedWhatWasOpenedAndWhatMayBeMeant(t *testing.T) {
	src := Source{Name: "query", Line: 1, Text: "x | where (a\n| cuont"}
	err := syntax.ErrorList{
		&syntax.Error{
			Span: syntax.Span{Start: 13, End: 14}, Msg: "unexpected |", Want: ")", Hint: "did you mean count?\x1b",
			Opening: &syntax.Span{Start: 10, End: 11},
		},
		&syntax.UnsupportedError{Span: syntax.Span{Start: 4, End: 9}, What: "operator where", Why: "not built yet"},
		errors.New("out of \x1b[1mluck"),
	}
	var out bytes.Buffer
	QueryErrors(&out, src, err, Options{})
	QueryWarning(&out, src, syntax.Span{Start: 0, End: 1}, "matches everything", Options{})
	want := `query:2:1: error: unexpected |, expected )
    2 | | cuont
      | ^
query:1:11: note: opened here
    1 | x | where (a
      |           ^
  did you mean count?\x1b
query:1:5: not supported: operator where is valid in Sumo Logic but not supported here: not built yet
    1 | x | where (a
      |     ^^^^^
query: error: out of \x1b[1mluck
query:1:1: warning: matches everything
    1 | x | where (a
      | ^
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

func TestARealMistakeIsShownWhereItStands(t *testing.T) {
	src := Source{Name: "d.yaml", Line: 3, Indent: 2, Text: "_sourceCategory=Windows/*\n| where \n"}
	_, err := engine.Compile(src.Text)
	if err == nil {
		t.Fatal("it compiles")
	}
	var out bytes.Buffer
	QueryErrors(&out, src, err, Options{Color: true})
	if !strings.HasPrefix(out.String(), "d.yaml:4:10: \x1b[31;1merror\x1b[0m: ") || !strings.HasSuffix(out.String(), "    4 | | where\n      |        ^\n") {
		t.Errorf("%s\n%q", out.String(), out.String())
	}
}
