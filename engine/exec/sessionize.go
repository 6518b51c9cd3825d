package exec

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"retrohunt/engine/extract"
	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// sessionize keeps in memory the sessions that wait for a message: their values, not their messages.
func (c *compiler) sessionize(op *plan.Sessionize) rowsOperator {
	text, at := c.text(op.Text), c.value(op.Time)
	byTime := func(a, b rows.Row) int { return compareKeys(at(&frame{slots: a}), at(&frame{slots: b}), true) }
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			s := newSessions(op)
			for row := range c.sorted(in, byTime, 0) {
				f := &frame{slots: row}
				message, ok := text(f)
				if !ok {
					continue
				}
				for _, done := range s.add(message, at(f)) {
					out := slices.Clone(row)
					out[op.Start], out[op.End] = done.start, at(f)
					for i, slot := range op.Slots {
						out[slot] = done.values[i]
					}
					if !yield(out) {
						return
					}
				}
			}
		}
	}
}

// sessions are those of one sessionize that wait for a message, by the template that is to find it.
type sessions struct {
	op      *plan.Sessionize
	waiting []*waiting
	begun   int
}

// session is what messages so far have told.
type session struct {
	number int // among those that began
	start  value.Value
	values []value.Value
}

func newSessions(op *plan.Sessionize) *sessions {
	s, known := &sessions{op: op}, map[int]bool{}
	for _, t := range op.Templates {
		w := &waiting{template: t, fields: len(op.Slots), by: map[string][]*session{}, lengths: map[int]int{}}
		w.field, w.before = t.Variable()
		if w.variable = w.field >= 0; !w.variable {
			if i := slices.IndexFunc(t.Fields(), func(f int) bool { return known[f] }); i >= 0 {
				w.field = t.Fields()[i]
			}
		}
		for _, f := range t.Fields() {
			known[f] = true
		}
		s.waiting = append(s.waiting, w)
	}
	return s
}

// add takes a message, and returns the sessions that it completes, in the order in which they began. Later templates come first, so
// that no session takes a message twice.
func (s *sessions) add(message string, at value.Value) (done []*session) {
	last := len(s.waiting) - 1
	for i := last; i >= 0; i-- {
		var longer []*session
		if i == 0 {
			if values, ok := s.op.Templates[0].Extend(message, make([]value.Value, len(s.op.Slots))); ok {
				longer = append(longer, &session{s.begun, at.Clone(), cloned(values)})
				s.begun++
			}
		} else {
			longer = s.waiting[i].extended(message)
		}
		if i == last {
			done = longer
			continue
		}
		for _, one := range longer {
			s.waiting[i+1].add(one)
		}
	}
	return done
}

// cloned returns values that do not borrow from the message.
func cloned(values []value.Value) []value.Value {
	for i, v := range values {
		values[i] = v.Clone()
	}
	return values
}

// waiting are the sessions that wait for a template. Those with the same value in one field are together, so that a message need not be
// held against each: only against those whose value stands in it behind the text before the first variable, or, without a
// variable, where the template has a star for the field.
type waiting struct {
	template *extract.Template
	fields   int  // of a session
	variable bool // the field is the first variable
	field    int  // -1: there is none that the template and sessions have in common
	before   string
	by       map[string][]*session // by the field's value; "" without one
	lengths  map[int]int           // how many values have a length
}

func (w *waiting) key(s *session) string {
	if w.field < 0 {
		return ""
	}
	return s.values[w.field].Text()
}

func (w *waiting) add(s *session) {
	key := w.key(s)
	if len(w.by[key]) == 0 {
		w.lengths[len(key)]++
	}
	w.by[key] = append(w.by[key], s)
}

// extended takes away the sessions that a message belongs to, and returns them with its values.
func (w *waiting) extended(message string) (out []*session) {
	for _, key := range w.keysIn(message) {
		if len(w.by[key]) == 0 {
			continue
		}
		var left []*session
		for _, s := range w.by[key] {
			values, ok := w.template.Extend(message, s.values)
			if !ok {
				left = append(left, s)
				continue
			}
			out = append(out, &session{s.number, s.start, cloned(values)})
		}
		if w.by[key] = left; len(left) > 0 {
			continue
		}
		delete(w.by, key)
		if w.lengths[len(key)]--; w.lengths[len(key)] == 0 {
			delete(w.lengths, len(key))
		}
	}
	slices.SortFunc(out, func(a, b *session) int { return cmp.Compare(a.number, b.number) })
	return out
}

// keysIn returns the values of the field by which a message may be of sessions that wait.
func (w *waiting) keysIn(message string) []string {
	switch {
	case w.variable:
		return w.variablesIn(message)
	case w.field < 0:
		return []string{""}
	}
	if values, ok := w.template.Extend(message, make([]value.Value, w.fields)); ok {
		return []string{values[w.field].Text()}
	}
	return nil
}

// variablesIn returns the values of the variable that stand in a message where the template may find them.
func (w *waiting) variablesIn(message string) (keys []string) {
	seen := map[string]bool{}
	for start := 0; len(w.by) > 0 && start <= len(message); start++ {
		i := strings.Index(message[start:], w.before)
		if i < 0 {
			break
		}
		start += i
		rest := message[start+len(w.before):]
		for n := range w.lengths {
			if n > len(rest) || seen[rest[:n]] {
				continue
			}
			if _, waits := w.by[rest[:n]]; waits {
				seen[rest[:n]] = true
				keys = append(keys, rest[:n])
			}
		}
	}
	return keys
}
