package inventory

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"retrohunt/internal/view"
	"retrohunt/normalize"
	"retrohunt/normalize/mapping"
	"retrohunt/sources"
)

// reader takes events as a worker of a run does.
type reader struct {
	*Inventory
	normalizer *normalize.Normalizer
}

func newReader(o Options, max limits, zone string) *reader {
	var p normalize.Projection
	in := newInventory(&p, o, max)
	location, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	return &reader{in, normalize.New(&p, normalize.Options{Time: true, Host: true, Zone: location})}
}

func (r *reader) take(t testing.TB, input, event string) {
	t.Helper()
	raw := []byte(event)
	record, err := r.normalizer.Normalize(raw, raw, &normalize.Origin{Name: input})
	if err != nil {
		t.Fatalf("%s: %v", event, err)
	}
	r.Event(record, sources.Event{Raw: raw, JSON: raw}, input)
}

// wide are limits that no test reaches.
var wide = limits{MaxGroups, MaxNames, MaxInputs}

// of returns what is in some events.
func of(t testing.TB, o Options, events ...string) *Result {
	t.Helper()
	r := newReader(o, wide, "UTC")
	for _, e := range events {
		r.take(t, "a.json", e)
	}
	return r.Result()
}

func TestWhatAGroupSays(t *testing.T) {
	events := []string{
		`{"Channel":"Security","EventID":4688,"Computer":"ws1","EventTime":"2026-03-02 08:00:00"}`,
		`{"Channel":"Security","EventID":4624,"Computer":"ws2","EventTime":"2026-03-02T09:00:00Z"}`,
		`{"Channel":"Security","EventID":4688,"Computer":"ws1","EventTime":"never"}`,
		`{"Channel":"Security","EventTime":"2026-03-05T00:00:00.001Z"}`,
	}
	size := 0
	for _, e := range events {
		size += len(e)
	}
	got := of(t, Options{}, events...)
	want := &Result{Groups: []Group{{
		Category: "Windows/Security", Shape: mapping.NXLog, Inner: mapping.NXLog, Mapped: true,
		Extent: Extent{Events: 4, Bytes: int64(size), Undated: 1, Local: 1, First: millis("2026-03-02T08:00:00Z"), Last: millis("2026-03-05T00:00:00.001Z")},
		Days:   Days{Count: 2, Gaps: []Gap{{day("2026-03-03"), day("2026-03-04")}}},
		Hosts:  Names{Count: 2, Events: 3, Top: []Top{{"ws1", 2}, {"ws2", 1}}},
		Kinds:  Names{Count: 2, Events: 3, Top: []Top{{"4688", 2}, {"4624", 1}}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func millis(rfc3339 string) int64 {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		panic(err)
	}
	return t.UnixMilli()
}

func day(date string) time.Time { return time.UnixMilli(millis(date + "T00:00:00Z")).UTC() }

// TestKindsOfEveryVendor finds the id or the name of events wherever their shape keeps it.
func TestKindsOfEveryVendor(t *testing.T) {
	for _, c := range []struct{ event, shape, kind string }{
		{`{"Channel":"Security","EventID":"1102"}`, "W2 WEC flat", "1102"},
		{`{"log_name":"Security","event_id":4688}`, "W3 Winlogbeat 6", "4688"},
		{`{"winlog":{"channel":"Security","event_id":"4624"}}`, "W3b Winlogbeat 7, ECS", "4624"},
		{`{"Event":{"System":{"Channel":"Security","EventID":{"#text":4625,"#attributes":{"Qualifiers":0}}}}}`, "W5 evtx_dump", "4625"},
		{`{"System":{"Channel":"Security","EventID":{"Value":4624}}}`, "W9 Velociraptor", "4624"},
		{`{"eventSource":"signin.amazonaws.com","eventID":"4c1e1a8f-5e6a-4b3e-9d0c-1b2a3c4d5e6f","eventName":"ConsoleLogin","eventTime":"2026-03-02T08:00:00Z"}`, "A1 CloudTrail", "ConsoleLogin"},
		{`{"detail":{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole"}}`, "A7 CloudTrail by EventBridge", "AssumeRole"},
		{`{"CloudTrailEvent":"{\"eventSource\":\"sts.amazonaws.com\",\"eventName\":\"GetCallerIdentity\"}"}`, "A5 CloudTrail lookup-events", "GetCallerIdentity"},
		{`{"category":"AuditLogs","operationName":"Add user","tenantId":"t","resourceId":"r"}`, "Z1 Azure Monitor", "Add user"},
		{`{"activityDateTime":"2026-03-02T08:00:00Z","activityDisplayName":"Add member to group","loggedByService":"Core Directory"}`, "Z3 Microsoft Graph", "Add member to group"},
		{`{"eventDataId":"e","operationName":{"value":"Microsoft.Compute/write"}}`, "Z5 Azure activity log", "Microsoft.Compute/write"},
		{`{"event_data_id":"e","operation_name":{"value":"Microsoft.Compute/write"}}`, "Z7 Azure SDK", "Microsoft.Compute/write"},
		{`{"message":"hello"}`, "unknown", ""},
		{`{"eventSource":"sts.amazonaws.com","eventID":"4c1e1a8f-5e6a-4b3e-9d0c-1b2a3c4d5e6f"}`, "A1 CloudTrail", ""},
	} {
		g := of(t, Options{}, c.event).Groups[0]
		kind := ""
		if len(g.Kinds.Top) > 0 {
			kind = g.Kinds.Top[0].Name
		}
		if g.Shape.String() != c.shape || kind != c.kind {
			t.Errorf("%s is %s of kind %q, want %s of kind %q", c.event, g.Shape, kind, c.shape, c.kind)
		}
	}
}

func TestMappingIsSaidOnlyWhereItIsOn(t *testing.T) {
	const mapped, own = `{"log_name":"Security","event_id":4688}`, `{"eventSource":"sts.amazonaws.com"}`
	for _, c := range []struct {
		event     string
		noMapping bool
		want      bool
	}{{mapped, false, true}, {mapped, true, false}, {own, false, false}} {
		if got := of(t, Options{NoMapping: c.noMapping}, c.event).Groups[0].Mapped; got != c.want {
			t.Errorf("%s, no mapping %v: mapped %v", c.event, c.noMapping, got)
		}
	}
}

// randomEvent is one of many kinds, hosts, days and shapes.
func randomEvent(random *rand.Rand) (input, event string) {
	input = fmt.Sprintf("%d.json", random.IntN(5))
	date := time.Date(2026, 2, 20+random.IntN(40), random.IntN(24), 0, 0, 0, time.UTC).Format(time.RFC3339)
	switch n := random.IntN(60); random.IntN(3) {
	case 0:
		return input, fmt.Sprintf(`{"Channel":"c%d","EventID":%d,"Computer":"h%d","f%d":1,"TimeCreated":%q}`, n%7, n, n, n, date)
	case 1:
		return input, fmt.Sprintf(`{"eventSource":"x.amazonaws.com","eventName":"e%d","list":[{"f%d":1}],"eventTime":%q}`, n, n, date)
	default:
		return input, fmt.Sprintf(`{"log_name":"c%d","event_id":%d,"computer_name":"h%d"}`, n%7, n, n)
	}
}

// TestWhoSawWhatMakesNoDifference shares events out among inventories, and merges these in any order: also where limits are
// reached on the way, the result is that of one inventory.
func TestWhoSawWhatMakesNoDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, max := range []limits{wide, {groups: 4, names: 5, inputs: 6}} {
		for range 20 {
			o := Options{Inputs: true, Fields: true}
			one := newReader(o, max, "UTC")
			var parts []*reader
			for range 1 + random.IntN(5) {
				parts = append(parts, newReader(o, max, "UTC"))
			}
			for range 500 {
				input, event := randomEvent(random)
				one.take(t, input, event)
				parts[random.IntN(len(parts))].take(t, input, event)
			}
			random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
			for _, p := range parts[1:] {
				parts[0].Merge(p.Inventory)
			}
			if diff := cmp.Diff(one.Result(), parts[0].Result()); diff != "" {
				t.Fatalf("%+v, %d parts (-one +parts):\n%s", max, len(parts), diff)
			}
		}
	}
}

func TestBeyondTheLimitsNothingIsLost(t *testing.T) {
	r := newReader(Options{Inputs: true, Fields: true}, limits{groups: 3, names: 4, inputs: 5}, "UTC")
	for i := range 100 {
		for range 2 {
			r.take(t, fmt.Sprint(i, ".json"), fmt.Sprintf(`{"Channel":"c%d","EventID":1,"TimeCreated":"2026-03-02T08:00:00Z"}`, i))
			r.take(t, "a.json", fmt.Sprintf(`{"eventSource":"x.amazonaws.com","eventName":"e%d","hostname":"h%d","f%d":1,"eventTime":"%d-03-02T08:00:00Z"}`, i, i, i, 1900+i))
		}
	}
	out := r.Result()
	if len(out.Groups) != 3 || len(out.Inputs) != 5 || out.Others == nil || out.Unkept == nil {
		t.Fatalf("%d groups, %d inputs", len(out.Groups), len(out.Inputs))
	}
	groups, inputs := out.Others.Events, out.Unkept.Events
	for _, g := range out.Groups {
		groups += g.Events
	}
	for _, i := range out.Inputs {
		inputs += i.Events
	}
	if groups != 400 || inputs != 400 {
		t.Errorf("%d events in groups, %d in inputs, want 400", groups, inputs)
	}
	for _, g := range out.Groups {
		if g.Category != "AWS/CloudTrail" {
			continue
		}
		if g.Kinds.Count != 4 || !g.Kinds.More || g.Kinds.Events != 200 || g.Kinds.Top[0].Events != 2 || g.Hosts.Events != 200 {
			t.Errorf("kinds %+v, hosts %+v", g.Kinds, g.Hosts)
		}
		if !g.Days.More || g.Days.Gaps != nil {
			t.Errorf("days %+v", g.Days)
		}
	}
}

func TestLongNamesAreCut(t *testing.T) {
	long := func(last string) string {
		b := make([]byte, MaxName-1)
		for i := range b {
			b[i] = 'x'
		}
		return string(b) + last
	}
	e := func(s string) string {
		return fmt.Sprintf(`{"Channel":%q,"EventID":"","eventName":%q,"Computer":%q,%q:1}`, s, s, s, s)
	}
	out := of(t, Options{Fields: true}, e(long("ä")), e(long("ö")))
	g := out.Groups[0]
	if len(out.Groups) != 1 || len(g.Category) > MaxName || g.Hosts.Count != 1 || g.Hosts.Top[0] != (Top{long(""), 2}) || g.Kinds.Count != 1 {
		t.Errorf("%+v", out)
	}
	if n := len(out.Fields[0].Names); n != 5 {
		t.Errorf("%d fields: %v", n, out.Fields[0].Names)
	}
}

// TestNoAllocation: an event whose names are all known allocates nothing.
func TestNoAllocation(t *testing.T) {
	if view.Copies {
		t.Skip("under purego views are copies")
	}
	raw := []byte(`{"Channel":"Security","EventID":4688,"Computer":"ws1","EventTime":"2026-03-02T08:00:00Z","a":{"b":[1,{"c":2}]}}`)
	for _, o := range []Options{{}, {Inputs: true, Fields: true}} {
		r := newReader(o, wide, "UTC")
		from := &normalize.Origin{Name: "a.json"}
		event := func() {
			record, err := r.normalizer.Normalize(raw, raw, from)
			if err != nil {
				t.Fatal(err)
			}
			r.Event(record, sources.Event{Raw: raw, JSON: raw}, "a.json")
		}
		event()
		if n := testing.AllocsPerRun(100, event); n > 0 {
			t.Errorf("%+v: %v allocations", o, n)
		}
	}
}
