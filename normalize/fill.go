package normalize

import (
	"retrohunt/normalize/mapping"
	"retrohunt/normalize/wire"
)

// plan is where events of a shape keep the fields of the projection that they lack.
type plan struct {
	fills  []fill
	inside []*inside
}

// fill is a slot and the places that are looked at, one after the other, if it is empty.
type fill struct {
	slot int
	from []place
}

// place is a slot of the event, or of the text of one of its fields.
type place struct {
	inside *inside
	slot   int
}

// inside is a field whose text is JSON or XML itself, walked when first a value is wanted of it.
type inside struct {
	slot   int // of the field, verbatim
	walker *wire.Walker
	texts  [][]byte
	text   []byte
	object []byte
	walked bool
}

func newPlan(s mapping.Shape, p *Projection, w *wanted) (made plan) {
	inner := map[string]*wanted{} // by the field that holds the text
	texts := map[string]*inside{}
	for slot, f := range p.fields {
		if IsBuiltin(f.Name) {
			continue
		}
		var from []place
		for _, source := range s.Sources(f.Name) {
			field := wire.Field{Name: source.Name, ExtractArrays: f.ExtractArrays}
			if source.Inside == "" {
				from = append(from, place{nil, w.slot(field)})
				continue
			}
			if texts[source.Inside] == nil {
				texts[source.Inside] = &inside{slot: w.slot(wire.Field{Name: source.Inside, Verbatim: true})}
				made.inside = append(made.inside, texts[source.Inside])
				inner[source.Inside] = &wanted{slots: map[wire.Field]int{}}
			}
			field.Name = innerKey + field.Name
			from = append(from, place{texts[source.Inside], inner[source.Inside].slot(field)})
		}
		if from != nil {
			made.fills = append(made.fills, fill{slot, from})
		}
	}
	for name, in := range texts {
		in.walker = wire.NewWalker(wire.NewTree(inner[name].fields))
		in.texts = make([][]byte, len(inner[name].fields))
	}
	return made
}

// innerKey is the only key of the object that the text of a field is walked in, so that an array may be walked too.
const innerKey = "k"

// fill fills the empty slots of an event from where its shape keeps their values.
func (n *Normalizer) fill(l *level) {
	p := &n.plans[l.shape]
	for _, in := range p.inside {
		in.walked = false
	}
	for _, f := range p.fills {
		for i := 0; i < len(f.from) && l.texts[f.slot] == nil; i++ {
			l.texts[f.slot] = n.look(l, f.from[i])
		}
	}
}

func (n *Normalizer) look(l *level, at place) []byte {
	if at.inside == nil {
		return l.texts[at.slot]
	}
	if !at.inside.walked {
		at.inside.walked = true
		n.walkInside(at.inside, l.texts[at.inside.slot])
	}
	return at.inside.texts[at.slot]
}

// walkInside walks the text of a field; of a text that is neither JSON nor XML nothing comes.
func (n *Normalizer) walkInside(in *inside, json []byte) {
	clear(in.texts)
	if json == nil {
		return
	}
	in.text = wire.AppendText(in.text[:0], json)
	in.object = append(in.object[:0], `{"`+innerKey+`":`...)
	if made, ok := n.appendXML(in.object, in.text); ok {
		in.object = made
	} else {
		in.object = append(in.object, in.text...)
	}
	in.object = append(in.object, '}')
	_ = in.walker.Walk(in.object, in.texts) // on an error no text is left
}
