package eventxml

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// scanner reads the tokens of XML as Windows writes it. Names and values that it returns are valid until its next call.
type scanner struct {
	src  []byte
	at   int
	text []byte // decoded, where it is not just a piece of src
}

func (s *scanner) reset(src []byte) {
	s.src, s.at = src, 0
}

func (s *scanner) fail(reason string) error { return &Error{Offset: s.at, Reason: reason} }

func quoted(name []byte) string { return fmt.Sprintf("%.40q", name) }

// tagEnd is how a start tag ends.
type tagEnd uint8

const (
	opened tagEnd = iota + 1 // >
	closed                   // />
)

// token is what ends a stretch of text.
type token uint8

const (
	startTag token = iota
	endTag
)

// prolog passes over the byte order mark, white space, the XML declaration and comments.
func (s *scanner) prolog() error {
	if bytes.HasPrefix(s.src, []byte("\xef\xbb\xbf")) {
		s.at = 3
	}
	return s.misc("an element")
}

// epilog allows nothing but white space and comments behind the event.
func (s *scanner) epilog() error {
	if err := s.misc(""); err != nil {
		return err
	}
	if s.at < len(s.src) {
		return s.fail("something follows the event")
	}
	return nil
}

// misc passes over white space, comments and processing instructions. If want is not "" an element must follow.
func (s *scanner) misc(want string) error {
	for {
		s.space()
		switch {
		case s.has("<!--"), s.has("<?"):
			if err := s.markup(); err != nil {
				return err
			}
		case want != "" && s.has("<!"):
			return s.fail("a document type is not read")
		case want != "" && !s.has("<"):
			return s.fail("expected " + want)
		default:
			return nil
		}
	}
}

// markup passes over a comment or a processing instruction.
func (s *scanner) markup() error {
	end, size := "?>", 2
	if s.has("<!--") {
		end, size = "-->", 4
	}
	n := bytes.Index(s.src[s.at+size:], []byte(end))
	if n < 0 {
		return s.fail("a comment or instruction does not end")
	}
	s.at += size + n + len(end)
	return nil
}

func (s *scanner) has(prefix string) bool {
	return len(s.src)-s.at >= len(prefix) && string(s.src[s.at:s.at+len(prefix)]) == prefix
}

