package report

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/value"
)

// hostile are texts that a log may hold and a terminal, a spreadsheet, a browser or a reader of lines may take for more.
var hostile = []struct{ name, text string }{
	{"plain", `C:\Windows\System32\cmd.exe /c "dir"`},
	{"empty", ""},
	{"blank", " "},
	{"blanks around", "  x  "},
	{"escape sequence", "a\x1b[2J\x1b]0;title\ab"},
	{"upper control character", "a\u009b2Jb"},
	{"delete", "a\x7fb"},
	{"newline", "a\nb"},
	{"carriage return", "a\rb"},
	{"both", "a\r\nb\r\n"},
	{"tab", "a\tb"},
	{"nul", "a\x00b"},
	{"right-to-left override", "a\u202egpj.exe"},
	{"zero width", "a\u200b\u2060\ufeffb"},
	{"line separator", "a\u2028b\u2029c"},
	{"language tag", "a\U000e0041b"},
	{"no UTF-8", "a\xff\xc3(b"},
	{"formula", "=1+1"},
	{"formula with quotes", `=HYPERLINK("http://example.com","x")`},
	{"plus", "+1"},
	{"minus", "-1"},
	{"at", "@x"},
	{"tab before a formula", "\t=1"},
	{"lone minus", "-"},
	{"quotes", `"a" ""`},
	{"commas", "a,b;c"},
	{"pipes and backticks", "a|b`c`"},
	{"markdown", `**a** [b](http://example.com) <img src=x> _c_ ~~d~~ $e$ \`},
	{"html", "<script>alert(1)</script>&amp;"},
	{"wide", "漢字かな한글"},
	{"emoji", "😀🚀"},
	{"combining", "e\u0301\u0301"},
	{"long", strings.Repeat("powershell -enc QUFBQQ== ", 400)},
}

// numbers are the values that are no text.
var numbers = []value.Value{
	{},
	value.OfLong(0), value.OfLong(-1), value.OfLong(math.MaxInt64), value.OfLong(math.MinInt64),
	value.OfDouble(0.5), value.OfDouble(-2.5e-9), value.OfDouble(1e300), value.OfDouble(3),
	value.OfDouble(math.NaN()), value.OfDouble(math.Inf(1)), value.OfDouble(math.Inf(-1)),
	value.OfBool(true), value.OfBool(false),
}

// sample is the same for all formats: two detections with columns of their own, one without rows, one that ended early.
func sample() []Result {
	texts := &engine.Table{Columns: []string{"name", "text", "n"}}
	for i, h := range hostile {
		texts.Rows = append(texts.Rows, []value.Value{value.OfString(h.name), value.OfString(h.text), value.OfLong(int64(i))})
	}
	values := &engine.Table{Columns: []string{"n", "value"}}
	for i, v := range numbers {
		values.Rows = append(values.Rows, []value.Value{value.OfLong(int64(i)), v})
	}
	return []Result{
		{Detection: &detections.Detection{ID: "t1", Title: "Texts", Severity: "high"}, Table: texts},
		{Detection: &detections.Detection{ID: "t2", Title: "Nothing\x1b[31m"}, Table: &engine.Table{Columns: []string{"user"}}},
		{Detection: &detections.Detection{ID: "t3", Severity: "low"}, Table: values, Partial: true},
	}
}

// query is a result of a user's own query with one column.
func query(column string, cells ...value.Value) []Result {
	t := &engine.Table{Columns: []string{column}}
	for _, c := range cells {
		t.Rows = append(t.Rows, []value.Value{c})
	}
	return []Result{{Table: t}}
}

func render(t *testing.T, format string, results []Result, o Options) string {
	t.Helper()
	f, ok := FormatByName(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var out bytes.Buffer
	if err := f.Write(&out, results, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEveryNamedFormatIsThere(t *testing.T) {
	if len(Formats) != len(formats) {
		t.Errorf("%d names, %d formats", len(Formats), len(formats))
	}
	for _, name := range Formats {
		if _, ok := FormatByName(name); !ok {
			t.Errorf("no format %s", name)
		}
	}
	if _, ok := FormatByName("xls"); ok {
		t.Error("xls is a format")
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBrokenPipe }

var errBrokenPipe = &pipeError{}

type pipeError struct{}

func (*pipeError) Error() string { return "broken pipe" }

func TestEveryFormatReportsAWriterThatFails(t *testing.T) {
	for _, name := range Formats {
		f, _ := FormatByName(name)
		for _, results := range [][]Result{sample(), query("a", value.OfString("b")), query("a")} {
			if f.NeedsDetections() && results[0].Detection == nil || name == "jsonl" && len(results[0].Table.Rows) == 0 {
				continue // not asked for, or nothing to write
			}
			if err := f.Write(brokenPipe{}, results, Options{}); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
	}
}

// terminalSafe fails a test if a text holds what a terminal obeys or hides.
func terminalSafe(t *testing.T, what, s string) {
	t.Helper()
	for i, r := range s {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u202e\u200b\u2060\ufeff\u2028\u2029\U000e0041", r)) {
			t.Errorf("%s: %U at byte %d", what, r, i)
		}
	}
}

func TestWhatATerminalObeysIsEscaped(t *testing.T) {
	for _, format := range []string{"table", "json", "jsonl", "md", "html", "timesketch", "navigator"} {
		terminalSafe(t, format, render(t, format, sample(), Options{Width: 120}))
	}
	terminalSafe(t, "raw", render(t, "raw", query("_raw", value.OfString("\x1b[2J\u202e")), Options{Width: 120}))
}
