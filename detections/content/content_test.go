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
LookupTableSyncDefinition Hunts / Users: it holds no query
an element without type Hunts / unnamed: it is none of an export`},
		{"monitors", monitors, `monitor M / Brute force: failed | count by ip [trigger: Critical, LogsStaticCondition, _count, GreaterThan, 10, -15m]
monitor M / CPU: it watches metrics, not logs`},
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

func TestFoldersThatNestTooDeepAreNamed(t *testing.T) {
	text := strings.Repeat(`{"type":"FolderSyncDefinition","name":"f","children":[`, 5000) + strings.Repeat("]}", 5000)
	items, err := Read([]byte(text))
	if err != nil || len(items) != 1 || items[0].Skipped != "it lies too deep" {
		t.Errorf("%v %v", items, err)
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
