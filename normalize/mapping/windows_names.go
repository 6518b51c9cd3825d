package mapping

// windowsNames returns the name itself and the names under which Windows event data hold the same value: the other spellings
// of a system field, the names of the Elastic Common Schema, and those that say the container of a shape, as in
// EventData.CommandLine. None of them guesses: user.name, say, is the subject of one event and the target of another.
func windowsNames(name string) []string {
	names := append(make([]string, 0, 8), name) // most are so few
	if data, ok := cutPrefix(name, "eventdata.", "event_data.", "winlog.event_data.", "event.eventdata."); ok {
		names = append(names, data)
	}
	return append(names, windowsSynonyms[name]...)
}

var windowsSynonyms = map[string][]string{
	"computer":      {"hostname", "computername"},
	"computername":  {"computer", "hostname"},
	"hostname":      {"computer", "computername"},
	"eventcode":     {"eventid"},
	"event_id":      {"eventid"},
	"log_name":      {"channel"},
	"computer_name": {"computer", "hostname"},
	"provider":      {"sourcename", "providername"},
	"providername":  {"sourcename", "provider"},
	"sourcename":    {"provider", "providername"},
	"source_name":   {"sourcename", "provider", "providername"},
	"command_line":  {"commandline"},

	"process.command_line":        {"commandline"},
	"process.executable":          {"image", "newprocessname", "processname"},
	"process.pid":                 {"processid", "newprocessid"},
	"process.entity_id":           {"processguid"},
	"process.working_directory":   {"currentdirectory"},
	"process.parent.command_line": {"parentcommandline"},
	"process.parent.executable":   {"parentimage", "parentprocessname"},
	"process.parent.pid":          {"parentprocessid"},
	"process.parent.entity_id":    {"parentprocessguid"},
	"source.ip":                   {"sourceip", "ipaddress", "sourceaddress"},
	"source.port":                 {"sourceport", "ipport"},
	"destination.ip":              {"destinationip", "destaddress"},
	"destination.port":            {"destinationport", "destport"},
	"dns.question.name":           {"queryname"},
	"file.path":                   {"targetfilename"},
	"registry.path":               {"targetobject"},
	"event.code":                  {"eventid"},
	"event.provider":              {"sourcename", "provider", "providername"},
	"host.name":                   {"computer", "hostname", "computername"},
	"winlog.channel":              {"channel"},
	"winlog.computer_name":        {"computer", "hostname", "computername"},
	"winlog.event_id":             {"eventid"},
	"winlog.provider_name":        {"sourcename", "provider", "providername"},
}
