package synth

import (
	"strconv"
	"strings"
)

// field appends the text of a gap in a shape.
type field func(m *Maker, dst []byte) []byte

// fieldNamed returns a field: one of the table, or fresh characters, such as hex8, KEY16 or num4.
func fieldNamed(name string) field {
	if f := fields[name]; f != nil {
		return f
	}
	digits := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	n, err := strconv.Atoi(digits)
	alphabet := alphabets[strings.TrimSuffix(name, digits)]
	if err != nil || alphabet == "" {
		return nil
	}
	if alphabet == decimal { // no leading zero
		return func(m *Maker, dst []byte) []byte {
			return m.appendKey(append(dst, byte('1'+m.n(9))), decimal, n-1)
		}
	}
	return func(m *Maker, dst []byte) []byte { return m.appendKey(dst, alphabet, n) }
}

// fields are the gaps that are not just fresh characters. All but guid and ip.any say the same wherever they stand in one
// event.
var fields = map[string]field{
	"time.ms":     func(m *Maker, dst []byte) []byte { return m.appendTime(dst, " ", 3, "") },
	"time.local":  func(m *Maker, dst []byte) []byte { return m.appendTime(dst, " ", 0, "") },
	"time.iso":    func(m *Maker, dst []byte) []byte { return m.appendTime(dst, "T", 3, "Z") },
	"time.s":      func(m *Maker, dst []byte) []byte { return m.appendTime(dst, "T", 0, "Z") },
	"time.7":      func(m *Maker, dst []byte) []byte { return m.appendTime(dst, "T", 7, "Z") },
	"time.offset": func(m *Maker, dst []byte) []byte { return m.appendTime(dst, "T", 7, "+00:00") },

	"guid":   (*Maker).appendGUID,
	"guid.a": func(m *Maker, dst []byte) []byte { return append(dst, m.guids[0]...) },
	"guid.b": func(m *Maker, dst []byte) []byte { return append(dst, m.guids[1]...) },
	"guid.c": func(m *Maker, dst []byte) []byte { return append(dst, m.guids[2]...) },

	"user":       func(m *Maker, dst []byte) []byte { return append(dst, orElse(m.event.User, m.person.name)...) },
	"userguid":   func(m *Maker, dst []byte) []byte { return append(dst, m.person.guid...) },
	"sid":        func(m *Maker, dst []byte) []byte { return append(dst, m.person.sid...) },
	"logon":      func(m *Maker, dst []byte) []byte { return append(dst, m.person.logon...) },
	"host":       func(m *Maker, dst []byte) []byte { return append(dst, m.person.host...) },
	"deviceguid": func(m *Maker, dst []byte) []byte { return append(dst, m.person.device...) },
	"ip":         func(m *Maker, dst []byte) []byte { return append(dst, m.ip...) },
	"ip.any":     func(m *Maker, dst []byte) []byte { return append(dst, people[m.n(len(people))].ip...) },

	"record":        func(m *Maker, dst []byte) []byte { return strconv.AppendInt(dst, int64(m.record), 10) },
	"pid":           func(m *Maker, dst []byte) []byte { return strconv.AppendInt(dst, int64(m.pids[0]), 10) },
	"parentpid":     func(m *Maker, dst []byte) []byte { return strconv.AppendInt(dst, int64(m.pids[1]), 10) },
	"program":       func(m *Maker, dst []byte) []byte { return append(dst, m.program.name...) },
	"image":         func(m *Maker, dst []byte) []byte { return append(dst, m.program.image...) },
	"command":       func(m *Maker, dst []byte) []byte { return append(dst, m.command...) },
	"parent":        func(m *Maker, dst []byte) []byte { return append(dst, m.parent.image...) },
	"parentcommand": func(m *Maker, dst []byte) []byte { return append(dst, m.above...) },
	"hashes":        func(m *Maker, dst []byte) []byte { return append(dst, m.program.hashes...) },
	"process":       func(m *Maker, dst []byte) []byte { return append(dst, m.processes[0]...) },
	"parentprocess": func(m *Maker, dst []byte) []byte { return append(dst, m.processes[1]...) },
	"module":        func(m *Maker, dst []byte) []byte { return append(dst, m.module.name...) },
	"modulehashes":  func(m *Maker, dst []byte) []byte { return append(dst, m.module.hashes...) },

	"risk":      func(m *Maker, dst []byte) []byte { return append(dst, orElse(m.event.Risk, "none")...) },
	"error":     func(m *Maker, dst []byte) []byte { return append(dst, orElse(m.event.Error, "0")...) },
	"network":   func(m *Maker, dst []byte) []byte { return append(dst, orElse(m.event.Network, "[]")...) },
	"app":       func(m *Maker, dst []byte) []byte { return append(dst, m.place.app...) },
	"appid":     func(m *Maker, dst []byte) []byte { return append(dst, m.place.appID...) },
	"city":      func(m *Maker, dst []byte) []byte { return append(dst, m.place.city...) },
	"country":   func(m *Maker, dst []byte) []byte { return append(dst, m.place.country...) },
	"latitude":  func(m *Maker, dst []byte) []byte { return append(dst, m.place.latitude...) },
	"longitude": func(m *Maker, dst []byte) []byte { return append(dst, m.place.longitude...) },
	"browser":   func(m *Maker, dst []byte) []byte { return append(dst, browsers[m.person.number%len(browsers)]...) },

	"key":     func(m *Maker, dst []byte) []byte { return append(dst, m.person.key...) },
	"role":    func(m *Maker, dst []byte) []byte { return append(dst, roles[m.person.number%len(roles)]...) },
	"region":  func(m *Maker, dst []byte) []byte { return append(dst, regions[m.person.number%len(regions)]...) },
	"agent":   func(m *Maker, dst []byte) []byte { return append(dst, agents[m.person.number%len(agents)]...) },
	"mfa":     func(m *Maker, dst []byte) []byte { return append(dst, orElse(m.event.MFA, "Yes")...) },
	"outcome": func(m *Maker, dst []byte) []byte { return append(dst, orElse(m.event.Outcome, "Success")...) },
}
