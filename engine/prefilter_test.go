package engine_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"retrohunt/engine"
	"retrohunt/engine/function"
	"retrohunt/engine/match"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

func TestWhatAnEventMustHold(t *testing.T) {
	exact := func(list ...string) []match.Literal {
		var out []match.Literal
		for _, s := range list {
			out = append(out, match.Literal{Text: s})
		}
		return out
	}
	anyCase := func(list ...string) []match.Literal {
		var out []match.Literal
		for _, s := range list {
			out = append(out, match.Literal{Text: s, Fold: true})
		}
		return out
	}
	cases := []struct {
		query string // between the scope and count
		want  []match.Literal
		why   string
	}{
		{`*`, nil, "*"},
		{`* | where a = "needle"`, exact("needle"), ""},
		{`* | where "needle" = a`, exact("needle"), ""},
		{`* | where a != "needle"`, nil, `a != "needle"`},
		{`* | where !(a != "needle")`, exact("needle"), ""},
		{`* | where a > "needle"`, nil, `a > "needle"`},
		{`* | where a = 4625`, nil, "a = 4625"},
		{`* | where a = "4625"`, nil, `a = "4625"`},
		{`* | where a in ("4625", "needle")`, exact("4625", "needle"), ""},
		{`* | where a in (4625, "needle")`, nil, `a in (4625, "needle")`},
		{`* | where a in ("4625", b)`, nil, `a in ("4625", b)`},
		{`* | where a not in ("needle")`, nil, `!(a in ("needle"))`},
		{`* | where a matches "*ab*needle*"`, exact("needle"), ""},
		{`* | where a matches "*a*"`, nil, `a contains "a"`},
		{`* | where a matches "*"`, nil, "a is not null"},
		{`* | where a matches b`, nil, "a matches b"},
		{`* | where a contains "needle"`, exact("needle"), ""},
		{`* | where a contains b`, nil, "a contains b"},
		{`* | where a matches /x[0-9]+needle(one|other)+/`, exact("needle"), ""},
		{`* | where a matches /(?:needle|(?i)PIN|haystack{2,})/`, append(anyCase("haystac"), append(exact("needle"), anyCase("pin")...)...), ""},
		{`* | where a matches /^(needle)?.*$/`, nil, `a matches /^(needle)?.*$/`},
		{`* | where a = "C:\\Users\\needle"`, exact("needle"), ""},
		{`* | where a matches "*{\"b\":\"needle\",\"c\":\"pinpoint\"}*"`, exact("pinpoint"), ""},
		{`* | where a = "it is a <b>needle</b>"`, exact("it is a "), ""},
		{`* | where a = "::needle:pin"`, exact("needle:pin"), ""},
		{`* | where a = "nädelchen"`, exact("delchen"), ""},
		{`* | where a = "needle" and b = "needles"`, exact("needles"), ""},
		{`* | where a = "needle" | where b = "needles"`, exact("needles"), ""},
		{`* | where b = "microsoft" and a = "needle"`, exact("needle"), ""},
		{`* | where a = "needle" or b = "needles"`, exact("needle", "needles"), ""},
		{`* | where a = "needle" or isNull(b)`, nil, "isNull(b)"},
		{`* | where a = "needle" and isNull(b)`, exact("needle"), ""},
		{`* | where !(a != "needle" and b != "pin")`, exact("needle", "pin"), ""},
		{`* | where !(a != "needle" or isNull(b))`, exact("needle"), ""},
		{`* | where if(isNull(a), b = "needle", c = "pin")`, exact("needle", "pin"), ""},
		{`* | where a`, nil, "a"},
		{`* | where false`, nil, ""},
		{`* | if (isBlank(a), b, c) as x | where x = "needle"`, exact("needle"), ""},
		{`* | if (isBlank(a), "pin", "needle") as x | where x = "needle"`, nil, `x#0 = "needle"`},
		{`* | if (a = "pin", "here", "there") as x | where x = "here"`, exact("pin"), ""},
		{`* | if (a = "pin", "here", b) as x | where x = "lost"`, exact("lost"), ""},
		{`* | a matches "*needle*" as x | where x`, exact("needle"), ""},
		{`* | toLowerCase(a) as x | where x = "needle"`, anyCase("needle"), ""},
		{`* | where trim(toUpperCase(a)) = "NEEDLE"`, anyCase("needle"), ""},
		{`* | where concat(a, b) = "needle"`, nil, `concat(a, b) = "needle"`},
		{`* | json auto field=a | where b = "needle"`, exact("needle"), ""},
		{`* | toLowerCase(a) as a | json auto field=a | where b = "needle"`, nil, `coalesce(b#1, b) = "needle"`},
		{`needle`, anyCase("needle"), ""},
		{`needle OR "a needless pin"`, anyCase("needle", "needless"), ""},
		{`need*le`, anyCase("need"), ""},
		{`!needle`, nil, `!(the message holds the word "needle")`},
		{`a=need?ing*`, anyCase("need"), ""},
		{`_sourceCategory=needle`, nil, `_sourcecategory is "needle" in any case`},
		{`_raw=*needle*`, anyCase("needle"), ""},
		{`needle | where a = "a needle"`, exact("a needle"), ""},
		{`* | parse "needle=*, pin=*" as a, b`, exact("needle="), ""},
		{`* | parse "\"needle\":*," as a`, exact("needle"), ""},
		{`* | parse field=msg "=*" as a`, nil, "*"},
		{`* | parse field=msg "needle=*" as a nodrop`, nil, "*"},
		{`* | parse field=msg "needle=*" as a nodrop | where a = "haystacks"`, exact("haystacks"), ""},
		{`* | parse field=msg "needle=*" as a nodrop | parse field=msg "pinpoint *" as b`, exact("needle=", "pinpoint "), ""},
		{`* | parse field=msg "needle=*" as a nodrop | parse regex field=msg "(?<b>\d+)"`, nil, "*"},
		{`* | parse regex "(?i)user=(?<a>\w+)" | where a = "a needle"`, exact("a needle"), ""},
		{`* | parse regex "needles?: (?<a>\w+)"`, exact("needle"), ""},
		{`* | parse regex "pin(?<a>\w+)needle" multi`, exact("needle"), ""},
		{`* | toLowerCase(msg) as m | parse field=m "needle=*" as a`, anyCase("needle="), ""},
		{`* | parse "x=*" as m | toLowerCase(m) as m | where m = "needle"`, anyCase("needle"), ""},
		{`* | concat(msg, b) as m | parse field=m "needle=*" as a`, nil, "*"},
		{`* | split msg delim="," extract 1 as a | where a = "needle"`, nil, `a#0 = "needle"`},
		{`* | json "k" as a | where a = "needle"`, nil, `a#0 = "needle"`},
		{`* | where isNaN(a) | where b = "needle"`, nil, "*"},
		{`* | where b = "needle" | where isNaN(a)`, exact("needle"), ""},
	}
	for _, c := range cases {
		q, err := engine.Compile(c.query + " | count")
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		got := q.Prefilter()
		if got.Always != (c.why != "") || got.Why != c.why {
			t.Errorf("%s: %t, %q", c.query, got.Always, got.Why)
		}
		if diff := cmp.Diff(c.want, got.Literals, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.query, diff)
		}
	}
}

