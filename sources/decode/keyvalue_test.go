package decode

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fieldsOf reads a block and returns its fields, numbers as they are written.
func fieldsOf(t *testing.T, block string) map[string]string {
	t.Helper()
	pieces, err := readAll(New(KeyValue, strings.NewReader(block), Options{}))
	if len(pieces) != 1 || pieces[0].Lost != "" {
		t.Fatalf("%v, %+v", err, pieces)
	}
	var fields map[string]any
	d := json.NewDecoder(strings.NewReader(pieces[0].JSON))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, v := range fields {
		switch v := v.(type) {
		case string:
			out[name] = v
		case json.Number:
			out[name] = "#" + v.String()
		}
	}
	return out
}

// message makes a block around the text of a message.
func message(log string, id string, lines ...string) string {
	return "01/02/2026 03:04:05 AM\nLogName=" + log + "\nEventCode=" + id + "\nMessage=" + strings.Join(lines, "\n") + "\n"
}

func TestFieldsOfABlock(t *testing.T) {
	for _, c := range []struct {
		name, block string
		want        map[string]string // some of the fields; "absent" is not there
	}{
		{"keys", "03/25/2026 05:46:37 PM\r\nLogName=System\r\nSourceName=Service Control Manager\r\nEventCode=7036\r\nComputerName=ws1.example.com\r\nRecordNumber=17\r\nSid=S-1-5-18\r\nUser=\r\n", map[string]string{
			"TimeCreated": "03/25/2026 05:46:37 PM", "LogName": "System", "Channel": "System", "SourceName": "Service Control Manager",
			"ProviderName": "Service Control Manager", "EventCode": "#7036", "EventID": "#7036", "ComputerName": "ws1.example.com",
			"Computer": "ws1.example.com", "Hostname": "ws1.example.com", "RecordNumber": "#17", "EventRecordID": "#17", "UserID": "S-1-5-18", "User": "",
		}},
		{
			"values with equals signs, and over lines", "03/25/2026 05:46:37 PM\nA=b=c\nText=one\n two\n\nthree\nB=d\n",
			map[string]string{"A": "b=c", "Text": "one\n two\n\nthree", "B": "d"},
		},
		{"an id that is no number", "03/25/2026 05:46:37 PM\nEventCode=0x10\n", map[string]string{"EventCode": "0x10", "EventID": "0x10"}},
		{"a key twice", "03/25/2026 05:46:37 PM\nA=1\na=2\nA=3\n", map[string]string{"A": "1", "a[1]": "2", "A[2]": "3"}},
		{"a process start", keyValueEvent(8), map[string]string{
			"SubjectUserName": "alice", "SubjectDomainName": "CORP", "SubjectLogonId": "0x181B6B", "TargetUserName": "-",
			"NewProcessName": `C:\Windows\System32\cmd.exe`, "ParentProcessName": `C:\Windows\explorer.exe`, "ProcessId": "0x1384",
			"CommandLine": `cmd.exe /c "echo 8"`, "CreatorSubject.AccountName": "alice", "ProcessInformation.ProcessCommandLine": `cmd.exe /c "echo 8"`,
			"MandatoryLabel": `Mandatory Label\High Mandatory Level`, "TokenElevationTypeIndicates": "absent",
		}},
		{
			"an older process start", message("Security", "4688", "A new process has been created.", "", "Subject:", "\tAccount Name:\t\tbob", "",
				"Process Information:", "\tNew Process ID:\t\t0x1", "\tProcess Command Line:\t"),
			map[string]string{"SubjectUserName": "bob", "NewProcessId": "0x1", "CommandLine": ""},
		},
		{
			"a command line over lines", message("Security", "4688", "A new process has been created.", "", "Process Information:",
				"\tProcess Command Line:\tpowershell -c a", "Subject: x", "b", "", "Token Elevation Type indicates: a"),
			map[string]string{"CommandLine": "powershell -c a\nSubject: x\nb", "Subject": "absent"},
		},
		{
			"a command line that plays a section", message("Security", "4688", "A new process has been created.", "", "Creator Subject:", "\tAccount Name:\t\tbob", "",
				"Process Information:", "\tProcess Command Line:\tx", "", "Creator Subject:", "\tAccount Name:\t\tmallory"),
			map[string]string{"SubjectUserName": "bob", "SubjectUserName[1]": "mallory"},
		},
		{
			"a logon", message("Security", "4624", "An account was successfully logged on.", "", "Subject:", "\tAccount Name:\t\t-", "",
				"Logon Information:", "\tLogon Type:\t\t3", "\tElevated Token:\t\tYes", "", "Impersonation Level:\t\tDelegation", "",
				"New Logon:", "\tAccount Name:\t\talice", "\tLogon GUID:\t\t{0}", "", "Network Information:", "\tWorkstation Name:\tWS1",
				"\tSource Network Address:\t192.0.2.7", "\tSource Port:\t\t50000", "", "Detailed Authentication Information:", "\tPackage Name (NTLM only):\tNTLM V2"),
			map[string]string{
				"LogonType": "3", "ImpersonationLevel": "Delegation", "SubjectUserName": "-", "TargetUserName": "alice", "WorkstationName": "WS1",
				"IpAddress": "192.0.2.7", "IpPort": "50000", "LmPackageName": "NTLM V2", "NewLogon.AccountName": "alice",
			},
		},
		{
			"an older logon", message("Security", "4624", "An account was successfully logged on.", "", "Logon Type:\t\t\t10", "", "New Logon:", "\tAccount Name:\t\tbob"),
			map[string]string{"LogonType": "10", "TargetUserName": "bob"},
		},
		{
			"a failed logon", message("Security", "4625", "An account failed to log on.", "", "Account For Which Logon Failed:", "\tAccount Name:\t\tcarol", "",
				"Failure Information:", "\tStatus:\t\t\t0xC000006D", "\tSub Status:\t\t0xC0000064"),
			map[string]string{"TargetUserName": "carol", "Status": "0xC000006D", "SubStatus": "0xC0000064"},
		},
		{
			"a list of privileges", message("Security", "4672", "Special privileges assigned to new logon.", "", "Subject:", "\tAccount Name:\t\talice", "",
				"Privileges:\t\tSeSecurityPrivilege", "\t\t\tSeBackupPrivilege"),
			map[string]string{"SubjectUserName": "alice", "PrivilegeList": "SeSecurityPrivilege\n\t\t\tSeBackupPrivilege"},
		},
		{
			"a task", message("Security", "4698", "A scheduled task was created.", "", "Task Information:", "\tTask Name: \t\t\\evil", "\tTask Content: \t\t<?xml version=\"1.0\"?>",
				"<Task>", "  <Author>a: b</Author>", "</Task>", "\t", "Other Information:", "\tProcess Creation Time: \t\t1"),
			map[string]string{"TaskName": `\evil`, "TaskContent": "<?xml version=\"1.0\"?>\n<Task>\n  <Author>a: b</Author>\n</Task>", "OtherInformation.ProcessCreationTime": "1"},
		},
		{
			"an account", message("Security", "4720", "A user account was created.", "", "New Account:", "\tAccount Name:\t\tdave", "", "Attributes:", "\tSAM Account Name:\tdave"),
			map[string]string{"TargetUserName": "dave", "SamAccountName": "dave"},
		},
		{
			"a share", message("Security", "5145", "A network share object was checked.", "", "Network Information:", "\tSource Address:\t\t192.0.2.9", "", "Share Information:", "\tShare Name:\t\t\\\\*\\C$"),
			map[string]string{"IpAddress": "192.0.2.9", "ShareName": `\\*\C$`},
		},
		{
			"the firewall", message("Security", "5156", "A connection was permitted.", "", "Network Information:", "\tSource Address:\t\t192.0.2.9", "\tSource Port:\t\t1"),
			map[string]string{"SourceAddress": "192.0.2.9", "SourcePort": "1", "IpAddress": "absent", "IpPort": "absent"},
		},
		{
			"Sysmon", message("Microsoft-Windows-Sysmon/Operational", "1", "Process Create:", "RuleName: -", "UtcTime: 2026-01-02 03:04:05.678", `Image: C:\a.exe`, "CommandLine: a.exe http://example.com", "Company: "),
			map[string]string{"RuleName": "-", "UtcTime": "2026-01-02 03:04:05.678", "Image": `C:\a.exe`, "CommandLine": "a.exe http://example.com", "Company": "", "ProcessCreate": "absent"},
		},
		{
			"a service", message("System", "7045", "A service was installed in the system.", "", "Service Name:  evil", `Service File Name:  C:\a.exe`, "Service Account:  LocalSystem"),
			map[string]string{"ServiceName": "evil", "ImagePath": `C:\a.exe`, "AccountName": "LocalSystem"},
		},
		{
			"PowerShell is not searched", message("Microsoft-Windows-PowerShell/Operational", "4104", "Creating Scriptblock text (1 of 1):", "User: admin", "Subject:", "\tAccount Name:\tx"),
			map[string]string{"User": "absent", "SubjectUserName": "absent"},
		},
		{
			"a time inside a message", "01/02/2026 03:04:05 AM\nLogName=Application\nMessage=first\n01/02/2026 03:04:06 AM\nlast\n",
			map[string]string{"Message": "first\n01/02/2026 03:04:06 AM\nlast"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := fieldsOf(t, c.block)
			for name, want := range c.want {
				if value, ok := got[name]; want == "absent" && ok || want != "absent" && (!ok || value != want) {
					t.Errorf("%s is %q (%v), want %q", name, value, ok, want)
				}
			}
			if t.Failed() {
				t.Log(got)
			}
		})
	}
}

