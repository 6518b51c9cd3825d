package sources

import (
	"bytes"
	"slices"

	"retrohunt/internal/swar"
	"retrohunt/sources/window"
)

// envelopeKeys hold the events of a wrapper object: CloudTrail's objects in S3, Event Hub messages and Storage blobs, REST
// pages, lookup-events.
var envelopeKeys = []string{"Records", "records", "value", "Events"}

// wrapperKeys may stand before them.
var wrapperKeys = []string{"fields", "nextLink", "NextToken", "nextToken", "ResponseMetadata", "$schema", "count", "nextPageLink"}

// maxHead is how far an envelope's events may stand behind its start, in bytes.
const maxHead = window.BlockSize

// nextEnvelope is envelopeStart for the object that comes next, 0 if it is no envelope.
func nextEnvelope(w *window.Window) int {
	for {
		n := envelopeStart(w.Unread())
		if n >= 0 || len(w.Unread()) >= maxHead || !w.More() {
			return max(0, n)
		}
	}
}

// envelopeStart returns the place behind the opening bracket of the events if the object or the member that follows b[0],
// a brace or a comma, leads to one in an envelope: 0 if it does not, unshown if b is too short to tell. An array of anything
// but objects is no events.
func envelopeStart(b []byte) int {
	i := skipBlank(b, 1)
	for {
		keyEnd := keyEnd(b, i)
		if keyEnd <= 0 {
			return keyEnd
		}
		value := skipBlank(b, keyEnd+1)
		key := b[i+1 : bytes.LastIndexByte(b[:keyEnd], '"')]
		switch {
		case isOneOf(key, envelopeKeys):
			return arrayOfObjects(b, value)
		case string(key) == "messages":
			return arrayOfMaps(b, value)
		}
		if !bytes.HasPrefix(key, []byte("@odata.")) && !isOneOf(key, wrapperKeys) {
			return 0
		}
		end := valueEnd(b, value)
		if end < 0 {
			return unshown
		}
		end = skipBlank(b, end)
		if end >= len(b) {
			return unshown
		}
		if b[end] != ',' {
			return 0
		}
		i = skipBlank(b, end+1)
	}
}

// envelopeInitials are the bytes that the first key of an envelope may begin with.
var envelopeInitials = func() (set [256]bool) {
	for _, key := range slices.Concat(envelopeKeys, wrapperKeys, []string{"messages", "@odata."}) {
		set[key[0]] = true
	}
	return set
}()

// mayBeEnvelope is a quick look at an object: if it reports false, envelopeStart finds no events in it.
func mayBeEnvelope(b []byte) bool {
	return len(b) < 3 || b[1] != '"' || envelopeInitials[b[2]] && envelopeStart(b) > 0
}

// memberFollows reports whether a comma is followed by a key.
func memberFollows(w *window.Window) bool {
	for {
		n := keyEnd(w.Unread(), skipBlank(w.Unread(), 1))
		if n >= 0 || len(w.Unread()) >= maxHead || !w.More() {
			return n > 0
		}
	}
}

// unshown is the answer of a look at bytes that end too early.
const unshown = -1

// keyEnd returns the place of the colon behind a key at i, 0 if there is no key.
func keyEnd(b []byte, i int) int {
	if i >= len(b) {
		return unshown
	}
	if b[i] != '"' {
		return 0
	}
	end := stringEnd(b, i+1)
	if end < 0 {
		return unshown
	}
	end = skipBlank(b, end+1)
	if end >= len(b) {
		return unshown
	}
	if b[end] != ':' {
		return 0
	}
	return end
}

// arrayOfObjects returns the place behind the bracket of an array at i that holds objects, or nothing.
func arrayOfObjects(b []byte, i int) int {
	if i >= len(b) {
		return unshown
	}
	if b[i] != '[' {
		return 0
	}
	first := skipBlank(b, i+1)
	if first >= len(b) {
		return unshown
	}
	if b[first] == '{' || b[first] == ']' {
		return i + 1
	}
	return 0
}

// arrayOfMaps is arrayOfObjects for the messages of Sumo's Search Job API: {"messages":[{"map":{…}}]}. Many an event has
// messages of its own.
func arrayOfMaps(b []byte, i int) int {
	start := arrayOfObjects(b, i)
	if start <= 0 {
		return start
	}
	first := skipBlank(b, start)
	if b[first] == ']' {
		return 0
	}
	const key = `"map"`
	switch first = skipBlank(b, first+1); {
	case len(b)-first < len(key):
		return unshown
	case string(b[first:first+len(key)]) != key:
		return 0
	}
	return start
}

func isOneOf(key []byte, keys []string) bool {
	for _, k := range keys {
		if k == string(key) {
			return true
		}
	}
	return false
}

func skipBlank(b []byte, i int) int {
	for i < len(b) && window.IsSpace(b[i]) {
		i++
	}
	return i
}

// trimBlank returns b without the white space at its end.
func trimBlank(b []byte) []byte {
	n := len(b)
	for n > 0 && window.IsSpace(b[n-1]) {
		n--
	}
	return b[:n]
}

// valueEnd returns the end of the value at i, -1 if it is not within b.
func valueEnd(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"':
		if end := stringEnd(b, i+1); end >= 0 {
			return end + 1
		}
		return -1
	case '{', '[':
		var s scan
		if s.element(b[i:]) {
			return i + s.at
		}
		return -1
	}
	n := bytes.IndexAny(b[i:], ",}] \t\r\n")
	if n < 0 {
		return -1
	}
	return i + n
}

// stringEnd returns the place of the quote that closes a string whose first character is at i, -1 if it is not within b.
func stringEnd(b []byte, i int) int {
	s := scan{Nesting: swar.Nesting{InString: true}, at: i}
	if !s.string(b) || s.broken {
		return -1
	}
	return s.at - 1
}
