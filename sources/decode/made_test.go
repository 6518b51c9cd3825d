package decode

import (
	"fmt"
	"strings"
)

// This file makes streams in the shapes of real ones.

func xmlEvent(n int) string {
	return fmt.Sprintf(`<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' `+
		`Guid='{01234567-89AB-CDEF-0123-456789ABCDEF}'/><EventID>1</EventID><Version>5</Version><TimeCreated SystemTime='2026-03-25T17:46:37.6528979Z'/>`+
		`<EventRecordID>%d</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws%d.example.com</Computer></System>`+
		`<EventData><Data Name='Image'>C:\Windows\System32\cmd.exe</Data><Data Name='CommandLine'>cmd.exe /c &quot;echo %d&quot;</Data></EventData></Event>`, n, n%7, n)
}

// xmlFile is what Event Viewer saves: a declaration, a root, events over many lines.
func xmlFile(n int) []byte {
	var b strings.Builder
	b.WriteString(byteOrderMark + "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>\r\n")
	for i := range n {
		b.WriteString(strings.ReplaceAll(xmlEvent(i), "><", ">\r\n  <") + "\r\n")
	}
	b.WriteString("</Events>\r\n")
	return []byte(b.String())
}

func keyValueEvent(n int) string {
	return fmt.Sprintf(`03/25/2026 05:46:%02d PM
LogName=Security
SourceName=Microsoft Windows security auditing.
EventCode=4688
EventType=0
Type=Information
ComputerName=dc%d.corp.example.com
TaskCategory=Process Creation
OpCode=Info
RecordNumber=%d
Keywords=Audit Success
Message=A new process has been created.

Creator Subject:
	Security ID:		CORP\alice
	Account Name:		alice
	Account Domain:		CORP
	Logon ID:		0x181B6B

Target Subject:
	Security ID:		NULL SID
	Account Name:		-
	Account Domain:		-
	Logon ID:		0x0

Process Information:
	New Process ID:		0x5e8
	New Process Name:	C:\Windows\System32\cmd.exe
	Token Elevation Type:	%%%%1936
	Mandatory Label:		Mandatory Label\High Mandatory Level
	Creator Process ID:	0x1384
	Creator Process Name:	C:\Windows\explorer.exe
	Process Command Line:	cmd.exe /c "echo %d"

Token Elevation Type indicates the type of token that was assigned to the new process: see below.
`, n%60, n%7, n, n)
}

func keyValueFile(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(keyValueEvent(i))
	}
	return b.String()
}

// csvFile has cells with delimiters, doubled quotes and line ends in them.
func csvFile(n int) string {
	var b strings.Builder
	b.WriteString("_messagetime,_sourcecategory,_raw,Source IP\r\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,\"aws/cloudtrail\",\"{\"\"eventName\"\":\"\"ListObjects\"\",\n\"\"n\"\":%d}\",192.0.2.%d\r\n", 1774460797000+i, i, i%250)
	}
	return b.String()
}