func (s *scanner) space() {
	for s.at < len(s.src) && isSpace(s.src[s.at]) {
		s.at++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// trim cuts XML's white space.
func trim(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// openTag reads the beginning of a start tag and returns the name as it is written.
func (s *scanner) openTag() ([]byte, error) {
	s.at++
	return s.word()
}

// word reads a name.
func (s *scanner) word() ([]byte, error) {
	start := s.at
	for s.at < len(s.src) && !endsName[s.src[s.at]] {
		s.at++
	}
	if s.at == start {
		return nil, s.fail("expected a name")
	}
	return s.src[start:s.at], nil
}

// endsName has the bytes that no name holds.
var endsName = func() (set [256]bool) {
	for _, c := range " \t\r\n/>=<&'\"?!" {
		set[c] = true
	}
	return set
}()

// local cuts the prefix of a namespace.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i > 0 && i < len(name)-1 {
		return name[i+1:]
	}
	return name
}

func isNamespace(attribute []byte) bool {
	rest, ok := bytes.CutPrefix(attribute, []byte("xmlns"))
	return ok && (len(rest) == 0 || rest[0] == ':')
}

// attribute reads the next attribute of a start tag, or its end, which is then not 0.
func (s *scanner) attribute() (name, value []byte, end tagEnd, err error) {
	s.space()
	switch {
	case s.has(">"):
		s.at++
		return nil, nil, opened, nil
	case s.has("/>"):
		s.at += 2
		return nil, nil, closed, nil
	}
	if name, err = s.word(); err != nil {
		return nil, nil, 0, err
	}
	s.space()
	if !s.has("=") {
		return nil, nil, 0, s.fail("expected = behind the attribute " + quoted(name))
	}
	s.at++
	s.space()
	if !s.has("'") && !s.has(`"`) {
		return nil, nil, 0, s.fail("expected a quote before the value of " + quoted(name))
	}
	quote := s.src[s.at]
	n := bytes.IndexByte(s.src[s.at+1:], quote)
	if n < 0 {
		return nil, nil, 0, s.fail("the value of " + quoted(name) + " does not end")
	}
	raw := s.src[s.at+1 : s.at+1+n]
	s.at += n + 2
	if isPlain(raw) {
		return name, raw, 0, nil
	}
	s.text = appendText(s.text[:0], raw)
	return name, s.text, 0, nil
}

// skipAttributes passes over the rest of a start tag.
func (s *scanner) skipAttributes() (tagEnd, error) {
	for {
		if _, _, end, err := s.attribute(); err != nil || end != 0 {
			return end, err
		}
	}
}

// findName looks for the attribute Name ahead.
func (s *scanner) findName() (value []byte, found bool, err error) {
	start := s.at
	for {
		name, value, end, err := s.attribute()
		if err != nil || end != 0 || string(local(name)) == "Name" {
			s.at = start
			return value, end == 0, err
		}
	}
}

// closeTag reads the end tag of an element.
func (s *scanner) closeTag(name []byte) error {
	start := s.at
	s.at += 2
	found, err := s.word()
	if err != nil {
		return err
	}
	s.space()
	if !s.has(">") || string(found) != string(name) {
		s.at = start
		return s.fail("expected the end of " + quoted(name))
	}
	s.at++
	return nil
}

// content reads text up to the next tag.
func (s *scanner) content() (text []byte, next token, err error) {
	whole := true // text is a piece of src
	for {
		n := bytes.IndexByte(s.src[s.at:], '<')
		if n < 0 {
			s.at = len(s.src)
			return nil, 0, s.fail("the event ends early")
		}
		piece := s.src[s.at : s.at+n]
		s.at += n
		tag := s.has("</") || !s.has("<!") && !s.has("<?")
		if whole && tag && isPlain(piece) {
			text = piece
		} else {
			if whole {
				s.text, whole = s.text[:0], false
			}
			s.text = appendText(s.text, piece)
			text = s.text
		}
		switch {
		case s.has("</"):
			return text, endTag, nil
		case tag:
			return text, startTag, nil
		case s.has("<![CDATA["):
			err = s.cdata()
		case s.has("<!--"), s.has("<?"):
			err = s.markup()
		default:
			err = s.fail("a document type is not read")
		}
		if err != nil {
			return nil, 0, err
		}
	}
}

// cdata appends the text of a CDATA section.
func (s *scanner) cdata() error {
	const size = len("<![CDATA[")
	n := bytes.Index(s.src[s.at+size:], []byte("]]>"))
	if n < 0 {
		return s.fail("a CDATA section does not end")
	}
	s.text = appendLines(s.text, s.src[s.at+size:s.at+size+n])
	s.at += size + n + len("]]>")
	return nil
}

// isPlain reports whether text is its own decoding.
func isPlain(raw []byte) bool {
	return bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, '\r') < 0
}

// appendText appends raw with its entities decoded. What looks like one and is none stays as it is.
func appendText(dst, raw []byte) []byte {
	for {
		n := bytes.IndexByte(raw, '&')
		if n < 0 {
			return appendLines(dst, raw)
		}
		dst = appendLines(dst, raw[:n])
		raw = raw[n:]
		end := bytes.IndexByte(raw[:min(len(raw), maxEntity)], ';')
		r := rune(-1)
		if end > 1 {
			r = entity(raw[1:end])
		}
		if r < 0 {
			dst = append(dst, '&')
			raw = raw[1:]
			continue
		}
		dst = utf8.AppendRune(dst, r)
		raw = raw[end+1:]
	}
}

// maxEntity is the length of the longest entity that is looked for, with leading zeros.
const maxEntity = 16

// entity returns the character of an entity's name, -1 if it is none.
func entity(name []byte) rune {
	switch string(name) {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	if name[0] != '#' {
		return -1
	}
	digits, base := name[1:], 10
	if len(digits) > 0 && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	return number(digits, base)
}

// number reads the digits of a character reference, -1 if they are none or beyond Unicode.
func number(digits []byte, base int) rune {
	if len(digits) == 0 {
		return -1
	}
	n := 0
	for _, c := range digits {
		digit := 0
		switch {
		case c >= '0' && c <= '9':
			digit = int(c - '0')
		case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
			digit = int(c|0x20-'a') + 10
		default:
			return -1
		}
		if n = n*base + digit; n > utf8.MaxRune {
			return -1
		}
	}
	return rune(n)
}

// appendLines appends text with its line ends as XML has them: each is one newline.
func appendLines(dst, text []byte) []byte {
	for {
		n := bytes.IndexByte(text, '\r')
		if n < 0 {
			return append(dst, text...)
		}
		dst = append(append(dst, text[:n]...), '\n')
		text = text[n+1:]
		if len(text) > 0 && text[0] == '\n' {
			text = text[1:]
		}
	}
}

func appendInt(dst []byte, n int) []byte { return strconv.AppendInt(dst, int64(n), 10) }
