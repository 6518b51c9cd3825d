package mapping

// HostKeys are the fields that the host is read from, the first that is there; flattened and in lower case. The host that
// sent an event comes before the one that collected it.
var HostKeys = []string{
	"computer", "hostname", "winlog.computer_name", "event.system.computer", "system.computer", "computer_name", "host.name", "host",
}
