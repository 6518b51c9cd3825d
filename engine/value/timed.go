package value

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"retrohunt/internal/jsonquote"
)

const (
	timedStart = `{"timestamp":`
	timedValue = `,"value":`
)

// AppendTimed appends the text that withtime makes of a value and the time of its message, a Long of milliseconds or null:
// {"timestamp":1714979289000,"value":"ok"}.
func AppendTimed(dst []byte, at, v Value) []byte {
	dst = append(dst, timedStart...)
	if at.kind == Long {
		dst = at.AppendText(dst)
	} else {
		dst = append(dst, "null"...)
	}
	dst = append(dst, timedValue...)
	var buf [64]byte
	text := v.AppendText(buf[:0])
	if v.kind == Bool || v.kind == Long || v.kind == Double && isFinite(v.Double()) {
		dst = append(dst, text...)
	} else {
		dst = jsonquote.Append(dst, text)
	}
	return append(dst, '}')
}

func isFinite(f float64) bool { return !math.IsInf(f, 0) && !math.IsNaN(f) }

// SplitTimed takes a text of AppendTimed apart: the time, null if it has none, and the value as JSON. It allocates nothing.
func SplitTimed(s string) (at Value, json string, ok bool) {
	s, started := strings.CutPrefix(s, timedStart)
	s, ended := strings.CutSuffix(s, "}")
	time, json, found := strings.Cut(s, timedValue)
	if !started || !ended || !found {
		return Value{}, "", false
	}
	if time == "null" {
		return Value{}, json, true
	}
	at, ok = ParseNumber(time)
	return at, json, ok && at.kind == Long
}

// ParseTimed returns the value that SplitTimed found: a text, a number or a truth value; null if it is none of these.
func ParseTimed(json string) Value {
	switch n, number := ParseNumber(json); {
	case number:
		return n
	case json == "true" || json == "false":
		return OfBool(json == "true")
	case len(json) > 1 && json[0] == '"':
		return OfString(unquote(json[1 : len(json)-1]))
	}
	return Value{}
}

var escapes = map[byte]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unquote resolves the escapes of a JSON string. Bytes that are no UTF-8 stay as they are.
func unquote(s string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out = append(out, s[i])
			continue
		}
		i++
		if s[i] == 'u' && i+4 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+5], 16, 16); err == nil {
				out = utf8.AppendRune(out, rune(n))
				i += 4
				continue
			}
		}
		if c, ok := escapes[s[i]]; ok {
			out = append(out, c)
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}
