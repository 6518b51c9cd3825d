package report

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"sync"

	"retrohunt/engine"
	"retrohunt/engine/value"
)

// Streamed are the formats that need not see all rows before they print the first.
var Streamed = []string{"jsonl", "csv", "raw"}

// Stream prints the rows of a query one by one, as they are found. Many goroutines may use it.
type Stream struct {
	mu    sync.Mutex
	out   *bufio.Writer
	print func(row []value.Value)
	live  bool // each row is shown at once
	rows  int
}

// NewStream returns a stream of one of the Streamed formats.
func NewStream(format string, w io.Writer, columns []string, o Options) *Stream {
	s := &Stream{out: bufio.NewWriter(w), live: o.Width > 0}
	switch format {
	case "csv":
		s.csv(columns, o)
	case "raw":
		raw := slices.Index(columns, engine.RawColumn)
		s.print = func(row []value.Value) { writeMessage(s.out, row[raw], o) }
	default:
		var buf bytes.Buffer
		s.print = func(row []value.Value) {
			buf.Reset()
			appendRow(&buf, columns, row)
			buf.WriteByte('\n')
			s.out.Write(buf.Bytes())
		}
	}
	return s
}

func (s *Stream) csv(columns []string, o Options) {
	defuse := defuser(o)
	var header []string
	for _, c := range columns {
		header = append(header, defuse(c))
	}
	csvRecord(s.out, header)
	record := make([]string, len(columns))
	s.print = func(row []value.Value) {
		for i, v := range row {
			record[i] = csvCell(v, defuse)
		}
		csvRecord(s.out, record)
	}
}

// Row prints a row.
func (s *Stream) Row(row []value.Value) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows++
	s.print(row)
	if s.live {
		s.out.Flush()
	}
}

// Rows is how many rows there were.
func (s *Stream) Rows() int { return s.rows }

// Close prints what is left. Its error is the first of all.
func (s *Stream) Close() error { return s.out.Flush() }
