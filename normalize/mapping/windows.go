package mapping

import "slices"

// windows names Windows/Sysmon, Windows/Security, or Windows/ and the channel. Sysmon and Security are known by channel or
// provider alone; any other channel needs an event id beside it, for other logs have channels too.
func windows(dst []byte, t Texts) ([]byte, Shape) {
	where := first(t, channel, winlogChannel, evtxChannel, systemChannel, logName, eventLog)
	from := first(t, sourceName, provider, eventSourceName, providerName, providerFlat, sourceNameBeat, winlogProvider, evtxProvider, systemProvider)
	switch {
	case string(where) == sysmonChannel, containsFold(where, "sysmon"), containsFold(from, "microsoft-windows-sysmon"):
		return append(dst, "Windows/Sysmon"...), windowsShape(t)
	case equalFold(where, "security"), where == nil && equalFold(from, "microsoft-windows-security-auditing"):
		return append(dst, "Windows/Security"...), windowsShape(t)
	case first(t, eventID, eventIDBeat, winlogEventID, evtxEventID, evtxEventIDText, systemEventID) == nil:
		return dst, Unknown
	case where == nil && from == nil:
		return chosenColumns(dst, t)
	case where != nil:
		return append(append(dst, "Windows/"...), where...), windowsShape(t)
	}
	return append(append(dst, "Windows/"...), from...), windowsShape(t)
}

// sysmonChannel is how Windows spells it, which most events have.
const sysmonChannel = "Microsoft-Windows-Sysmon/Operational"

// chosenColumns names a row of Log Analytics whose query left out the channel and the provider: Windows/Security by an event id
// of the range that Windows keeps for auditing, else Windows/unknown.
func chosenColumns(dst []byte, t Texts) ([]byte, Shape) {
	if t[timeGenerated] == nil || t[computer] == nil {
		return dst, Unknown
	}
	if id := string(t[eventID]); len(id) == 4 && "4608" <= id && id <= "5159" {
		return append(dst, "Windows/Security"...), LogAnalyticsWindows
	}
	return append(dst, "Windows/unknown"...), LogAnalyticsWindows
}

func windowsShape(t Texts) Shape {
	switch {
	case first(t, winlogChannel, winlogEventID, winlogProvider) != nil:
		return Winlogbeat7
	case first(t, evtxChannel, evtxEventID, evtxEventIDText, evtxProvider) != nil:
		return EvtxDump
	case first(t, systemChannel, systemEventID, systemProvider) != nil:
		return Velociraptor
	case first(t, logName, eventIDBeat) != nil:
		return Winlogbeat6
	case t[tableType] != nil && t[timeGenerated] != nil:
		return LogAnalyticsWindows
	case first(t, eventData, userData) != nil:
		return SumoWindows
	case first(t, eventTime, sourceModuleName) != nil:
		return NXLog
	}
	return WEC
}

// flatWindows has event data beside system data, under the names that queries use.
func flatWindows(name string) []Source { return plain(windowsNames(name)...) }

// sumoWindows has event data in an object of its own; an event of the kinds that have no event data has user data, in an
// object named by their kind.
func sumoWindows(name string) []Source {
	names := windowsNames(name)
	return slices.Concat(plain(names...), under("eventdata", names), under("userdata.*", names), inside("eventdata", names))
}

// velociraptor has system data in an object of its own too.
func velociraptor(name string) []Source {
	names := windowsNames(name)
	return slices.Concat(systemData("system", "", names), under("eventdata", names), under("userdata.*", names))
}

// evtxDump has XML's attributes in objects of their own.
func evtxDump(name string) []Source {
	names := windowsNames(name)
	return slices.Concat(systemData("event.system", ".#attributes", names), under("event.eventdata", names), under("event.userdata.*", names))
}

// systemData are names in the System part of an event: elements with their texts, and attributes of elements.
func systemData(system, attributes string, names []string) (all []Source) {
	for _, name := range names {
		if attribute, ok := systemAttributes[name]; ok {
			all = append(all, Source{Name: system + "." + attribute.element + attributes + "." + attribute.name})
		}
		if systemElements[name] {
			all = append(all, Source{Name: system + "." + name}, Source{Name: system + "." + name + ".#text"}, Source{Name: system + "." + name + ".value"})
		}
	}
	return all
}

// systemElements are the elements of System that have texts. The others' names also are names of event data.
var systemElements = map[string]bool{
	"eventid": true, "version": true, "level": true, "task": true, "opcode": true, "keywords": true, "eventrecordid": true,
	"channel": true, "computer": true,
}

type attribute struct{ element, name string }

// systemAttributes are the attributes of System's elements, under the names that flat shapes give them.
var systemAttributes = map[string]attribute{
	"provider":           {"provider", "name"},
	"providername":       {"provider", "name"},
	"sourcename":         {"provider", "name"},
	"providerguid":       {"provider", "guid"},
	"timecreated":        {"timecreated", "systemtime"},
	"executionprocessid": {"execution", "processid"},
	"executionthreadid":  {"execution", "threadid"},
	"activityid":         {"correlation", "activityid"},
	"userid":             {"security", "userid"},
}

// logAnalyticsWindows has most of the event data flat, and in the tables WindowsEvent and Event as JSON or XML in a column.
func logAnalyticsWindows(name string) []Source {
	names := windowsNames(name)
	switch name {
	case "channel":
		names = append(names, "eventlog")
	case "provider", "providername", "sourcename":
		names = append(names, "eventsourcename", "source")
	}
	return slices.Concat(plain(names...), inside("eventdata", names), inside("eventdata_string", names))
}
