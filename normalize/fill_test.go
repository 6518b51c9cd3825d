package normalize

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNamesThatQueriesUse asks events of each shape for names that are not the shape's own.
func TestNamesThatQueriesUse(t *testing.T) {
	const azCmd = `C:\Windows\system32\cmd.exe /c "az login --username c.jones@example.com"`
	const psCmd = `powershell.exe -Command "Connect-AzAccount"`
	cases := []struct{ event, name, want string }{
		{"W1 Sysmon", "process.command_line", azCmd},
		{"W1 Sysmon", "process.executable", `C:\Windows\System32\cmd.exe`},
		{"W1 Sysmon", "EventData.CommandLine", azCmd},
		{"W1 Sysmon", "winlog.event_data.ParentImage", `C:\Windows\explorer.exe`},
		{"W1 Sysmon", "Computer", "w5.example.com"},
		{"W1 Sysmon", "Provider", "Microsoft-Windows-Sysmon"},
		{"W1 Sysmon", "SubjectUserName", ""},
		{"W1 logon, lower-case channel", "source.ip", "192.0.2.17"},
		{"W3 Sysmon", "Channel", "Microsoft-Windows-Sysmon/Operational"},
		{"W3 Sysmon", "EventID", "1"},
		{"W3 Sysmon", "Computer", "w5.example.com"},
		{"W3 Sysmon", "Image", `C:\Windows\System32\cmd.exe`},
		{"W3 Sysmon", "ParentCommandLine", `C:\Windows\Explorer.EXE`},
		{"W3 Sysmon", "User", `EXAMPLE\c.jones`},
		{"W3 Sysmon", "process.parent.executable", `C:\Windows\explorer.exe`},
		{"W3 Sysmon", "SourceName", "Microsoft-Windows-Sysmon"},
		{"W3b Sysmon", "EventID", "1"},
		{"W3b Sysmon", "Channel", "Microsoft-Windows-Sysmon/Operational"},
		{"W3b Sysmon", "EventData.Image", `C:\Windows\System32\cmd.exe`},
		{"W3b Security, after the module", "NewProcessName", `C:\a.exe`},
		{"W4 WindowsEvent, JSON in a string", "Image", `C:\Windows\System32\cmd.exe`},
		{"W4 WindowsEvent, JSON in a string", "User", `EXAMPLE\c.jones`},
		{"W4 Event, XML in a string", "Channel", "Microsoft-Windows-Sysmon/Operational"},
		{"W4b Sysmon for Linux, XML in a string", "CommandLine", "az login"},
		{"W5 Security", "EventID", "4688"},
		{"W5 Security", "event.code", "4688"},
		{"W5 Security", "Channel", "Security"},
		{"W5 Security", "Computer", "w5.example.com"},
		{"W5 Security", "ProviderName", "Microsoft-Windows-Security-Auditing"},
		{"W5 Security", "NewProcessName", `C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`},
		{"W5 Security", "ExecutionProcessID", "3172"},
		{"W5 EventID with attributes", "EventID", "4624"},
		{"W5 EventID with attributes", "LogonType", "3"},
		{"W5 user data", "SubjectDomainName", "EXAMPLE"},
		{"W9 Security", "EventID", "4688"},
		{"W9 Security", "process.command_line", psCmd},
		{"W9 logon", "TargetUserName", "c.jones"},
		{"W9 logon", "Channel", "Security"},
		{"W10 Security", "ParentProcessName", `C:\Windows\explorer.exe`},
		{"W10 Security", "EventData.SubjectUserName", "c.jones"},
		{"W10 user data", "SubjectUserName", "c.jones"},

		{"A4", "eventTime", "2026-03-11T18:58:09.000Z"},
		{"A5", "userIdentity.accountId", "111122223333"},
		{"A5 cut inside", "EventSource", "signin.amazonaws.com"},
		{"A7", "userIdentity.userName", "c.jones"},
		{"A7", "awsRegion", "us-east-1"},

		{"Z1 sign-in", "properties.location.city", "Amsterdam"},
		{"Z1 sign-in", "ipAddress", ""},
		{"Z3 Graph", "properties.location.city", "Amsterdam"},
		{"Z3 Graph", "properties.riskEventTypes_v2", `["anonymizedIPAddress"]`},
		{"Z3 Graph", "properties.networkLocationDetails[0].networkType", "namedNetwork"},
		{"Z3 Graph", "callerIpAddress", "203.0.113.41"},
		{"Z3 Graph", "resultType", "0"},
		{"Z3 Graph, audit", "properties.initiatedBy.user.userPrincipalName", "c.jones@example.com"},
		{"Z4 SigninLogs", "properties.location.city", "Amsterdam"},
		{"Z4 SigninLogs", "properties.deviceDetail.operatingSystem", "Windows10"},
		{"Z4 SigninLogs", "properties.status.errorCode", "0"},
		{"Z4 SigninLogs", "properties.status.additionalDetails", "MFA"},
		{"Z4 SigninLogs", "Status.errorCode", "0"},
		{"Z4 SigninLogs", "properties.networkLocationDetails[0].networkType", "namedNetwork"},
		{"Z4 without Status", "properties.status.errorCode", "0"},
		{"Z4 AuditLogs", "properties.initiatedBy.user.userPrincipalName", "c.jones@example.com"},
		{"Z4 AuditLogs", "properties.targetResources[0].displayName", "app"},
		{"Z5 activity", "properties.caller", "c.jones@example.com"},
		{"Z7 activity", "operationName.value", "Microsoft.Compute/disks/delete"},
		{"Z7 activity", "httpRequest.clientIpAddress", "203.0.113.41"},
		{"Z7 activity", "properties.eventTimestamp", "2026-03-11T18:54:58.113821Z"},
		{"Z7 sign-in", "properties.networkLocationDetails[0].networkNames", `["Example office"]`},
		{"Z7 sign-in", "properties.appDisplayName", "Azure CLI"},
		{"Z8 event.original", "properties.location.city", "Amsterdam"},
		{"Z8 event.original", "agent.type", ""},
		{"S1 row", "_collector", "aws"},
		{"S1 row", "_sourceName", "bucket/x.json.gz"},
		{"S1 search job", "_sourceCategory", "Azure/SignIn"},
		{"S1 search job", "map._raw", ""},
		{"S1 no JSON", "_raw", "Mar 11 18:58:09 relay sshd[1]: Accepted {publickey"},
		{"S1 no JSON", "_size", "50"},
		{"U application log", "CommandLine", ""},
		{"U application log", "Computer", ""},
	}
	events := shapeEvents(t)
	for _, c := range cases {
		t.Run(c.event+"/"+c.name, func(t *testing.T) {
			event := string(events[c.event])
			if got := record(t, Options{}, Origin{}, event, c.name)[c.name]; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestNoMapping(t *testing.T) {
	for name, event := range shapeEvents(t) {
		with := record(t, Options{}, Origin{}, string(event), t1021...)
		without := record(t, Options{NoMapping: true}, Origin{}, string(event), t1021...)
		for field, text := range without {
			if with[field] != text {
				t.Errorf("%s: %s is %q, and %q without the mapping", name, field, with[field], text)
			}
		}
		if name == "W3 Sysmon" && (without["CommandLine"] != "" || with["CommandLine"] == "") {
			t.Errorf("%s: %q, %q without the mapping", name, with["CommandLine"], without["CommandLine"])
		}
	}
}

func TestMappingLeavesWhatTheEventHas(t *testing.T) {
	cases := []struct{ name, event, want string }{
		{"a text of its own", `{"log_name":"Security","event_id":1,"CommandLine":"own","event_data":{"CommandLine":"other"}}`, "own"},
		{"the empty text", `{"log_name":"Security","event_id":1,"CommandLine":"","event_data":{"CommandLine":"other"}}`, ""},
		{"null is none", `{"log_name":"Security","event_id":1,"CommandLine":null,"event_data":{"CommandLine":"other"}}`, "other"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := record(t, Options{}, Origin{}, c.event, "CommandLine")
			if diff := cmp.Diff(map[string]string{"CommandLine": c.want}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestDepthOfMappedNames: a name that the mapping adds is like a field extracted at ingest, which json auto's depth does not
// reach.
func TestDepthOfMappedNames(t *testing.T) {
	var p Projection
	p.Add(Field{Name: "SubjectUserName", MaxDepth: 1})
	event := shapeEvents(t)["W5 user data"]
	r, err := New(&p, Options{}).Normalize(event, event, &Origin{})
	if err != nil || string(r.Fields[0]) != "c.jones" {
		t.Errorf("%q, %v", r.Fields, err)
	}
}
