package function

import (
	"errors"
	"strings"
)

// datePattern is a pattern of Java's SimpleDateFormat, read: letters that stand for parts of a time, and texts.
type datePattern []dateItem

// dateItem is a run of one letter, or a text if letter is 0.
type dateItem struct {
	letter byte
	count  int
	text   string
}

// The letters of SimpleDateFormat. Week years, weeks and the day's number within a week or month do not say a date by
// themselves; parseDate does not read them.
const (
	dateLetters     = "GyYMLwWDdFEuaHkKhmsSzZX"
	unparsedLetters = "YwWFu"
)

var (
	errDateLetter  = errors.New("the pattern has a letter that stands for nothing; quote texts: 'T'")
	errDateQuote   = errors.New("the pattern has a quote ' that is not closed")
	errDateParse   = errors.New("weeks and week years in a pattern are not read; write y for Y, d for F")
	errDateZone    = errors.New("the pattern has more than three X")
	errDatePattern = errors.New("the pattern is null")
)

// compileDate reads a pattern. Between quotes a text stands for itself; two quotes side by side are one.
func compileDate(s string) (datePattern, error) {
	var p datePattern
	for s != "" {
		b := s[0]
		if b == '\'' {
			text, rest, err := cutQuoted(s[1:])
			if err != nil {
				return nil, err
			}
			p, s = p.text(text), rest
			continue
		}
		if b|0x20-'a' >= 26 {
			p, s = p.text(s[:1]), s[1:]
			continue
		}
		if strings.IndexByte(dateLetters, b) < 0 {
			return nil, errDateLetter
		}
		n := len(s) - len(strings.TrimLeft(s, s[:1]))
		if b == 'X' && n > 3 {
			return nil, errDateZone
		}
		p, s = append(p, dateItem{letter: b, count: n}), s[n:]
	}
	return p, nil
}

// cutQuoted returns the text up to the closing quote and what is behind it.
func cutQuoted(s string) (text, rest string, err error) {
	if rest, ok := strings.CutPrefix(s, "'"); ok {
		return "'", rest, nil
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '\'' {
			continue
		}
		if i+1 == len(s) || s[i+1] != '\'' {
			return strings.ReplaceAll(s[:i], "''", "'"), s[i+1:], nil
		}
		i++
	}
	return "", "", errDateQuote
}

// text appends a text, to the one before if there is one.
func (p datePattern) text(s string) datePattern {
	if n := len(p); n > 0 && p[n-1].letter == 0 {
		p[n-1].text += s
		return p
	}
	return append(p, dateItem{text: s})
}

// parses reports whether parseDate reads the pattern.
func (p datePattern) parses() bool {
	for _, item := range p {
		if item.letter != 0 && strings.IndexByte(unparsedLetters, item.letter) >= 0 {
			return false
		}
	}
	return true
}

// isNumber reports whether an item is written in digits.
func (i dateItem) isNumber() bool {
	switch i.letter {
	case 0, 'G', 'E', 'a', 'z', 'Z', 'X':
		return false
	case 'M', 'L':
		return i.count < 3
	}
	return true
}
