package engine_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/normalize"
)

// needsOf takes events through a query, one after another by as many workers, and returns what they lack, a line for each
// category: "Windows/Security 2: CommandLine | a + b".
func needsOf(t *testing.T, query string, events []string, workers int) string {
	t.Helper()
	q, err := bound(query)
	if err != nil {
		t.Fatal(err)
	}
	var projection normalize.Projection
	var team []*engine.Worker
	for range workers {
		team = append(team, q.NewWorker(&projection))
	}
	n := normalize.New(&projection, normalize.Options{})
	for i, e := range events {
		record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "needs"})
		if err != nil {
			t.Fatalf("%s: %v", e, err)
		}
		team[i%workers].Add(record)
	}
	var lines []string
	for _, n := range q.Table(team...).Needs {
		var sets []string
		for _, set := range n.Fields {
			sets = append(sets, strings.Join(set, " + "))
		}
		lines = append(lines, n.Category+" "+strings.Repeat("*", int(n.Events))+": "+strings.Join(sets, " | "))
	}
	return strings.Join(lines, "\n")
}

func TestNeeds(t *testing.T) {
	const security = `{"Channel":"Security","EventID":4688,"SubjectUserName":"ada"}`
	cases := []struct {
		name, query string
		events      []string
		want        string
	}{
		{"a glob of null", `* | where CommandLine matches "*az*" | count`, []string{security}, "Windows/Security *: CommandLine"},
		{"the query's own first spelling", `* | where COMMANDline matches "*az*" AND CommandLine matches "*login*" | count`, []string{security}, "Windows/Security *: COMMANDline"},
		{"any event that has it is enough", `* | where CommandLine matches "*az*" | count`, []string{security, `{"Channel":"Security","EventID":1,"CommandLine":"x"}`, security}, ""},
		{"an empty text is not null", `* | where CommandLine = "az" | count`, []string{`{"Channel":"Security","EventID":1,"CommandLine":""}`}, ""},
		{"null in JSON is as good as absent", `* | where CommandLine = "az" | count`, []string{`{"Channel":"Security","EventID":1,"CommandLine":null}`}, "Windows/Security *: CommandLine"},
		{"each category for itself", `* | where CommandLine matches "*az*" | count`, []string{security, `{"Channel":"System","EventID":1}`, `{"Channel":"System","EventID":1}`}, "Windows/System **: CommandLine\nWindows/Security *: CommandLine"},
		{"only events of the scope", `_sourceCategory=*Security* | where CommandLine matches "*az*" | count`, []string{security, `{"Channel":"System","EventID":1}`}, "Windows/Security *: CommandLine"},
		{"no filter", `* | json auto | count by CommandLine`, []string{security}, ""},
		{"a filter that null passes", `* | where CommandLine != "x" AND isBlank(User) | count`, []string{security}, ""},
		{"not of what null fails", `* | where !(CommandLine matches "*az*") | count`, []string{security}, ""},
		{"a comparison with a number", `* | where LogonType = 3 | count`, []string{security}, "Windows/Security *: LogonType"},
		{"null is not equal to what is not known, but may be", `* | where CommandLine = SubjectUserName | count`, []string{security}, ""},
		{"an order with null", `* | where CommandLine < SubjectUserName | count`, []string{security}, "Windows/Security *: CommandLine"},
		{"a number of null", `* | where EventID + LogonType > 3 | count`, []string{security}, "Windows/Security *: LogonType"},
		{"in a list", `* | where LogonType in ("3", "10") | count`, []string{security}, "Windows/Security *: LogonType"},
		{"in a list of fields", `* | where SubjectUserName in (CommandLine, User) | count`, []string{security}, ""},
		{"a part of null", `* | where contains(CommandLine, SubjectUserName) | count`, []string{security}, "Windows/Security *: CommandLine"},
		{"a pattern that is null", `* | where SubjectUserName matches Pattern | count`, []string{security}, "Windows/Security *: Pattern"},
		{"a regex", `* | where CommandLine matches /az/ | count`, []string{security}, "Windows/Security *: CommandLine"},
		{"a boolean by itself", `* | where Elevated | count`, []string{security}, "Windows/Security *: Elevated"},
		{"both of two", `* | where CommandLine = "a" AND User = "b" | count`, []string{security}, "Windows/Security *: CommandLine + User"},
		{"in two filters", `* | where CommandLine = "a" | where User = "b" | count`, []string{security}, "Windows/Security *: CommandLine + User"},
		{"either of two", `* | where CommandLine = "a" OR User = "b" | count`, []string{security}, "Windows/Security *: CommandLine | User"},
		{"one rather than two", `* | where CommandLine = "a" OR (User = "b" AND Task = 1) | count`, []string{security}, "Windows/Security *: CommandLine"},
		{"what goes with present fields rather than what goes anywhere", `* | where CommandLine = "a" OR (EventID = 4624 AND User = "b" AND Task = 1) | count`, []string{security}, "Windows/Security *: User + Task"},
		{"through computed fields", `* | json auto | if(isBlank(CommandLine), "-", CommandLine) as c | c as d | where d matches "*az*" | count`, []string{security}, "Windows/Security *: CommandLine"},
		{"a choice that null decides", `* | if(isNull(User), "local", "domain") as kind | where kind = "domain" | count`, []string{security}, "Windows/Security *: User"},
		{"a choice that must be turned and changed", `* | if(isNull(User), null, Task) as t | where t = "7" | count`, []string{security}, "Windows/Security *: User + Task"},
		{"a choice of what is not known", `* | if(EventID = 1, CommandLine, User) as c | where c = "az" AND SubjectUserName = "b" | count`, []string{security}, "Windows/Security *: CommandLine | User"},
		{"the category is known", `* | where (_sourceCategory matches "*Sysmon*" AND CommandLine = "az") OR (_sourceCategory matches "*Security*" AND User = "b") | count`, []string{security}, "Windows/Security *: User"},
		{"never at all", `* | where "a" = "b" | count`, []string{security}, ""},
		{"JSON inside a field", `* | json auto field=inner | where a.b = "x" | count`, []string{security}, "Windows/Security *: inner | a.b"},
		{"a text to parse", `* | parse field=msg "a=*" as a | count by a`, []string{security}, "Windows/Security *: msg"},
		{"one of two texts to parse", `* | parse field=msg "a=*" as a nodrop | json field=inner "b" as b | count by a, b`, []string{security}, "Windows/Security *: msg | inner"},
		{"what is parsed of null", `* | parse regex field=msg "(?<a>.)" nodrop multi | where a = "x" | count`, []string{security}, "Windows/Security *: msg | a"},
		{"what is parsed of the event", `* | parse "x=*" as a | where a = "x" | count`, []string{security}, ""},
		{"another match of the category", `* | parse regex field=_sourceCategory "(?<a>\w)" multi | where a = "S" | count`, []string{security}, ""},
		{"keys under another name", `* | json auto keys "CommandLine" refonly as cmd | where cmd matches "*az*" | count`, []string{security}, "Windows/Security *: CommandLine"},
		{"dropped fields", `* | fields - CommandLine | where CommandLine = "az" | count`, []string{security}, ""},
		{"behind the aggregate anything goes", `* | count by CommandLine | where CommandLine = "az"`, []string{security}, ""},
		{"after mapping", `* | where process.command_line = "az" | count`, []string{`{"Channel":"Security","EventID":4688,"CommandLine":"az"}`}, ""},
		{"no events", `* | where CommandLine = "az" | count`, nil, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, workers := range []int{1, 3} {
				if diff := cmp.Diff(c.want, needsOf(t, c.query, c.events, workers)); diff != "" {
					t.Errorf("%d workers (-want +got):\n%s", workers, diff)
				}
			}
		})
	}
}

