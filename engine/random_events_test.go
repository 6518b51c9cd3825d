package engine_test

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// shape is what events of a source hold: paths, each with values of its own beside the common ones.
type shape []struct {
	path   string
	values []string // JSON
}

// shapes are those of the four sources of T1021.007.
var shapes = []shape{
	{
		{"Channel", []string{`"Microsoft-Windows-Sysmon/Operational"`}},
		{"EventID", []string{`1`, `"1"`, `3`}},
		{"CommandLine", commandLines},
		{"User", []string{`"CORP\\ada"`}},
		{"IpAddress", []string{`"-"`, `"192.0.2.7"`}},
	},
	{
		{"Channel", []string{`"Security"`, `"SECURITY"`}},
		{"EventID", []string{`4688`, `"4624"`}},
		{"SubjectUserName", []string{`"ada"`, `"bob$"`}},
		{"command_line", commandLines},
		{"process.command_line", commandLines},
	},
	{
		{"category", []string{`"SignInLogs"`, `"NonInteractiveUserSignInLogs"`}},
		{"properties.userPrincipalName", []string{`"ada@example.com"`}},
		{"properties.ipAddress", []string{`"192.0.2.7"`, `"2001:db8::1"`}},
		{"properties.riskLevelDuringSignIn", []string{`"high"`, `"medium"`, `"low"`, `"none"`, `"High"`}},
		{"properties.status.errorCode", []string{`0`, `"0"`, `0.0`, `50126`, `-0`}},
		{"properties.networkLocationDetails", []string{
			`"[{\"networkNames\":[\"anonymizedIP\"]}]"`, `["anonymizedIP"]`, `[{"networkType":"anonymizedIP"}]`, `"x anonymizedIP"`,
		}},
	},
	{
		{"eventSource", []string{`"signin.amazonaws.com"`}},
		{"eventVersion", []string{`"1.08"`}},
		{"eventName", []string{`"ConsoleLogin"`, `"consolelogin"`, `"GetCallerIdentity"`}},
		{"userIdentity.arn", []string{`"arn:aws:iam::111122223333:user/ada"`}},
		{"sourceIPAddress", []string{`"198.51.100.4"`}},
		{"responseElements.ConsoleLogin", []string{`"Success"`, `"Failure"`}},
		{"additionalEventData.MFAUsed", []string{`"No"`, `"Yes"`}},
	},
}

var commandLines = []string{
	`"powershell -c Connect-AzAccount"`, `"az login"`, `"AZ LOGIN"`, `"C:\\aws\\x.exe"`, `"aws configure"`, `"gcloud auth list"`,
	`"Connect-MgGraph"`, `"notepad"`, `"\u0061z account"`, `"gcloud\u0020auth"`,
}

// genericShape has names that the random queries use.
var genericShape = shape{
	{"a", nil},
	{"b", nil},
	{"a.b", nil},
	{"a.b.c", nil},
	{"c.d", nil},
	{"user", []string{`"abc"`, `"ABC"`, `"7"`}},
	{"n", numbers},
	{"n", numbers},
	{"event time", nil},
	{"ä", nil},
	{"inner", []string{`"{\"a\":{\"b\":\"in\"}}"`, `"x {\"a\":[1,{\"b\":2}],\"user\":\"who\"}"`, `"{broken"`, `"no json"`}},
	{"_collector", []string{`"own"`}},
	{"_index", []string{`"main"`, `"other"`}},
	{"_own", nil},
	{"_messageTime", []string{`1714979289000`, `"1714975200000"`, `1714892889999`, `0`}},
	{"timestamp", []string{`"2024-05-06T07:08:09Z"`, `"2024-05-06T07:03:00.5Z"`, `"2024-05-07T00:00:00Z"`}},
	{"_sourceCategory", []string{`"Own/Category"`, `""`}},
	{"_sourceName", []string{`"own.json"`, `""`}},
	{"_size", []string{`7`}},
	{"", nil},
	{"made0", nil},
}

var numbers = []string{
	`0`, `1`, `2`, `10`, `-1`, `1.50`, `1e3`, `1E+3`, `-0.0`, `0.1`, `0.2`, `0.3`, `9007199254740993`, `9223372036854775807`,
	`-9223372036854775808`, `9223372036854775808`, `1e308`, `-1e308`, `1e999`, `1e-320`, `123456789012345678901234567890`,
}

