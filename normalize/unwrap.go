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
	object   []byte   // its JSON, where that is made of something else
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
		inner.raw, inner.wrapper = mapping.Inner(n.keys(outer), outer.shape)
		if len(inner.raw) == 0 {
			break
		}
		valid := inner.wrapper == mapping.SumoExport && n.walkMessage(inner) || inner.raw[0] == '{' && inner.walker.Walk(inner.raw, inner.texts) == nil
		if !valid && inner.wrapper != mapping.SumoExport {
			break
		}
		n.recognise(inner)
		if inner.shape != mapping.Unknown || inner.wrapper != mapping.Wrapped {
			found = depth + 1
		}
	}
	return n.levels[:found]
}

// walkMessage walks the message of an export: JSON, text that ends with JSON, or an event in XML. Any other text is an event
// without fields.
func (n *Normalizer) walkMessage(l *level) bool {
	if n.options.XML != nil && bytes.HasPrefix(l.raw, eventTag) {
		var err error
		l.object, err = n.options.XML(l.object[:0], l.raw)
		return err == nil && l.walker.Walk(l.object, l.texts) == nil
	}
	if start := bytes.IndexByte(l.raw, '{'); start >= 0 {
		return l.walker.Walk(l.raw[start:], l.texts) == nil
	}
	clear(l.texts)
	return false
}

var eventTag = []byte("<Event")
