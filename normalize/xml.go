package normalize

import (
	"bytes"

	"retrohunt/normalize/eventxml"
)

// appendXML appends the Windows event in a text as JSON, if there is one: an <Event>, or the <EventData> of one, which is all
// that a column of Log Analytics holds. One that syslog has cut gives what it holds up to the cut.
func (n *Normalizer) appendXML(dst, text []byte) (object []byte, ok bool) {
	if len(text) == 0 || text[0] != '<' {
		return dst, false
	}
	data := bytes.Index(text, []byte("<EventData"))
	switch {
	case data < 0:
	case !bytes.Contains(text[:data], []byte("<Event")):
		n.xml = append(n.xml[:0], "<Event>"...)
		n.xml = appendClosed(n.xml, text[data:])
		text = n.xml
	case !bytes.Contains(text[data:], []byte("</Event>")):
		n.xml = append(n.xml[:0], text[:data]...)
		n.xml = appendClosed(n.xml, text[data:])
		text = n.xml
	}
	object, err := eventxml.AppendJSON(dst, text)
	return object, err == nil
}

// appendClosed appends a text that begins with <EventData, up to where that ends or the text is cut, and closes what is open:
// a datum, the data, the event.
func appendClosed(dst, text []byte) []byte {
	end := []byte("</EventData>")
	if i := bytes.Index(text, end); i >= 0 {
		return append(append(dst, text[:i+len(end)]...), "</Event>"...)
	}
	for _, open := range []struct{ from, to byte }{{'<', '>'}, {'&', ';'}} { // what is cut in its middle
		if i := bytes.LastIndexByte(text, open.from); i > 0 && bytes.IndexByte(text[i:], open.to) < 0 {
			text = text[:i]
		}
	}
	dst = append(dst, text...)
	if bytes.LastIndex(text, []byte("<Data")) > bytes.LastIndex(text, []byte("</")) && !bytes.HasSuffix(text, []byte("/>")) {
		dst = append(dst, "</Data>"...)
	}
	return append(append(dst, end...), "</Event>"...)
}
