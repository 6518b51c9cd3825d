package report

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"

	"retrohunt/report/parquet"
)

// eventTexts and eventLongs are the columns of events in Parquet, the key and the fields as JSON; a text that is empty is
// null where none of that name can be.
var (
	eventTexts = []string{"detection", "key", "category", "time", "input", "member", "place", "fields", "raw"}
	eventLongs = []string{"ordinal", "line", "offset"}
	nullable   = map[string]bool{"detection": true, "time": true, "member": true}
)

// appendEventParquet appends the texts, each behind its length, and then the longs.
func appendEventParquet(buf *bytes.Buffer, e *Event) {
	var key, fields bytes.Buffer
	appendRow(&key, e.Keys, e.Key)
	appendFields(&fields, e)
	detection := ""
	if e.Detection != nil {
		detection = e.Detection.ID
	}
	for _, text := range []string{
		detection, key.String(), string(e.Record.Category), e.time(), e.Input, e.member(), e.place(), fields.String(), string(e.Event.Raw),
	} {
		text = valid(text)
		buf.Write(binary.AppendUvarint(buf.AvailableBuffer(), uint64(len(text))))
		buf.WriteString(text)
	}
	for _, n := range []int64{e.Event.Ordinal, e.Event.Line, e.Event.Offset} {
		buf.Write(binary.AppendVarint(buf.AvailableBuffer(), n))
	}
}

func eventsParquet(w *bufio.Writer, of EventsOf) eventWriter {
	texts, skipped := eventTexts, 0
	if !of.Hunt {
		skipped = 1 // the detection
	}
	var schema []parquet.Column
	for _, name := range texts[skipped:] {
		schema = append(schema, parquet.Column{Name: name})
	}
	longs := len(schema)
	for _, name := range eventLongs {
		schema = append(schema, parquet.Column{Name: name, Type: parquet.Int64})
	}
	partial := len(schema)
	if of.Partial {
		schema = append(schema, parquet.Column{Name: "partial"})
	}
	if of.Tuned {
		schema = append(schema, parquet.Column{Name: "suppressed"})
	}
	out := parquet.NewWriter(w, schema)
	return eventWriter{end: out.Close, record: func(record []byte, suppressed string) error {
		for i, name := range texts {
			size, n := binary.Uvarint(record)
			if n <= 0 || size > uint64(len(record)-n) {
				return io.ErrUnexpectedEOF // somebody else wrote to the spool's file
			}
			text := string(record[n : n+int(size)])
			record = record[n+int(size):]
			if i >= skipped && (text != "" || !nullable[name]) {
				out.Text(i-skipped, text)
			}
		}
		for i := range eventLongs {
			v, n := binary.Varint(record)
			record = record[max(n, 0):]
			out.Long(longs+i, v)
		}
		if of.Partial {
			out.Text(partial, "true")
		}
		if suppressed != "" {
			out.Text(len(schema)-1, valid(suppressed))
		}
		return out.EndRow()
	}}
}
