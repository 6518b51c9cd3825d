package sources

import (
	"bytes"
)

// envelopeKeys hold the events of a wrapper object: CloudTrail's objects in S3, Event Hub messages and Storage blobs, REST
// pages, lookup-events.
var envelopeKeys = []string{"Records", "records", "value", "Events"}

// wrapperKeys may stand before them.
var wrapperKeys = []string{"nextLink", "NextToken", "nextToken", "ResponseMetadata", "$schema", "count", "nextPageLink"}

// envelopeStart returns the place behind the opening bracket of the events if an object that begins at b[0] is an
// envelope, 0 if it is not or does not show it within b. An array of anything but objects is no events.
func envelopeStart(b []byte) int {
	i := skipBlank(b, 1)
	for i < len(b) && b[i] == '"' {
		end := stringEnd(b, i+1)
		if end < 0 {
			return 0
		}
		key := b[i+1 : end]
		i = skipBlank(b, end+1)
		if i >= len(b) || b[i] != ':' {
			return 0
		}
		i = skipBlank(b, i+1)
		if isOneOf(key, envelopeKeys) {
			return arrayOfObjects(b, i)
		}
		if !bytes.HasPrefix(key, []byte("@odata.")) && !isOneOf(key, wrapperKeys) {
			return 0
		}
		if i = valueEnd(b, i); i < 0 {
			return 0
		}
		if i = skipBlank(b, i); i >= len(b) || b[i] != ',' {
			return 0
		}
		i = skipBlank(b, i+1)
	}
	return 0
}

// arrayOfObjects returns the place behind the bracket of an array at i that holds objects, or nothing.
func arrayOfObjects(b []byte, i int) int {
	if i >= len(b) || b[i] != '[' {
		return 0
	}
	if first := skipBlank(b, i+1); first < len(b) && (b[first] == '{' || b[first] == ']') {
		return i + 1
	}
	return 0
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
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	return i
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
	s := scan{at: i, inString: true}
	if !s.string(b) || s.broken {
		return -1
	}
	return s.at - 1
}
