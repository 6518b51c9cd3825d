package normalize

import (
	"bytes"

	"retrohunt/normalize/eventxml"
)

// appendXML appends the Windows event in a text as JSON, if there is one: an <Event>, or the <EventData> of one, which is all
// that a column of Log Analytics holds.
func (n *Normalizer) appendXML(dst, text []byte) (object []byte, ok bool) {
	if len(text) == 0 || text[0] != '<' {
		return dst, false
	}
	start, end := bytes.Index(text, dataTag), bytes.LastIndex(text, dataEnd)
	if start >= 0 && start < end && !bytes.Contains(text[:start], eventTag) && !bytes.Contains(text[:start], eventWith) {
		n.xml = append(append(append(n.xml[:0], "<Event>"...), text[start:end+len(dataEnd)]...), "</Event>"...)
		text = n.xml
	}
	object, err := eventxml.AppendJSON(dst, text)
	return object, err == nil
}

var (
	eventTag  = []byte("<Event>")
	eventWith = []byte("<Event ") // with attributes
	dataTag   = []byte("<EventData")
	dataEnd   = []byte("</EventData>")
)
