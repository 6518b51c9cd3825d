package syntax

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// withoutSpans makes the comparison of trees blind to places.
var withoutSpans = cmp.Options{
	cmp.Comparer(func(a, b Span) bool { return true }),
	cmp.Exporter(func(reflect.Type) bool { return true }),
}

// checkPrint holds q to the law: Parse(Print(q)) equals q in everything but spans, and prints the same.
func checkPrint(t *testing.T, q *Query) {
	t.Helper()
	text := Print(q)
	if len(text) > MaxQuery {
		return // printing can lengthen a query: a=b becomes a = b
	}
	again, err := Parse(text)
	if err != nil {
		t.Fatalf("the print of a query does not parse: %v\n%s", err, text)
	}
	if diff := cmp.Diff(q, again, withoutSpans); diff != "" {
		t.Fatalf("the print of a query reads differently:\n%s\n%s", text, diff)
	}
	if Print(again) != text {
		t.Fatalf("printed %q, then %q", text, Print(again))
	}
}

// addSeeds gives a fuzzer the queries of the corpus and seeds.
func addSeeds(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	for _, path := range corpus(f) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".sumo") {
				f.Add(string(file.Data))
			}
		}
	}
}

// seeds are queries with a bit of everything.
var seeds = []string{
	``,
	`*`,
	`error !(a or "b c") _sourceCategory=*x/y* size>=100 isBlank(x) y in ("a", 2) NOT %"a b"="c*"`,
	`| trace + "a=(.)" "1" | trace - "b" "2" | kv auto keys "a" refonly as b | count by c | fillmissing timeslice(1h), values all in c with -1.5 for d takeLast`,
	`| json auto field=x keys "a", "b" refonly as c, d extractarrays maxdepth 3 nodrop | count`,
	`* | where a.b = 1.5Ki OR !isNull(%x[2].y) and not_x matches /a\/b|c/ and c matches ("*d*") || e not in (1, "f") && true`,
	`* | a ? -b : c % 2 - (d - e) * (f + g) / h as %"i j" | contains(a, b contains "\"\\\n") as by_`,
	`* | if(a contains b, null, replace(x, /y\\/, "z")) as q | toLong(x) | (count) as n | max(a, b) as c | %"sort" - 1 as x`,
	`* | count_distinct(a), pct(b, 95) as p, count(*) as n group a, B | sort +a, -b, c asc, d | order by e | fields - a, b | limit 5`,
	`* | count f, g | count as n f, g | dcount(x) as y by z | min(x) | lookup * from geo://location on ip=x // c | d
	 | split x delim='|' extract 1 as y | join (a | b) as t1 /* | */ on t1.x=t2.y`,
	`x | where (a = 1 | count by b, | where "c`,
	`* | parse "a*\"" as (x, y), "*" as z nodrop field=f | parse regex "\"(?<a>\\)" multi | extract field=b "(c)", regex "d" | json "e[0]" as f nodrop
	 | csv g delim='|' quote="x" extract a, 2 as b | kv auto delim ":" | kv regex "=(a)\"" keys "h" as i | parse xml "/a/@b" as c`,
}

func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src string) {
		q, err := Parse(src)
		if q == nil && utf8.RuneCountInString(src) <= MaxQuery {
			t.Fatalf("no tree, with error %v", err)
		}
		var list ErrorList
		if err != nil && (!errors.As(err, &list) || len(list) == 0) {
			t.Fatalf("%T is no list of errors", err)
		}
		before := 0
		for _, e := range list {
			at := e.(Node).Pos()
			if at.Start < 0 || at.Start > at.End || at.End > len(src) {
				t.Fatalf("%v at %v of %d", e, at, len(src))
			}
			if at.Start < before {
				t.Fatalf("%v at %v is out of order", e, at)
			}
			before = at.Start
		}
		if err == nil {
			checkSpans(t, reflect.ValueOf(q), Span{0, len(src)})
		}
		if bad := badStages(q); bad > len(list) {
			t.Fatalf("%d stages could not be read, with %d errors", bad, len(list))
		}
	})
}

func badStages(q *Query) (n int) {
	if q == nil {
		return 0
	}
	for _, s := range q.Stages {
		if _, bad := s.(*BadStage); bad {
			n++
		}
	}
	return n
}

// checkSpans holds every node to a place that is not empty and lies in that of the node above it.
func checkSpans(t *testing.T, v reflect.Value, parent Span) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			checkSpans(t, v.Elem(), parent)
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkSpans(t, v.Index(i), parent)
		}
	case reflect.Struct:
		at, ok := v.FieldByName("Span").Interface().(Span)
		if !ok || at.Start < parent.Start || at.End > parent.End || at.Start >= at.End && parent.End > 0 {
			t.Fatalf("%s at %v is not within %v", v.Type(), at, parent)
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Type != reflect.TypeFor[Span]() {
				checkSpans(t, v.Field(i), at)
			}
		}
	}
}

func FuzzParsePrint(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src string) {
		if q, err := Parse(src); err == nil {
			checkPrint(t, q)
		}
	})
}
