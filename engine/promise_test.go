package engine_test

import (
	"testing"

	"retrohunt/engine"
	"retrohunt/internal/view"
	"retrohunt/normalize"
)

// TestAddAllocatesNothing: taking a record of a known group through the shipped query allocates nothing, nor does one that
// the query drops.
func TestAddAllocatesNothing(t *testing.T) {
	if view.Copies {
		t.Skip("views copy in this build")
	}
	q, err := engine.Compile(shippedQuery(t))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, event string
		verdict     engine.Verdict
	}{
		{"Sysmon, hit", `{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"CommandLine":"powershell -c \"Connect-AzAccount\""}`, engine.Hit},
		{"Sysmon, no hit", `{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"CommandLine":"C:\\Windows\\notepad.exe"}`, engine.Candidate},
		{"Security, hit", `{"Channel":"Security","EventID":4688,"SubjectUserName":"ada","CommandLine":"az login"}`, engine.Hit},
		{"Security, no hit", `{"Channel":"Security","EventID":4624,"SubjectUserName":"ada","IpAddress":"192.0.2.7"}`, engine.Candidate},
		{"sign-in, hit by level", `{"category":"SignInLogs","properties":{"userPrincipalName":"ada@example.com","ipAddress":"192.0.2.7","riskLevelDuringSignIn":"high","status":{"errorCode":0}}}`, engine.Hit},
		{"sign-in, hit by network", `{"category":"SignInLogs","properties":{"networkLocationDetails":"[{\"networkNames\":[\"anonymizedIP\"]}]","status":{"errorCode":"0.0"}}}`, engine.Hit},
		{"sign-in, no hit", `{"category":"SignInLogs","properties":{"riskLevelDuringSignIn":"high","status":{"errorCode":50126}}}`, engine.Candidate},
		{"console login, hit", `{"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","userIdentity":{"arn":"arn:aws:iam::111122223333:user/ada"},"responseElements":{"ConsoleLogin":"Success"},"additionalEventData":{"MFAUsed":"No"}}`, engine.Hit},
		{"console login, no hit", `{"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","responseElements":{"ConsoleLogin":"Failure"}}`, engine.Candidate},
		{"another source", `{"Channel":"System","EventID":7045,"CommandLine":"az login"}`, engine.OutOfScope},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var projection normalize.Projection
			worker := q.NewWorker(&projection)
			record, err := normalize.New(&projection, normalize.Options{}).Normalize([]byte(c.event), []byte(c.event), &normalize.Origin{Name: "promise"})
			if err != nil {
				t.Fatal(err)
			}
			if verdict := worker.Add(record); verdict != c.verdict {
				t.Fatalf("the verdict is %d, want %d", verdict, c.verdict)
			}
			if n := testing.AllocsPerRun(100, func() { worker.Add(record) }); n != 0 {
				t.Errorf("Add allocates %v times", n)
			}
		})
	}
}

// TestAddAllocatesNothingInOtherOperators: nor does any operator and expression before the first aggregate, but those that
// package exec names.
func TestAddAllocatesNothingInOtherOperators(t *testing.T) {
	if view.Copies {
		t.Skip("views copy in this build")
	}
	queries := map[string]string{
		"scope":       `login user=a* n>=1 "az login" !(nothing) user in ("ada", "bob") | count`,
		"arithmetic":  `* | n * 2 + 0.5 as m | -m % 3 as k | where m > k | count, sum(m), avg(k), min(n), max(n) by k`,
		"comparisons": `* | where n = 1 AND user != "bob" AND n < "abc" AND m / 3 < "abc" | count by user`,
		"in":          `* | where user in ("ada", n, 1) AND n not in (1, 2) | count by user`,
		"patterns":    `* | where user matches "a*a" AND cmd matches /az +login/ AND n matches "1*" AND cmd contains "az" | count by user`,
		"choices":     `* | isBlank(missing) ? user : missing as u | if(n = 1, n, user) as v | count_distinct(v), count(u) by u, v`,
		"functions": `* | toLowerCase(user) | concat(user, "@", n) as who | format("%s %.1f", cmd, m) as line | where !isPrivateIP(ip)
			| formatDate(_messageTime, "yyyy-MM-dd") as day | replace(cmd, "az", "") as cmd | substring(cmd, 1) as rest | count by who, line, day, rest`,
		"parse stages": `* | parse "\"user\":\"*\"" as who nodrop | json "m", "deep.er[*]" as m, all nodrop | parse field=cmd "*x" as user nodrop
			| parse regex field=cmd "nothing (?<x>.)" nodrop | parse field=cmd "az *" as what | count by who, m, all, user, x, what`,
		"fields": `* | json auto maxdepth 2 extractarrays | fields user, n | fields - n | count by user, _size, _sourceName, n`,
	}
	event := []byte(`{"user":"ada","n":1,"m":"7","cmd":"az login","ip":"8.8.8.8","deep":{"er":[1,2]}}`)
	for name, query := range queries {
		t.Run(name, func(t *testing.T) {
			q, err := engine.Compile(query)
			if err != nil {
				t.Fatal(err)
			}
			var projection normalize.Projection
			worker := q.NewWorker(&projection)
			record, err := normalize.New(&projection, normalize.Options{}).Normalize(event, event, &normalize.Origin{Name: "promise"})
			if err != nil {
				t.Fatal(err)
			}
			if verdict := worker.Add(record); verdict != engine.Hit {
				t.Fatalf("the verdict is %d", verdict)
			}
			if n := testing.AllocsPerRun(100, func() { worker.Add(record) }); n != 0 {
				t.Errorf("Add allocates %v times", n)
			}
		})
	}
}

// TestAddAllocatesNothingInCategoriesByTurns: nor does it when records of known categories take turns.
func TestAddAllocatesNothingInCategoriesByTurns(t *testing.T) {
	if view.Copies {
		t.Skip("views copy in this build")
	}
	q, err := engine.Compile(shippedQuery(t))
	if err != nil {
		t.Fatal(err)
	}
	var projection normalize.Projection
	worker := q.NewWorker(&projection)
	var records []*normalize.Record
	for _, e := range []string{`{"Channel":"Security","EventID":4624}`, `{"eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity"}`} {
		record, err := normalize.New(&projection, normalize.Options{}).Normalize([]byte(e), []byte(e), &normalize.Origin{Name: "promise"})
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, record)
		if verdict := worker.Add(record); verdict != engine.Candidate {
			t.Fatalf("the verdict is %d", verdict)
		}
	}
	if n := testing.AllocsPerRun(100, func() { worker.Add(records[0]); worker.Add(records[1]) }); n != 0 {
		t.Errorf("Add allocates %v times", n)
	}
}
