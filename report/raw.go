package report

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strings"

	"retrohunt/engine"
	"retrohunt/engine/value"
)

// errNoMessages says that rows are no messages.
var errNoMessages = errors.New("-t raw prints messages: the query has an aggregate, or drops _raw")

// writeRaw prints the messages, one a line: those of queries without an aggregate. Line ends within a message are blanks, and what a
// terminal would obey is made visible if it goes to one.
func writeRaw(w io.Writer, results []Result, o Options) error {
	out := bufio.NewWriter(w)
	for _, r := range results {
		raw := slices.Index(r.Table.Columns, engine.RawColumn)
		if raw < 0 {
			return errNoMessages
		}
		for row := range r.Table.All() {
			writeMessage(out, row[raw], o)
		}
	}
	return out.Flush()
}

func writeMessage(out *bufio.Writer, v value.Value, o Options) {
	line := oneLine.Replace(v.Text())
	if o.Width > 0 {
		line = visible(line)
	}
	out.WriteString(line)
	out.WriteByte('\n')
}

var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
