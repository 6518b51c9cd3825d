package normalize

import (
	"strconv"

	"retrohunt/normalize/mapping"
	"retrohunt/normalize/wire"
)

// builtin is a slot of metadata.
type builtin struct {
	slot      int
	nested    int // the slot of the same name in the map of a search job's messages
	forwarded int // the slot of its name in forwarded messages
	compute   func(n *Normalizer, own []byte, from *Origin) []byte
}

// computedFields returns the built-in fields of a projection.
func computedFields(p *Projection, w *wanted) (all []builtin) {
	for slot, f := range p.fields {
		if !IsBuiltin(f.Name) {
			continue
		}
		compute := computed[f.Name]
		if compute == nil {
			compute = ownOnly
		}
		nested := w.slot(wire.Field{Name: "map." + f.Name})
		all = append(all, builtin{slot, nested, w.slot(wire.Field{Name: mapping.ForwardedName(f.Name)}), compute})
	}
	return all
}

// computed are the built-in fields that offline has values for. own is what the event itself carries under that name.
var computed = map[string]func(n *Normalizer, own []byte, from *Origin) []byte{
	"_raw":            func(n *Normalizer, _ []byte, _ *Origin) []byte { return n.record.Raw },
	"_size":           func(n *Normalizer, _ []byte, _ *Origin) []byte { return n.appendInt(int64(len(n.record.Raw))) },
	"_sourcecategory": func(n *Normalizer, _ []byte, _ *Origin) []byte { return n.record.Category },
	"_sourcehost":     func(n *Normalizer, _ []byte, _ *Origin) []byte { return n.record.Host },
	"_sourcename":     (*Normalizer).sourceName,
	"_messagetime":    (*Normalizer).messageTime,
	"_receipttime":    (*Normalizer).receiptTime,
}

func ownOnly(_ *Normalizer, own []byte, _ *Origin) []byte { return own }

// own returns the metadata that the events carry themselves, the outermost first: it is an export's, and says more of the
// event than the event does.
func (n *Normalizer) own(events []*level, b builtin) []byte {
	for _, l := range events {
		if text := l.texts[b.slot]; text != nil {
			return text
		}
		if text := l.texts[b.nested]; text != nil {
			return text
		}
		if text := l.texts[b.forwarded]; len(text) > 0 && mapping.Forwarded(n.keys(l)) {
			return text
		}
	}
	return nil
}

// category is the events' own, the one set by path, or the one that the content of the innermost shows.
func (n *Normalizer) category(events []*level, from *Origin) []byte {
	for _, l := range events {
		if own := mapping.OwnCategory(n.keys(l)); own != nil {
			return own
		}
	}
	if from.Category != "" {
		return n.append(from.Category)
	}
	return events[len(events)-1].category
}

// setTime sets the time of the record: the metadata's, else the innermost event's that has one.
func (n *Normalizer) setTime(events []*level) {
	r := &n.record
	for _, l := range events {
		if r.Time, r.Local, r.Timed = mapping.OwnTime(n.times(l), mapping.Forwarded(n.keys(l)), n.options.Zone); r.Timed {
			return
		}
	}
	for i := len(events) - 1; i >= 0; i-- {
		if r.Time, r.Local, r.Timed = events[i].shape.MessageTime(n.times(events[i]), n.options.Zone); r.Timed {
			return
		}
	}
}

// host is the metadata's, else the innermost event's that has one.
func (n *Normalizer) host(events []*level) []byte {
	for _, l := range events {
		if own := mapping.OwnHost(n.hosts(l), mapping.Forwarded(n.keys(l))); own != nil {
			return own
		}
	}
	for i := len(events) - 1; i >= 0; i-- {
		if host := mapping.Host(n.hosts(events[i])); host != nil {
			return host
		}
	}
	return nil
}

func (n *Normalizer) sourceName(own []byte, from *Origin) []byte {
	if own != nil {
		return own
	}
	return n.append(from.Name)
}

func (n *Normalizer) messageTime(_ []byte, _ *Origin) []byte {
	if !n.record.Timed {
		return nil
	}
	return n.appendInt(n.record.Time)
}

func (n *Normalizer) receiptTime(own []byte, _ *Origin) []byte {
	if ms, ok := mapping.ParseTime(own, n.options.Zone); ok {
		return n.appendInt(ms)
	}
	return nil
}

// append keeps a text until the next event.
func (n *Normalizer) append(s string) []byte {
	start := len(n.scratch)
	n.scratch = append(n.scratch, s...)
	return n.scratch[start:]
}

func (n *Normalizer) appendInt(i int64) []byte {
	start := len(n.scratch)
	n.scratch = strconv.AppendInt(n.scratch, i, 10)
	return n.scratch[start:]
}
