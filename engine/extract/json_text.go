package extract

import (
	"strings"

	"github.com/tidwall/gjson"
)

// maxDepth is how deep a text may nest to count as JSON; events may not nest deeper either.
const maxDepth = 1000

// jsonIn returns the JSON in a text: the whole, else from the first bracket to the last. "" if that is no JSON.
func jsonIn(text string) string {
	text = strings.Trim(text, " \t\r\n")
	if isJSON(text) {
		return text
	}
	start, end := strings.IndexAny(text, "{["), strings.LastIndexAny(text, "}]")
	if start < 0 || end < start || end-start == len(text)-1 {
		return ""
	}
	if text = text[start : end+1]; isJSON(text) {
		return text
	}
	return ""
}

// isJSON reports whether a text is an object or an array, nested no deeper than maxDepth.
func isJSON(s string) bool {
	return s != "" && (s[0] == '{' || s[0] == '[') && !tooDeep(s) && gjson.Valid(s)
}

// tooDeep keeps the check of the grammar, which calls itself, from a stack without end.
func tooDeep(s string) bool {
	if strings.Count(s, "{")+strings.Count(s, "[") <= maxDepth {
		return false
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			i += stringLen(s[i:]) - 1
		case '{', '[':
			if depth++; depth > maxDepth {
				return true
			}
		case '}', ']':
			depth--
		}
	}
	return false
}

// stringLen returns the length of the JSON string that s begins with, quotes included.
func stringLen(s string) int {
	for i := 1; ; {
		n := strings.IndexByte(s[min(i, len(s)):], '"')
		if n < 0 {
			return len(s)
		}
		i += n + 1
		backslashes := 0
		for s[i-2-backslashes] == '\\' {
			backslashes++
		}
		if backslashes%2 == 0 {
			return i
		}
	}
}

// valueLen returns the length of the JSON value that s, which is valid, begins with.
func valueLen(s string) int {
	switch s[0] {
	case '"':
		return stringLen(s)
	case '{', '[':
		return containerLen(s)
	}
	if n := strings.IndexAny(s, ",]} \t\r\n"); n >= 0 {
		return n
	}
	return len(s)
}

func containerLen(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			i += stringLen(s[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// items walks over the members of an object or the elements of an array.
type items struct{ rest string }

// itemsOf returns the items of a container; of any other value none.
func itemsOf(container string) items {
	if container[0] != '{' && container[0] != '[' {
		return items{}
	}
	return items{container[1:]}
}

// next returns the next item; of an element key is "".
func (it *items) next(object bool) (key, val string, ok bool) {
	it.skip()
	if it.rest == "" || it.rest[0] == '}' || it.rest[0] == ']' {
		return "", "", false
	}
	if object {
		key = it.take(stringLen(it.rest))
		it.skip()
	}
	return key, it.take(valueLen(it.rest)), true
}

func (it *items) take(n int) string {
	s := it.rest[:n]
	it.rest = it.rest[n:]
	return s
}

// skip moves over blanks, commas and colons, which a valid text has where they belong.
func (it *items) skip() {
	i := 0
	for i < len(it.rest) && strings.IndexByte(" \t\r\n,:", it.rest[i]) >= 0 {
		i++
	}
	it.rest = it.rest[i:]
}

// appendCompact appends a JSON value without the white space outside its strings. With slashes, each / in a string gets a
// backslash, as Sumo's JSON writer has it.
func appendCompact(dst []byte, s string, slashes bool) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\r', '\n':
		case '"':
			n := stringLen(s[i:])
			dst = appendString(dst, s[i:i+n], slashes)
			i += n - 1
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func appendString(dst []byte, s string, slashes bool) []byte {
	if !slashes {
		return append(dst, s...)
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			dst = append(dst, s[i])
			i++
		case s[i] == '/':
			dst = append(dst, '\\')
		}
		dst = append(dst, s[i])
	}
	return dst
}
