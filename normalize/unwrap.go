package normalize

import (
	"bytes"

	"retrohunt/normalize/mapping"
	"retrohunt/normalize/wire"
)

// maxInside is how many events are taken out of one another's texts.
const maxInside = 3

// level is an event, or the event in the text of the one before.
type level struct {
	walker   *wire.Walker
	texts    [][]byte // by slot of the projection, then by layout
	raw      []byte   // its text
	message  []byte   // memory of the text, where it is that of a field
	object   []byte   // memory of its JSON, where that is made of XML
	shape    mapping.Shape
	category []byte        // by content
	wrapper  mapping.Shape // what it was taken out of
}

func (n *Normalizer) keys(l *level) mapping.Texts { return l.texts[n.layout.keys:n.layout.times] }
func (n *Normalizer) times(l *level) [][]byte     { return l.texts[n.layout.times:n.layout.hosts] }
func (n *Normalizer) hosts(l *level) [][]byte     { return l.texts[n.layout.hosts:n.layout.others] }

// recognise notes an event's shape and category.
func (n *Normalizer) recognise(l *level) {
	start := len(n.scratch)
	n.scratch, l.shape = mapping.Recognise(n.scratch, n.keys(l))
	l.category = n.scratch[start:]
}

// unwrap returns the events that carry each other, outermost first; the last is the event of the record. A message that holds
// JSON is left as it is unless it is, or at last carries, an event of a known shape.
func (n *Normalizer) unwrap() []*level {
	found := 1
	for depth := 1; depth <= maxInside; depth++ {
		outer, inner := n.levels[depth-1], n.levels[depth]
		json, wrapper := mapping.Inner(n.keys(outer), outer.shape)
		if json == nil {
			break
		}
		inner.message = wire.AppendText(inner.message[:0], json)
		inner.raw, inner.wrapper = inner.message, wrapper
		if wrapper == mapping.SumoExport {
			n.walkMessage(inner)
		} else if inner.walker.Walk(inner.raw, inner.texts) != nil {
			break
		}
		n.recognise(inner)
		if inner.shape != mapping.Unknown || wrapper != mapping.Wrapped {
			found = depth + 1
		}
	}
	return n.levels[:found]
}

// walkMessage walks the message of an export: JSON, text that ends with JSON, or an event in XML. Any other text is an event
// without fields.
func (n *Normalizer) walkMessage(l *level) {
	object := l.raw
	if made, ok := n.appendXML(l.object[:0], l.raw); ok {
		object, l.object = made, made
	} else if start := bytes.IndexByte(l.raw, '{'); start > 0 {
		object = l.raw[start:]
	}
	_ = l.walker.Walk(object, l.texts) // on an error no text is left
}
