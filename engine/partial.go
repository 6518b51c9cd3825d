package engine

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// partialVersion is the form of partial results; it grows with every change of it.
const partialVersion = 1

// errOtherPlan says that a partial result is of another query, or of a retrohunt that understands the query in another way.
var errOtherPlan = errors.New("the partial result was made by another query, with other tables, or by another version of retrohunt")

// AppendPartial appends what a worker of the query gathered for ReadPartial: its groups with the states of their aggregates, or the
// messages that it keeps, the days, the warnings, and what it saw of fields. The worker keeps it. An error is of a temporary file.
func (q *Query) AppendPartial(dst []byte, w *Worker) ([]byte, error) {
	shape := q.shape()
	dst = value.AppendBinary(dst, value.OfLong(partialVersion))
	dst = value.AppendBinary(dst, value.OfString(string(shape[:])))
	dst = value.AppendBinary(dst, value.OfLong(w.hits))
	dst = value.AppendBinary(dst, value.OfLong(int64(len(w.days))))
	for _, day := range slices.Sorted(maps.Keys(w.days)) {
		dst = value.AppendBinary(value.AppendBinary(dst, value.OfLong(day)), value.OfLong(w.days[day]))
	}
	q.noteGaveUp(w)
	dst = value.AppendBinary(dst, value.OfLong(int64(len(w.gaveUp))))
	for _, one := range w.gaveUp {
		dst = value.AppendBinary(value.AppendBinary(dst, value.OfString(one.Text)), value.OfLong(one.Count))
	}
	dst = w.run.AppendPartial(dst)
	return dst, w.run.PartialErr()
}

// ReadPartial returns a worker of the query with what AppendPartial wrote of another, which Merge and Table add up as they would have
// the other. It keeps nothing of s. What was written of another query is an error, and so is a plan that has changed since.
func (q *Query) ReadPartial(s string) (*Worker, error) {
	var nothing normalize.Projection
	w, r, shape := q.NewWorker(&nothing), value.NewReader(s), q.shape()
	if version := r.Long(); r.Err() == nil && version != partialVersion {
		return nil, fmt.Errorf("the partial result is of form %d, not %d", version, partialVersion)
	}
	if is := r.Text(); r.Err() == nil && is != string(shape[:]) {
		return nil, errOtherPlan
	}
	w.hits = r.Long()
	for range r.Count() {
		day, n := r.Long(), r.Long()
		if w.days == nil || day < 0 || day > lastDay {
			r.Fail()
			break
		}
		w.days[day] += n
	}
	for range r.Count() {
		w.noteWarning(Warning{Text: strings.Clone(r.Text()), Count: r.Long()})
	}
	if err := cmp.Or(r.Err(), w.run.ReadPartial(r), r.Close()); err != nil {
		return nil, fmt.Errorf("the partial result is damaged: %w", err)
	}
	return w, nil
}

// Close gives back the memory and the files of a worker whose table nobody wants.
func (w *Worker) Close() { w.run.Close() }

// shape tells plans apart: partial results are of one plan, and of one range of time if it compares that with others.
func (q *Query) shape() [sha256.Size]byte {
	shape := fmt.Appendf(nil, "%t\n%s", q.plans.Seen, q.plan.Dump())
	if len(q.LookBacks()) > 0 {
		shape = fmt.Appendf(shape, "from %d to %d\n", q.clock.From.UnixMilli(), q.clock.To.UnixMilli())
	}
	return sha256.Sum256(shape)
}
