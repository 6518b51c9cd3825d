// Package synth makes log events: the four sources of T1021.007, in the shapes in which they are really exported, with
// made-up names and addresses. Benchmarks and fixtures are made of them.
//
// It writes no files and knows no query; of the events that are meant to be hits it says itself which row each belongs to.
// The same seed and the same calls give the same bytes. A Maker belongs to one goroutine; the bytes belong to the caller.
package synth

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Event says what an event holds. A field that is empty is drawn, so that the event is no hit.
type Event struct {
	Shape   string // name of an event in shapes/: sysmon.1, security.4688, signin.user, cloudtrail.login, …
	User    string // account name
	IP      string
	Command string // Windows: the command line
	Parent  string // Windows: the command line of the parent process
	Risk    string // Azure: riskLevelDuringSignIn; "none"
	Error   string // Azure: status.errorCode; "0"
	Network string // Azure: networkLocationDetails, as JSON; []
	MFA     string // AWS: MFAUsed; "Yes"
	Outcome string // AWS: of the console login; "Success"
}

// start is when the first event of every Maker happens.
var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// Maker makes events.
type Maker struct {
	random *rand.PCG
	now    int64 // milliseconds since 1970
	second int64 // that date and clock show
	date   []byte
	clock  []byte
	record int    // Windows record number
	sort   string // of the last event in the background

	// The event in hand:
	event     Event
	person    *person
	program   *program
	parent    *program
	place     *place
	command   []byte // as it stands in a JSON string
	above     []byte // the parent's command line, likewise
	ip        string
	guids     [3][]byte
	module    *module
	pids      [2]int
	processes [2][]byte
}

// New returns a Maker. Makers of the same seed and another number make other events, an hour later for each number.
func New(seed, number uint64) *Maker {
	return &Maker{
		random: rand.NewPCG(seed, number),
		now:    start.Add(time.Duration(number) * time.Hour).UnixMilli(),
		record: 100_000 * int(1+number),
	}
}

// n returns a number below limit.
func (m *Maker) n(limit int) int { return int(m.random.Uint64() >> 32 * uint64(limit) >> 32) }

// Append appends an event, without a line end. It panics on a shape that does not exist.
func (m *Maker) Append(dst []byte, e Event) []byte {
	s := shapes.byName[e.Shape]
	if s == nil {
		panic(fmt.Sprintf("synth: no shape %q", e.Shape))
	}
	m.draw(e)
	return m.render(dst, s.parts)
}

// draw decides what the fields of one event have in common.
func (m *Maker) draw(e Event) {
	m.now += int64(1 + m.n(60))
	m.record++
	m.event = e
	m.drawPerson(e.User)
	m.place = &places[m.person.number%len(places)]
	m.ip = orElse(e.IP, m.person.ip)
	for i := range m.guids {
		m.guids[i] = m.appendGUID(m.guids[i][:0])
	}
	m.module = &modules[m.n(len(modules))]
	for i := range m.pids {
		m.pids[i] = 4 * (1 + m.n(4000))
		m.processes[i] = m.appendProcess(m.processes[i][:0])
	}
	m.program, m.parent = m.programOf(e.Command), m.programOf(e.Parent)
	m.command = m.commandLine(m.command[:0], e.Command, m.program)
	m.above = m.commandLine(m.above[:0], e.Parent, m.parent)
}

// drawPerson chooses whose event it is: mostly the same person's as the one before.
func (m *Maker) drawPerson(name string) {
	switch {
	case name != "":
		m.person = personOf(name)
	case m.person == nil || m.n(6) == 0:
		m.person = &people[m.n(len(people))]
	}
}

// programOf returns the shell that starts a given command line, or any program.
func (m *Maker) programOf(command string) *program {
	switch {
	case command == "":
		return &programs[m.n(len(programs))]
	case strings.Contains(command, "powershell"):
		return named("powershell.exe")
	}
	return named("cmd.exe")
}

// commandLine appends a given command line, or one of the program's.
func (m *Maker) commandLine(dst []byte, given string, p *program) []byte {
	if given != "" {
		return appendEscaped(dst, given)
	}
	return m.render(dst, p.command)
}

// appendEscaped appends a text as it stands in a JSON string.
func appendEscaped(dst []byte, text string) []byte {
	for i := range len(text) {
		if text[i] == '\\' || text[i] == '"' {
			dst = append(dst, '\\')
		}
		dst = append(dst, text[i])
	}
	return dst
}

func orElse(s, drawn string) string {
	if s == "" {
		return drawn
	}
	return s
}

// Time returns when the last event happened.
func (m *Maker) Time() time.Time { return time.UnixMilli(m.now).UTC() }
