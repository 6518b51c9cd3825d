package normalize

import (
	"sync"

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
	number int               // among those of all plans
	slot   int               // of the field, verbatim
	texts  int               // that are wanted of it
	tree   func() *wire.Tree // of them; few shapes are met in a run, so it is made when the first is
}

// insideText is the text of an inside in an event.
type insideText struct {
	walker *wire.Walker // nil: there was none yet
	texts  [][]byte
	text   []byte
	object []byte
	walked bool
}

// newPlan returns the plan of a shape. Number is the next inside's.
func newPlan(s mapping.Shape, p *Projection, w *wanted, number *int) (made plan) {
	if !s.Maps() {
		return made
	}
	made.fills = make([]fill, 0, len(p.fields))
	inner := map[string]*wanted{} // by the field that holds the text
	texts := map[string]*inside{}
	for slot, f := range p.fields {
		if IsBuiltin(f.Name) {
			continue
		}
		sources := s.Sources(f.Name)
		if len(sources) == 0 {
			continue
		}
		from := make([]place, 0, len(sources))
		for _, source := range sources {
			field := wire.Field{Name: source.Name, ExtractArrays: f.ExtractArrays}
			if source.Inside == "" {
				from = append(from, place{nil, w.slot(field)})
				continue
			}
			if texts[source.Inside] == nil {
				texts[source.Inside] = &inside{number: *number, slot: w.slot(wire.Field{Name: source.Inside, Verbatim: true})}
				*number++
				made.inside = append(made.inside, texts[source.Inside])
				inner[source.Inside] = newWanted(len(p.fields))
			}
			field.Name = innerKey + field.Name
			from = append(from, place{texts[source.Inside], inner[source.Inside].slot(field)})
		}
		made.fills = append(made.fills, fill{slot, from})
	}
	for name, in := range texts {
		fields := inner[name].fields
		in.texts, in.tree = len(fields), sync.OnceValue(func() *wire.Tree { return wire.NewTree(fields) })
	}
	return made
}

// innerKey is the only key of the object that the text of a field is walked in, so that an array may be walked too.
const innerKey = "k"

// fill fills the empty slots of an event from where its shape keeps their values.
func (n *Normalizer) fill(l *level) {
	p := &n.layout.plans[l.shape]
	for _, in := range p.inside {
		n.insides[in.number].walked = false
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
	in := &n.insides[at.inside.number]
	if in.walker == nil {
		in.walker, in.texts = wire.NewWalker(at.inside.tree()), make([][]byte, at.inside.texts)
	}
	if !in.walked {
		in.walked = true
		n.walkInside(in, l.texts[at.inside.slot])
	}
	return in.texts[at.slot]
}

// walkInside walks the text of a field; of a text that is neither JSON nor XML nothing comes.
func (n *Normalizer) walkInside(in *insideText, json []byte) {
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
