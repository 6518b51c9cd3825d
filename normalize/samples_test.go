package normalize

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"retrohunt/normalize/mapping"
)

// TestSamples recognises the first events of the real samples that are JSON without an archive around them. The samples
// lie beside the repository and are no part of it.
func TestSamples(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "samples")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no samples beside the repository: ", root)
	}
	cases := []struct {
		glob       string
		shape      mapping.Shape
		categories string // separated by blanks
	}{
		{"windows/otrf/covenant_*.json", mapping.NXLog, "Windows/Sysmon Windows/Security Windows/Windows Windows/Microsoft-Windows-PowerShell/Operational Windows/System"},
		{"windows/otrf/cmd_lsass_*.json", mapping.WEC, "Windows/Sysmon Windows/Security"},
		{"windows/loganalytics/WindowsEvents.json", mapping.LogAnalyticsWindows, "Windows/Security Windows/Sysmon Windows/Application"},
		{"windows/loganalytics/securityauditing_*.json", mapping.LogAnalyticsWindows, "Windows/Security"},
		{"windows/loganalytics/sysmon_*.json", mapping.LogAnalyticsWindows, "Windows/Sysmon"},
		{"windows/loganalytics/syslog_*.json", mapping.LogAnalyticsSyslog, "Windows/Sysmon Linux/Syslog"},
		{"windows/velociraptor/*.json", mapping.Velociraptor, "Windows/Security"},
		{"aws/s3_plain/*.json", mapping.CloudTrail, "AWS/CloudTrail"},
		{"aws/stratus/*.json", mapping.CloudTrail, "AWS/CloudTrail"},
		{"aws/trailscraper/*.json", mapping.CloudTrail, "AWS/CloudTrail"},
		{"aws/otrf/ec2_*.json", mapping.LogstashCloudTrail, "AWS/CloudTrail"},
		{"aws/lookup_events/*.jsonl", mapping.LookupEvents, "AWS/CloudTrail"},
		{"azure/loganalytics/*.json", mapping.LogAnalyticsAzure, "Azure/Audit"},
		{"azure/monitor_diag/*", mapping.AzureMonitor, "Azure/SignIn Azure/SignIn/NonInteractiveUser Azure/SignIn/ServicePrincipal Azure/Audit Azure/UserRiskEvents Azure/RiskyUsers"},
		{"azure/activity/azure_activity_log.jsonl", mapping.AzureSDK, "Azure/Activity"},
	}
	n := New(project(t1021...), Options{Time: true, Host: true})
	for _, c := range cases {
		files, err := filepath.Glob(filepath.Join(root, c.glob))
		if err != nil || len(files) == 0 {
			t.Fatalf("no file %s, %v", c.glob, err)
		}
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				for i, event := range firstEvents(t, file) {
					r, err := n.Normalize(event, event, &Origin{})
					if err != nil {
						t.Fatal(err)
					}
					if r.Shape != c.shape {
						t.Errorf("event %d is %v, not %v", i, r.Shape, c.shape)
					}
					if !strings.Contains(" "+c.categories+" ", " "+string(r.Category)+" ") {
						t.Errorf("event %d is of category %s", i, r.Category)
					}
					if !r.Timed {
						t.Errorf("event %d has no time", i)
					}
					if strings.HasPrefix(string(r.Category), "Windows") && len(r.Host) == 0 {
						t.Errorf("event %d has no host", i)
					}
				}
			})
		}
	}
}

// firstEvents returns up to 50 events of lines, of an array, or of an envelope.
func firstEvents(t *testing.T, file string) (events [][]byte) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	whole := gjson.ParseBytes(bytes.TrimSpace(b))
	if records := whole.Get("Records"); records.IsArray() {
		whole = records
	} else if records := whole.Get("records"); records.IsArray() {
		whole = records
	}
	switch {
	case whole.IsArray():
		for _, e := range whole.Array() {
			events = append(events, []byte(e.Raw))
		}
	case gjson.ValidBytes(b):
		events = append(events, b)
	default:
		for line := range bytes.Lines(b) {
			if len(bytes.TrimSpace(line)) > 0 {
				events = append(events, line)
			}
		}
	}
	return events[:min(len(events), 50)]
}
