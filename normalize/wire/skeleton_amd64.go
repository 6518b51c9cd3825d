//go:build !purego

package wire

// stride does as Walker.step as often as it can, in events that have an index. It leaves the rest to that: what begins in the last
// bytes that may be read, and numbers that are not whole. A stretch may be read beyond the event, up to its capacity.
//
//go:noescape
func stride(w *Walker, t *track)
