package decode

import (
	"bytes"
	"strconv"

	"retrohunt/internal/jsonquote"
	"retrohunt/sources/window"
)

// This file makes the fields of a block. Every Key=Value is a field of its own name, and some of another one too. The text
// of the message is the field Message; what it says as
//
//	Section:
//		Label:		value
//
// is the field Section.Label, both without blanks, and the field that the event itself has for it, by the table in
// keyvalue_labels.go. Labels without a section are fields too: Sysmon's messages are lines of Name: value. This is done for
// the logs of hasLabels alone.

// maxBlockFields is how many fields a block may have.
const maxBlockFields = 2048

// keyNames are what some keys are called in other exports as well.
var keyNames = map[string][]string{
	"LogName":      {"Channel"},
	"EventCode":    {"EventID"},
	"ComputerName": {"Computer", "Hostname"},
	"SourceName":   {"ProviderName"},
	"RecordNumber": {"EventRecordID"},
	"Sid":          {"UserID"},
}

// numberKeys are written as JSON numbers.
var numberKeys = map[string]bool{"EventCode": true, "EventType": true, "RecordNumber": true}

// block makes the object of one block after another.
type block struct {
	dst     []byte
	bare    int // length of dst with no field yet
	names   jsonquote.Names
	scratch []byte
	id, log []byte // EventCode, LogName
	section []byte // of the message, without blanks
	doubles int
}

// appendJSON appends a block as an object. It reports false for one with too many fields.
func (k *block) appendJSON(dst, raw []byte) (object []byte, ok bool) {
	k.dst = append(dst, '{')
	k.bare = len(k.dst)
	k.names.Reset()
	k.id, k.log, k.section, k.doubles = nil, nil, k.section[:0], 0

	line, rest := cutLine(raw)
	k.field("TimeCreated", bytes.TrimSpace(line), false)
	for len(rest) > 0 {
		key, value, behind := cutKey(rest)
		rest = behind
		if string(key) == "Message" {
			value = bytes.TrimSpace(value)
			k.field("Message", value, false)
			k.message(value)
			break
		}
		k.key(key, value)
	}
	if k.names.Len()+k.doubles > maxBlockFields {
		return dst, false
	}
	object = append(k.dst, '}')
	k.dst = nil
	return object, true
}

func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, newline)
	return line, rest
}

// cutKey cuts a key and its value, which goes on over lines that are no Key=Value. A message goes on to the end.
func cutKey(b []byte) (key, value, rest []byte) {
	key, value, _ = bytes.Cut(b, []byte{'='})
	if string(key) == "Message" {
		return key, value, nil
	}
	for at := 0; ; {
		n := bytes.IndexByte(value[at:], '\n')
		if n < 0 {
			return key, bytes.TrimRight(value, "\r\n"), nil
		}
		at += n + 1
		if startsKey(value[at:]) {
			return key, bytes.TrimRight(value[:at], "\r\n"), value[at:]
		}
	}
}

func startsKey(b []byte) bool {
	for i, c := range b {
		switch {
		case c == '=':
			return i > 0
		case !isKeyByte(c) || i == maxKey:
			return false
		}
	}
	return false
}

// key makes the fields of a key.
func (k *block) key(key, value []byte) {
	number := numberKeys[string(key)] && isNumber(value)
	switch string(key) {
	case "EventCode":
		k.id = value
	case "LogName":
		k.log = value
	}
	k.add(key, value, number)
	for _, name := range keyNames[string(key)] {
		k.field(name, value, number)
	}
}

// hasLabels reports whether the messages of a log are known to be labels and values. Those of others, PowerShell's say, may
// hold anything, and what looks like a label there is none.
func hasLabels(log []byte) bool {
	return string(log) == "Security" || string(log) == "System" || bytes.Contains(log, []byte("Sysmon"))
}

// message makes the fields that the text of a message shows. Its first line is its title.
func (k *block) message(text []byte) {
	if !hasLabels(k.log) {
		return
	}
	_, text = cutLine(text)
	for len(text) > 0 {
		line, rest := cutLine(text)
		indented := hasPrefix(line, "\t")
		label, value, ok := cutLabel(line)
		switch isHeader := len(bytes.TrimSpace(value)) == 0 && !indented && startsSection(rest); {
		case !ok && (indented || len(bytes.TrimSpace(line)) == 0):
			text = rest
		case !ok:
			k.section = k.section[:0] // a sentence ends a section
			text = rest
		case isHeader:
			k.section = appendPascal(k.section[:0], label)
			text = rest
		default:
			if !indented {
				k.section = k.section[:0]
			}
			value, text = extend(text[len(line)-len(value):], len(value), indented)
			k.label(label, bytes.TrimSpace(value))
		}
	}
}

