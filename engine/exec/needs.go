package exec

import (
	"cmp"
	"slices"

	"retrohunt/engine/plan"
)

// Need says that no record of a source category can be a hit, whatever it holds in the fields that it has, and which
// fields it would take.
type Need struct {
	Category string
	Events   int64 // of the category, in the scope of the query
	// Fields are sets of fields that no record of the category has. With all fields of one set a hit is possible. Names are
	// spelled as in the query.
	Fields [][]string
}

// Needs returns what the records in the scope lack for a hit, of a category each, most records first.
func (w *Worker) Needs() []Need {
	var out []Need
	for _, s := range w.presence.all {
		if fields := w.needed(s); len(fields) > 0 {
			out = append(out, Need{s.category, s.events, named(w.plan, fields)})
		}
	}
	slices.SortFunc(out, func(a, b Need) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Category, b.Category))
	})
	return out
}

// needed returns the least sets of fields that records of a category would have to have, nothing if they may hit as they
// are, or if none would help. A set that helps only beside other fields that the category has is of its own kind and
// comes before one that would help anywhere: a console sign-in lacks its outcome rather than a command line.
func (w *Worker) needed(s *sighting) ways {
	if len(s.missing) == 0 {
		return nil
	}
	all := w.waysToHit(s.category, s.missing)
	if len(all) == 0 || all.isOpen() {
		return nil
	}
	anywhere := w.waysToHit(s.category, w.presence.watched)
	if fitting := slices.DeleteFunc(slices.Clone(all), anywhere.within); len(fitting) > 0 {
		all = fitting
	}
	return slices.DeleteFunc(all, func(x way) bool { return len(x) > len(all[0]) })
}

// named puts names to inputs. Two inputs may have one name: what json auto finds, and what the event has without it.
func named(p *plan.Plan, all ways) [][]string {
	var out [][]string
	for _, w := range all {
		var names []string
		for _, input := range w {
			if name := p.Names[input]; !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if !slices.ContainsFunc(out, func(known []string) bool { return slices.Equal(known, names) }) {
			out = append(out, names)
		}
	}
	return out
}
