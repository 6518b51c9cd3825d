package naive

import (
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

func (p *pipeline) withTime(s *syntax.WithTime) {
	name := check.WithTimeName(s)
	for _, r := range p.rows {
		r.set(name, timed(r.get(s.Field.Name), r))
	}
	p.define(name)
}

func timed(v value.Value, r *row) value.Value {
	if v.IsNull() {
		return v
	}
	return value.OfString(string(value.AppendTimed(nil, r.get("_messageTime"), v)))
}

// ofTime returns the value of the greatest time among texts that withtime made, or with sign -1 of the least. Among equal
// times the text decides in the same way. Those without a time count if no other is there.
func ofTime(texts []value.Value, sign int) value.Value {
	type moment struct {
		at   value.Value
		json string
	}
	var timed, timeless []moment
	for _, text := range texts {
		at, json, ok := value.SplitTimed(text.Str())
		switch {
		case !ok:
		case at.IsNull():
			timeless = append(timeless, moment{at, json})
		default:
			timed = append(timed, moment{at, json})
		}
	}
	if len(timed) == 0 {
		timed = timeless
	}
	if len(timed) == 0 {
		return value.Value{}
	}
	best := slices.MaxFunc(timed, func(a, b moment) int {
		if order := value.Compare(a.at, b.at); order != 0 {
			return sign * order
		}
		return sign * value.Compare(value.OfString(a.json), value.OfString(b.json))
	})
	return value.ParseTimed(best.json)
}
