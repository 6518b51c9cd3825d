package report

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
)

// Event is an event that a query counted in a row, with the detection that asked; without one it is a query of the user's own.
type Event struct {
	Detection *detections.Detection
	Keys      []string      // columns of the row's key
	Key       []value.Value // the row's key
	*stream.Hit
}

// EventFormat is a format of events. Each event is a record, made when it is seen; when all are known they are written, with
// what stands before them.
type EventFormat struct {
	// Append appends the record of an event.
	Append func(buf *bytes.Buffer, e *Event)
	header func(hunt, partial bool) string
	mark   func(w *bufio.Writer, record []byte) // writes a record of a run that ended early
}

// The formats of events.
var (
	EventsJSONLines = EventFormat{appendEventJSON, func(bool, bool) string { return "" }, markEventJSON}
	EventsCSV       = EventFormat{appendEventCSV, eventHeaderCSV, markEventCSV}
)

// Write writes the records that each gives, marked as partial if the run ended early: events are missing then. hunt says that
// they are of detections.
func (f EventFormat) Write(w io.Writer, hunt, partial bool, each func(do func(record []byte) error) error) error {
	out := bufio.NewWriterSize(w, 64<<10)
	out.WriteString(f.header(hunt, partial))
	err := each(func(record []byte) error {
		if partial {
			f.mark(out, record)
			return nil
		}
		_, err := out.Write(record)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// place is what the command show takes for the event.
func (e *Event) place() string { return e.Stream + "#" + strconv.FormatInt(e.Event.Ordinal, 10) }

// member is the part of the stream's name behind the input's, "" of an input that is no archive.
func (e *Event) member() string {
	return strings.TrimPrefix(strings.TrimPrefix(e.Stream, e.Input), "!")
}

// time is the event's message time, "" if it has none.
func (e *Event) time() string {
	ms, ok := e.Record.MessageTime()
	if !ok {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(engine.TimeLayout)
}

// appendEventJSON appends an object on a line of its own.
func appendEventJSON(buf *bytes.Buffer, e *Event) {
	buf.WriteByte('{')
	if e.Detection != nil {
		buf.WriteString(`"detection":`)
		appendText(buf, e.Detection.ID)
		buf.WriteByte(',')
	}
	buf.WriteString(`"key":`)
	appendRow(buf, e.Keys, e.Key)
	buf.WriteString(`,"category":`)
	appendText(buf, string(e.Record.Category))
	buf.WriteString(`,"time":`)
	appendOptional(buf, e.time())
	buf.WriteString(`,"origin":{"input":`)
	appendText(buf, e.Input)
	buf.WriteString(`,"member":`)
	appendOptional(buf, e.member())
	for _, n := range []struct {
		name  string
		value int64
	}{{"ordinal", e.Event.Ordinal}, {"line", e.Event.Line}, {"offset", e.Event.Offset}} {
		buf.WriteString(`,"` + n.name + `":`)
		buf.WriteString(strconv.FormatInt(n.value, 10))
	}
	buf.WriteString(`,"place":`)
	appendText(buf, e.place())
	buf.WriteString(`},"fields":`)
	appendFields(buf, e)
	buf.WriteString(`,"raw":`)
	appendText(buf, string(e.Event.Raw))
	buf.WriteString("}\n")
}

// appendOptional appends a text, or null for none.
func appendOptional(buf *bytes.Buffer, s string) {
	if s == "" {
		buf.WriteString("null")
		return
	}
	appendText(buf, s)
}

// appendFields appends the fields that the query read from the event as an object.
func appendFields(buf *bytes.Buffer, e *Event) {
	before := byte('{')
	for name, text := range e.Worker.Fields(e.Record) {
		buf.WriteByte(before)
		before = ','
		appendText(buf, name)
		buf.WriteByte(':')
		appendText(buf, string(text))
	}
	if before == '{' {
		buf.WriteByte('{')
	}
	buf.WriteByte('}')
}

func markEventJSON(w *bufio.Writer, record []byte) {
	w.WriteString(`{"partial":true,`)
	w.Write(record[1:])
}

var eventColumns = []string{"key", "category", "time", "input", "member", "ordinal", "line", "offset", "place", "fields", "raw"}

func eventHeaderCSV(hunt, partial bool) string {
	header := eventColumns
	if hunt {
		header = append([]string{"detection"}, header...)
	}
	if partial {
		header = append([]string{"partial"}, header...)
	}
	return strings.Join(header, ",") + "\r\n"
}

// appendEventCSV appends a line; the key and the fields are JSON objects in a cell.
func appendEventCSV(buf *bytes.Buffer, e *Event) {
	var cells []string
	if e.Detection != nil {
		cells = append(cells, defuse(e.Detection.ID))
	}
	var key, fields bytes.Buffer
	appendRow(&key, e.Keys, e.Key)
	appendFields(&fields, e)
	cells = append(cells, key.String(), defuse(string(e.Record.Category)), e.time(), defuse(e.Input), defuse(e.member()),
		strconv.FormatInt(e.Event.Ordinal, 10), strconv.FormatInt(e.Event.Line, 10), strconv.FormatInt(e.Event.Offset, 10),
		defuse(e.place()), fields.String(), defuse(string(e.Event.Raw)))
	out := bufio.NewWriter(buf)
	csvRecord(out, cells)
	out.Flush()
}

func markEventCSV(w *bufio.Writer, record []byte) {
	w.WriteString("true,")
	w.Write(record)
}

// EventsSummary says where the events went, or that there are none and so no file.
func EventsSummary(w io.Writer, file string, events int64, written bool, o Options) {
	if !written {
		line(w, o, "evidence", "no events, so %s was not written", visible(file))
		return
	}
	line(w, o, "evidence", "%s in %s", plural(int(events), "event"), visible(file))
}
