package naive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"retrohunt/engine/value"
)

// Event is a message: its bytes, and the metadata that the engine takes from the content's shape or from where it was
// read. _receiptTime and _sourceHost, which the engine computes, are here what the event itself holds under
// these names; compare no query that reads them. No event is taken out of another's text here, and no field is filled from
// where a vendor's shape keeps it: compare with a normalizer of Options.NoMapping.
type Event struct {
	Raw      []byte
	Category string
	Name     string
	Time     value.Value // _messageTime in milliseconds, null if it has none
}

// options are those of json auto.
type options struct {
	maxDepth      int // 0: no limit
	extractArrays bool
}

var errNotAnObject = errors.New("not one JSON object")

// decode flattens a JSON object to names in lower case and texts. Of two values of one name the last that is not null
// stays.
//
// Three things are not as in the engine: an event nested deeper than 1,000 is no error here; the characters from U+10FF80 to
// the last one stand for bytes that are no UTF-8 (see protect), so they cannot be in an event; and what stands below an
// empty key at the top has a name here, .a, which the engine does not find.
func decode(raw []byte, o options) (map[string]value.Value, error) {
	raw = protect(raw)
	if !json.Valid(raw) || kindOf(raw) != '{' {
		return nil, errNotAnObject
	}
	f := flattening{options: o, out: map[string]value.Value{}}
	f.object(raw, "", 1)
	return f.out, nil
}

type flattening struct {
	options
	out map[string]value.Value
}

func (f *flattening) set(name, text string) { f.out[unprotect(name)] = value.OfString(unprotect(text)) }

// value flattens a value; its depth is the number of keys and array indexes that lead to it.
func (f *flattening) value(raw []byte, name string, depth int) {
	if f.maxDepth > 0 && depth > f.maxDepth {
		return
	}
	switch kind := kindOf(raw); {
	case kind == 'n':
	case kind == '"':
		var text string
		must(json.Unmarshal(raw, &text))
		f.set(name, text)
	case kind == '{' && depth != f.maxDepth:
		f.object(raw, name, depth+1)
	case kind == '[' && depth != f.maxDepth && (f.extractArrays || !isFlat(raw)):
		for i, e := range elements(raw) {
			f.value(e, name+"["+strconv.Itoa(i)+"]", depth+1)
		}
	default: // a container that is a text, a number, true, false
		var text bytes.Buffer
		must(json.Compact(&text, raw))
		f.set(name, text.String())
	}
}

func (f *flattening) object(raw []byte, prefix string, depth int) {
	d := json.NewDecoder(bytes.NewReader(raw))
	mustToken(d) // the brace
	for d.More() {
		name := fieldName(mustToken(d).(string))
		if depth > 1 {
			name = prefix + "." + name
		}
		var member json.RawMessage
		must(d.Decode(&member))
		f.value(member, name, depth)
	}
}

// fieldName is how a key's name is written: in lower case, blanks as underscores.
func fieldName(key string) string { return strings.ReplaceAll(strings.ToLower(key), " ", "_") }

// kindOf returns the first character of a JSON value.
func kindOf(raw []byte) byte { return bytes.TrimLeft(raw, " \t\r\n")[0] }

func elements(raw []byte) []json.RawMessage {
	var list []json.RawMessage
	must(json.Unmarshal(raw, &list))
	return list
}

// isFlat reports whether an array holds neither objects nor arrays.
func isFlat(raw []byte) bool {
	for _, e := range elements(raw) {
		if kind := kindOf(e); kind == '{' || kind == '[' {
			return false
		}
	}
	return true
}

// strange is what protect adds to a byte.
const strange = 0x10ff00

// protect writes each byte that is no UTF-8, which encoding/json would lose, as a character of its own.
func protect(raw []byte) []byte {
	var out []byte
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size == 1 {
			r = strange + rune(raw[0])
		}
		out = utf8.AppendRune(out, r)
		raw = raw[size:]
	}
	return out
}

func unprotect(s string) string {
	var out []byte
	for _, r := range s {
		if r >= strange+utf8.RuneSelf {
			out = append(out, byte(r-strange))
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

func mustToken(d *json.Decoder) json.Token {
	t, err := d.Token()
	must(err)
	return t
}

func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("naive: JSON that is valid as a whole is not in a part: %v", err))
	}
}
