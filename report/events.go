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
	begin  func(w *bufio.Writer, hunt, partial bool) eventWriter
}

// eventWriter writes records and what ends them.
type eventWriter struct {
	record func(record []byte) error
	end    func() error
}

// The formats of events.
var (
	EventsJSONLines = EventFormat{appendEventJSON, eventsJSON}
	EventsCSV       = EventFormat{appendEventCSV, eventsCSV}
	EventsParquet   = EventFormat{appendEventParquet, eventsParquet}
)

// Write writes the records that each gives, marked as partial if the run ended early: events are missing then. hunt says that
// they are of detections.
func (f EventFormat) Write(w io.Writer, hunt, partial bool, each func(do func(record []byte) error) error) error {
	out := bufio.NewWriterSize(w, 64<<10)
	to := f.begin(out, hunt, partial)
	if err := each(to.record); err != nil {
		return err
	}
	if err := to.end(); err != nil {
		return err
	}
	return out.Flush()
}

// noEnd ends a format that nothing stands behind.
func noEnd() error { return nil }

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

func eventsJSON(w *bufio.Writer, _, partial bool) eventWriter {
	return eventWriter{end: noEnd, record: func(record []byte) error {
		if partial {
			w.WriteString(`{"partial":true,`)
			record = record[1:]
		}
		_, err := w.Write(record)
		return err
	}}
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

func eventsCSV(w *bufio.Writer, hunt, partial bool) eventWriter {
	w.WriteString(eventHeaderCSV(hunt, partial))
	return eventWriter{end: noEnd, record: func(record []byte) error {
		if partial {
			w.WriteString("true,")
		}
		_, err := w.Write(record)
		return err
	}}
}

// EventsSummary says where the events went, or that there are none and so no file.
func EventsSummary(w io.Writer, file string, events int64, written bool, o Options) {
	if !written {
		line(w, o, "evidence", "no events, so %s was not written", visible(file))
		return
	}
	line(w, o, "evidence", "%s in %s", plural(int(events), "event"), visible(file))
}

// Unwritten says which files were not written, for there are no rows.
func Unwritten(w io.Writer, files []string, o Options) {
	for _, name := range files {
		line(w, o, "rows", "none, so %s was not written", visible(name))
	}
}
