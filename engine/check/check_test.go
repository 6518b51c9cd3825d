package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// checked parses and checks a query, and shows each mistake as "text it points at: message", an unsupported thing with
// "unsupported" before it.
func checked(t *testing.T, src string) (*Info, []string) {
	t.Helper()
	q, err := syntax.Parse(src)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	info, err := Check(q)
	if (info == nil) == (err == nil) {
		t.Fatalf("info %v with error %v", info, err)
	}
	var list syntax.ErrorList
	errors.As(err, &list)
	var shown []string
	for _, e := range list {
		at := e.(syntax.Node).Pos()
		text := src[at.Start:at.End] + ": " + e.Error()
		var u *syntax.UnsupportedError
		if errors.As(e, &u) {
			text = "unsupported " + src[at.Start:at.End] + ": " + u.What
			if u.Hint == "" {
				text += ", and nothing says what to write instead"
			}
		}
		shown = append(shown, text)
	}
	return info, shown
}

func TestMistakes(t *testing.T) {
	for _, test := range []struct{ query, want string }{
		// names
		{`* | wehre x = 1 | count`, `wehre: unknown operator wehre; did you mean where?`},
		{`* | cuont by x`, `cuont: unknown operator cuont; did you mean count?`},
		{`* | cuont(x) by y`, `cuont: unknown aggregate cuont; did you mean count?`},
		{`* | count, smu(x) as y by z`, `smu: unknown aggregate smu; did you mean sum?`},
		{`* | where isBlnk(x) | count`, `isBlnk: unknown function isBlnk; did you mean isBlank?`},
		{`isBlnk(x) | count`, `isBlnk: unknown function isBlnk; did you mean isBlank?`},
		{`* | where avg(x) > 1 | count`, `avg: the aggregate avg cannot stand here as function; for example: avg(latency) by host`},
		{`* | frobnicate "x" | where y = 1 | sort z`, `frobnicate: unknown operator frobnicate`},

		// what is not Sumo
		{`* | eval x = 1 | count`, `eval: there is no operator eval in Sumo Logic; write | expression as name`},
		{`* | stats count by x`, `stats: there is no operator stats in Sumo Logic; write the aggregate itself: | count by field`},
		{`* | count by a, b | table a, b`, `table: there is no operator table in Sumo Logic; write | fields a, b`},
		{`* | dcount(x) by y`, `dcount: there is no aggregate dcount in Sumo Logic; write count_distinct(field)`},
		{`* | dcount(x) as n by y`, `dcount: there is no aggregate dcount in Sumo Logic; write count_distinct(field)`},
		{`* | coalesce(a, b, c) as d | count`, `coalesce: there is no function coalesce in Sumo Logic; write if(!isBlank(a), a, b)`},
		{`* | where toLower(a) = "x" | count`, `toLower: there is no function toLower in Sumo Logic; write toLowerCase(field)`},
		{`* | parse regex "(\d+)" as n | count`, `parse regex "(\d+)" as n: parse regex takes no names after as; name the groups in the expression: "user=(?<user>\w+)"`},
		{`* | where !x matches "p*" | count`, `!x: ! binds tighter than what follows, so it negates x alone; write !(x matches "p*")`},
		{`* | where !x in ("a", "b") | count`, `!x: ! binds tighter than what follows, so it negates x alone; write !(x in ("a", "b"))`},
		{`* | where !x = "a" | count`, `!x: ! binds tighter than what follows, so it negates x alone; write !(x = "a")`},

		// arity and kinds
		{`* | where isNull(a, b) | count`, `isNull(a, b): isNull takes 1 argument, not 2; for example: isNull(user)`},
		{`* | where isNull() | count`, `isNull(): isNull takes 1 argument, not 0; for example: isNull(user)`},
		{`* | substring(a) as b | count`, `substring(a): substring takes 2 to 3 arguments, not 1; for example: substring(user, 0, 3)`},
		{`* | sum by x`, `sum: sum takes 1 argument, not 0; for example: sum(bytes) as total by host`},
		{`* | sum(*) by x`, `sum(*): only count takes *; for example: sum(bytes) as total by host`},
		{`* | count(a, b)`, `count(a, b): count takes 0 to 1 arguments, not 2; for example: count by user, host`},
		{`* | avg(x + y)`, `x + y: avg takes a field, not an expression; give it a name before: | x + y as x | avg(x)`},
		{`* | where a + 1 | count`, `a + 1: this is a number, not a condition; compare it with something: … = "value"`},
		{`* | where a = 1 or "x" | count`, `"x": this is text, not a condition; compare it with something: … = "value"`},
		{`* | where if(a, "x", "y") | count`, `if(a, "x", "y"): this is text, not a condition; compare it with something: … = "value"`},
		{`* | if(a + 1, b, c) as d | count`, `a + 1: this is a number, not a condition; compare it with something: … = "value"`},
		{`* | where !(a * 2) | count`, `a * 2: this is a number, not a condition; compare it with something: … = "value"`},
		{`* | a + "b" as c | count`, `"b": this text is not a number; concat(a, b) joins texts`},
		{`* | (a = b) - 1 as c | count`, `a = b: this is a truth value, not a number`},
		{`* | where a matches ("x" or b) | count`, `"x": this is text, not a condition; compare it with something: … = "value"` + "\n" +
			`"x" or b: this is a truth value, not a pattern; write x matches "a*" or x matches "b*"`},
		{`* | where isNull(/a/) | count`, `/a/: a regular expression stands only after matches and in replace`},

		// names for results
		{`* | if(a, b, c) | count`, `if(a, b, c): this has no name; write … as name`},
		{`* | a = b | count`, `a = b: this has no name; write … as name`},
		{`* | (a) | count`, `a: this has no name; write … as name`},
		{`* | count, count by x`, `count: there is a column _count already; give this one another name: … as name`},
		{`* | sum(a), sum(b) as c, sum(d)`, `sum(d): there is a column _sum already; give this one another name: … as name`},
		{`* | count as X by x`, `count as X: two columns would have the name X: this one, and the field of that name behind by; give this one another name: … as name; or leave X out behind by`},

		// columns after an aggregate
		{`* | count by user | where usr = "a"`, `usr: there is no field usr after the aggregate; did you mean user?`},
		{`* | count by user | sort by count`, `count: there is no field count after the aggregate; did you mean _count?`},
		{`* | count by a | sum(b)`, `b: there is no field b after the aggregate`},
		{`* | count by a | count by b`, `b: there is no field b after the aggregate`},
		{`* | count by user, host | fields user | sort by host`, `host: there is no field host after the aggregate`},
		{`* | count by user, host | fields - host | sort by host`, `host: there is no field host after the aggregate`},
		{`* | count by user | fields users`, `users: there is no field users after the aggregate; did you mean user?`},
		{`* | count by user | fields - user, _count`, `fields - user, _count: this drops every column`},
		{`* | count by a, b, A`, `A: the field A is named twice`},
		{`* | count by a, b | fields a, A`, `A: the field A is named twice`},

		// limits
		{`* | count by x | limit 0`, `0: limit takes a whole number from 1 to 10,000, not 0`},
		{`* | count by x | limit 10001`, `10001: limit takes a whole number from 1 to 10,000, not 10001`},
		{`* | count by x | limit 1.5`, `1.5: limit takes a whole number from 1 to 10,000, not 1.5`},
		{`* | json auto maxdepth 0 | count`, `0: maxdepth takes a whole number from 1, not 0`},
		{`* | json auto refonly | count`, `json auto refonly: refonly and as stand only with keys; for example: json auto keys "a", "b" refonly as x, y`},
		{`* | json auto keys "a" as b, c | count`, `b: there are 2 names for 1 keys`},
		{`size>big | count`, `size>big: big is not a number, expected a number after >`},

		// regular expressions
		{`* | where a matches /(b/ | count`, `/(b/: this regular expression is not valid: missing closing ): (b`},
		{`* | where a matches /^((?!x).)*$/ | count`, ``},
		{`* | where a matches /(?<=x)y/ | count`, ``},
		{`* | where a matches /(a)\1/ | count`, ``},
		{`* | where a matches /a++/ | count`, ``},
		{`* | where a matches /(?>a)/ | count`, ``},
		{`* | where a matches /\h/ | count`, ``},
		{`* | where a matches /[a-z&&[^x]]/ | count`, ``},
		{`* | where a matches /a{2000}/ | count`, ``},

		// what is known of arguments before any row
		{`* | format("%q", a) as b | count`, `"%q": the format has a conversion that is not supported; there are s, d, x, o, f, e, g, c, b, n and %; for example: format("%s: %.2f", name, share)`},
		{`* | format("%s %s", a) as b | count`, `"%s %s": the format has more places than there are values`},
		{`* | formatDate(a, "yyyy-MM-ddThh") as b | count`, `"yyyy-MM-ddThh": the pattern has a letter that stands for nothing; quote texts: 'T'; for example: "yyyy-MM-dd'T'HH:mm:ss"`},
		{`* | formatDate(a, b, "Mars/Base") as c | count`, `"Mars/Base": there is no time zone Mars/Base; for example: "America/New_York"`},
		{`* | parseDate(a, "YYYY") as b | count`, `"YYYY": weeks and week years in a pattern are not read; write y for Y, d for F; for example: "yyyy-MM-dd'T'HH:mm:ss"`},
		{`* | substring(a, -1) as b | count`, `-1: substring takes whole numbers from 0`},
		{`* | substring(a, 3, 2) as b | count`, `2: this substring ends before it starts`},
		{`* | hash(a, "md4") as b | count`, `"md4": hash does not know md4; there are md5, sha1, sha2_256 and murmur3_128`},
		{`* | base64Decode(a, "latin1") as b | count`, `"latin1": base64Decode does not know the encoding latin1; there are US-ASCII, UTF-8, UTF-16, UTF-16LE, UTF-16BE, UTF-32, UTF-32LE and UTF-32BE`},
		{`* | where compareCIDRPrefix("10.0.0.0", a, "33") | count`, `"33": a prefix length is a whole number from 0 to 32; for example: "24"`},
		{`* | tourl(a, b, "x") as c | count`, `"x": tourl takes a prefix and a suffix, or neither; write tourl(url, name, "prefix", "")`},
		{`* | replace(a, /x(y)/, "$2") as b | count`, `"$2": the replacement names a group that the regular expression does not have`},
		{`* | replace(a, /x/, "5$") as b | count`, `"5$": a $ in a replacement names a group: $1, ${name}; write \\$ for a dollar`},
		{`* | replace(a, /x(/, "$2") as b | count`, `/x(/: this regular expression is not valid: missing closing ): x(`},
		{`* | concat(a, /x/) as b | count`, `/x/: a regular expression stands only after matches and in replace`},

		// parse stages
		{`* | parse "a*b" as x, y | count`, `x: 2 names for 1 star`},
		{`* | parse "a" as x | count`, `"a": the pattern has no *; for example: parse "user=* from *" as user, ip`},
		{`* | parse "a*" as x, "b**c" as y, z | count`, `"b**c": two * stand side by side: nothing tells where the first one ends; for example: parse "user=* from *" as user, ip`},
		{`* | count by a | parse "x*" as b`, `parse "x*" as b: there is no message after the aggregate; name a column to read: field=…`},
		{`* | count by a | parse field=b "x*" as c | where c = d`, "b: there is no field b after the aggregate\nd: there is no field d after the aggregate"},
		{`* | parse regex "a(c)(?:d)" | count`, `"a(c)(?:d)": no group of this regular expression has a name; write (?<name>…) for a field`},
		{`* | parse regex "(?<b>" | count`, `"(?<b>": this regular expression is not valid: missing closing ): (?<b>`},
		{`* | extract "(?<a>x)", "(?<b>y)" multi | count`, `"(?<b>y)": multi takes one regular expression`},
		{`* | parse regex "(?<b>x)(?=y)" | count by b | where b = "x"`, ``},
		{`* | where a matches /\p{javaLetter}/ | count`, `unsupported /\p{javaLetter}/: the class \p{javaLetter} in a regular expression`},
		{`* | where a matches /[a-z&&[^x]&&[^y]]/ | count`, `unsupported /[a-z&&[^x]&&[^y]]/: an intersection of more than two classes in a regular expression`},
		{`* | parse regex "(?<src-ip>x)" | count`, `unsupported "(?<src-ip>x)": a group name of other characters than letters, digits and _ in a regular expression`},
		{`* | json "a", "b" as c | count`, `c: 1 name for 2 paths`},
		{`* | json "a..", "b" | count`, `"a..": a key is missing in the JSON path`},
		{`* | json "a[b]" as c | count`, `"a[b]": "b" is no place in an array; a key stands in quotes: ['b']`},
		{`* | json "a[0,'b']" as c | count`, `"a[0,'b']": brackets of a JSON path hold keys, or places, or one slice, or *`},
		{`* | json "a[0" as c | count`, `"a[0": a bracket of the JSON path is never closed`},
		{`* | json "a['b" as c | count`, `"a['b": a key of the JSON path is never closed`},
		{`* | json "a[?(@.b =~ /x/)]" as c | count`, `unsupported "a[?(@.b =~ /x/)]": the comparison =~ in a filter of a JSON path`},
		{`* | join (count by a) as t1, (*) as t2 on t1.a = t2.b | where t1__count > 1 and t2_any = "x" | where t1_any = "x" or t3_a = "x"`, "t1_any: there is no field t1_any after the aggregate; did you mean t1_a?\nt3_a: there is no field t3_a after the aggregate; did you mean t1_a?"},
		{`* | join (count by a) as t1, (*) as t2 on t1.b = t2.b and t1.a = a`, "t1.b: there is no field b after the aggregate\na: this is no field of a table of the join; write the table's name before it: t1.a"},
		{`* | join (*) as t1, (*) as T1 on t1.a = t1.b`, "T1: two tables have the name T1\nT1: nothing ties T1 to a table before it; compare one of its fields with one of theirs: on t1.a = T1.b\nt1.a = t1.b: both fields are of one table; compare fields of two tables: on t1.a = t2.b"},
		{`* | join (*) as t1, (*) as t2, (*) as t3 on t1.a = t3.b timewindow 10`, "t2: nothing ties t2 to a table before it; compare one of its fields with one of theirs: on t1.a = t2.b\n10: 10 is no window of time; for example: 30s, 5m, 1h, 1d, 1w"},
		{`* | join (*) as t1 on t1.a = t1.b | count`, "join (*) as t1 on t1.a = t1.b: join takes two tables or more; for example: join (parse \"a=*\" as a) as t1, (parse \"b=*\" as b) as t2 on t1.a = t2.b\nt1.a = t1.b: both fields are of one table; compare fields of two tables: on t1.a = t2.b"},
		{`* | join (join (*) as a, (*) as b on a.x = b.x) as t1, (*) as t2 on t1.x = t2.x`, `join (*) as a, (*) as b on a.x = b.x: a join cannot stand in a join`},
		{`* | count by a | filter a in (join (*) as b, (*) as c on b.a = c.a)`, `join (*) as b, (*) as c on b.a = c.a: a join cannot stand in a filter`},
		{`* | join (lookup * from path://"/x" on a=b) as t1, (count by a | lookup * from path://"/x" on a=b) as t2 on t1.c = t2.c | where t2_d = t2_e and t1_d = t2_a`, ``},
		{`* | join (count by a | lookup * from path://"/x" on a=b | fields - d) as t1, (*) as t2 on t1.c = t2.c | where t1_c = t1_d`, "t1_d: there is no field t1_d after the aggregate; did you mean t1_a?"},
		{`* | sort | count`, `unsupported sort: sort without a field before an aggregate`},
		{`* | json "a[?(@.b == 1]" as c | count`, `"a[?(@.b == 1]": a filter of the JSON path is never closed`},
		{`* | split a delim="ab" quote='x' extract 0 as b, c | count`, "\"ab\": this must be one character\n0: columns count from 1, in whole numbers"},
		{`* | count by a | csv b extract c | where c = 1`, `b: there is no field b after the aggregate`},
		{`* | kv auto regex "a=(.*)" | count`, `"a=(.*)": keyvalue auto takes no regular expression; for example: keyvalue auto`},
		{`* | kv "a" refonly | kv auto refonly | count`, "kv \"a\" refonly: refonly stands only with auto and keys; for example: keyvalue auto keys \"user\" refonly\nkv auto refonly: refonly stands only with auto and keys; for example: keyvalue auto keys \"user\" refonly"},
		{`* | count by a | fillmissing values all in a with -a for _count takelast`, "fillmissing values all in a with -a for _count takelast: takelast takes the values of the slice before, and there are no slices; for example: fillmissing timeslice(1h) takelast\n-a: fillmissing takes literals; for example: fillmissing values(\"ok\", \"failed\") in status with 0 for _count"},
		{`* | kv field=a | count`, `kv field=a: keyvalue needs keys; for example: keyvalue "user", "action"`},
		{`* | keyvalue delim ":" "a", "" | count`, "\":\": delim stands only with auto; for example: keyvalue auto delim \":\"\n\"\": a key cannot be empty"},
		{`* | keyvalue "a" as b, c | count`, `b: 2 names for 1 key`},
		{`* | keyvalue regex "a=b" keys "a" | count`, "\"a=b\": this regular expression must have one group, the value, or two, the key and the value; for example: \"=(\\S+)\""},
		{`* | parse xml "a/b", "/a//b" as c, d | count`, `"a/b": an XML path begins with one / at the root of the document; for example: "/a/b[2]/@c"`},
		{`* | parse xml "/a//b" as d | count`, `"/a//b": an XML path holds names of elements, and at its end maybe @name or text(); for example: "/a/b[2]/@c"`},
		{`* | parse xml "/a[0]" as d | count`, `"/a[0]": brackets of an XML path hold a place from 1, last() or @name=value; for example: "/a/b[2]/@c"`},
		{`* | parse xml "/a" nodrop | count`, `parse xml "/a" nodrop: 0 names for 1 path; for example: parse xml "/a/b/@c" as c`},

		// valid, not built
		{`* | count by a | kv field=a auto | where x = 1`, `unsupported kv field=a auto: keyvalue auto after an aggregate`},
		{`* | pct(a, 50, 101) by b`, `101: pct takes percentages up to 100, not 101`},
		{`* | pct(a, 50, 90) as b | count by b`, `b: this is one name for several columns; write pct(f, 50) as a, pct(f, 90) as b`},
		{`* | pct(a, b)`, "b: pct takes numbers after the field; for example: pct(latency, 50, 95) by host"},
		{`* | count_frequent, count by b`, "count_frequent: count_frequent cannot stand beside other functions"},
		{`* | count_frequent`, `count_frequent: count_frequent counts by fields; for example: count_frequent src_ip, user`},
		{`* | count_frequent(a) by b`, `count_frequent(a): count_frequent takes 0 arguments, not 1; for example: count_frequent src_ip, user`},
		{`* | count by a | top 0 a by b`, "0: top takes a whole number from 1 to 10,000, not 0\nb: there is no field b after the aggregate"},
		{`* | count by a, b | transpose row a column b as x, a`, `a: the field a is named twice`},
		{`* | count by a, b | transpose row a column b | sort by x`, `x: what transpose makes has no field x by name; list the columns that you name: transpose … as x, *`},
		{`* | count by a, b | transpose row a column b as x, * | fields - x, y`, `y: what transpose makes has no field y by name; list the columns that you name: transpose … as y, *`},
		{`* | count by a | fillmissing timeslice in a, values("x", a + 1) in a with b for c`, "timeslice in a: no timeslice before says how wide its slices are; for example: fillmissing timeslice(1h)\n" +
			`a + 1: fillmissing takes literals; for example: fillmissing values("ok", "failed") in status with 0 for _count` + "\na: the field a is named twice\n" +
			`b: fillmissing takes literals; for example: fillmissing values("ok", "failed") in status with 0 for _count` + "\nc: there is no field c after the aggregate"},
		{`* | count by a | topk(0, b) by c`, "0: topk takes a whole number from 1 to 10,000, not 0\nb: there is no field b after the aggregate\nc: there is no field c after the aggregate"},
		{`* | count by a | smooth _count, 1001 | total _count, 2 | accum b by c`, "1001: smooth takes a whole number from 1 to 1,000, not 1001\n2: total takes no number\n" +
			"b: there is no field b after the aggregate\nc: there is no field c after the aggregate"},
		{`* | count by a | dedup 0 by a | dedup`, "0: dedup takes a whole number from 1 to 10,000, not 0\n" +
			"dedup: dedup without fields compares _raw, which is gone after the aggregate; for example: dedup 1 by user"},
		{`* | timeslice 1h | count by a | outlier b by c window=0, consecutive=1.5 threshold=3m`, "outlier b by c window=0, consecutive=1.5 threshold=3m: outlier needs the slices of time; " +
			"for example: timeslice 1h | count by _timeslice | outlier _count\nb: there is no field b after the aggregate\nc: there is no field c after the aggregate\n" +
			"0: window takes a whole number from 1 to 1,000, not 0\n1.5: consecutive takes a whole number from 1 to 1,000, not 1.5\n" +
			"3m: threshold takes a number of standard deviations, not 3m"},
		{`* | count by a | filter a, b in (sum(_count) by c | filter a in (sort a) | limit 0)`, "a: the stages in the filter leave no field a\nb: there is no field b after the aggregate\n" +
			"c: there is no field c after the aggregate\nfilter a in (sort a): a filter cannot stand in a filter\n" +
			"0: limit takes a whole number from 1 to 10,000, not 0"},
		{`* | count by a | filter a in (count)`, "a: the stages in the filter leave no field a"},
		{`* | filter a in (sort a) | count`, `filter a in (sort a): filter works on the rows of an aggregate, and there is none before it; for example: count by user, host | filter user in (sum(_count) by user | top 5 user by _sum)`},
		{`* | count by a, b | transpose row a column b | filter a in (sort a)`, `unsupported filter a in (sort a): filter of columns that only the rows decide`},
		{`* | transactionize a maxSpan=5 maxPause=1.5m maxLogs=0 (merge b, c as b, d as _GROUP, _messagetime join)`, "5: maxSpan takes a time, not 5; for example: 500ms, 30s, 5m, 1h\n" +
			"1.5m: maxPause takes a time, not 1.5m; for example: 500ms, 30s, 5m, 1h\n0: maxLogs takes a whole number from 1, not 0\n" +
			"c as b: there is a column b already; give this one another name: … as name\n" +
			"d as _GROUP: there is a column _GROUP already; give this one another name: … as name\n" +
			"_messagetime join: merge takes only the first or the last _messageTime; for example: merge _messageTime takeFirst"},
		{`* | count by a | filter a in (save x) | save geo://location`, "save x: save cannot stand in a filter\n" +
			`geo://location: save stores tables of the library; for example: save path://"/Library/users"`},
		{`* | transaction on a fringe=5 with states b, a, latency | where c = 1`, "transaction on a fringe=5 with states b, a, latency: transaction makes two columns a; give a state another name: … as name\n" +
			"5: fringe takes a time, not 5; for example: 500ms, 30s, 5m, 1h\nc: there is no field c after the aggregate"},
		{`* | transaction on a with states a results by flow | where a = b`, `b: there is no field b after the aggregate`},
		{`* | count by a | transaction on a with states b in c`, "unsupported transaction on a with states b in c: transaction behind an aggregate\nc: there is no field c after the aggregate"},
		{`* | sessionize "a*" as b, "$c" | where d = 1`, `"$c": no pattern before has a field c; for example: sessionize "login * from *" as (id, ip), "user $id did *" as (what)`},
		{`* | sessionize "a*" as _messagetime | where d = 1`, `sessionize "a*" as _messagetime: sessionize takes two patterns or more; ` +
			`for example: sessionize "login * from *" as (id, ip), "user $id did *" as (what)` + "\n" +
			`sessionize "a*" as _messagetime: sessionize makes two columns _messagetime; give the field another name` + "\nd: there is no field d after the aggregate"},
		{`* | count by a | sessionize "a", "b"`, `unsupported sessionize "a", "b": sessionize behind an aggregate`},
		{`* | join (merge a) as t1, (parse "b=*" as b | save x) as t2 on t1.a = t2.b`, "unsupported merge a: a join of transactions or sessions\n" +
			"save x: save cannot stand in a join"},
		{`* | merge a | where b = 1`, `b: there is no field b after the aggregate`},
		{`* | count by a | transactionize a | merge a`, "unsupported transactionize a: transactionize behind an aggregate\nunsupported merge a: merge behind an aggregate"},
		{`* | outlier _count | count`, `outlier _count: outlier works on the rows of an aggregate, and there is none before it; for example: timeslice 1h | count by _timeslice | outlier _count`},
		{`* | count by a | trace "b(c)" "d"`, `trace "b(c)" "d": trace looks into _raw, which is gone after the aggregate; for example: trace "id=(\w+)" "7f92" | count by user`},
		{`* | bin a | count`, `bin a: bin needs the width of its ranges; for example: bin latency width=10`},
		{`* | bin a width=0 min=2, max=-2 | count`, "0: the width of a range is a number above 0, not 0\n-2: max is not above min"},
		{`* | timeslice 5 | count by _timeslice`, `5: 5 is no width of a slice of time; for example: 30s, 5m, 1h, 1d, 1w`},
		{`* | timeslice 0m as t | timeslice 5ms | count by t`, "0m: 0m is no width of a slice of time; for example: 30s, 5m, 1h, 1d, 1w\n" +
			"5ms: 5ms is no width of a slice of time; for example: 30s, 5m, 1h, 1d, 1w"},
		{`* | count by a | timeslice 5m`, `timeslice 5m: there is no field _messageTime after the aggregate`},

		// valid, not built
		{`* | timeslice 0 buckets | count by _timeslice`, `0: timeslice takes a whole number from 1 to 10,000, not 0`},
		{`* | timeslice | count by _timeslice | fillmissing timeslice`, `timeslice: no timeslice before says how wide its slices are; for example: fillmissing timeslice(1h)`},
		{`* | fields - _raw, _messagetime, _SOURCECATEGORY`, `fields - _raw, _messagetime, _SOURCECATEGORY: this drops every column`},
		{`* | fillmissing values all in a`, `fillmissing values all in a: fillmissing works on the rows of an aggregate, and there is none before it; for example: timeslice 1h | count by _timeslice | fillmissing timeslice`},
		{`* | timeslice 1d | fillmissing timeslice, values all in a | where b=1 | count(c) as d by _timeslice, A`, `fillmissing timeslice, values all in a: fillmissing works on the rows of an aggregate, and there is none before it; ` +
			`put it behind the aggregate: count(c) as d by _timeslice, A | fillmissing timeslice, values all in a`},
		{`* | fillmissing values all in a | count by b`, `fillmissing values all in a: fillmissing works on the rows of an aggregate, and there is none before it; put it behind an aggregate by a`},
		{`* | count by a | json auto`, `unsupported json auto: json auto after an aggregate`},
		{`* | count by a | logreduce | sort by c | limit 3 | fields d`, `unsupported logreduce: the operator logreduce`},
		{`* | compare timeshift 1d | count`, `compare timeshift 1d: compare compares the rows of an aggregate, and there is none before it; for example: count by user | compare timeshift 1d`},
		{`* | count by a | compare timeshift 1d | sum(_count_1d) | compare timeshift 1w`, `compare timeshift 1w: compare can stand only once in a query; ` +
			`give one compare several timeshifts: compare timeshift 1d, timeshift 1w`},
		{`* | count by a | filter a in (compare timeshift 1d)`, `compare timeshift 1d: compare cannot stand in a filter; put it behind the filter`},
		{`* | count by a, b | transpose row a column b as c, * | compare timeshift 1d | where c_1d = 1 | where d_1d = 1`, `d_1d: what transpose makes has no field d_1d by name; list the columns that you name: transpose … as d_1d, *`},
		{`* | join (count by a) as t1, (count by a) as t2 on t1.a = t2.a | compare with timeshift 1d 3 avg as x`, `compare with timeshift 1d 3 avg as x: compare compares the rows of an aggregate; nothing tells which row of join is which in another range of time; ` +
			`group them before: count by t1_a | compare timeshift 1d 3 avg as x`},
		{`* | merge a | compare timeshift 1d`, `compare timeshift 1d: compare compares the rows of an aggregate; nothing tells which row of merge is which in another range of time; group them before: count by a | compare timeshift 1d`},
		{`* | count by a | compare timeshift 1d 5 avg, timeshift 1w 4`, `compare timeshift 1d 5 avg, timeshift 1w 4: compare takes up to 7 earlier ranges of time in all`},
		{`* | count by a | compare timeshift 1d 0`, `0: timeshift takes a whole number of ranges, not 0`},
		{`* | count by a | compare timeshift 1.5d, timeshift 7, timeshift 99999w`, "1.5d: 1.5d is no shift of time; for example: 30s, 5m, 1h, 1d, 1w\n" +
			"7: 7 is no shift of time; for example: 30s, 5m, 1h, 1d, 1w\n99999w: 99999w is too far back"},
		{`* | count as n, sum(b) as n_1d by a | compare timeshift 1d, timeshift 1w as x, timeshift 2w as X`, "timeshift 1d: there is a column n_1d already; give this range another name: … as name\n" +
			"timeshift 2w as X: there is a column n_X already; give this range another name: … as name\n" +
			"timeshift 2w as X: there is a column n_1d_X already; give this range another name: … as name"},
		{
			`* | count as n by a | compare timeshift 1d 2, timeshift 1d 2 avg, timeshift 2h 1 min as low, timeshift 1w 2 as w | fields n_1d, n_2d, n_2d_avg, n_low, n_w_1w, n_w_2w | fields a_1d`,
			`a_1d: there is no field a_1d after the aggregate; did you mean n_1d?`,
		},
		{`* | transpose row a column b | count`, `transpose row a column b: transpose works on the rows of an aggregate, and there is none before it; for example: count by _timeslice, host | transpose row _timeslice column host`},
		{`* | count, sum(c) by a, b | transpose row a column b`, `unsupported transpose row a column b: transpose where not just one column is left for the cells`},
		{`* | count by a, b | transpose row a column b | transpose row a column a`, "unsupported transpose row a column a: " +
			"transpose where not just one column is left for the cells\na: the field a is named twice"},
		{`* | lookupContains(a, b) as c | first(c), frob(d) by e`, "frob: unknown aggregate frob"},
		{`* | cat path://"/Library/x" | count`, `cat: cat stands before the first pipe, in the place of the scope; for example: cat path://"/Library/users"`},
		{`cat geo://location | count`, ``},
		{`* | lookup a, b as A from path://"/x" on c=d | count by a`, `b as A: two columns make a field A; write b as another name`},
		{`* | lookup street from geo://location on ip=a | count by street`, `street: this table has no column street`},
		{`* | lookup city from geo://location on a=b | count by city`, `a=b: the key of this table is ip; write on ip = a`},
		{`* | lookup city from geo://location on ip=a, ip=b | count by city`, `ip=b: this table has one key: ip`},
		{`* | count by a | lookup c from path://"/x" on d=e`, `d: there is no field d after the aggregate`},
		{`* | count by a | lookup c from path://"/x" on d=a | where lookupContains(/y, a=d)`, ``},
		{`* | count by a | lookup * from path://"/x" on a=d | where e = 1 | fields - f | total g by e | count by e | where g = 1`, `g: there is no field g after the aggregate`},
		{`* | count by a | lookup * from path://"/x" on a=d | fields - e | where e = 1`, `e: there is no field e after the aggregate`},
		{`* | count by a | fields a | lookup * from path://"/x" on a=d | transpose row a column e`, ``},
		{`* | count by a | lookup * from geo://location on ip=a | sort by city`, ``},
		{`* | lookup * from /x on a=b | where c = 1`, ``},
		{`* | geoip a street | count`, `street: this table has no column street`},
		{`* | threatlookup include="old" a | count`, `"old": include is all, active or expired`},
		{`* | count by a | logreduce`, `unsupported logreduce: the operator logreduce`},

		// many, in the order of their places
		{`size>x | count by a, a | limit 0 | where b = c`, "size>x: x is not a number, expected a number after >\na: the field a is named twice\n" +
			"0: limit takes a whole number from 1 to 10,000, not 0\nb: there is no field b after the aggregate\nc: there is no field c after the aggregate"},
	} {
		_, got := checked(t, test.query)
		if strings.Join(got, "\n") != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.query, strings.Join(got, "\n"), test.want)
		}
	}
}

