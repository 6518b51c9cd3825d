package runfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"sync"
	"time"

	"retrohunt/engine/stream"
)

// This file is about runs that are not finished: a journal is what such a run was asked, and parts of it, appended as they are
// finished. It is a line with the version, and records, each the length of what follows, its SHA-256, and a text and partial
// results as a run has them. A journal may break off anywhere, for the process that writes it may be killed: what stands behind the
// last whole record never was. Each record is on the disk before Append returns.

// journalHead starts a journal; its number is the version of the form.
const journalHead = "retrohunt journal 1\n"

// Begun is what a run was asked, as far as another that goes on with it must have been asked the same.
type Begun struct {
	Run             // without what only shows when it has ended
	Files  []File   // the inputs, of its shard, and other files that decide rows
	Limits []string // what else does, beside Settings: a flag with its value each
}

// File is a file as it was when the run began.
type File struct {
	Name     string
	Size     int64
	Modified time.Time // zero if that is not known, as of what lies in buckets
}

// Part is what a run gathered of inputs that it has read to their ends.
type Part struct {
	Coverage stream.Coverage // what is not told apart by inputs
	Accounts []stream.Account
	Samples  []Sample
	Found    [][]byte `json:",omitempty"` // by the subqueries of each query; nil if there are none
	Partials [][]byte `json:"-"`          // of each query
}

// Journal is an open journal. Several goroutines may append to it.
type Journal struct {
	mu      sync.Mutex
	file    *os.File
	begun   int64 // where the parts begin
	size    int64 // of what is whole
	queries int
	err     error // the first of appending; from then on nothing is appended
}

// CreateJournal begins a journal; there must be none of that name.
func CreateJournal(name string, b *Begun) (*Journal, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: file, queries: len(b.Queries)}
	if _, err = file.WriteString(journalHead); err == nil {
		j.size = int64(len(journalHead))
		err = j.append(b, nil)
	}
	if err != nil {
		j.Close()
		return nil, err
	}
	j.begun = j.size
	return j, nil
}

// errNotBegun says that a run was killed before it had said what it was asked.
var errNotBegun = errors.New("nothing of the run was written down")

// NotBegun reports whether an error of OpenJournal says that there is nothing to go on with.
func NotBegun(err error) bool { return errors.Is(err, errNotBegun) || errors.Is(err, os.ErrNotExist) }

// OpenJournal opens a journal to append to it. What is not whole at its end is cut off.
func OpenJournal(name string) (*Journal, *Begun, error) {
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	j := &Journal{file: file}
	b, err := j.open()
	if err != nil {
		j.Close()
		return nil, nil, err
	}
	return j, b, nil
}

func (j *Journal) open() (*Begun, error) {
	head := make([]byte, len(journalHead))
	n, err := io.ReadFull(j.file, head)
	switch {
	case err != nil && bytes.HasPrefix([]byte(journalHead), head[:n]):
		return nil, errNotBegun
	case err != nil || string(head) != journalHead:
		return nil, errors.New("not a journal of this version of retrohunt")
	}
	j.begun = int64(len(head))
	packed, next := j.record(j.begun)
	if packed == nil {
		return nil, errNotBegun
	}
	b := &Begun{}
	if rest, err := unpackText(packed, b); err != nil || len(rest) > 0 || !b.sound() {
		return nil, errDamaged
	}
	j.begun, j.queries = next, len(b.Queries)
	for packed != nil {
		j.size = next
		packed, next = j.record(next)
	}
	return b, errors.Join(j.file.Truncate(j.size), j.file.Sync())
}

// recordHead is the length of what stands before a record: the length of the rest, and its hash.
const recordHead = 8 + sha256.Size

// record returns the record at an offset, and where the next one is; nil if there is no whole one.
func (j *Journal) record(at int64) (packed []byte, next int64) {
	var head [recordHead]byte
	if _, err := j.file.ReadAt(head[:], at); err != nil {
		return nil, at
	}
	size := binary.LittleEndian.Uint64(head[:])
	info, err := j.file.Stat()
	if err != nil || size > uint64(info.Size()-at-recordHead) {
		return nil, at
	}
	packed = make([]byte, size)
	if _, err := j.file.ReadAt(packed, at+recordHead); err != nil || sha256.Sum256(packed) != [sha256.Size]byte(head[8:]) {
		return nil, at
	}
	return packed, at + recordHead + int64(size)
}

// Append appends a part. If it returns an error, nothing was appended, and nothing ever will be.
func (j *Journal) Append(p *Part) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.err = j.append(p, p.Partials)
	}
	return j.err
}

func (j *Journal) append(about any, partials [][]byte) error {
	packed, err := pack(about, partials)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(packed)
	record := append(binary.LittleEndian.AppendUint64(nil, uint64(len(packed))), sum[:]...)
	if _, err := j.file.WriteAt(append(record, packed...), j.size); err != nil {
		return err
	}
	if err := j.file.Sync(); err != nil {
		return err
	}
	j.size += recordHead + int64(len(packed))
	return nil
}

// Parts yields the parts that were appended, now and before. It stops behind an error.
func (j *Journal) Parts() iter.Seq2[*Part, error] {
	return func(yield func(*Part, error) bool) {
		for at := j.begun; at < j.size; {
			packed, next := j.record(at)
			if packed == nil { // somebody else wrote to the file
				yield(nil, errDamaged)
				return
			}
			if p, err := unpackPart(packed, j.queries); !yield(p, err) || err != nil {
				return
			}
			at = next
		}
	}
}

// unpackPart reads a part with so many partial results.
func unpackPart(packed []byte, queries int) (*Part, error) {
	p := &Part{}
	rest, err := unpackText(packed, p)
	if err == nil {
		p.Partials, err = cutPartials(rest, queries)
	}
	return p, err
}

// Empty reports whether there is no part.
func (j *Journal) Empty() bool { return j.size == j.begun }

// Close closes the file, which stays.
func (j *Journal) Close() error { return j.file.Close() }

// Remove closes the file and takes it away.
func (j *Journal) Remove() error { return errors.Join(j.file.Close(), os.Remove(j.file.Name())) }
