package sources

import "io"

// Discard reads the rest of the open stream and makes no events of it: what opening and decoding cost, without what comes behind.
// It returns nil at the end of the stream, or a *DamageError. It follows NextInput; Next cannot follow it.
func (r *Reader) Discard() error {
	if r.done == nil {
		r.decoded.current = nil // it has read nothing yet
		for r.w.ConsumeLines(len(r.w.Unread()), 0); r.w.More(); {
			r.w.ConsumeLines(len(r.w.Unread()), 0)
		}
		r.end(r.w.Offset())
	}
	if r.done == io.EOF {
		return nil
	}
	return r.done
}