// startsSection reports whether the next line is an indented label.
func startsSection(b []byte) bool {
	line, _ := cutLine(b)
	_, _, ok := cutLabel(line)
	return ok && line[0] == '\t'
}

// extend returns the value at the beginning of b with the lines on which it goes on, up to an empty line or another label,
// and what is behind. Behind an indented label a line that is not indented is part of the value, whatever it looks like.
func extend(b []byte, end int, indented bool) (value, rest []byte) {
	for end < len(b) {
		line, _ := cutLine(b[end+1:])
		_, _, isLabel := cutLabel(line)
		if len(bytes.TrimSpace(line)) == 0 || isLabel && (!indented || line[0] == '\t') {
			break
		}
		end += 1 + len(line)
	}
	return b[:end], b[min(end+1, len(b)):]
}

// maxLabel is the longest label, in bytes.
const maxLabel = 64

// cutLabel cuts a line such as "\tAccount Name:\t\talice": a label begins with a letter and is followed by a colon and then
// white space or nothing.
func cutLabel(line []byte) (label, value []byte, ok bool) {
	text := bytes.TrimLeft(line, "\t")
	n := bytes.IndexByte(text[:min(len(text), maxLabel)], ':')
	if n <= 0 || len(line)-len(text) > 2 {
		return nil, nil, false
	}
	for i, c := range text[:n] {
		isLetter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !isLetter && (i == 0 || !isDigit(c) && bytes.IndexByte([]byte(" -/()_'."), c) < 0) {
			return nil, nil, false
		}
	}
	value = text[n+1:]
	if len(value) > 0 && !window.IsSpace(value[0]) {
		return nil, nil, false
	}
	return text[:n], value, true
}

// label makes the fields of a label.
func (k *block) label(label, value []byte) {
	start := len(k.scratch)
	k.scratch = append(k.scratch, k.section...)
	if len(k.section) > 0 {
		k.scratch = append(k.scratch, '.')
	}
	k.scratch = appendPascal(k.scratch, label)
	name := k.scratch[start:]
	own := fieldOfLabel(k.id, name)
	if own != "" && own != string(name) {
		k.field(own, value, false)
	}
	k.add(name, value, false)
	k.scratch = k.scratch[:start]
}

// appendPascal appends a label without what is no letter or digit, each word with a capital.
func appendPascal(dst, label []byte) []byte {
	capital := true
	for _, c := range label {
		isLetter := c|0x20 >= 'a' && c|0x20 <= 'z'
		switch {
		case !isLetter && !isDigit(c):
			capital = true
			continue
		case capital && isLetter:
			c &^= 0x20
		}
		capital = false
		dst = append(dst, c)
	}
	return dst
}

func (k *block) field(name string, value []byte, number bool) {
	start := len(k.scratch)
	k.scratch = append(k.scratch, name...)
	k.add(k.scratch[start:], value, number)
	k.scratch = k.scratch[:start]
}

// add appends a member; a name that is there already gets a number.
func (k *block) add(name, value []byte, number bool) {
	if k.names.Len()+k.doubles > maxBlockFields {
		return
	}
	start := len(k.scratch)
	if !k.names.Add(nil, name) {
		k.doubles++
		k.scratch = append(append(k.scratch, name...), '[')
		k.scratch = append(strconv.AppendInt(k.scratch, int64(k.doubles), 10), ']')
		name = k.scratch[start:]
	}
	if len(k.dst) > k.bare {
		k.dst = append(k.dst, ',')
	}
	k.dst = append(jsonquote.Append(k.dst, name), ':')
	if number {
		k.dst = append(k.dst, value...)
	} else {
		k.dst = jsonquote.Append(k.dst, value)
	}
	k.scratch = k.scratch[:start]
}

// isNumber reports whether text is a whole number as JSON writes it.
func isNumber(text []byte) bool {
	for _, c := range text {
		if !isDigit(c) {
			return false
		}
	}
	return len(text) > 0 && (text[0] != '0' || len(text) == 1)
}
