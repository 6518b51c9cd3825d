package report

import (
	"testing"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/value"
)

// str and null are cells.
func str(s string) value.Value { return value.OfString(s) }

var null value.Value

var formatCases = []struct {
	name    string
	format  string
	results []Result
	want    string
}{
	{"csv of a query", "csv", query("a", str("x"), value.OfLong(7)), "a\r\nx\r\n7\r\n"},
	{"csv: no rows", "csv", query("a"), "a\r\n"},
	{"csv: null and empty in an only column are lines that readers see", "csv", query("a", null, str("")), "a\r\n\"\"\r\n\"\"\r\n"},
	{"csv: line ends inside a cell stay", "csv", query("a", str("x\r\ny\nz\r")), "a\r\n\"x\r\ny\nz\r\"\r\n"},
	{"csv: quotes are doubled", "csv", query("a", str(`say "x"`)), "a\r\n\"say \"\"x\"\"\"\r\n"},
	{
		"csv: formulas are defused, numbers are none", "csv", query("a", str("=1+1"), str("-1"), value.OfLong(-1), str("-"), str("@")),
		"a\r\n'=1+1\r\n'-1\r\n-1\r\n-\r\n@\r\n",
	},
	{"csv: a formula for a column", "csv", query("=1+1", str("x")), "'=1+1\r\nx\r\n"},
	{"csv of detections: all columns, each once", "csv", twoDetections, "detection,severity,user,n,host\r\nd1,high,u,3,\r\nd2,-,,4,h\r\n"},

	{
		"json of a query", "json", query("a", str("x"), null, value.OfDouble(1.5), value.OfBool(true)),
		"[\n{\"a\":\"x\"},\n{\"a\":null},\n{\"a\":1.5},\n{\"a\":true}\n]\n",
	},
	{"json: no rows", "json", query("a"), "[\n]\n"},
	{"json: null is not empty", "json", query("a", null, str("")), "[\n{\"a\":null},\n{\"a\":\"\"}\n]\n"},
	{"json of detections", "json", twoDetections, `[
{"detection":"d1","severity":"high","row":{"user":"u","n":3}},
{"detection":"d2","severity":"-","partial":true,"row":{"host":"h","n":4}}
]
`},

	{"jsonl of a query", "jsonl", query("a", str("<x>&")), "{\"a\":\"<x>&\"}\n"},
	{"jsonl: no rows", "jsonl", query("a"), ""},
	{
		"jsonl: what hides is escaped", "jsonl", query("a\u202e", str("\u009b\x7f\U000e0041")),
		"{\"a\\u202e\":\"\\u009b\\u007f\\udb40\\udc41\"}\n",
	},

	{"md of a query", "md", query("a", str("x|y`z`"), null), "| a |\n| --- |\n| x\\|y\\`z\\` |\n|  |\n"},
	{"md: numbers to the right", "md", query("n", value.OfLong(1), null, value.OfDouble(2.5)), "| n |\n| --: |\n| 1 |\n|  |\n| 2.5 |\n"},
	{"md: no rows", "md", query("a"), "No rows.\n"},
	{
		"md: a text means itself", "md", query("a_b", str(`*x* [y](z) <b> ~~d~~ $e$ &amp; \`+"\n")),
		"| a\\_b |\n| --- |\n| \\*x\\* \\[y\\](z) &lt;b&gt; \\~\\~d\\~\\~ \\$e\\$ &amp;amp; \\\\\\\\n |\n",
	},
	{"md of detections", "md", twoDetections, `### d1 One \| \*two\* (high)

| user | n |
| --- | --: |
| u | 3 |

### d2  (-)

Partial: the run ended early.

| host | n |
| --- | --: |
| h | 4 |
`},

	{"table of a query", "table", query("a", str("x"), null, str("")), " a \n───\n x \n   \n   \n"},
	{"table: no rows", "table", query("a"), "no rows\n"},
	{"table of detections", "table", twoDetections, `d1  One | *two*  [high]  1 row
 user │ n 
──────┼───
 u    │ 3 

d2  [-]  1 row
partial: the run ended early
 host │ n 
──────┼───
 h    │ 4 
`},
	{"raw: a message a line", "raw", query("_raw", str("a\r\nb\nc"), str("\x1b[2J")), "a b c\n\x1b[2J\n"},
	{"table: what a terminal obeys is shown", "table", query("a\x1b", str("\x1b[2Jx\ny")), " a\\x1b       \n─────────────\n \\x1b[2Jx\\ny \n"},
}

var twoDetections = []Result{
	{
		Detection: &detections.Detection{ID: "d1", Title: "One | *two*", Severity: "high"},
		Table:     &engine.Table{Columns: []string{"user", "n"}, Rows: [][]value.Value{{str("u"), value.OfLong(3)}}},
	},
	{
		Detection: &detections.Detection{ID: "d2"},
		Table:     &engine.Table{Columns: []string{"host", "n"}, Rows: [][]value.Value{{str("h"), value.OfLong(4)}}},
		Partial:   true,
	},
}

func TestFormats(t *testing.T) {
	for _, c := range formatCases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, c.format, c.results, Options{}); got != c.want {
				t.Errorf("got\n%s\nwant\n%s\n%q", got, c.want, got)
			}
		})
	}
}
