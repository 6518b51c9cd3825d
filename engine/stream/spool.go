package stream

import (
	"cmp"
	"encoding/binary"
	"io"
	"maps"
	"os"
	"slices"
	"sync"
)

// Spool keeps records that many workers write, each of the part of an input that it reads, and gives them back in the order of
// inputs and their parts. It keeps them in memory up to a limit and beyond it in one temporary file, which is gone when the spool is closed or the process
// ends. Its memory is the limit, a block for each open writer, and a few words for each block of records.
type Spool struct {
	mu      sync.Mutex
	limit   int64
	held    int64 // bytes in memory
	blocks  map[place][]block
	records int64
	file    *os.File
	name    string // of a file that is still to be removed
	size    int64  // of the file
	err     error  // the first; from then on nothing is kept
}

// place is a part of an input.
type place struct{ input, part int }

// block is a run of records, in memory or in the file.
type block struct {
	memory    []byte // nil: in the file
	off, size int64
}

// blockSize is how much a writer gathers before the spool takes it, about.
const blockSize = 256 << 10

// NewSpool returns an empty spool that keeps so many bytes in memory.
func NewSpool(limit int64) *Spool { return &Spool{limit: limit, blocks: map[place][]block{}} }

// SpoolWriter takes the records of one part of an input. It belongs to one goroutine.
type SpoolWriter struct {
	spool   *Spool
	place   place
	buf     []byte
	records int64
}

// Writer returns the writer of a part of an input; each has only one.
func (s *Spool) Writer(input, part int) *SpoolWriter {
	return &SpoolWriter{spool: s, place: place{input, part}}
}

// Write adds a record, which it copies. Errors show in Each.
func (w *SpoolWriter) Write(record []byte) {
	w.buf = binary.AppendUvarint(w.buf, uint64(len(record)))
	w.buf = append(w.buf, record...)
	w.records++
	if len(w.buf) >= blockSize {
		w.flush()
	}
}

// Close hands over what was gathered.
func (w *SpoolWriter) Close() { w.flush() }

func (w *SpoolWriter) flush() {
	if len(w.buf) > 0 {
		w.spool.take(w)
	}
	w.records = 0
	if w.buf = w.buf[:0]; cap(w.buf) > 4*blockSize {
		w.buf = nil // one giant record
	}
}

func (s *Spool) take(w *SpoolWriter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records += w.records
	if s.err != nil {
		return
	}
	b := block{size: int64(len(w.buf))}
	if s.held+b.size <= s.limit {
		b.memory = slices.Clip(slices.Clone(w.buf))
		s.held += b.size
	} else {
		if b.off, s.err = s.append(w.buf); s.err != nil {
			return
		}
	}
	s.blocks[w.place] = append(s.blocks[w.place], b)
}

// append writes to the end of the file, and returns where that was.
func (s *Spool) append(p []byte) (off int64, err error) {
	if s.file == nil {
		if err := s.create(); err != nil {
			return 0, err
		}
	}
	off = s.size
	n, err := s.file.Write(p)
	s.size += int64(n)
	return off, err
}

// create makes the file, and takes its name away where a file without a name lives on: nothing stays behind even if the
// process is killed. Elsewhere Close removes it.
func (s *Spool) create() (err error) {
	if s.file, err = os.CreateTemp("", "retrohunt-*"); err != nil {
		return err
	}
	if os.Remove(s.file.Name()) != nil {
		s.name = s.file.Name()
	}
	return nil
}

// Records is how many records were written, also where they could not be kept: Each says so.
func (s *Spool) Records() int64 { return s.records }

// Each gives all records to do, in the order of inputs, of their parts, and of each in the order of writing. It is called when all writers are
// closed. A record is valid until do returns. The error is the first of writing, reading, or do.
func (s *Spool) Each(do func(record []byte) error) error {
	if s.err != nil {
		return s.err
	}
	places := slices.SortedFunc(maps.Keys(s.blocks), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.input, b.input), cmp.Compare(a.part, b.part))
	})
	var buf []byte
	for _, p := range places {
		for _, b := range s.blocks[p] {
			if b.memory == nil {
				buf = slices.Grow(buf[:0], int(b.size))[:b.size]
				if _, err := s.file.ReadAt(buf, b.off); err != nil {
					return err
				}
				b.memory = buf
			}
			if err := eachRecord(b.memory, do); err != nil {
				return err
			}
		}
	}
	return nil
}

func eachRecord(block []byte, do func([]byte) error) error {
	for len(block) > 0 {
		size, n := binary.Uvarint(block)
		if n <= 0 || size > uint64(len(block)-n) {
			return io.ErrUnexpectedEOF // somebody else wrote to the file
		}
		end := n + int(size)
		if err := do(block[n:end]); err != nil {
			return err
		}
		block = block[end:]
	}
	return nil
}

// Close gives back memory and file. A spool may be closed twice.
func (s *Spool) Close() {
	if s.file != nil {
		s.file.Close()
	}
	if s.name != "" {
		os.Remove(s.name)
	}
	*s = Spool{}
}
