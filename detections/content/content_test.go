package content

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/detections"
)

const folder = `{"type":"FolderSyncDefinition","name":"Hunts","children":[
 {"type":"SavedSearchWithScheduleSyncDefinition","name":"Logons ../../etc","description":"Many failures",
  "search":{"queryText":"EventID=4625\n| count by user","defaultTimeRange":"-15m","queryParameters":[{"name":"user","value":"*"}]},
  "searchSchedule":{"cronExpression":"0 0 * * * ? *","scheduleType":"1Hour","timeZone":"UTC","threshold":{"thresholdType":"group","operator":"gt","count":0}}},
 {"type":"DashboardV2SyncDefinition","name":"Board","title":"Board","variables":[{"name":"host","defaultValue":"srv*"}],"panels":[
  {"key":"p1","title":"Hosts","panelType":"SumoSearchPanel","description":"by host","queries":[{"queryString":"* | count by host","queryType":"Logs","queryKey":"A"}]},
  {"key":"p2","title":"Hosts","panelType":"SumoSearchPanel","queries":[{"queryString":"* | count","queryType":"Logs","queryKey":"A"},{"queryString":"metric=x","queryType":"Metrics","queryKey":"B"}]},
  {"key":"p3","title":"","panelType":"ContainerPanel","panels":[{"key":"p4","queries":[{"queryString":"  ","queryType":"Logs"}]}]},
  {"key":"p5","title":"Words","panelType":"TextPanel","text":"# hi"}]},
 {"type":"DashboardSyncDefinition","name":"Old","panels":[{"name":"First","viewerType":"table","queryString":"error | count"}]},
 {"type":"DashboardV2SyncDefinition","name":"Empty","panels":[]},
 {"type":"LookupTableSyncDefinition","name":"Users"}, 7
]}`

const monitors = `[{"type":"MonitorsLibraryFolderExport","name":"M","children":[
 {"type":"MonitorsLibraryMonitorExport","name":"Brute force","description":null,"monitorType":"Logs","queries":[{"rowId":"A","query":"failed | count by ip"}],
  "triggers":[{"triggerType":"Critical","detectionMethod":"LogsStaticCondition","threshold":10,"thresholdType":"GreaterThan","field":"_count","timeRange":"-15m"}]},
 {"type":"MonitorsLibraryMonitorExport","name":"CPU","monitorType":"Metrics","queries":[{"query":"metric=cpu"}]}]}]`

// first is of the first kind of exports, answers what the API says, and others holds what has no query of logs.
const (
	first = `{"type":"Folder","name":"App","children":[{"type":"Report","name":"Old","panels":[
 {"type":"ReportPanel","name":"Errors","viewerType":"table","queryString":"error | count","metricsQueries":[],"queryParameters":[{"name":"x","value":"1"}]},
 {"type":"ReportPanel","name":"Load","queryString":"","metricsQueries":[{"query":"metric=load"}]},
 {"type":"ReportPanel","name":"Both","queryString":"b | count","metricsQueries":[{"query":"metric=load"}]},
 {"type":"ReportPanel","name":"Words","viewerType":"title","queryString":null}]}]}`
	answers = `{"data":[{"title":"Board","panels":[{"title":"P","queries":[{"queryString":"p | count","queryType":"Logs"}]}]},
 {"item":{"type":"MonitorsLibraryMonitorResponse","name":"M","monitorType":"Logs","queries":[{"query":"m | count"}]},"path":"/Monitor/M"}]}`
	others = `[{"type":"MetricsSavedSearchSyncDefinition","name":"CPU","logQuery":"cpu | count"},{"type":"MetricsSearchSyncDefinition","name":"RAM","queries":[]},
 {"type":"SlosLibrarySloExport","name":"S"},{"type":"DashboardV2SyncDefinition","name":"D","panels":[{"title":"Map","panelType":"ServiceMapPanel"},{"title":"T","panelType":"TextPanel"}]}]`
)

// told prints an item on a line.
func told(i Item) string {
	out := i.Kind + " " + strings.Join(i.Path, " / ")
	if i.Skipped != "" {
		return out + ": " + i.Skipped
	}
	out += ": " + strings.ReplaceAll(i.Query, "\n", "⏎")
	if i.Description != "" {
		out += " (" + i.Description + ")"
	}
	for _, n := range i.Notes {
		out += " [" + n + "]"
	}
	return out
}