// TestNeedsOfT1021007: what the shipped query is told of each of its sources without the fields that a pattern is about.
func TestNeedsOfT1021007(t *testing.T) {
	cases := []struct{ event, want string }{
		{`{"Channel":"Security","EventID":4688,"SubjectUserName":"ada"}`, "Windows/Security *: CommandLine | command_line | process.command_line"},
		{`{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":3,"User":"ada"}`, "Windows/Sysmon *: CommandLine | command_line | process.command_line"},
		{`{"category":"SignInLogs","properties":{"userPrincipalName":"ada@example.com","status":{"errorCode":0}}}`, "Azure/SignIn *: properties.riskLevelDuringSignIn | properties.networkLocationDetails"},
		{`{"eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity"}`, "AWS/CloudTrail *: responseElements.ConsoleLogin + additionalEventData.MFAUsed"},
		{`{"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","responseElements":{"ConsoleLogin":"Failure"}}`, "AWS/CloudTrail *: additionalEventData.MFAUsed"},
		{`{"category":"SignInLogs","properties":{"riskLevelDuringSignIn":"none","status":{"errorCode":0}}}`, ""},
		{`{"Channel":"System","EventID":7045}`, ""},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, needsOf(t, shippedQuery(t), []string{c.event}, 1)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.event, diff)
		}
	}
}

// TestHitsNeedNothing: of whatever is a hit, Needs does not say that it cannot be one; random queries over random events,
// each by itself, so that just its own fields are there.
func TestHitsNeedNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 10))
	hits, misses, needs := 0, 0, 0
	for range rounds {
		c := randomCase(randomDice(random))
		q, err := bound(c.query)
		if err != nil {
			t.Fatal(err)
		}
		q = composed(q.At(storyClock), c.events) // so that fillmissing has an hour to fill, not the time since 1970
		for _, e := range c.events {
			var projection normalize.Projection
			worker := q.NewWorker(&projection)
			record, err := normalize.New(&projection, normalize.Options{}).Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "x"})
			if err != nil {
				continue
			}
			verdict, lacking := worker.Add(record), q.Table(worker).Needs
			needs += len(lacking)
			switch {
			case verdict == engine.Hit && len(lacking) > 0:
				t.Fatalf("%s\nis hit by\n%s\nbut needs %v", c.query, e, lacking)
			case verdict == engine.Hit:
				hits++
			case verdict == engine.Candidate:
				misses++
			}
		}
	}
	if hits < rounds || misses < rounds/4 || needs < rounds/20 {
		t.Errorf("%d hits, %d misses and %d needs in %d rounds: too few to show anything", hits, misses, needs, rounds)
	}
	t.Logf("%d hits, %d misses, %d needs", hits, misses, needs)
}