func TestColumns(t *testing.T) {
	for query, want := range map[string]string{
		`* | count`:                                                                           `_count`,
		`* | count by b, A`:                                                                   `b A _count`,
		`* | sum(x), count as n, avg(x) by b`:                                                 `b _sum n _avg`,
		`* | count as n f, g`:                                                                 `f g n`,
		`* | min(x), max(x), count_distinct(x)`:                                               `_min _max _count_distinct`,
		`* | x as User | count by user`:                                                       `User _count`,
		`* | x as User | y as USER | count by user | count by uSer`:                           `User _count`,
		`* | json auto keys "a", "b" as UserName, x | count by username`:                      `UserName _count`,
		`* | json auto keys "UserName" | count by username`:                                   `UserName _count`,
		`* | where UserName = "x" | count by username`:                                        `username _count`,
		`* | count by a, b | fields _count, B`:                                                `_count b`,
		`* | count by a, b | fields - A`:                                                      `b _count`,
		`* | count by a | json field=a "b.c", "d" nodrop`:                                     `a _count b.c d`,
		`* | count by a | parse field=a "*x*" as _, b`:                                        `a _count b`,
		`* | parse regex "(?<Ab>x)" | count by ab | extract field=ab "(?<c>.)(?P<d>.)" multi`: `Ab _count c d`,
		`* | count by a | kv field=a "b-c", "d" nodrop`:                                       `a _count b_c d`,
		`* | fields a | count by b`:                                                           `b _count`,
		`* | count by a | _count * 2 as double | isNull(a) | a as b`:                          `a _count double _isNull b`,
		`* | count by a | toLong(A) | round(_count, 2) | concat(a, _count) | now()`:           `a _count _concat _now`,
		`* | count by a | if(isNull(a), "-", a) as A | where a != "x" | limit 10000`:          `a _count`,
		`* | count by a, b | sum(_count) as n by a | sort by n, a asc`:                        `a n`,
		`* | count by src | count | where _COUNT > 1`:                                         `_count`,
		`isBlank(x) a in ("b") !(c=d) | count by _sourceCategory, %"x y" | order by + %"X Y"`: `_sourceCategory x y _count`,
	} {
		info, mistakes := checked(t, query)
		if mistakes != nil {
			t.Errorf("%s: %s", query, mistakes)
			continue
		}
		if got := strings.Join(info.Columns, " "); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}

// TestDetection checks the query that all this is for.
func TestDetection(t *testing.T) {
	archive, err := txtar.ParseFile("../syntax/testdata/t1021.007.txtar")
	if err != nil {
		t.Fatal(err)
	}
	info, mistakes := checked(t, string(archive.Files[0].Data))
	if mistakes != nil || len(info.Warnings) > 0 {
		t.Fatalf("%s %v", mistakes, info)
	}
	want := "_sourceCategory actor src_ip CloudPlatform DetectionType cmd_line _count"
	if got := strings.Join(info.Columns, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWarnings(t *testing.T) {
	for query, want := range map[string]string{
		`_sourceCategory=*a* | count`:                ``,
		`_sourceCategory="a b" | count`:              ``,
		`"a*" _sourceCategory="*a*" | count`:         `_sourceCategory="*a*": wildcards work within quotes here`,
		`(_index=a or !_View=b) _dataTier=c | count`: "_index=a: _index selects a data set\n_View=b: _View selects a data set\n_dataTier=c: _dataTier selects a data set",
		`* | extract "(a|b)(?<c>.)" | count`:         `"(a|b)(?<c>.)": a group of this regular expression has no name and makes no field; (?:…) says so`,
		`* | count by a | fields - b | fields - a`:   `b: there is no column b to drop`,
		`parse regex "(?<a>x)" | count by a`:         `parse regex: these are words to search for; a stage begins with a pipe: * | parse …`,
		`JSON field=_raw "a" as b | count`:           `JSON field=_raw: these are words`,
		`parse error "x" | count`:                    ``,
		`"parse" "x" or json | count`:                ``,
	} {
		info, mistakes := checked(t, query)
		if mistakes != nil {
			t.Errorf("%s: %s", query, mistakes)
			continue
		}
		wants := strings.Split(want, "\n")
		if want == "" {
			wants = nil
		}
		same := slices.EqualFunc(info.Warnings, wants, func(w Warning, want string) bool {
			return strings.HasPrefix(query[w.Span.Start:w.Span.End]+": "+w.Msg, want)
		})
		if !same {
			t.Errorf("%s: got %v, want %s", query, info.Warnings, want)
		}
	}
}

func TestAssignName(t *testing.T) {
	for query, want := range map[string]string{
		`* | toLong(Duration)`:     "Duration",
		`* | TOLOWERCASE(x)`:       "x",
		`* | num(x) as y`:          "y",
		`* | toLong(concat(a, b))`: "_toLong",
		`* | ISNULL(x)`:            "_isNull",
		`* | frobnicate(x)`:        "_frobnicate",
		`* | a + b`:                "",
		`* | if(a, b, c)`:          "",
	} {
		q, err := syntax.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := AssignName(q.Stages[0].(*syntax.Assign)); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestAggNames(t *testing.T) {
	for query, want := range map[string]string{
		`* | COUNT`:                          "_count",
		`* | count as n`:                     "n",
		`* | pct(x, 95)`:                     "_x_pct_95",
		`* | pct(x)`:                         "_x_pct_50",
		`* | pct`:                            "_pct",
		`* | pct_sampling(%"a b", 50, 99.9)`: "_a b_pct_50 _a b_pct_99.9",
		`* | frob(x) by y`:                   "_frob",
		`* | least_recent(x)`:                "_leastrecent",
	} {
		q, err := syntax.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(AggNames(q.Stages[0].(*syntax.Aggregate).Funcs[0]), " "); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// TestCatalogAndGrammarAgree holds each row of the catalog to the parser: its example is what the row says it is, and
// passes the checks or is reported as the row has it.
func TestCatalogAndGrammarAgree(t *testing.T) {
	for _, e := range catalog.All() {
		if e.Support == catalog.NotSumo {
			continue
		}
		stage := e.Example
		if e.Kind == catalog.Function || e.Kind == catalog.Infix {
			stage += " as x"
		}
		if e.Name == "cat" {
			if _, err := Check(inContext(t, e, stage)); err != nil {
				t.Errorf("%s: %v", e.Name, err)
			}
			continue
		}
		q, err := syntax.Parse("* | " + stage)
		if err != nil {
			t.Errorf("%s %s: %v", e.Kind, e.Name, err)
			continue
		}
		if _, unknown := q.Stages[0].(*syntax.UnknownStage); unknown != (e.Kind == catalog.Operator && e.Support != catalog.Supported) {
			t.Errorf("%s %s reads as %T", e.Kind, e.Name, q.Stages[0])
		}
		if _, aggregate := q.Stages[0].(*syntax.Aggregate); aggregate != (e.Kind == catalog.Aggregate) {
			t.Errorf("%s %s reads as %T", e.Kind, e.Name, q.Stages[0])
		}
		_, err = Check(inContext(t, e, stage))
		if e.Support == catalog.Supported && err != nil {
			t.Errorf("%s %s: %v", e.Kind, e.Name, err)
		}
		var u *syntax.UnsupportedError
		if what := fmt.Sprintf("the %s %s", e.Kind, e.Name); e.Support != catalog.Supported && (!errors.As(err, &u) || u.What != what || u.Why != e.Support.String()) {
			t.Errorf("%s: %v", what, err)
		}
		var mistake *syntax.Error
		if errors.As(err, &mistake) {
			t.Errorf("%s %s: %v", e.Kind, e.Name, mistake)
		}
	}
}

// rowOperators stand behind an aggregate.
var rowOperators = []string{
	"sort", "order", "limit", "fields", "top", "transpose", "fillmissing", "topk",
	"total", "accum", "diff", "backshift", "smooth", "rollingstd", "dedup", "outlier", "filter",
	"compare",
}

// inContext puts the example of an entry where it can stand: before or after an aggregate that leaves its fields.
func inContext(t *testing.T, e catalog.Entry, stage string) *syntax.Query {
	query := "* | " + stage + " | count"
	switch {
	case e.Kind == catalog.Aggregate:
		query = "* | " + stage
	case e.Name == "cat": // in the place of the scope
		query = stage + " | count"
	case slices.Contains(rowOperators, e.Name):
		query = "* | timeslice 1h | count by _timeslice, user | " + stage
	}
	q, err := syntax.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// FuzzCheck holds that nothing that parses makes the checker panic, and that a query checks like its print.
func FuzzCheck(f *testing.F) {
	f.Add(`_index=x size>1 isBlank(y) | json auto keys "a" as b | if(!a in (1), toLong(c), max(d, e)) as f | count, sum(f) by g, G | fields - h | sort by i | limit 99999 | lookup x`)
	f.Add(`* | where a matches /(?=b)/ and !c matches d or e + "f" | toInt(g) | pct(h, 5), dcount(i) by j | a as b`)
	f.Fuzz(func(t *testing.T, src string) {
		q, err := syntax.Parse(src)
		if err != nil {
			return
		}
		info, err := Check(q)
		again, parseErr := syntax.Parse(syntax.Print(q))
		if parseErr != nil {
			return // longer than a query may be
		}
		infoAgain, errAgain := Check(again)
		if (err == nil) != (errAgain == nil) || err != nil && err.Error() != errAgain.Error() {
			t.Fatalf("%v, then %v", err, errAgain)
		}
		if err == nil && !slices.Equal(info.Columns, infoAgain.Columns) {
			t.Fatalf("%v, then %v", info.Columns, infoAgain.Columns)
		}
	})
}

func TestColumnsOfMessages(t *testing.T) {
	for query, want := range map[string]string{
		`*`:                                     "_messageTime _sourceCategory _raw",
		`* | where a = 1 | sort by b | limit 3`: "_messageTime _sourceCategory _raw",
		`* | parse "a=*" as A | 1 as b | parse "c=*" as a nodrop`:                "_messageTime _sourceCategory A b _raw",
		`* | accum a | topk(1, a) | timeslice 10 buckets`:                        "_messageTime _sourceCategory __timeslice_end _accum _rank _timeslice _raw",
		`* | 1 as a | 2 as _own | fields c, A`:                                   "_messageTime _sourceCategory _own c a _raw",
		`* | 1 as a | 2 as b | fields - A, _sourcecategory, _raw`:                "_messageTime b",
		`* | fields - _raw | 1 as _raw | 2 as _messagetime`:                      "_messageTime _sourceCategory _raw",
		`* | json auto keys "a", "b.c" as x, y | json "d.e" | json auto`:         "_messageTime _sourceCategory d.e x y _raw",
		`* | 1 as a | fields b | 2 as a`:                                         "_messageTime _sourceCategory a b _raw",
		`* | 1 as delay | 2 as B | 3 as a`:                                       "_messageTime _sourceCategory a B delay _raw",
		`* | 1 as b | 2 as a | fields b, a | 3 as B | limit 1`:                   "_messageTime _sourceCategory b a _raw",
		`* | dedup by a | top 3 a by b | total c as d by e | first(a) as f by c`: "c f",
	} {
		info, got := checked(t, query)
		if len(got) > 0 || strings.Join(info.Columns, " ") != want {
			t.Errorf("%s: %v\n got %v\nwant %s", query, got, info, want)
		}
	}
}
