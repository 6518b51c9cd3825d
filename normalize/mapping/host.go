package mapping

// ownHosts is how many of HostKeys, the first ones, are metadata that the event carries itself, as Sumo's exports do; the last
// of them only in forwarded messages.
const ownHosts = 3

// HostKeys are the fields that the host is read from, flattened and in lower case. The host that sent an event comes before the
// one that collected it.
var HostKeys = []string{
	"_sourcehost", "map._sourcehost", "sourcehost",
	"computer", "hostname", "winlog.computer_name", "event.system.computer", "system.computer", "computer_name", "host.name", "host",
}

// OwnHost returns the host that an event carries as metadata, from the texts of HostKeys, nil if it carries none.
func OwnHost(texts [][]byte, forwarded bool) []byte {
	if !forwarded {
		return firstOf(texts[:ownHosts-1])
	}
	return firstOf(texts[:ownHosts])
}

// Host returns the host of an event, from the texts of HostKeys, nil if it says none.
func Host(texts [][]byte) []byte { return firstOf(texts[ownHosts:]) }

func firstOf(texts [][]byte) []byte {
	for _, text := range texts {
		if len(text) > 0 {
			return text
		}
	}
	return nil
}
