package report

import (
	"slices"
	"strings"

	"retrohunt/engine"
)

// hint is what a hunter may look at if a category lacks fields, as far as it is the same for everybody who collects it.
type hint struct {
	category string   // the category holds this text, in any case
	fields   []string // in lower case; one of them is needed
	text     string
}

var commandLine = []string{"commandline", "command_line", "process.command_line", "processcommandline", "eventdata.commandline"}

// hints are looked through from the top. Each is a fact that a vendor documents: which setting, event or licence fills
// the fields.
var hints = []hint{
	{"windows/security", commandLine, "is command-line auditing (event 4688) on?"},
	{"windows/security", []string{"sharename", "relativetargetname"}, "is file share auditing (events 5140, 5145) on?"},
	{"windows/security", []string{"ticketencryptiontype"}, "are the domain controllers' Kerberos events (4768, 4769) collected?"},
	{"windows/sysmon", commandLine, "is event 1 collected?"},
	{"windows/sysmon", []string{"destinationip", "destinationhostname", "destinationport"}, "is event 3 collected?"},
	{"windows/sysmon", []string{"imageloaded"}, "is event 6 or 7 collected?"},
	{"windows/sysmon", []string{"grantedaccess", "calltrace"}, "is event 10 collected?"},
	{"windows/sysmon", []string{"targetobject"}, "are events 12 to 14 collected?"},
	{"windows/sysmon", []string{"pipename"}, "are events 17 and 18 collected?"},
	{"windows/sysmon", []string{"queryname"}, "is event 22 collected?"},
	{"powershell", []string{"scriptblocktext"}, "is script block logging (event 4104) on?"},
	{"azure/signin", []string{"properties.risklevelduringsignin", "properties.risklevelaggregated"}, "risk levels need Entra ID P2"},
	{"aws/cloudtrail", []string{"responseelements.consolelogin", "additionaleventdata.mfaused"}, "are console sign-ins in this trail?"},
}

// hintFor returns the first hint for one of the fields that a category lacks, "" if there is none.
func hintFor(n engine.Need) string {
	category := strings.ToLower(n.Category)
	for _, h := range hints {
		if strings.Contains(category, h.category) && slices.ContainsFunc(slices.Concat(n.Fields...), h.isAbout) {
			return h.text
		}
	}
	return ""
}

func (h hint) isAbout(field string) bool { return slices.Contains(h.fields, strings.ToLower(field)) }