func TestKeyValueFraming(t *testing.T) {
	one, two := "01/02/2026 03:04:05 AM\nA=1\n", "01/02/2026 03:04:06 PM\r\nA=2"
	for _, c := range []struct {
		name, text string
		want       []string
		broke      string
	}{
		{"one", one, []string{"0 1 01/02/2026 03:04:05 AM\nA=1"}, ""},
		{"two", one + two, []string{"0 1 01/02/2026 03:04:05 AM\nA=1", "27 3 01/02/2026 03:04:06 PM\r\nA=2"}, ""},
		{"blank lines around", "\ufeff\n" + one + "\n\n" + two + "\n\n", []string{"4 2 01/02/2026 03:04:05 AM\nA=1", "33 6 01/02/2026 03:04:06 PM\r\nA=2"}, ""},
		{"text before", "LogName=x\n" + one, []string{"lost 10 at 0, 0 records: not an event: no line with a time and a line with a key behind it", "10 2 01/02/2026 03:04:05 AM\nA=1"}, ""},
		{"a time alone", one + "01/02/2026 03:04:05 AM\n", []string{"0 1 01/02/2026 03:04:05 AM\nA=1\n01/02/2026 03:04:05 AM"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			pieces, err := readAll(New(KeyValue, strings.NewReader(c.text), Options{}))
			if diff := cmp.Diff(c.want, rawPieces(pieces)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			checkEnd(t, err, c.broke)
		})
	}
}

func TestABlockWithTooManyFieldsIsLost(t *testing.T) {
	block := "01/02/2026 03:04:05 AM\n" + strings.Repeat("A=1\n", maxBlockFields+1)
	pieces, err := readAll(New(KeyValue, strings.NewReader(block+keyValueEvent(1)), Options{}))
	if len(pieces) != 2 || pieces[0].Lost != "too many fields" || pieces[0].Records != 1 || pieces[1].Lost != "" {
		t.Errorf("%v %v", err, short(pieces))
	}
}
