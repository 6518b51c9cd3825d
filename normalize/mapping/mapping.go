// Package mapping knows vendors' shapes: from which fields of an event its source category, its time and its host are read,
// and where a shape keeps the values that queries call by another shape's names.
//
// It is tables: a file for each vendor, in the order in which they are asked. It reads no JSON; package normalize extracts
// the fields of Keys, and of the others if a query wants them, and hands their texts over. It owns nothing: results
// are appended to the caller's memory, or are texts of the event.
package mapping

import "bytes"

// Texts are the texts of Keys in an event, nil where it has none.
type Texts [][]byte

// unknownCategory is the category of an event of no known shape.
const unknownCategory = "unknown"

// vendors are asked in this order; the first that knows the event's shape names its category too.
var vendors = []func(dst []byte, t Texts) ([]byte, Shape){windows, aws, linux, azure}

// Recognise returns the shape of an event and appends the source category that its content shows.
func Recognise(dst []byte, t Texts) ([]byte, Shape) {
	for _, vendor := range vendors {
		if named, shape := vendor(dst, t); shape != Unknown {
			return named, shape
		}
	}
	return append(dst, unknownCategory...), Unknown
}

// OwnCategory is the source category that the event carries itself, as Sumo's own exports do; nil if it carries none.
func OwnCategory(t Texts) []byte {
	if own := first(t, sourceCategory, mapSourceCategory); own != nil || !Forwarded(t) {
		return own
	}
	return first(t, forwardedCategory)
}

// Inner returns the JSON value in which an event of a shape carries another event, and the shape to call that; nil if it
// carries none. A message of an event of no known shape may only look like one: it is one if its own shape is known.
func Inner(t Texts, shape Shape) (json []byte, wrapper Shape) {
	if json := first(t, raw, mapRaw); bytes.HasPrefix(json, inString) {
		return json, SumoExport
	}
	if Forwarded(t) {
		return t[message], SumoExport
	}
	switch shape {
	case LookupEvents:
		return t[cloudTrailEvent], LookupEvents
	case Unknown:
		if json := first(t, eventOriginal, inputMessage, message); bytes.HasPrefix(json, objectInString) {
			return json, Wrapped
		}
	}
	return nil, Unknown
}

var (
	inString       = []byte(`"`)
	objectInString = []byte(`"{`)
)

// first returns the text of the first of the keys that the event has.
func first(t Texts, keys ...Key) []byte {
	for _, k := range keys {
		if len(t[k]) > 0 {
			return t[k]
		}
	}
	return nil
}
