package dialect

import (
	"strings"
	"testing"

	"retrohunt/engine/syntax"
)

func TestRewrite(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{`* | count by a`, ``},
		{`* | eval x = a + 1, y=if(a == "b, c", 1, 2)`, `* | a + 1 as x | if(a == "b, c", 1, 2) as y`},
		{`* | extend Name = toLower(User)`, `* | toLowerCase(User) as Name`},
		{`* | eval x = a . "b"`, ``},
		{`* | eval = 1 | eval as b`, ``},
		{`* | stats count by user host`, `* | count by user, host`},
		{`* | stats count as n, dc(ip) as ips, avg(bytes) by user, %"a b"`, `* | count as n, count_distinct(ip) as ips, avg(bytes) by user, %"a b"`},
		{`* | stats perc95(x) by user`, ``},
		{`* | stats count(eval(a=1)) by user`, ``},
		{`* | summarize n = count(), dcount(ip) by user`, `* | count as n, count_distinct(ip) by user`},
		{`* | summarize bad = countif(code >= 400), count() by user`, `* | if(code >= 400, 1, 0) as counted_1 | sum(counted_1) as bad, count by user`},
		{`* | summarize count() by bin(TimeGenerated, 1h)`, ``},
		{`* | summarize`, ``},
		{`* | project a, b | project-away c | table d e | head 5 | take 7 | distinct f, g`, `* | fields a, b | fields - c | fields d, e | limit 5 | limit 7 | count by f, g | fields f, g`},
		{`* | project a = b`, ``},
		{`* | where coalesce(a, toupper(b), "-") = "x" and isnotempty(c) and strlen(d) > 3`, `* | where if(!isBlank(a), a, if(!isBlank(toUpperCase(b)), toUpperCase(b), "-")) = "x" and !isEmpty(c) and length(d) > 3`},
		{`* | where a =~ /b\/c/ or a =~ "x"`, `* | where a matches /b\/c/ or a =~ "x"`},
		{`* | where matches(cmd, "(?i).*az\\s+login.*") and matches(cmd, "*az*") and matches(cmd, "az")`, `* | where cmd matches /(?i).*az\s+login.*/ and cmd matches "*az*" and matches(cmd, "az")`},
		{`* | where a matches ("x*")`, ``},
		{`* | where !cmd matches "*x*" and !(b matches "y")`, `* | where !(cmd matches "*x*") and !(b matches "y")`},
		{
			`* | where A has "Login" and b !has "x" and c startswith "Ab" and d !endswith ".exe" and e !contains "Z" and f contains "Z"`,
			`* | where A matches /(?i)(^|[^a-z0-9])login([^a-z0-9]|$)/ and !(b matches /(?i)(^|[^a-z0-9])x([^a-z0-9]|$)/) and toLowerCase(c) matches "ab*" and !(toLowerCase(d) matches "*.exe") and !(toLowerCase(e) contains "z") and f contains "Z"`,
		},
		{`* | where a has "a b" and b startswith "x*"`, ``},
		{
			`“failed login” | parse “user=*|"*\"” as a, b | where c = "“kept”" and d = ”x“ // “kept”`,
			`"failed login" | parse "user=*|\"*\"" as a, b | where c = "“kept”" and d = "x" // “kept”`,
		},
		{`* | where a = “b`, ``},
		{`* | parse regex "user=(\w+) from (?:x)([\d.]+)" as user, ip nodrop | count by user`, `* | parse regex "user=(?<user>\w+) from (?:x)(?<ip>[\d.]+)" nodrop | count by user`},
		{`* | parse regex field=m "(a)(b)" as c`, ``},
		{
			`dcount(x) toLower(y) | where a = "toLower(b) | eval c = 1" // | eval d = toLower(e)` + "\n" + `| where f matches /toLower(g) has "x"/ and toLower(h) = "i"`,
			`dcount(x) toLower(y) | where a = "toLower(b) | eval c = 1" // | eval d = toLower(e)` + "\n" + `| where f matches /toLower(g) has "x"/ and toLowerCase(h) = "i"`,
		},
		{`* | where tolower(coalesce(a, b)) = "x" | stats dc(a)`, `* | where toLowerCase(if(!isBlank(a), a, b)) = "x" | count_distinct(a)`},
	} {
		want := c.want
		if want == "" {
			want = c.query
		}
		got, done := Rewrite(c.query)
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, want)
		}
		if (len(done) > 0) != (c.want != "") {
			t.Errorf("%s: %d rewritten", c.query, len(done))
		}
		if again, more := Rewrite(got); again != got || len(more) > 0 {
			t.Errorf("%s is rewritten once more: %s", got, again)
		}
	}
}

func TestHints(t *testing.T) {
	for _, c := range []struct{ query, at, want string }{
		{`* | eval x = toLower(a)`, "eval", "write: toLower(a) as x"},
		{`* | eval x = toLower(a)`, "toLower", "write: toLowerCase(a)"},
		{`* | eval x = a . b`, "eval", "write | expression as name"},
		{`* | where a =~ "B.*"`, "=~", `write toLowerCase(a) = toLowerCase("B.*") if the text is meant, a matches /B.*/ if it is a regular expression`},
		{`* | where a has "b c"`, "has", `write: a matches /(?i)(^|[^a-z0-9])b c([^a-z0-9]|$)/`},
		{`* | summarize count() by bin(t, 1h)`, "summarize", "write the aggregate itself: | count by field"},
	} {
		at := strings.Index(c.query, c.at)
		if hint, _ := Hint(Find(c.query), syntax.Span{Start: at, End: at + len(c.at)}); hint != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, hint, c.want)
		}
	}
	if hint, ok := Hint(Find(`* | eval x = 1 | count`), syntax.Span{Start: 17, End: 22}); ok {
		t.Errorf("elsewhere: %s", hint)
	}
}

// FuzzRewrite: no text makes it panic or go on for ever.
func FuzzRewrite(f *testing.F) {
	for _, seed := range []string{`* | eval x = coalesce(a, b) | stats dc(a) by b`, `* | where matches(a, "(") has "x" =~ /`, `* | parse regex "(a" as b`, `*|summarize x=countif(`, `"|eval`, `/*|`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		if len(query) > 2000 {
			return
		}
		for _, finding := range Find(query) {
			if s := finding.Span; s.Start < 0 || s.End < s.Start || s.End > len(query) {
				t.Fatalf("%q: %+v", query, finding)
			}
		}
		Rewrite(query)
	})
}

func TestMetrics(t *testing.T) {
	for _, c := range []struct{ query, words string }{
		{`* | count by metric`, ``},
		{`"metric=a" symmetric=x | where metric=1 // metric=2`, ``},
		{`metric=CPU_Idle | avg by host`, `metric=`},
		{`#A (dc=eu Metric = CPU_Idle) | eval _value*2`, `Metric =`},
		{`#A | quantize to 1m using sum`, `quantize`},
		{`_sourceHost=a | topk(5, avg) | bottomk(3, max)`, `bottomk`},
		{`* | rate`, `rate`},
		{`* | rates as x`, ``},
		{`metric=cpu | wehre a = 1 | avg(b)`, ``},
	} {
		at, ok := Metrics(c.query)
		if got := c.query[at.Start:at.End]; got != c.words || ok != (c.words != "") {
			t.Errorf("%s: %q, %t; want %q", c.query, got, ok, c.words)
		}
	}
}