// texts are values of fields, before they are written as JSON.
var texts = []string{
	"", " ", "\t", "\u00a0", "abc", "ABC", "a", "7", " 7 ", "1.5", "0x10", "NaN", "true", "TRUE", "error here", "10.1.1.7", "a_b",
	"az login", "say \"hi\"", `C:\x`, "/a/b", "ä", "Ä", "İr", "ſ", "\u212a", "😀", "line\nbreak", "ab*c", "a?c", "\xff\xfe", "a\xc3",
	`a,"b,""c",d`, `x:'y:z':\:w|"q`, "GET /x?a=1&b=2 user=abc", "k: v, n -> 7; a=\"b c\"", "<a><b x=\"1\">t &amp; u</b></a>", "\u2028", "x\u0000y", "aaab", "café ärä",
}

// eventMaker writes events.
type eventMaker struct{ *dice }

func randomEvents(d *dice, from ...shape) []string {
	m := eventMaker{d}
	var out []string
	for range m.roll(12) {
		e := m.event(pick(d, from))
		if m.once(30) { // broken in one place
			i := m.roll(min(len(e), 256))
			e = e[:i] + pick(d, []string{"", "x", "\"", "}", "\n", "\x01"}) + e[i+1:]
		}
		out = append(out, e)
		if m.once(4) {
			out = append(out, e)
		}
	}
	return out
}

func (m eventMaker) event(s shape) string {
	var members []string
	for _, f := range s {
		if m.once(3) {
			continue
		}
		v := m.value(2)
		if len(f.values) > 0 && !m.once(5) {
			v = pick(m.dice, f.values)
		}
		members = append(members, m.member(f.path, v))
	}
	for i := range members { // keys in any order: of two of one name the last one counts
		j := m.roll(len(members))
		members[i], members[j] = members[j], members[i]
	}
	return m.object(members)
}

func (m eventMaker) object(members []string) string {
	return m.space() + "{" + m.space() + strings.Join(members, m.space()+","+m.space()) + m.space() + "}" + m.space()
}

// member writes a path as nested objects, as one dotted key, or as something between.
func (m eventMaker) member(path, v string) string {
	head, rest, dotted := strings.Cut(path, ".")
	if !dotted || m.once(4) {
		return m.key(path) + m.space() + ":" + m.space() + v
	}
	if m.once(4) {
		next, after, _ := strings.Cut(rest, ".")
		if after != "" {
			return m.key(head+"."+next) + ":" + m.object([]string{m.member(after, v)})
		}
	}
	members := []string{m.member(rest, v)}
	if m.once(3) {
		members = append(members, m.member(pick(m.dice, []string{"b", "c", "x"}), m.value(1)))
	}
	return m.key(head) + ":" + m.object(members)
}

func (m eventMaker) key(name string) string {
	switch {
	case m.once(8):
		name = strings.ToUpper(name)
	case m.once(8):
		name = strings.ToLower(name)
	}
	return m.text(name)
}

func (m eventMaker) space() string {
	return pick(m.dice, []string{"", "", "", "", "", "", "", " ", "\t", "\r\n"})
}

// value writes a value of any kind.
func (m eventMaker) value(depth int) string {
	switch n := m.roll(12); {
	case n == 1:
		return "null"
	case n == 2:
		return pick(m.dice, []string{"true", "false"})
	case n == 3 || n == 4:
		return pick(m.dice, numbers)
	case n == 5 && depth > 0:
		var elements []string
		for range m.roll(4) {
			elements = append(elements, m.value(depth-1))
		}
		return "[" + m.space() + strings.Join(elements, m.space()+",") + m.space() + "]"
	case n == 6 && depth > 0:
		var members []string
		for range m.roll(4) {
			members = append(members, m.member(pick(m.dice, []string{"a", "b", "c", "a.b", "d", "x y"}), m.value(depth-1)))
		}
		return m.object(members)
	case n == 7:
		return pick(m.dice, []string{`"\ud83d"`, `"\ude00\ud83d\ude00"`, `"\ud83d\u0061"`, `"\u00e4"`, `"\u0000"`})
	}
	return m.text(pick(m.dice, texts))
}

// text writes a string with escapes of every kind: those that must be, and some that need not.
func (m eventMaker) text(s string) string {
	escapes := m.once(3)
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			b.WriteByte(s[i])
		case r == '"' || r == '\\' || r == '/' && escapes && m.once(2):
			b.WriteString(`\` + string(r))
		case r == '\n' && m.once(2):
			b.WriteString(`\n`)
		case r < ' ' || escapes && m.once(3):
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, pick(m.dice, []string{`\u%04x`, `\u%04X`}), unit)
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}
