package normalize

import (
	"os"
	"testing"
)

// event returns the made event of testdata/NAME.json.
func event(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return b[:len(b)-1]
}

// sources are the events of T1021.007's four sources.
var sources = []string{"sysmon", "security", "signin", "cloudtrail"}

// t1021 are the names that T1021.007 uses, in its spelling.
var t1021 = []string{
	"CommandLine", "command_line", "process.command_line",
	"SubjectUserName", "properties.userPrincipalName", "userIdentity.arn",
	"IpAddress", "properties.ipAddress", "sourceIPAddress",
	"properties.riskLevelDuringSignIn", "properties.status.errorCode", "properties.networkLocationDetails",
	"eventName", "responseElements.ConsoleLogin", "additionalEventData.MFAUsed",
}

// project asks for names with T1021.007's depth.
func project(names ...string) *Projection {
	var p Projection
	for _, name := range names {
		p.Add(Field{Name: name, MaxDepth: 5})
	}
	return &p
}
