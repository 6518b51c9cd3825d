package engine

import (
	"iter"

	"retrohunt/engine/check"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// RawColumn is the column of messages that holds their text.
const RawColumn = check.Raw

// Messages reports whether the rows of the query are messages: it has no aggregate.
func (q *Query) Messages() bool { return len(q.plan.Sections) == 1 }

// Keys returns the names of the columns that the query's first aggregate groups events by, in order. There are none where
// messages are kept in their order first.
func (q *Query) Keys() []string {
	var names []string
	if q.plan.Sections[0].Order != nil {
		return nil
	}
	for _, k := range q.plan.Sections[0].Group.Keys {
		names = append(names, k.Name)
	}
	return names
}

// Groups returns the values of Keys of each row that the record which was added last was counted in: one, unless the query makes
// several rows of an event (parse regex multi). They borrow from the record and are valid until the next Add.
func (w *Worker) Groups() [][]value.Value { return w.run.Groups() }

// Fields yields the fields that the query reads from an event and that a record has, by their names as the query spells them:
// not Sumo's metadata, and of a name that the query reads in several ways the first that there is. The texts are the record's.
func (w *Worker) Fields(r *normalize.Record) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for i, name := range w.names {
			text := w.run.Input(r, i)
			if text == nil || normalize.IsBuiltin(name) || w.has(r, name, i) {
				continue
			}
			if !yield(name, text) {
				return
			}
		}
	}
}

// has reports whether a record has a field among the first inputs of the query.
func (w *Worker) has(r *normalize.Record, name string, inputs int) bool {
	for i, other := range w.names[:inputs] {
		if other == name && w.run.Input(r, i) != nil {
			return true
		}
	}
	return false
}
