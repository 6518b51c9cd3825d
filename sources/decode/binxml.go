package decode

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

// binXML writes the binary XML of an EVTX record as XML, as Windows itself does. A record is mostly an instance of a template:
// the template's tokens with the record's values in place of its substitutions. Templates and names stand once in a chunk,
// and are referred to by their places in it; each is read where it is used, so that nothing is kept from one record to the
// next. All places come from the file and are checked against its end; depth, tokens and output are limited.
type binXML struct {
	chunk   []byte
	out     []byte
	open    []opened // elements that are open
	ends    []int    // of the values of the templates that are entered
	entered int      // templates and values within each other

	tokens   int // read of this record
	spent    int // tokens of this chunk
	rendered int // bytes written of this chunk
}

// opened is an element that is open.
type opened struct {
	name       []byte // in UTF-16
	start      int    // of its tag in out
	content    int    // behind its tag in out
	attributes bool   // its tag is not closed yet
}

// Limits. A chunk has 64 KiB, of which Windows makes a few MiB of XML, nested a few levels deep.
const (
	maxTokens        = 1 << 16 // of a record
	maxRendered      = 1 << 20 // bytes of XML of a record
	maxChunkTokens   = 1 << 21
	maxChunkRendered = 32 << 20
	maxEntered       = 16
	maxOpen          = 64
)

var (
	errShort   = errors.New("binary XML ends early")
	errToken   = errors.New("unknown token in binary XML")
	errNesting = errors.New("binary XML is nested too deep")
	errHuge    = errors.New("binary XML is too large")
	errEmpty   = errors.New("binary XML without an element: its template may be damaged")
	errMarkup  = errors.New("binary XML closes what is not open")
)

// render returns the XML of the binary XML at a place in a chunk. It is valid until the next call.
func (x *binXML) render(chunk []byte, at, end int) ([]byte, error) {
	if x.spent > maxChunkTokens || x.rendered > maxChunkRendered {
		return nil, errHuge
	}
	x.chunk, x.out, x.open, x.ends = chunk, x.out[:0], x.open[:0], x.ends[:0]
	x.tokens, x.entered = 0, 0
	err := x.fragment(cursor{chunk[:end], at}, nil, false)
	x.spent += x.tokens
	x.rendered += len(x.out)
	if err == nil && len(x.out) == 0 {
		err = errEmpty
	}
	return x.out, err
}

// nextChunk forgets what the records of the chunk before cost.
func (x *binXML) nextChunk() { x.spent, x.rendered = 0, 0 }

// cursor reads little endian values.
type cursor struct {
	b  []byte
	at int
}

// take returns the next n bytes.
func (c *cursor) take(n int) ([]byte, error) {
	if n < 0 || n > len(c.b)-c.at {
		return nil, errShort
	}
	c.at += n
	return c.b[c.at-n : c.at], nil
}

func (c *cursor) uint8() (byte, error) {
	b, err := c.take(1)
	if err != nil {
		return 0, err
	}
	return b[0], nil
}

func (c *cursor) uint16() (int, error) {
	b, err := c.take(2)
	if err != nil {
		return 0, err
	}
	return int(binary.LittleEndian.Uint16(b)), nil
}

func (c *cursor) uint32() (int, error) {
	b, err := c.take(4)
	if err != nil {
		return 0, err
	}
	return int(binary.LittleEndian.Uint32(b)), nil
}

// The tokens, without the flag that more data follows.
const (
	tokenEnd               = 0x00
	tokenOpenElement       = 0x01
	tokenCloseStart        = 0x02
	tokenCloseEmpty        = 0x03
	tokenCloseElement      = 0x04
	tokenValue             = 0x05
	tokenAttribute         = 0x06
	tokenCDATA             = 0x07
	tokenCharacter         = 0x08
	tokenEntity            = 0x09
	tokenInstructionTarget = 0x0a
	tokenInstructionData   = 0x0b
	tokenTemplate          = 0x0c
	tokenSubstitution      = 0x0d
	tokenOptional          = 0x0e
	tokenFragment          = 0x0f

	moreFlag = 0x40
)

