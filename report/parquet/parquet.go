// Package parquet writes Parquet files of flat rows: columns of texts, longs and doubles, each of which may be null.
//
// It writes the least of the format that every reader knows: one data page of plain values for each column of a row group,
// compressed with zstd. It reads nothing, and knows no nesting, dictionaries, statistics or indexes: the library that does
// would make the program a third larger, by 5.7 MB. https://parquet.apache.org/docs/file-format/
//
// A Writer belongs to one goroutine, copies what it is given, and keeps no more than a row group in memory.
package parquet

import (
	"encoding/binary"
	"io"
	"math"

	"github.com/klauspost/compress/zstd"
)

// Type is the type of a column.
type Type uint8

// The types.
const (
	String Type = iota // UTF-8
	Int64
	Double
)

// Column is a column; no two of a file have one name.
type Column struct {
	Name string
	Type Type
}

// groupSize is how many bytes of values make a row group, about.
const groupSize = 16 << 20

const magic = "PAR1"

// Writer writes a file. Of each row the cells are set that are not null, in any order, each once, and then the row is ended.
type Writer struct {
	out     io.Writer
	written int64
	columns []column
	rows    int // of the group
	size    int // bytes of the group's values
	groups  []group
	packer  *zstd.Encoder
	err     error // the first
}

// column is a column of the group that is being gathered.
type column struct {
	Column
	values  []byte // plain
	present []bool // by row
}

// group is a row group that was written.
type group struct {
	rows   int
	chunks []chunk
}

// chunk is where a column of a group is, in bytes; packed and unpacked with the page's header.
type chunk struct{ offset, packed, unpacked int64 }

// NewWriter begins a file. Errors of writing show in EndRow and Close.
func NewWriter(w io.Writer, columns []Column) *Writer {
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	out := &Writer{out: w, packer: packer, err: err}
	for _, c := range columns {
		out.columns = append(out.columns, column{Column: c})
	}
	out.write([]byte(magic))
	return out
}

// cell makes a cell of the row present, and returns its column.
func (w *Writer) cell(i int) *column {
	c := &w.columns[i]
	for len(c.present) < w.rows {
		c.present = append(c.present, false)
	}
	c.present = append(c.present, true)
	return c
}

// Text sets a cell of a column of Strings to UTF-8.
func (w *Writer) Text(column int, s string) {
	c := w.cell(column)
	c.values = binary.LittleEndian.AppendUint32(c.values, uint32(len(s)))
	c.values = append(c.values, s...)
	w.size += 4 + len(s)
}

// Long sets a cell of a column of Int64.
func (w *Writer) Long(column int, n int64) { w.eight(column, uint64(n)) }

// Double sets a cell of a column of Doubles.
func (w *Writer) Double(column int, f float64) { w.eight(column, math.Float64bits(f)) }

func (w *Writer) eight(column int, bits uint64) {
	c := w.cell(column)
	c.values = binary.LittleEndian.AppendUint64(c.values, bits)
	w.size += 8
}

// EndRow ends a row.
func (w *Writer) EndRow() error {
	w.rows++
	if w.size >= groupSize {
		w.flush()
	}
	return w.err
}

// flush writes the row group that was gathered.
func (w *Writer) flush() {
	if w.rows == 0 {
		return
	}
	g := group{rows: w.rows}
	for i := range w.columns {
		c := &w.columns[i]
		for len(c.present) < w.rows {
			c.present = append(c.present, false)
		}
		body := append(levels(c.present), c.values...)
		packed := w.packer.EncodeAll(body, nil)
		header := pageHeader(w.rows, len(body), len(packed))
		g.chunks = append(g.chunks, chunk{w.written, int64(len(header) + len(packed)), int64(len(header) + len(body))})
		w.write(header)
		w.write(packed)
		c.values, c.present = c.values[:0], c.present[:0]
	}
	w.groups = append(w.groups, g)
	w.rows, w.size = 0, 0
}

// levels are the definition levels of a page, a bit for each row, as one bit-packed run behind its length.
func levels(present []bool) []byte {
	octets := (len(present) + 7) / 8
	run := binary.AppendUvarint(nil, uint64(octets)<<1|1)
	start := len(run)
	run = append(run, make([]byte, octets)...)
	for i, there := range present {
		if there {
			run[start+i/8] |= 1 << (i % 8)
		}
	}
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(run))), run...)
}

func (w *Writer) write(p []byte) {
	if w.err != nil {
		return
	}
	n, err := w.out.Write(p)
	w.written, w.err = w.written+int64(n), err
}

// Close writes what is left and the footer. It does not close the writer below.
func (w *Writer) Close() error {
	w.flush()
	footer := w.footer()
	w.write(footer)
	w.write(binary.LittleEndian.AppendUint32(nil, uint32(len(footer))))
	w.write([]byte(magic))
	return w.err
}