// TestEventsThatReachTheRowsPassThePrefilter: of random queries over random events, spelt in many ways.
func TestEventsThatReachTheRowsPassThePrefilter(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 8))
	var tally filterTally
	for range rounds {
		d := randomDice(random)
		c := randomCase(d)
		var spelt []string
		for _, e := range c.events {
			spelt = append(spelt, e, respelt(random, e), carried(random, e))
		}
		if err := tally.check(c.query, spelt); err != nil {
			t.Fatal(err)
		}
	}
	tally.showsSomething(t)
}

func TestEventsThatReachT1021007PassThePrefilter(t *testing.T) {
	query := shippedQuery(t)
	random := rand.New(rand.NewPCG(1021, 9))
	var tally filterTally
	for range rounds / 4 {
		var spelt []string
		for _, e := range randomEvents(randomDice(random), shapes...) {
			spelt = append(spelt, e, respelt(random, e), carried(random, e))
		}
		if err := tally.check(query, spelt); err != nil {
			t.Fatal(err)
		}
	}
	tally.showsSomething(t)
}

func TestEventsThatReachTheRowsOfStoriesPassThePrefilter(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1021, 10))
	var tally filterTally
	for _, file := range files {
		story, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if story.Files[1].Name != "events" {
			continue // it tells of a mistake
		}
		var spelt []string
		for _, e := range strings.Split(strings.TrimSpace(string(story.Files[1].Data)), "\n") {
			spelt = append(spelt, e, respelt(random, e), carried(random, e))
		}
		if err := tally.check(string(story.Files[0].Data), spelt); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	tally.showsSomething(t)
}