// fragment writes the tokens at a cursor up to their end. values are what substitutions are filled with. Binary XML that is
// itself a value has no dependency identifiers in its elements.
func (x *binXML) fragment(c cursor, values *values, isValue bool) error {
	if x.entered++; x.entered > maxEntered {
		return errNesting
	}
	defer func() { x.entered-- }()
	base := len(x.open)
	for c.at < len(c.b) {
		token, _ := c.uint8()
		if x.tokens++; x.tokens > maxTokens || len(x.out) > maxRendered {
			return errHuge
		}
		var err error
		switch kind := token &^ moreFlag; kind {
		case tokenEnd:
			return x.balanced(base)
		case tokenOpenElement:
			err = x.openElement(&c, token&moreFlag != 0, isValue)
		case tokenCloseStart:
			err = x.closeStart()
		case tokenCloseEmpty, tokenCloseElement:
			err = x.closeElement(base)
		case tokenAttribute:
			err = x.attribute(&c, values)
		case tokenTemplate:
			err = x.template(&c)
		case tokenFragment:
			_, err = c.take(3)
		case tokenInstructionTarget:
			_, err = x.name(&c)
		case tokenInstructionData:
			_, err = prefixed(&c)
		default:
			_, err = x.text(&c, kind, values)
		}
		if err != nil {
			return err
		}
	}
	return x.balanced(base)
}

func (x *binXML) balanced(base int) error {
	if len(x.open) != base {
		return errShort
	}
	return nil
}

// openElement writes the beginning of a start tag.
func (x *binXML) openElement(c *cursor, hasAttributes, isValue bool) error {
	if len(x.open) == maxOpen {
		return errNesting
	}
	skip := 6 // dependency identifier, length of the element
	if isValue {
		skip = 4
	}
	if _, err := c.take(skip); err != nil {
		return err
	}
	name, err := x.name(c)
	if err != nil {
		return err
	}
	if hasAttributes {
		if _, err := c.take(4); err != nil { // length of the attributes
			return err
		}
	}
	x.open = append(x.open, opened{name: name, start: len(x.out), attributes: true})
	x.out = appendUTF16(append(x.out, '<'), name)
	return nil
}

func (x *binXML) closeStart() error {
	if len(x.open) == 0 {
		return errMarkup
	}
	top := &x.open[len(x.open)-1]
	top.attributes = false
	x.out = append(x.out, '>')
	top.content = len(x.out)
	return nil
}

func (x *binXML) closeElement(base int) error {
	if len(x.open) == base {
		return errMarkup
	}
	top := x.open[len(x.open)-1]
	x.open = x.open[:len(x.open)-1]
	if top.attributes {
		x.out = append(x.out, '/', '>')
		return nil
	}
	x.endTag(top)
	return nil
}

func (x *binXML) endTag(e opened) {
	x.out = append(appendUTF16(append(x.out, '<', '/'), e.name), '>')
}

// attribute writes an attribute with its value, unless that is a substitution without a value.
func (x *binXML) attribute(c *cursor, values *values) error {
	name, err := x.name(c)
	if err != nil {
		return err
	}
	start := len(x.out)
	x.out = appendUTF16(append(x.out, ' '), name)
	x.out = append(x.out, '=', '"')
	absent := true
	for c.at < len(c.b) {
		kind := c.b[c.at] &^ moreFlag
		if kind < tokenValue || kind == tokenAttribute || kind > tokenOptional || kind == tokenTemplate {
			break
		}
		c.at++
		if x.tokens++; x.tokens > maxTokens || len(x.out) > maxRendered {
			return errHuge
		}
		null, err := x.text(c, kind, values)
		if err != nil {
			return err
		}
		absent = absent && null
	}
	if absent {
		x.out = x.out[:start]
		return nil
	}
	x.out = append(x.out, '"')
	return nil
}

