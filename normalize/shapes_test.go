package normalize

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"retrohunt/internal/race"
	"retrohunt/internal/view"
	"retrohunt/normalize/mapping"
)

// shapeEvents are the events of testdata/shapes.txtar by name.
func shapeEvents(t testing.TB) map[string][]byte {
	t.Helper()
	a, err := txtar.ParseFile("testdata/shapes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	events := map[string][]byte{}
	for _, f := range a.Files {
		events[f.Name] = f.Data[:len(f.Data)-1]
	}
	return events
}

// What the events say, as T1021.007 sees it.
const (
	azLogin     = `C:\Windows\system32\cmd.exe /c "az login --username c.jones@example.com" | - | -`
	connect     = `powershell.exe -Command "Connect-AzAccount" | c.jones | -`
	loggedOn    = ` | - | 192.0.2.17`
	consoleNo   = ` | arn:aws:iam::111122223333:user/c.jones | 198.51.100.77 | ConsoleLogin Success No`
	riskySignIn = ` | c.jones@example.com | 203.0.113.41 | high 0`
)

var shapeCases = []struct {
	event    string
	shape    mapping.Shape
	category string
	sees     string
	time     string // "" is undated; ? behind it: local
	host     string
}{
	{"W1 Sysmon", mapping.NXLog, "Windows/Sysmon", azLogin, "2026-03-11T18:53:01.266Z", "w5.example.com"},
	{"W1 Security, no zone", mapping.NXLog, "Windows/Security", connect, "2026-03-11T18:53:02Z?", "w5.example.com"},
	{"W1 logon, lower-case channel", mapping.NXLog, "Windows/Security", ` | - | 192.0.2.17`, "2026-03-11T18:53:04.19Z", "w5.example.com"},
	{"W2 Sysmon", mapping.WEC, "Windows/Sysmon", azLogin, "2026-03-11T18:53:01.266Z", "w5.example.com"},
	{"W2 Security, EventID a string", mapping.WEC, "Windows/Security", connect, "2026-03-11T18:53:02.283Z?", "w5.example.com"},
	{"W2 another channel", mapping.WEC, "Windows/Microsoft-Windows-PowerShell/Operational", " | - | -", "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W3 Sysmon", mapping.Winlogbeat6, "Windows/Sysmon", azLogin, "2026-03-11T18:53:01.266Z", "w5.example.com"},
	{"W3 Security", mapping.Winlogbeat6, "Windows/Security", connect, "2026-03-11T18:53:02Z", "w5.example.com"},
	{"W3b Sysmon", mapping.Winlogbeat7, "Windows/Sysmon", azLogin, "2026-03-11T18:53:01.266Z", "w5.example.com"},
	{"W3b Security, after the module", mapping.Winlogbeat7, "Windows/Security", `powershell.exe -Command "Connect-AzAccount" | c.jones | 192.0.2.17`, "2026-03-11T18:53:02Z", "w5.example.com"},
	{"W4 SecurityEvent", mapping.LogAnalyticsWindows, "Windows/Security", connect, "2026-03-11T18:53:02.4Z", "w5.example.com"},
	{"W4 WindowsEvent, JSON in a string", mapping.LogAnalyticsWindows, "Windows/Sysmon", azLogin, "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W4 Event, XML in a string", mapping.LogAnalyticsWindows, "Windows/Sysmon", "az login | - | -", "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W4b Sysmon for Linux, XML in a string", mapping.LogAnalyticsSyslog, "Windows/Sysmon", "az login | - | -", "2026-03-11T18:53:01.4Z", "w5.example.com"},
	{"W4b other syslog", mapping.LogAnalyticsSyslog, "Linux/Syslog", " | - | -", "2026-03-11T18:53:01.4Z", "w5.example.com"},
	{"W4 chosen columns", mapping.LogAnalyticsWindows, "Windows/Security", connect, "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W5 Sysmon, pretty", mapping.EvtxDump, "Windows/Sysmon", azLogin, "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W5 Security", mapping.EvtxDump, "Windows/Security", connect, "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W5 EventID with attributes", mapping.EvtxDump, "Windows/Security", loggedOn, "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W5 user data", mapping.EvtxDump, "Windows/Security", " | c.jones | -", "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W9 logon", mapping.Velociraptor, "Windows/Security", " | svc | 192.0.2.17", "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W9 Security", mapping.Velociraptor, "Windows/Security", connect, "2026-03-11T18:53:01.28Z", "w5.example.com"},
	{"W10 Security", mapping.SumoWindows, "Windows/Security", connect, "2026-03-11T18:53:01Z", "w5.example.com"},
	{"W10 user data", mapping.SumoWindows, "Windows/Security", " | c.jones | -", "2026-03-11T18:53:01Z", "w5.example.com"},
	{"W10 Sysmon", mapping.SumoWindows, "Windows/Sysmon", azLogin, "2026-03-11T18:53:01Z", "w5.example.com"},

	{"A1", mapping.CloudTrail, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:09Z", ""},
	{"A4", mapping.LogstashCloudTrail, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:09Z", ""},
	{"A5", mapping.LookupEvents, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:09Z", ""},
	{"A5 without time inside", mapping.LookupEvents, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:09Z", ""},
	{"A5 cut inside", mapping.LookupEvents, "AWS/CloudTrail", " | - | - | ConsoleLogin", "2026-03-11T18:58:09Z", ""},
	{"A7", mapping.EventBridge, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:09Z", ""},
	{"A8", mapping.CloudTrailTable, "AWS/CloudTrail", " | - | 198.51.100.77 | ListObjects", "2026-03-11T18:58:09Z", ""},
	{"A9 digest", mapping.CloudTrailDigest, "AWS/CloudTrail-Digest", " | - | -", "2026-03-11T18:00:00Z", ""},

	{"Z1 sign-in", mapping.AzureMonitor, "Azure/SignIn", riskySignIn, "2026-03-11T18:54:58.113Z", ""},
	{"Z1 sign-in of no user", mapping.AzureMonitor, "Azure/SignIn/NonInteractiveUser", " | c.jones@example.com | 203.0.113.41 | medium 0", "2026-03-11T18:54:58.113Z", ""},
	{"Z1 lower-case envelope", mapping.AzureMonitor, "Azure/SignIn/ServicePrincipal", " | - | 203.0.113.41 | none 7000215", "2026-03-11T18:54:58.113Z", ""},
	{"Z1 audit", mapping.AzureMonitor, "Azure/Audit", " | - | -", "2026-03-11T18:54:58.11Z", ""},
	{"Z1 activity", mapping.AzureMonitor, "Azure/Activity", " | - | -", "2026-03-11T18:57:21Z", ""},
	{"Z1 another category", mapping.AzureMonitor, "Azure/RiskyUsers", " | c.jones@example.com | -", "2026-03-11T18:57:21.441Z", ""},
	{"Z3 Graph", mapping.Graph, "Azure/SignIn", riskySignIn, "2026-03-11T18:54:58Z", ""},
	{"Z3 Graph, service principal", mapping.Graph, "Azure/SignIn/ServicePrincipal", " | - | 203.0.113.41 | none 0", "2026-03-11T18:54:58Z", ""},
	{"Z3 Graph, audit", mapping.Graph, "Azure/Audit", " | - | -", "2026-03-11T18:54:58.11Z", ""},
	{
		"Z4 SigninLogs", mapping.LogAnalyticsAzure, "Azure/SignIn",
		riskySignIn + ` [{"networkType":"namedNetwork","networkNames":["Example office"]}]`, "2026-03-11T18:54:58.113Z", "",
	},
	{
		"Z4 without Status", mapping.LogAnalyticsAzure, "Azure/SignIn/NonInteractiveUser",
		riskySignIn + ` [{"networkType":"namedNetwork","networkNames":["Example office"]}]`, "2026-03-11T18:57:21.4Z", "",
	},
	{"Z4 no table, category only", mapping.LogAnalyticsAzure, "Azure/SignIn/ServicePrincipal", " | - | 203.0.113.41", "2026-03-11T18:54:58.113Z", ""},
	{"Z4 AuditLogs", mapping.LogAnalyticsAzure, "Azure/Audit", " | - | -", "2026-03-11T18:54:58.113Z", ""},
	{"Z4 AuditLogs, type overwritten", mapping.LogAnalyticsAzure, "Azure/Audit", " | - | -", "2026-03-11T18:54:58.113Z", ""},
	{"Z5 activity", mapping.AzureActivity, "Azure/Activity", " | - | -", "2026-03-11T18:54:58.113Z", ""},
	{"Z7 activity", mapping.AzureSDK, "Azure/Activity", " | - | -", "2026-03-11T18:54:58.113Z", ""},
	{"Z7 sign-in", mapping.AzureSDK, "Azure/SignIn", riskySignIn, "2026-03-11T18:54:58.113Z", ""},
	{"Z8 event.original", mapping.Wrapped, "Azure/SignIn", riskySignIn, "2026-03-11T18:54:58.113Z", ""},
	{"Z8 input.message", mapping.Wrapped, "Azure/SignIn", riskySignIn, "2026-03-11T18:54:58.113Z", ""},
	{"Z8 message, twice", mapping.Wrapped, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:09Z", "relay.example.com"},
	{"Z8 message that is another's", mapping.Unknown, "unknown", " | - | -", "2026-03-11T19:00:00Z", "app.example.com"},

	{"S1 row", mapping.SumoExport, "prod/aws/cloudtrail", consoleNo, "2026-03-11T18:58:10.123Z", "collector.example.com"},
	{"S1 search job", mapping.SumoExport, "Azure/SignIn", riskySignIn, "2026-03-11T18:58:10.123Z", "hub"},
	{"S1 text before JSON", mapping.SumoExport, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:10.123Z", ""},
	{"S1 forwarded", mapping.SumoExport, "prod/aws/cloudtrail", consoleNo, "2026-03-11T18:58:10.123Z", "collector.example.com"},
	{"S1 forwarded, metadata blank", mapping.SumoExport, "AWS/CloudTrail", consoleNo, "2026-03-11T18:58:10.123Z", ""},
	{"S1 no JSON", mapping.SumoExport, "linux/auth", " | - | -", "2026-03-11T18:58:09Z", ""},
	{"S1 lookup-events in it", mapping.SumoExport, "prod/aws", consoleNo, "2026-03-11T18:58:09Z", ""},
	{"S1 XML", mapping.SumoExport, "prod/windows", "az login | - | -", "", ""},

	{"U application log", mapping.Unknown, "unknown", " | - | -", "2026-03-11T18:58:09Z", "app.example.com"},
	{"U application log with a message time", mapping.Unknown, "unknown", " | - | -", "2026-03-11T18:58:09Z", "app.example.com"},
	{"U application log with an event id", mapping.Unknown, "unknown", " | - | -", "2026-03-11T18:58:09Z", ""},
	{"U application log with a category", mapping.Unknown, "unknown", " | - | -", "2026-03-11T18:58:09Z", ""},
	{"U application log with an event source", mapping.Unknown, "unknown", " | - | - | click", "2026-03-11T22:58:09Z?", ""},
	{"U nothing", mapping.Unknown, "unknown", " | - | -", "", ""},
}

// sees returns the command line, the actor and the address that T1021.007 makes of a record, and its other fields.
func sees(r *Record) string {
	first := func(slots [][]byte, otherwise string) string {
		for _, text := range slots {
			if len(text) > 0 {
				return string(text)
			}
		}
		return otherwise
	}
	parts := []string{first(r.Fields[0:3], ""), first(r.Fields[3:6], "-"), first(r.Fields[6:9], "-")}
	var others []string
	for _, text := range r.Fields[9:15] {
		if text != nil {
			others = append(others, string(text))
		}
	}
	if others != nil {
		parts = append(parts, strings.Join(others, " "))
	}
	return strings.Join(parts, " | ")
}

func TestShapes(t *testing.T) {
	events := shapeEvents(t)
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	n := New(project(t1021...), Options{Zone: newYork, Time: true, Host: true})
	for _, c := range shapeCases {
		t.Run(c.event, func(t *testing.T) {
			event := events[c.event]
			delete(events, c.event)
			from := &Origin{}
			r, err := n.Normalize(event, event, from)
			if err != nil {
				t.Fatal(err)
			}
			if r.Shape != c.shape {
				t.Errorf("shape %v, want %v", r.Shape, c.shape)
			}
			if string(r.Category) != c.category {
				t.Errorf("category %s, want %s", r.Category, c.category)
			}
			if diff := cmp.Diff(c.sees, sees(r)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			when := ""
			if r.Timed {
				when = time.UnixMilli(r.Time).UTC().Format(time.RFC3339Nano)
			}
			if r.Local {
				when += "?"
			}
			if when != c.time {
				t.Errorf("time %q, want %q", when, c.time)
			}
			if string(r.Host) != c.host {
				t.Errorf("host %q, want %q", r.Host, c.host)
			}
			if view.Copies || race.Enabled { // eventxml keeps its parsers in a pool
				return
			}
			if allocs := testing.AllocsPerRun(10, func() { _, _ = n.Normalize(event, event, from) }); allocs != 0 {
				t.Errorf("%v allocations", allocs)
			}
		})
	}
	for name := range events {
		t.Errorf("no case for %s", name)
	}
}
