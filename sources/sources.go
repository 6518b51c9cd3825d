// Package sources turns paths into events: it walks directories, opens files, decompresses, opens archives, and frames the
// bytes of each stream into one JSON event after another.
//
// It does not look into events further than framing needs, does not normalise and does not match. Everything it
// leaves out it names: entries that were skipped and why, stretches of bytes that are no event, and where reading broke
// off. Memory does not grow with the size of an input.
//
// A Reader belongs to one goroutine. An Event's bytes are valid until the next call of Next.
package sources

import "fmt"

// Input is one openable thing: a file or standard input.
type Input struct {
	Name string // as coverage and origins show it: the path as found below what the user gave, the URL, or "-"
	Size int64  // bytes as stored; -1 if unknown (standard input)
	URL  string // of a remote input: with what Name must not show, the signature of a presigned URL; "" of a file
}

// Skip is an input or entry that was not read, by a rule.
type Skip struct {
	Name   string
	Reason string // e.g. "hidden", "git-lfs pointer", "binary"
}

// Event is the raw bytes of one log message with its place.
type Event struct {
	Raw     []byte // as the input has it, in UTF-8, without surrounding white space; valid until the next call of Next
	JSON    []byte // the event as one JSON object: the bytes of Raw where that is JSON itself; valid as long
	Ordinal int64  // 1 for the first event of the stream
	Line    int64  // line on which it starts in the decoded stream, 1-based
	Offset  int64  // byte at which it starts in the decoded stream
}

// SkipError says that a stream is not read, by a rule or because it is no log; nothing of it was read as events.
type SkipError struct{ Reason string }

func (e *SkipError) Error() string { return e.Reason }

// MalformedError is a stretch of input that is no event: a line that is too long, bytes that do not frame. Reading
// goes on behind it.
type MalformedError struct {
	Line   int64
	Offset int64 // in the decoded stream
	Length int64 // bytes passed over
	Events int   // that are known to be lost there; 0 if it does not show, as if it were one
	Reason string
}

func (e *MalformedError) Error() string { return e.Reason }

// DamageError says that a stream, or an archive, could not be read whole. All events before Offset were delivered; nothing follows.
type DamageError struct {
	Offset int64 // in the decoded stream, where reading broke off
	Err    error // e.g. "gzip: invalid checksum"
}

func (e *DamageError) Error() string { return fmt.Sprintf("%v at byte %d", e.Err, e.Offset) }
func (e *DamageError) Unwrap() error { return e.Err }
