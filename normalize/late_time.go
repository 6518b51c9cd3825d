package normalize

// lateTime finds the message time of the current event when somebody asks. Having the walk look for it in every event costs a
// run some 7 %, and only the few events that are hits need it: they are walked a second time.
type lateTime struct {
	layout      func() *Layout
	normalizer  *Normalizer // made when first needed
	object, raw []byte
	from        *Origin
	known       bool
	ms          int64
	ok          bool
}

// MessageTime returns the message time in milliseconds UTC, and whether the event has one. It needs no Options.Time, and is
// computed when first asked for. Like the record it is of the current event alone.
func (r *Record) MessageTime() (ms int64, ok bool) {
	if r.late == nil {
		return r.Time, r.Timed
	}
	return r.late.time()
}

func (l *lateTime) time() (ms int64, ok bool) {
	if l.known {
		return l.ms, l.ok
	}
	if l.normalizer == nil {
		l.normalizer = l.layout().NewNormalizer()
	}
	l.known, l.ms, l.ok = true, 0, false
	if r, err := l.normalizer.Normalize(l.object, l.raw, l.from); err == nil { // it was an event before
		l.ms, l.ok = r.Time, r.Timed
	}
	return l.ms, l.ok
}
