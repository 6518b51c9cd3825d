package mapping

import "slices"

// winlogbeat6 has event data in an object of its own, and snake-case names around it.
func winlogbeat6(name string) []Source {
	names := windowsNames(name)
	return slices.Concat(beatNames(winlogbeat6Names, names), under("event_data", names), under("user_data", names))
}

var winlogbeat6Names = map[string]string{
	"channel":            "log_name",
	"computer":           "computer_name",
	"eventid":            "event_id",
	"eventrecordid":      "record_number",
	"executionprocessid": "process_id",
	"executionthreadid":  "thread_id",
	"provider":           "source_name",
	"providerguid":       "provider_guid",
	"sourcename":         "source_name",
}

// winlogbeat7 has all that Windows gave below winlog, and the names of the Elastic Common Schema beside it once its module
// has run.
func winlogbeat7(name string) []Source {
	names := windowsNames(name)
	return slices.Concat(
		beatNames(winlogbeat7Names, names), under("winlog.event_data", names), under("winlog.user_data", names),
		beatNames(ecsNames, names), plain(names...),
	)
}

var winlogbeat7Names = map[string]string{
	"channel":            "winlog.channel",
	"computer":           "winlog.computer_name",
	"eventid":            "winlog.event_id",
	"eventrecordid":      "winlog.record_id",
	"executionprocessid": "winlog.process.pid",
	"executionthreadid":  "winlog.process.thread.id",
	"provider":           "winlog.provider_name",
	"providerguid":       "winlog.provider_guid",
	"sourcename":         "winlog.provider_name",
}

var ecsNames = map[string]string{
	"commandline":       "process.command_line",
	"currentdirectory":  "process.working_directory",
	"destinationip":     "destination.ip",
	"destinationport":   "destination.port",
	"image":             "process.executable",
	"ipaddress":         "source.ip",
	"ipport":            "source.port",
	"newprocessname":    "process.executable",
	"parentcommandline": "process.parent.command_line",
	"parentimage":       "process.parent.executable",
	"parentprocessid":   "process.parent.pid",
	"parentprocessname": "process.parent.executable",
	"processguid":       "process.entity_id",
	"processid":         "process.pid",
	"queryname":         "dns.question.name",
	"sourceip":          "source.ip",
	"sourceport":        "source.port",
	"targetfilename":    "file.path",
	"targetobject":      "registry.path",
}

// beatNames are the names of a table that the wanted ones are kept under.
func beatNames(table map[string]string, names []string) (all []Source) {
	for _, name := range names {
		if kept, ok := table[name]; ok {
			all = append(all, Source{Name: kept})
		}
	}
	return all
}
