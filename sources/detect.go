package sources

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"retrohunt/sources/window"
)

// signatures are contents that are no JSON, by how they begin; the first that fits is the reason for skipping.
var signatures = []struct{ magic, reason string }{
	{"\x00\x05\x16\x07", "macOS metadata (AppleDouble)"},
	{"version https://git-lfs.github.com/", "a git-lfs pointer: the content was never fetched"},
	{"PAR1", "Parquet, not read yet"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"<", "XML without Windows events"},
}

var (
	byteOrderMark = []byte("\xef\xbb\xbf")
	newline       = []byte{'\n'}
)

// notJSON tells, from the beginning of a decoded stream behind byte order mark and white space, why it is no JSON.
func notJSON(head []byte) string {
	if reason := magicReason(head); reason != "" {
		return reason
	}
	if !isPlainText(head) {
		return "binary"
	}
	line, _, _ := bytes.Cut(head, newline)
	const shown = 40
	if len(line) > shown {
		line = line[:shown]
	}
	return fmt.Sprintf("not JSON: it begins with %q", bytes.TrimSpace(line))
}

// isPlainText reports whether the bytes are UTF-8 or some other text: no zeros, and at most one in ten is a control
// character or no UTF-8.
func isPlainText(head []byte) bool {
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	odd := 0
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && size == 1 || r < ' ' && !window.IsSpace(byte(r)) && r != '\f' {
			odd++
		}
		i += size
	}
	return odd*10 <= len(head)
}

// isObjectStart reports whether an object begins as JSON's do: a brace, then a key or the closing brace.
func isObjectStart(head []byte) bool {
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) == 0 || rest[0] == '"' || rest[0] == '}'
}

// framing is how a stream is cut into events: detect chooses it by the stream's beginning, and Next goes by it. Events of a
// framing that is no JSON carry a JSON rendering beside their raw bytes.
type framing string

const (
	lines    framing = "lines"    // one object to a line
	array    framing = "array"    // one array of objects
	envelope framing = "envelope" // objects around such an array
	objects  framing = "objects"  // objects over many lines, one after another
)

// sampleLines is how many lines are looked at for a whole object before a stream is taken for objects over many lines: more
// than one, for the first may be cut off.
const sampleLines = 4

// detect decides the framing from the beginning of the stream.
func detect(w *window.Window, maxEvent int) (framing, *SkipError) {
	if bytes.HasPrefix(w.Peek(len(byteOrderMark)), byteOrderMark) {
		w.Consume(len(byteOrderMark))
	}
	head := w.Peek(512) // before white space goes: some magic bytes look like it
	if reason := magicReason(head); reason != "" {
		return "", &SkipError{reason}
	}
	w.SkipSpace()
	head = w.Peek(512)
	switch {
	case len(head) == 0:
		return lines, nil
	case isArrayStart(head):
		return array, nil
	case !isObjectStart(head):
		if isPlainText(head) && hasObjectLine(w, maxEvent) {
			return lines, nil // the first line is damaged, or only the tail of one
		}
		return "", &SkipError{notJSON(head)}
	case nextEnvelope(w) > 0:
		return envelope, nil
	case hasObjectLine(w, maxEvent):
		return lines, nil
	}
	return objects, nil
}

// magicReason is notJSON for magic bytes alone.
func magicReason(head []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return s.reason
		}
	}
	return ""
}

// isArrayStart tells a JSON array from other text in brackets, such as a log's [2020-01-01].
func isArrayStart(head []byte) bool {
	if len(head) == 0 || head[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) == 0 || rest[0] == '{' || rest[0] == ']' || rest[0] == '['
}

// hasObjectLine reports whether one of the first lines is an object and nothing else. It needs as much of the stream in memory
// as the first event is long, not all of a line that holds a million.
func hasObjectLine(w *window.Window, maxEvent int) bool {
	from := 0
	for range sampleLines {
		end, ended := w.LineEnd(from, window.BlockSize)
		if !ended && end == from+window.BlockSize {
			var s scan
			for !s.element(w.Unread()[from:]) && s.at <= maxEvent && w.More() {
			}
			if s.at > maxEvent {
				return false
			}
			end, ended = w.LineEnd(from+s.at, window.BlockSize)
		}
		if isObject(w.Unread()[from:end]) {
			return true
		}
		if !ended {
			return false
		}
		from = end + 1
	}
	return false
}

// isObject reports whether bytes are one line that holds one object from brace to brace.
func isObject(line []byte) bool {
	line = bytes.TrimSpace(line)
	if !isObjectStart(line) || bytes.IndexByte(line, '\n') >= 0 {
		return false
	}
	var s scan
	return s.element(line) && s.at == len(line)
}
