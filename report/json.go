package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"retrohunt/engine/value"
	"retrohunt/internal/jsonquote"
)

// writeJSONLines prints an object for each row on a line of its own: {"detection":…,"severity":…,"row":{…}}, or of a query
// the row alone.
func writeJSONLines(w io.Writer, results []Result, _ Options) error {
	out := bufio.NewWriter(w)
	err := eachObject(results, false, func(object []byte) error {
		out.Write(object)
		return out.WriteByte('\n')
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeJSON prints one array of the same objects. Behind those of a detection stands one for each reason for which a tuning leaves
// out rows of it: {"detection":…,"severity":…,"suppressed":{"reason":…,"rows":…}}.
func writeJSON(w io.Writer, results []Result, _ Options) error {
	out := bufio.NewWriter(w)
	before := "[\n"
	err := eachObject(results, true, func(object []byte) error {
		out.WriteString(before)
		before = ",\n"
		_, err := out.Write(object)
		return err
	})
	if err != nil {
		return err
	}
	if before == "[\n" {
		out.WriteString("[")
	}
	out.WriteString("\n]\n")
	return out.Flush()
}

func eachObject(results []Result, suppressed bool, do func([]byte) error) error {
	var buf bytes.Buffer
	for _, r := range results {
		for row := range r.Table.All() {
			buf.Reset()
			if r.Detection != nil {
				appendHead(&buf, r)
				buf.WriteString(`,"row":`)
			}
			appendRow(&buf, r.Table.Columns, row)
			if r.Detection != nil {
				buf.WriteByte('}')
			}
			if err := do(buf.Bytes()); err != nil {
				return err
			}
		}
		if !suppressed {
			continue
		}
		for _, s := range r.Suppressions {
			buf.Reset()
			appendHead(&buf, r)
			buf.WriteString(`,"suppressed":`)
			if err := encodeLine(&buf, newSuppressedSummary("", s)); err != nil {
				return err
			}
			buf.Truncate(buf.Len() - 1) // the line's end
			buf.WriteByte('}')
			if err := do(buf.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

func appendHead(buf *bytes.Buffer, r Result) {
	buf.WriteString(`{"detection":`)
	appendText(buf, r.Detection.ID)
	buf.WriteString(`,"severity":`)
	appendText(buf, severity(r.Detection))
	if r.Partial {
		buf.WriteString(`,"partial":true`)
	}
	if len(r.Table.Approximate) > 0 {
		buf.WriteString(`,"approximate":true`)
	}
}

// appendRow appends a row as an object, its members in the order of the columns.
func appendRow(buf *bytes.Buffer, columns []string, row []value.Value) {
	buf.WriteByte('{')
	for i, c := range columns {
		if i > 0 {
			buf.WriteByte(',')
		}
		appendText(buf, c)
		buf.WriteByte(':')
		appendValue(buf, row[i])
	}
	buf.WriteByte('}')
}

// appendValue appends numbers as numbers. JSON has no NaN and no infinity; they are texts.
func appendValue(buf *bytes.Buffer, v value.Value) {
	switch v.Kind() {
	case value.String:
		appendText(buf, v.Str())
	case value.Null:
		buf.WriteString("null")
	case value.Double:
		if f := v.Double(); math.IsNaN(f) || math.IsInf(f, 0) {
			appendText(buf, v.Text())
			return
		}
		buf.WriteString(v.Text())
	default:
		buf.WriteString(v.Text())
	}
}

// appendText appends a JSON string; bytes that are no UTF-8 become U+FFFD.
func appendText(buf *bytes.Buffer, s string) {
	if isPlain(s) {
		buf.Write(jsonquote.Append(buf.AvailableBuffer(), []byte(s)))
		return
	}
	start := buf.Len()
	encoder := json.NewEncoder(buf)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		panic("report: a string does not encode: " + err.Error())
	}
	buf.Truncate(buf.Len() - 1) // the encoder's newline
	escapeHidden(buf, start)
}

// isPlain reports whether a text is ASCII that needs no escapes but the short ones: nearly all are, and whole events are long.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' || c > '~') && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

// escapeHidden escapes, in the JSON from start on, the characters that JSON allows in a string and a terminal obeys or hides:
// the upper control characters, bidirectional overrides and the like. The JSON means the same.
func escapeHidden(buf *bytes.Buffer, start int) {
	text := string(buf.Bytes()[start:])
	if isSafe(text) {
		return
	}
	buf.Truncate(start)
	for _, r := range text {
		switch high, low := utf16.EncodeRune(r); {
		case !hides(r):
			buf.WriteRune(r)
		case high != utf8.RuneError:
			fmt.Fprintf(buf, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(buf, `\u%04x`, r)
		}
	}
}