func TestReadExports(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a folder", folder, `saved search Hunts / Logons ../../etc: EventID=4625⏎| count by user (Many failures) [searched range: -15m] [parameter user: *] [schedule: 1Hour, 0 0 * * * ? *, UTC] [threshold: group, gt, 0]
panel Hunts / Board / Hosts: * | count by host (by host) [parameter host: srv*]
panel Hunts / Board / Hosts / A: * | count [parameter host: srv*]
panel Hunts / Board / Hosts / B: it is a query of metrics, not of logs
panel Hunts / Board / p3 / p4: its query is empty
panel Hunts / Old / First: error | count
dashboard Hunts / Empty: none of its panels has a query
lookup table Hunts / Users: an export has its columns, not its rows; --lookup-table and --lookup-dir take these
an element without type Hunts / unnamed: it is none of an export`},
		{"monitors", monitors, `monitor M / Brute force: failed | count by ip [trigger: Critical, LogsStaticCondition, _count, GreaterThan, 10, -15m]
monitor M / CPU: it watches metrics, not logs`},
		{"the first kind", first, `panel App / Old / Errors: error | count [parameter x: 1]
panel App / Old / Load: it is a query of metrics, not of logs
panel App / Old / Both: it is a query of metrics, not of logs
panel App / Old / Both: b | count
panel App / Old / Words: its query is empty`},
		{"answers of the API", answers, `panel Board / P: p | count
monitor M: m | count`},
		{"what has no query of logs", others, `saved search CPU: it is a query of metrics, not of logs
saved search CPU / logs: cpu | count
saved search RAM: it is a query of metrics, not of logs
SlosLibrarySloExport S: queries of this type are not read
panel D / Map: it holds no query`},
	} {
		items, err := Read([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range items {
			got = append(got, told(i))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	if _, err := Read([]byte("name: x")); err == nil {
		t.Error("what is no JSON passes")
	}
}

func TestElementsThatNestTooDeepAreNamed(t *testing.T) {
	for _, nest := range []struct{ open, shut string }{
		{`{"type":"FolderSyncDefinition","name":"f","children":[`, "]}"}, {"[", "]"}, {`{"data":[`, "]}"}, {`{"item":{"item":`, "}}"},
	} {
		text := strings.Repeat(nest.open, 5000) + "{}" + strings.Repeat(nest.shut, 5000)
		items, err := Read([]byte(text))
		if err != nil || len(items) != 1 || items[0].Skipped != "it lies too deep" {
			t.Errorf("%s: %d %v", nest.open, len(items), err)
		}
	}
}

func TestIDsAreNamesOfFiles(t *testing.T) {
	var names Names
	for _, c := range []struct{ path, want string }{
		{"Hunts|Logons ../../etc", "hunts-logons-etc"},
		{"Hunts|Logons ../../etc", "hunts-logons-etc-2"},
		{"a|Board|Hosts by IP!", "board-hosts-by-ip"},
		{"日本|…", "query"},
		{"..|\x00\n..", "query-2"},
		{strings.Repeat("long ", 100), strings.TrimSuffix(strings.Repeat("long-", 20), "-")},
	} {
		if got := names.ID(Item{Path: strings.Split(c.path, "|")}); got != c.want {
			t.Errorf("%q: %s, want %s", c.path, got, c.want)
		}
	}
}

// TestYAMLKeepsQueries writes detections and loads them again.
func TestYAMLKeepsQueries(t *testing.T) {
	for _, query := range []string{
		"* | count", "*\n| count by a\n", "  * \n| count\t\n\n  | where x = \"y: z\" # no comment", "a\r\n| count", "* | where a = \"\u0007\u2028é\"", "--- \n| x", "\n\n* | count",
		"{{a}} | count", "? - [ | count", "\ta\n\tb", "a\n  b\n c ", "%d | count",
	} {
		d := Item{Path: []string{"A: b", "#c"}, Description: "one\ntwo", Query: query, Notes: []string{"schedule: 1h"}}.Detection("id-1")
		text, err := YAML(d)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "d.yaml")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		back, err := detections.Load(file)
		if err != nil || len(back) != 1 {
			t.Fatalf("%q: %v\n%s", query, err, text)
		}
		if b := back[0]; b.Query != query || b.ID != d.ID || b.Title != "A: b / #c" || b.Description != "one\ntwo\n\nschedule: 1h" {
			t.Errorf("%q became %+v of\n%s", query, b, text)
		}
	}
}