// FuzzPrefilter lets the fuzzer throw the dice, and spell.
func FuzzPrefilter(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		f.Add(randomDice(random).faces, random.Uint64())
	}
	f.Fuzz(func(t *testing.T, faces []byte, seed uint64) {
		c := randomCase(&dice{faces})
		random := rand.New(rand.NewPCG(seed, 1))
		var spelt []string
		for _, e := range c.events {
			spelt = append(spelt, e, respelt(random, e), carried(random, e))
		}
		if err := new(filterTally).check(c.query, spelt); err != nil {
			t.Fatal(err)
		}
	})
}

// filterTally counts what checks saw.
type filterTally struct{ filters, hits, turnedAway int }

// check returns which event the prefilter turns away though it reaches the rows, or how the tables differ.
func (t *filterTally) check(query string, events []string) error {
	q, err := bound(query)
	if err != nil {
		return fmt.Errorf("the query is not one: %w", err)
	}
	q = composed(q.At(storyClock), events)
	filter := engine.NewPrefilter([]*engine.Query{q})
	if filter == nil {
		return nil
	}
	t.filters++
	for _, noMapping := range []bool{false, true} {
		var projection normalize.Projection
		all, some := q.NewWorker(&projection), q.NewWorker(&projection)
		n := normalize.New(&projection, normalize.Options{NoMapping: noMapping})
		for _, e := range events {
			record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "log.json"})
			if err != nil {
				continue
			}
			verdict, passes := all.Add(record), filter.Passes([]byte(e))
			switch {
			case passes:
				some.Add(record)
			case verdict == engine.Hit:
				return fmt.Errorf("%s\nreached by\n%s\nwhich has none of %+v", query, e, q.Prefilter().Literals)
			default:
				t.turnedAway++
			}
			if verdict == engine.Hit {
				t.hits++
			}
		}
		whole, filtered := q.Table(all), q.Table(some)
		if diff := cmp.Diff(whole, filtered, cmp.AllowUnexported(value.Value{}, function.Warning{}), cmpopts.IgnoreFields(engine.Table{}, "Needs"), cmpopts.IgnoreUnexported(engine.Table{})); diff != "" {
			return fmt.Errorf("%s\nover\n%s\n(-all +filtered)\n%s", query, strings.Join(events, "\n"), diff)
		}
	}
	return nil
}

func (t *filterTally) showsSomething(tb testing.TB) {
	tb.Helper()
	if tb.Logf("%+v", *t); t.filters == 0 || t.hits < 10 || t.turnedAway < 10 {
		tb.Errorf("%+v: the tests show too little", *t)
	}
}

