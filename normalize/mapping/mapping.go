// Package mapping knows vendors' shapes: from which fields of an event its source category, its time and its host are read.
//
// It is tables: a file for each vendor, in the order in which they are asked. It reads no JSON; package normalize extracts
// the fields of Keys, and of the others if a query wants them, and hands their texts over. It owns nothing: results
// are appended to the caller's memory, or are texts of the event.
package mapping

// Key is a field that the category is read from; an index into Keys and Texts.
type Key int

// Texts are the texts of Keys in an event, nil where it has none.
type Texts [][]byte

// Unknown is the category of an event of no known shape.
const Unknown = "unknown"

// vendors are asked in this order; the first that knows the event names its category.
var vendors = []func(dst []byte, t Texts) ([]byte, bool){sumo, windows, aws, azure, linux}

// AppendCategory appends the source category that an event's content shows.
func AppendCategory(dst []byte, t Texts) []byte {
	for _, vendor := range vendors {
		if named, ok := vendor(dst, t); ok {
			return named
		}
	}
	return append(dst, Unknown...)
}

// Own is metadata that the event carries itself, as Sumo's own exports do.
func Own(t Texts) []byte { return t[sourceCategory] }

// first returns the text of the first of the keys that the event has.
func first(t Texts, keys ...Key) []byte {
	for _, k := range keys {
		if len(t[k]) > 0 {
			return t[k]
		}
	}
	return nil
}
