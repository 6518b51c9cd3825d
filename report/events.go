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
	begin  func(w *bufio.Writer, of EventsOf) eventWriter
}

// EventsOf says of what run events are.
type EventsOf struct {
	Hunt    bool // they are of detections
	Partial bool // the run ended early: events are missing
	Tuned   bool // rows may be left out: each event says whether its row is, and why
}

// eventWriter writes records and what ends them.
type eventWriter struct {
	record func(record []byte, suppressed string) error
	end    func() error
}

// The formats of events.
var (
	EventsJSONLines = EventFormat{appendEventJSON, eventsJSON}
	EventsCSV       = EventFormat{appendEventCSV, eventsCSV}
	EventsParquet   = EventFormat{appendEventParquet, eventsParquet}
)

// Write writes the records that each gives, with the reason for which their rows are left out, "" if they are not.
func (f EventFormat) Write(w io.Writer, of EventsOf, each func(do func(record []byte, suppressed string) error) error) error {
	out := bufio.NewWriterSize(w, 64<<10)
	to := f.begin(out, of)
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

func eventsJSON(w *bufio.Writer, of EventsOf) eventWriter {
	var lead bytes.Buffer
	return eventWriter{end: noEnd, record: func(record []byte, suppressed string) error {
		lead.Reset()
		lead.WriteByte('{')
		if of.Partial {
			lead.WriteString(`"partial":true,`)
		}
		if of.Tuned {
			lead.WriteString(`"suppressed":`)
			appendOptional(&lead, suppressed)
			lead.WriteByte(',')
		}
		w.Write(lead.Bytes())
		_, err := w.Write(record[1:])
		return err
	}}
}

var eventColumns = []string{"key", "category", "time", "input", "member", "ordinal", "line", "offset", "place", "fields", "raw"}

func eventHeaderCSV(of EventsOf) string {
	var lead []string
	if of.Partial {
		lead = append(lead, "partial")
	}
	if of.Tuned {
		lead = append(lead, "suppressed")
	}
	if of.Hunt {
		lead = append(lead, "detection")
	}
	return strings.Join(append(lead, eventColumns...), ",") + "\r\n"
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

func eventsCSV(w *bufio.Writer, of EventsOf) eventWriter {
	w.WriteString(eventHeaderCSV(of))
	return eventWriter{end: noEnd, record: func(record []byte, suppressed string) error {
		if of.Partial {
			w.WriteString("true,")
		}
		if of.Tuned {
			csvCells(w, []string{defuse(suppressed)})
			w.WriteByte(',')
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

// EventsSuppressed says how many of the events are marked as those of rows that are left out.
func EventsSuppressed(w io.Writer, events int64, o Options) {
	line(w, o, "", "%s of suppressed rows among them, with the reason in suppressed", plural(int(events), "event"))
}

// EventsUntold says that events do not tell whether their rows are left out.
func EventsUntold(w io.Writer, r Result, o Options) {
	line(w, o, "", "of %s they cannot say whether their rows are suppressed: these lack columns, or values, that events are grouped by", r.Asker())
}

// Unwritten says which files were not written, for there are no rows.
func Unwritten(w io.Writer, files []string, o Options) {
	for _, name := range files {
		line(w, o, "rows", "none, so %s was not written", visible(name))
	}
}
