package rows

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"slices"

	"retrohunt/internal/view"
)

const (
	// mostRuns is how many runs of one level are merged at once; that many become one of the next level.
	mostRuns = 64
	// readAhead and writeBehind are the buffers of a run, in bytes.
	readAhead   = 32 << 10
	writeBehind = 256 << 10
)

// Runs are rows in temporary files, in runs that are sorted. The zero Runs are empty; Compare is set before the first Write.
type Runs struct {
	Compare Compare
	file    *os.File // that is written to
	size    int64
	names   []string // of files that are still to be removed
	files   []*os.File
	runs    []run
	err     error // the first; from then on nothing is kept
}

// run is a part of a file.
type run struct {
	file      *os.File
	off, size int64
	columns   int
	level     int
}

// Empty reports whether nothing was written.
func (r *Runs) Empty() bool { return len(r.runs) == 0 && r.err == nil }

// Err is the first error of writing or reading: rows are missing then.
func (r *Runs) Err() error { return r.err }

// Fail notes that rows are missing for another reason.
func (r *Runs) Fail(err error) { r.err = errors.Join(r.err, err) }

// Write writes a run of rows, which are sorted and have equally many columns.
func (r *Runs) Write(rows iter.Seq[Row]) {
	r.write(rows, 0)
	for n := len(r.runs); r.err == nil && n >= mostRuns && r.runs[n-mostRuns].level == r.runs[n-1].level; n = len(r.runs) {
		several := slices.Clone(r.runs[n-mostRuns:])
		r.runs = r.runs[:n-mostRuns]
		r.write(r.merge(several, nil), several[0].level+1)
	}
}

func (r *Runs) write(rows iter.Seq[Row], level int) {
	if r.file == nil && r.err == nil {
		r.err = r.create()
	}
	if r.err != nil {
		return
	}
	written := run{file: r.file, off: r.size, level: level}
	out := bufio.NewWriterSize(io.NewOffsetWriter(r.file, r.size), writeBehind)
	var buf []byte
	var head [binary.MaxVarintLen64]byte
	for row := range rows {
		written.columns = len(row)
		buf = appendRow(buf[:0], row)
		n := binary.PutUvarint(head[:], uint64(len(buf)))
		out.Write(head[:n])
		if _, err := out.Write(buf); err != nil {
			break // Flush says it again
		}
		written.size += int64(n + len(buf))
	}
	r.err = errors.Join(r.err, out.Flush())
	r.size += written.size
	r.runs = append(r.runs, written)
}

// create makes the file, and takes its name away where a file without a name lives on.
func (r *Runs) create() (err error) {
	if r.file, err = os.CreateTemp("", "retrohunt-*"); err != nil {
		r.file = nil
		return err
	}
	r.files = append(r.files, r.file)
	if os.Remove(r.file.Name()) != nil {
		r.names = append(r.names, r.file.Name())
	}
	return nil
}

// Absorb takes over the runs of another, behind its own.
func (r *Runs) Absorb(other *Runs) {
	r.runs = append(r.runs, other.runs...)
	r.files = append(r.files, other.files...)
	r.names = append(r.names, other.names...)
	r.err = errors.Join(r.err, other.err)
	*other = Runs{}
}

// Merged yields all rows in order, and among them the rows of one more run, which is in memory. Of rows that compare equal
// those of the run that was written first come first.
func (r *Runs) Merged(memory []Row) iter.Seq[Row] { return r.merge(r.runs, memory) }

func (r *Runs) merge(runs []run, memory []Row) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		m := merger{compare: r.Compare}
		for _, one := range runs {
			in := bufio.NewReaderSize(io.NewSectionReader(one.file, one.off, one.size), readAhead)
			m.add(&fileCursor{in, one.columns, uint64(one.size), &r.err})
		}
		m.add(&memoryCursor{memory})
		for row := m.next(); row != nil; row = m.next() {
			if !yield(row) {
				return
			}
		}
	}
}

// Close gives back the files. Runs may be closed twice.
func (r *Runs) Close() {
	for _, f := range r.files {
		f.Close()
	}
	for _, name := range r.names {
		os.Remove(name)
	}
	*r = Runs{Compare: r.Compare, err: r.err}
}

// cursor walks along a run; behind its end rows are nil.
type cursor interface{ next() Row }

type memoryCursor struct{ rows []Row }

func (c *memoryCursor) next() Row {
	if len(c.rows) == 0 {
		return nil
	}
	row := c.rows[0]
	c.rows = c.rows[1:]
	return row
}

type fileCursor struct {
	in      *bufio.Reader
	columns int
	most    uint64 // bytes of a row
	err     *error
}

func (c *fileCursor) next() Row {
	size, err := binary.ReadUvarint(c.in)
	if err == io.EOF {
		return nil
	}
	var row Row
	switch {
	case err != nil:
	case size > c.most:
		err = errRow
	default:
		buf := make([]byte, size)
		if _, err = io.ReadFull(c.in, buf); err == nil {
			row, err = readRow(view.String(buf), c.columns)
		}
	}
	if err != nil {
		*c.err = errors.Join(*c.err, err)
	}
	return row
}
