package synth

import "strings"

// Row is the row of T1021.007 that an event is counted in. Whoever makes the event says it; no query finds it out.
type Row struct {
	Category  string `json:"_sourceCategory"`
	Actor     string `json:"actor"`
	Address   string `json:"src_ip"`
	Platform  string `json:"CloudPlatform"`
	Detection string `json:"DetectionType"`
	Command   string `json:"cmd_line"`
}

// sorts are the sources, as often as they occur in ten events.
var sorts = [...]string{"sysmon", "sysmon", "sysmon", "sysmon", "sysmon", "security", "security", "cloudtrail", "cloudtrail", "signin"}

// Category is the source category that the event's content shows.
func (e Event) Category() string {
	sort, _, _ := strings.Cut(e.Shape, ".")
	switch {
	case sort == "sysmon":
		return "Windows/Sysmon"
	case sort == "security":
		return "Windows/Security"
	case sort == "cloudtrail":
		return "AWS/CloudTrail"
	case e.Shape == "signin.silent":
		return "Azure/SignIn/NonInteractiveUser"
	case e.Shape == "signin.service":
		return "Azure/SignIn/ServicePrincipal"
	}
	return "Azure/SignIn"
}

// Chance is true as often as share says.
func (m *Maker) Chance(share float64) bool { return float64(m.n(1<<30)) < share*(1<<30) }

// Background draws an event that is no hit; one in a hundred nearly is.
func (m *Maker) Background() Event {
	if m.sort == "" || m.n(8) == 0 { // logs come in bursts
		m.sort = sorts[m.n(len(sorts))]
	}
	return m.BackgroundOf(m.sort)
}

// BackgroundOf is Background of one sort of events: sysmon, security, cloudtrail or signin.
func (m *Maker) BackgroundOf(sort string) Event {
	if m.n(100) == 0 {
		near := nearMisses[sort]
		return near[m.n(len(near))]
	}
	all := shapes.bySort[sort]
	return Event{Shape: all[m.n(len(all))].name}
}

// nearMisses are events that look like hits and are none.
var nearMisses = map[string][]Event{
	"sysmon": {
		{Shape: "sysmon.1", Command: `powershell.exe -c connect-azaccount`},
		{Shape: "sysmon.1", Command: `C:\Windows\system32\cmd.exe /c "C:\Program Files\Microsoft SDKs\Azure\CLI2\wbin\az.cmd" login`},
		{Shape: "sysmon.1", Parent: `cmd.exe /c az login`},
		{Shape: "sysmon.1", Command: `aws s3 ls s3://reports`},
	},
	"security": {
		{Shape: "security.4688", Command: `gcloud compute instances list`},
		{Shape: "security.4688", Command: `AZ LOGIN --use-device-code`},
		{Shape: "security.4688.w1", Command: `az vm list --output table`},
	},
	"cloudtrail": {
		{Shape: "cloudtrail.login", MFA: "No", Outcome: "Failure"},
		{Shape: "cloudtrail.login", MFA: "Yes", Outcome: "Success"},
		{Shape: "cloudtrail.checkmfa"},
	},
	"signin": {
		{Shape: "signin.user", Risk: "low"},
		{Shape: "signin.user", Risk: "high", Error: "50126"},
		{Shape: "signin.silent", Risk: "medium", Error: "70044"},
		{Shape: "signin.user", Network: `[{"networkType":"anonymizedIP","networkNames":["exit node"]}]`},
	},
}

// tool is a command line that is a hit, and the platform it is taken for.
type tool struct{ command, platform string }

var tools = []tool{
	{`powershell.exe -NoProfile -Command Connect-AzAccount -UseDeviceAuthentication`, "Azure"},
	{`powershell.exe -Command "Connect-AzAccount -Credential $cred"`, "Azure"},
	{`cmd.exe /c az login --use-device-code`, "Azure"},
	{`az account list --all`, "Azure"},
	{`powershell.exe -NoProfile -Command Connect-MgGraph -Scopes User.Read.All`, "Unknown"},
	{`powershell.exe -NoProfile -Command Connect-ExchangeOnline`, "Unknown"},
	{`aws configure set region us-east-1`, "AWS"},
	{`"C:\Program Files\Amazon\AWSCLIV2\aws.exe" & aws sts get-caller-identity`, "AWS"},
	{`gcloud auth login --no-launch-browser`, "GCP"},
}

// suspects is how many of the people make hits.
const suspects = 12

// Hit draws an event that is a hit, and its row.
func (m *Maker) Hit() (Event, Row) { return m.HitOf(sorts[m.n(len(sorts))]) }

// HitOf is Hit of one sort of events.
func (m *Maker) HitOf(sort string) (Event, Row) {
	who := &people[m.n(suspects)*37]
	e := Event{User: who.name, IP: who.ip}
	switch sort {
	case "sysmon":
		t := tools[m.n(len(tools))]
		e.Shape, e.Command = "sysmon.1", t.command
		return e, Row{"Windows/Sysmon", "-", "-", t.platform, "CloudCLI_Execution", t.command}
	case "security":
		t := tools[m.n(len(tools))]
		e.Shape, e.Command = "security.4688", t.command
		return e, Row{"Windows/Security", who.name, "-", t.platform, "CloudCLI_Execution", t.command}
	case "cloudtrail":
		e.Shape, e.MFA = "cloudtrail.login", "No"
		return e, Row{"AWS/CloudTrail", "arn:aws:iam::111122223333:user/" + who.name, who.ip, "AWS", "AWSConsoleNoMFA", ""}
	}
	e.Shape, e.Risk = "signin.user", [...]string{"medium", "high"}[m.n(2)]
	return e, Row{"Azure/SignIn", who.name + "@example.com", who.ip, "Azure", "RiskyAzureSignin", ""}
}
