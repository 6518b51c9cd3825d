package decode

import (
	"bytes"
)

// cell is the text of a cell as a piece of its record.
type cell struct {
	start, end int
	doubled    bool // quotes in it are doubled
}

// quoting is how quotes are read.
type quoting bool

const (
	strict quoting = false // a cell in quotes ends with its quote, and may go over lines
	lax    quoting = true  // of a single line: quotes that do not fit are part of the text
)

// split says what became of splitting a record.
type split uint8

const (
	whole      split = iota
	unfinished       // it does not end in what is there
	misquoted        // something follows a closing quote
)

// splitRecord appends the cells of the record at the beginning of b, and returns where the next one begins. atEnd says that
// nothing follows b.
func splitRecord(cells []cell, b []byte, delimiter byte, q quoting, atEnd bool) (_ []cell, next int, s split) {
	for at := 0; ; at++ {
		c, end, s := cellAt(b, at, delimiter, q, atEnd)
		if s != whole {
			return cells, 0, s
		}
		cells = append(cells, c)
		switch {
		case end < len(b) && b[end] == delimiter:
			at = end
		case end < len(b):
			return cells, end + bytes.IndexByte(b[end:], '\n') + 1, whole
		case atEnd:
			return cells, end, whole
		default:
			return cells, 0, unfinished
		}
	}
}

// cellAt returns the cell that begins at a place, and the place behind it: of a delimiter, of a line end, or the end of b.
func cellAt(b []byte, at int, delimiter byte, q quoting, atEnd bool) (c cell, end int, s split) {
	if at < len(b) && b[at] == '"' {
		c, s = quotedCell(b, at, delimiter, atEnd)
		if s == whole || q == strict {
			end = c.end + 1
			if hasPrefix(b[min(end, len(b)):], "\r") {
				end++
			}
			return c, end, s
		}
	}
	end = plainEnd(b, at, delimiter)
	c = cell{start: at, end: end}
	if end > at && b[end-1] == '\r' && (end == len(b) || b[end] == '\n') {
		c.end--
	}
	return c, end, whole
}

// plainEnd returns the end of a cell without quotes.
func plainEnd(b []byte, i int, delimiter byte) int {
	for i < len(b) && b[i] != delimiter && b[i] != '\n' {
		i++
	}
	return i
}

// quotedCell finds the end of a cell in quotes.
func quotedCell(b []byte, i int, delimiter byte, atEnd bool) (cell, split) {
	c := cell{start: i + 1}
	for at := i + 1; ; {
		n := bytes.IndexByte(b[at:], '"')
		if n < 0 {
			return cell{}, unfinished
		}
		c.end = at + n
		behind := b[c.end+1:]
		switch {
		case len(behind) == 0 || string(behind) == "\r":
			if !atEnd {
				return cell{}, unfinished
			}
			return c, whole
		case behind[0] == delimiter, behind[0] == '\n', hasPrefix(behind, "\r\n"):
			return c, whole
		case behind[0] == '"':
			c.doubled = true
			at = c.end + 2
		default:
			return cell{}, misquoted
		}
	}
}

// delimiters are what may stand between cells.
const delimiters = ",;\t"

// delimiterOf returns the delimiter that makes the most cells of the first record.
func delimiterOf(head []byte) byte {
	best, most := delimiters[0], 0
	for _, d := range []byte(delimiters) {
		if cells, _, _ := splitRecord(nil, head, d, strict, true); len(cells) > most {
			best, most = d, len(cells)
		}
	}
	return best
}

// isCSV looks for a header of at least two names, and a record with as many cells.
func isCSV(head []byte) bool {
	delimiter := delimiterOf(head)
	header, next, s := splitRecord(nil, head, delimiter, strict, false)
	if s != whole || len(header) < 2 {
		return false
	}
	seen := map[string]bool{}
	for _, c := range header {
		name := head[c.start:c.end]
		if !isColumnName(name) || seen[string(name)] {
			return false
		}
		seen[string(name)] = true
	}
	rest := bytes.TrimLeft(head[next:], "\r\n")
	row, _, s := splitRecord(nil, rest, delimiter, strict, len(head) < DetectSize)
	if len(rest) == 0 || s == misquoted {
		return false
	}
	return len(row) == len(header) || s == unfinished && len(row) < len(header)
}

// isColumnName reports whether a text may be a column's name: a letter or _ or @, then words.
func isColumnName(name []byte) bool {
	const most = 128
	if len(name) == 0 || len(name) > most {
		return false
	}
	for i, c := range name {
		isLetter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '@' || c >= 0x80
		if !isLetter && (i == 0 || !isDigit(c) && bytes.IndexByte([]byte(" .:-/()[]{}#%$"), c) < 0) {
			return false
		}
	}
	return true
}