// text writes what is text: values, characters, substitutions. It reports whether that is a substitution without a value.
func (x *binXML) text(c *cursor, kind byte, values *values) (null bool, err error) {
	switch kind {
	case tokenValue:
		if _, err = c.uint8(); err != nil { // its type: a string
			return false, err
		}
		fallthrough
	case tokenCDATA:
		text, err := prefixed(c)
		x.out = appendUTF16(x.out, text)
		return false, err
	case tokenCharacter:
		r, err := c.uint16()
		x.out = appendRune(x.out, rune(r))
		return false, err
	case tokenEntity:
		name, err := x.name(c)
		x.out = append(appendUTF16(append(x.out, '&'), name), ';')
		return false, err
	case tokenSubstitution, tokenOptional:
		index, err := c.uint16()
		if err != nil {
			return false, err
		}
		if _, err = c.uint8(); err != nil { // the type that the value is to have
			return false, err
		}
		return x.substitute(values, index)
	}
	return false, errToken
}

// name reads a name: its place in the chunk, which may be right here. It returns UTF-16.
func (x *binXML) name(c *cursor) ([]byte, error) {
	place, err := c.uint32()
	if err != nil {
		return nil, err
	}
	here := place == c.at
	at := cursor{x.chunk, place}
	if here {
		at = *c
	} else if place > len(x.chunk) {
		return nil, errShort
	}
	if _, err := at.take(6); err != nil { // the next name, the hash of this one
		return nil, err
	}
	name, err := prefixed(&at)
	if err != nil {
		return nil, err
	}
	if _, err := at.take(2); err != nil { // a NUL
		return nil, err
	}
	if here {
		c.at = at.at
	}
	return name, nil
}

// prefixed reads a text with its length before it, in UTF-16.
func prefixed(c *cursor) ([]byte, error) {
	n, err := c.uint16()
	if err != nil {
		return nil, err
	}
	return c.take(2 * n)
}

// template writes an instance of a template: its definition, which may be right here, and the values behind it.
func (x *binXML) template(c *cursor) error {
	if _, err := c.take(5); err != nil { // unknown, its identifier
		return err
	}
	place, err := c.uint32()
	if err != nil {
		return err
	}
	here := place == c.at
	at := cursor{x.chunk, place}
	if here {
		at = *c
	} else if place > len(x.chunk) {
		return errShort
	}
	if _, err := at.take(4 + 16); err != nil { // the next template, its GUID
		return err
	}
	size, err := at.uint32()
	if err != nil {
		return err
	}
	body, err := at.take(size)
	if err != nil {
		return err
	}
	if here {
		c.at = at.at
	}
	values, err := x.readValues(c)
	if err != nil {
		return err
	}
	defer x.dropValues(values)
	return x.fragment(cursor{at.b[:at.at], at.at - len(body)}, &values, false)
}

// appendUTF16 appends UTF-16 as the text of XML, without the NULs at its end.
func appendUTF16(dst, text []byte) []byte {
	for len(text) >= 2 && text[len(text)-1] == 0 && text[len(text)-2] == 0 {
		text = text[:len(text)-2]
	}
	for i := 0; i+1 < len(text); i += 2 {
		r := rune(binary.LittleEndian.Uint16(text[i:]))
		if r >= ' ' && r < 0x7f && r != '&' && r != '<' && r != '>' && r != '"' {
			dst = append(dst, byte(r))
			continue
		}
		if utf16.IsSurrogate(r) && i+3 < len(text) {
			if whole := utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(text[i+2:]))); whole != utf8.RuneError {
				r = whole
				i += 2
			}
		}
		dst = appendRune(dst, r)
	}
	return dst
}

// appendRune appends a character as the text of XML. A carriage return needs a reference, or it becomes a newline.
func appendRune(dst []byte, r rune) []byte {
	switch r {
	case '&':
		return append(dst, "&amp;"...)
	case '<':
		return append(dst, "&lt;"...)
	case '>':
		return append(dst, "&gt;"...)
	case '"':
		return append(dst, "&quot;"...)
	case '\r':
		return append(dst, "&#13;"...)
	}
	return utf8.AppendRune(dst, r)
}

// appendBytes appends bytes as the text of XML: those that are no UTF-8 pass through.
func appendBytes(dst, text []byte) []byte {
	for _, c := range bytes.TrimRight(text, "\x00") {
		if c < utf8.RuneSelf {
			dst = appendRune(dst, rune(c))
		} else {
			dst = append(dst, c)
		}
	}
	return dst
}
