package report

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"time"

	"retrohunt/engine"
	"retrohunt/engine/value"
)

// timesketchTime is ISO 8601 with microseconds, in UTC.
const timesketchTime = "2006-01-02T15:04:05.000000+00:00"

// noTime is what Plaso calls the time of what has none; such a line is at the beginning of 1970.
const noTime = "Not a time"

// reservedTimesketch are names that mean something to Timesketch, or that its importer takes away: a column of such a name
// is row_ and the name there.
var reservedTimesketch = map[string]bool{
	"message": true, "datetime": true, "timestamp": true, "timestamp_desc": true, "tag": true, "detection": true, "severity": true,
	"_id": true, "_index": true, "_score": true, "_source": true, "_type": true,
}

// writeTimesketch prints JSON lines that Timesketch imports: a line for the first event of each row, and one for the last if
// it came later. https://timesketch.org/guides/user/import-from-json-csv/
func writeTimesketch(w io.Writer, results []Result, _ Options) error {
	out := bufio.NewWriter(w)
	var buf bytes.Buffer
	for _, r := range results {
		first, last := seenColumn(r.Table, engine.FirstSeen), seenColumn(r.Table, engine.LastSeen)
		for row := range r.Table.All() {
			from, to := momentOf(row, first), momentOf(row, last)
			buf.Reset()
			switch {
			case from.IsZero() && to.IsZero():
				appendTimesketch(&buf, r, row, time.Unix(0, 0), noTime)
			case from.IsZero():
				appendTimesketch(&buf, r, row, to, "Last seen")
			default:
				appendTimesketch(&buf, r, row, from, "First seen")
			}
			if !from.IsZero() && to.After(from) {
				appendTimesketch(&buf, r, row, to, "Last seen")
			}
			if _, err := out.Write(buf.Bytes()); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// seenColumn returns the index of a column, -1 if there is none.
func seenColumn(t *engine.Table, name string) int {
	for i, c := range t.Columns {
		if c == name {
			return i
		}
	}
	return -1
}

// momentOf reads the time in a cell, the zero Time if there is none.
func momentOf(row []value.Value, column int) time.Time {
	if column < 0 {
		return time.Time{}
	}
	at, err := time.Parse(engine.TimeLayout, row[column].Text())
	if err != nil {
		return time.Time{} // null, or a column of the query's own
	}
	return at
}

func appendTimesketch(buf *bytes.Buffer, r Result, row []value.Value, at time.Time, what string) {
	buf.WriteString(`{"message":`)
	appendText(buf, timesketchMessage(r, row))
	buf.WriteString(`,"datetime":`)
	appendText(buf, at.UTC().Format(timesketchTime))
	buf.WriteString(`,"timestamp_desc":`)
	appendText(buf, what)
	buf.WriteString(`,"tag":`)
	appendTags(buf, r)
	buf.WriteString(`,"detection":`)
	appendText(buf, r.Detection.ID)
	buf.WriteString(`,"severity":`)
	appendText(buf, severity(r.Detection))
	for i, c := range r.Table.Columns {
		if reservedTimesketch[c] {
			c = "row_" + strings.TrimPrefix(c, "_")
		}
		buf.WriteByte(',')
		appendText(buf, c)
		buf.WriteByte(':')
		appendValue(buf, row[i])
	}
	buf.WriteString("}\n")
}

// timesketchMessage is the detection's title and the values of the row's key.
func timesketchMessage(r Result, row []value.Value) string {
	said := r.Detection.Title
	if said == "" {
		said = r.Detection.ID
	}
	for i, c := range r.Table.Columns {
		if text := row[i].Text(); isKey(r, c) && text != "" {
			said += "; " + c + ": " + text
		}
	}
	return said
}

// isKey reports whether a column is of the row's key.
func isKey(r Result, column string) bool {
	for _, k := range r.Keys {
		if strings.EqualFold(k, column) {
			return true
		}
	}
	return false
}

func appendTags(buf *bytes.Buffer, r Result) {
	buf.WriteByte('[')
	before := ""
	for _, tag := range append(append([]string{}, r.Detection.Techniques...), r.Detection.Severity) {
		if tag == "" {
			continue
		}
		buf.WriteString(before)
		before = ","
		appendText(buf, tag)
	}
	buf.WriteByte(']')
}
