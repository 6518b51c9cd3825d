package exec

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// AppendPartial appends what the worker gathered for ReadPartial of a worker of the same plan. The worker keeps it.
func (w *Worker) AppendPartial(dst []byte) []byte {
	dst = w.appendGathered(dst)
	for _, earlier := range w.past {
		dst = earlier.appendGathered(dst)
	}
	return w.presence.appendPartial(w.drops.AppendPartial(dst))
}

// appendGathered appends the groups or messages of the worker's own range.
func (w *Worker) appendGathered(dst []byte) []byte {
	switch {
	case w.keeper != nil:
		dst = w.keeper.appendPartial(dst)
	case w.group != nil:
		dst = w.group.table.AppendPartial(dst)
	}
	return dst
}

// PartialErr is what went wrong with temporary files so far: then a partial result is not whole.
func (w *Worker) PartialErr() error {
	var err error
	switch {
	case w.keeper != nil:
		err = w.keeper.sorter.Err()
	case w.group != nil:
		err = w.group.table.Err()
	}
	for _, earlier := range w.past {
		err = cmp.Or(err, earlier.PartialErr())
	}
	return err
}

// Close gives back the memory and the files of a worker that is not asked for a table.
func (w *Worker) Close() {
	switch {
	case w.keeper != nil:
		w.keeper.sorter.Close()
	case w.group != nil:
		w.group.table.Close()
	}
	for _, earlier := range w.past {
		earlier.Close()
	}
}

// ReadPartial adds what AppendPartial wrote. It keeps nothing of what it reads. After an error the worker is of no use.
func (w *Worker) ReadPartial(r *value.Reader) error {
	for _, one := range append([]*Worker{w}, w.past...) {
		if err := one.readGathered(r); err != nil {
			return err
		}
	}
	w.drops.ReadPartial(r)
	w.presence.readPartial(r)
	return r.Err()
}

// readGathered adds what appendGathered wrote.
func (w *Worker) readGathered(r *value.Reader) error {
	switch {
	case w.keeper != nil:
		w.keeper.readPartial(r)
	case w.group != nil:
		return w.group.table.ReadPartial(r, len(w.group.keys))
	}
	return nil
}

// appendPartial appends the messages that are kept, those that are not wanted left out.
func (k *keeper) appendPartial(dst []byte) []byte {
	for row := range k.sorter.All() {
		dst = value.AppendBinary(dst, value.OfBool(true))
		for _, v := range row {
			dst = value.AppendBinary(dst, v)
		}
	}
	return value.AppendBinary(dst, value.OfBool(false))
}

func (k *keeper) readPartial(r *value.Reader) {
	row := make(rows.Row, len(k.row))
	for r.More() {
		for i := range row {
			row[i] = r.Value()
		}
		if r.Err() != nil {
			return
		}
		k.sorter.Add(rows.Clone(row))
	}
}

func (p *presence) appendPartial(dst []byte) []byte {
	for _, category := range slices.Sorted(maps.Keys(p.all)) {
		s := p.all[category]
		dst = value.AppendBinary(dst, value.OfBool(true))
		dst = value.AppendBinary(dst, value.OfString(category))
		dst = value.AppendBinary(dst, value.OfLong(s.events))
		dst = value.AppendBinary(dst, value.OfLong(int64(len(s.missing))))
		for _, w := range s.missing {
			dst = value.AppendBinary(dst, value.OfLong(int64(w.input)))
		}
	}
	return value.AppendBinary(dst, value.OfBool(false))
}

func (p *presence) readPartial(r *value.Reader) {
	for r.More() {
		s := &sighting{category: strings.Clone(r.Text()), events: r.Long()}
		for range r.Count() {
			input := r.Long()
			i := slices.IndexFunc(p.watched, func(w watched) bool { return int64(w.input) == input })
			if i < 0 {
				r.Fail()
				return
			}
			s.missing = append(s.missing, p.watched[i])
		}
		if r.Err() != nil {
			return
		}
		p.merge(&presence{all: map[string]*sighting{s.category: s}})
	}
}