// respelt spells some characters of an event's strings as escapes, and letters in another case that has one beyond ASCII.
func respelt(random *rand.Rand, event string) string {
	var b strings.Builder
	inString := false
	often := 1 + random.IntN(20)
	for i := 0; i < len(event); i++ {
		c := event[i]
		switch {
		case c == '\\' && i+1 < len(event):
			b.WriteString(event[i : i+2])
			i++
			continue
		case c == '"':
			inString = !inString
		case inString && c >= ' ' && c < 0x7f && random.IntN(often) == 0:
			switch other := map[byte]string{'k': "\u212a", 's': "ſ", 'i': "ı", 'I': "İ", '/': `\/`}[c]; {
			case other != "" && random.IntN(2) == 0:
				b.WriteString(other)
			case random.IntN(2) == 0:
				fmt.Fprintf(&b, `\u%04x`, c)
			default:
				fmt.Fprintf(&b, `\u%04X`, c)
			}
			continue
		case !inString && strings.IndexByte("{}[],:", c) >= 0 && random.IntN(often) == 0:
			b.WriteString(" " + string(c) + "\n")
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// carried puts an event into the text of another.
func carried(random *rand.Rand, event string) string {
	key := []string{"message", "event.original", "CloudTrailEvent", "_raw"}[random.IntN(4)]
	for range 1 + random.IntN(2) {
		text, err := json.Marshal(event)
		if err != nil {
			panic(err)
		}
		event = fmt.Sprintf(`{"_sourceCategory":"x","_messageTime":"1","%s":%s}`, key, respelt(random, string(text)))
	}
	return event
}

func TestTextsInOtherSpellingsPassThePrefilter(t *testing.T) {
	xml := func(line string) string {
		quoted, err := json.Marshal(`<Event><System><Provider Name="Microsoft-Windows-Sysmon"/></System><EventData><Data Name="CommandLine">` + line + `</Data></EventData></Event>`)
		if err != nil {
			panic(err)
		}
		return `{"_sourceCategory":"x","_messageTime":"1","_raw":` + strings.NewReplacer(`\u003c`, `<`, `\u003e`, `>`, `\u0026`, `&`).Replace(string(quoted)) + `}`
	}
	cases := []struct{ name, query, event string }{
		{"as it is", `CommandLine = "needle"`, `{"CommandLine":"needle"}`},
		{"an escape", `CommandLine = "needle"`, `{"CommandLine":"nee\u0064le"}`},
		{"an escape in an event in an event", `CommandLine = "needle"`, `{"_sourceCategory":"x","_messageTime":"1","_raw":"{\"CommandLine\":\"nee\\u0064le\"}"}`},
		{"an escaped escape", `CommandLine = "needle"`, `{"_sourceCategory":"x","_messageTime":"1","_raw":"{\"CommandLine\":\"nee\u005cu0064le\"}"}`},
		{"XML", `CommandLine = "needle"`, xml("needle")},
		{"a decimal reference", `CommandLine = "needle"`, xml("nee&#100;le")},
		{"a hexadecimal reference", `CommandLine = "needle"`, xml("nee&#x64;le")},
		{"CDATA", `CommandLine = "needle"`, xml("nee<![CDATA[dle]]>")},
		{"a comment", `CommandLine = "needle"`, xml("nee<!-- -->dle")},
		{"an instruction", `CommandLine = "needle"`, xml("nee<?x?>dle")},
		{"entities", `CommandLine = "a < needle & \"pin\""`, xml("a &lt; needle &amp; &quot;pin&quot;")},
		{"a container with blanks", `a matches "*1,\"needle\"*"`, "{\"a\":[ 1 ,\n\"needle\" ]}"},
		{"a solidus", `a = "pin/needle/pin"`, `{"a":"pin\/needle\/pin"}`},
		{"the Kelvin sign", `toLowerCase(a) = "kilo"`, "{\"a\":\"\u212aILO\"}"},
		{"the Kelvin sign as an escape", `toLowerCase(a) = "kilo"`, `{"a":"\u212AILO"}`},
		{"the long s", `toUpperCase(a) = "SALT"`, `{"a":"ſalt"}`},
		{"the long s as an escape", `a matches /(?i)salt/`, `{"a":"\u017fALT"}`},
		{"the dotless i", `toUpperCase(a) = "PIN"`, `{"a":"pın"}`},
		{"the dotted I", `toLowerCase(a) = "pin"`, `{"a":"PİN"}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var tally filterTally
			if err := tally.check("* | where "+c.query+" | count", []string{c.event}); err != nil {
				t.Error(err)
			}
			if tally.filters != 1 || tally.hits == 0 {
				t.Errorf("%+v: the test shows nothing", tally)
			}
		})
	}
}
