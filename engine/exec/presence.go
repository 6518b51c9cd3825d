package exec

import (
	"slices"

	"retrohunt/normalize"
)

// presence is what a worker saw of the fields that the filters read: for each source category, the records in the scope and
// which of the fields none of them had. It looks for a field until it has seen it once.
type presence struct {
	watched []watched
	last    *sighting // records of one category mostly follow each other
	all     map[string]*sighting
}

// watched is an input of the plan and its slot in the record.
type watched struct{ input, slot int }

// sighting is what was seen of one category.
type sighting struct {
	category string
	events   int64
	missing  []watched // ascending
}

// newPresence watches inputs of the plan; slots are those of all its inputs.
func newPresence(inputs, slots []int) *presence {
	p := &presence{last: &sighting{}, all: map[string]*sighting{}}
	for _, i := range inputs {
		p.watched = append(p.watched, watched{i, slots[i]})
	}
	return p
}

// see takes a record in the scope. It allocates only for the first of a category.
func (p *presence) see(r *normalize.Record) {
	s := p.last
	if s.category != string(r.Category) || s.events == 0 {
		s = p.of(r.Category)
		p.last = s
	}
	s.events++
	for _, w := range s.missing {
		if r.Fields[w.slot] != nil {
			s.note(r)
			return
		}
	}
}

func (p *presence) of(category []byte) *sighting {
	s := p.all[string(category)]
	if s == nil {
		s = &sighting{category: string(category), missing: slices.Clone(p.watched)}
		p.all[s.category] = s
	}
	return s
}

// note strikes out the fields that a record has.
func (s *sighting) note(r *normalize.Record) {
	missing := s.missing[:0]
	for _, w := range s.missing {
		if r.Fields[w.slot] == nil {
			missing = append(missing, w)
		}
	}
	s.missing = missing
}

// merge takes over what another worker of the same plan saw.
func (p *presence) merge(other *presence) {
	for category, theirs := range other.all {
		ours := p.all[category]
		if ours == nil {
			p.all[category] = theirs
			continue
		}
		ours.events += theirs.events
		ours.missing = slices.DeleteFunc(ours.missing, func(w watched) bool { return !theirs.lacks(w.input) })
	}
}

// lacks reports whether none of the records had an input.
func (s *sighting) lacks(input int) bool {
	return slices.ContainsFunc(s.missing, func(w watched) bool { return w.input == input })
}
