package match

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"

	"retrohunt/internal/space"
)

// Keyword is a word or a phrase of the scope, looked for in the raw event. A message is a row of terms: runs of letters,
// digits and underscores, and every other character on its own. A keyword matches whole terms, case does not count, and
// its punctuation makes it several terms side by side; in a word * stands for any run of characters inside one term and ?
// for one of them; in a phrase they stand for themselves and white space for any white space (section 2 of the language
// reference).
type Keyword struct {
	text      string
	phrase    bool
	parts     []part
	openLeft  bool // the pattern began with *: it may start inside a term
	openRight bool // the pattern ended with *: it may end inside a term
}

// part is one element of a keyword: a folded character, or one of the three below.
type part rune

const (
	anyRun part = -1 - iota // * : any run of term characters
	anyOne                  // ? : one term character
	blank                   // any white space, at least one
)

// CompileKeyword compiles a bare word of the scope.
func CompileKeyword(text string) Keyword {
	k := Keyword{text: text}
	for _, r := range text {
		switch r {
		case '*':
			k.add(anyRun)
		case '?':
			k.add(anyOne)
		default:
			k.add(part(fold(r)))
		}
	}
	if len(k.parts) > 0 && k.parts[0] == anyRun {
		k.openLeft, k.parts = true, k.parts[1:]
	}
	if last := len(k.parts) - 1; last >= 0 && k.parts[last] == anyRun {
		k.openRight, k.parts = true, k.parts[:last]
	}
	return k
}

// CompilePhrase compiles a quoted phrase of the scope.
func CompilePhrase(text string) Keyword {
	k := Keyword{text: text, phrase: true}
	for _, r := range text {
		if space.Is(r) {
			k.add(blank)
		} else {
			k.add(part(fold(r)))
		}
	}
	return k
}

// add appends a part; a run of stars, or of blanks, is one.
func (k *Keyword) add(p part) {
	if last := len(k.parts) - 1; last >= 0 && k.parts[last] == p && (p == anyRun || p == blank) {
		return
	}
	k.parts = append(k.parts, p)
}

// Match reports whether the keyword stands in raw.
func (k Keyword) Match(raw []byte) bool {
	if len(k.parts) == 0 {
		return true
	}
	for start := 0; start <= len(raw); {
		at := k.candidate(raw, start)
		if at < 0 {
			return false
		}
		if k.startsAt(raw, at) && k.matchParts(k.parts, raw, at) {
			return true
		}
		_, size := utf8.DecodeRune(raw[at:])
		start = at + max(size, 1)
	}
	return false
}

// candidate returns the first place from start on where the first part may match, -1 if there is none. An ASCII
// character, which keywords begin with, is found in both its cases at the speed of bytes.IndexByte.
func (k Keyword) candidate(raw []byte, start int) int {
	first := k.parts[0]
	if first < 0 || first >= utf8.RuneSelf || beyondASCII(rune(first)) {
		if start >= len(raw) {
			return -1
		}
		return start
	}
	at := bytes.IndexByte(raw[start:], byte(first))
	if 'a' <= first && first <= 'z' {
		rest := raw[start:]
		if at >= 0 {
			rest = rest[:at]
		}
		if upper := bytes.IndexByte(rest, byte(first)-'a'+'A'); upper >= 0 {
			at = upper
		}
	}
	if at < 0 {
		return -1
	}
	return start + at
}

// startsAt reports whether a term may start at a place, as the first part wants it.
func (k Keyword) startsAt(raw []byte, at int) bool {
	if k.openLeft || !k.parts[0].inTerm() {
		return true
	}
	before, _ := utf8.DecodeLastRune(raw[:at])
	return at == 0 || !isTerm(before)
}

// endsAt reports whether a term may end at a place, as the last part wants it.
func (k Keyword) endsAt(raw []byte, at int) bool {
	if k.openRight || !k.parts[len(k.parts)-1].inTerm() {
		return true
	}
	after, _ := utf8.DecodeRune(raw[at:])
	return at == len(raw) || !isTerm(after)
}

// matchParts matches parts from a place on. It calls itself for each length of a * only, which ends with the term.
func (k Keyword) matchParts(parts []part, raw []byte, at int) bool {
	for i, p := range parts {
		if p == anyRun {
			return k.matchRun(parts[i+1:], raw, at)
		}
		r, size := utf8.DecodeRune(raw[at:])
		switch {
		case size == 0:
			return false
		case p == blank:
			if !space.Is(r) {
				return false
			}
			at = skipSpace(raw, at)
			continue
		case p == anyOne && !isTerm(r), p >= 0 && part(fold(r)) != p:
			return false
		}
		at += size
	}
	return k.endsAt(raw, at)
}

func (k Keyword) matchRun(rest []part, raw []byte, at int) bool {
	for {
		if k.matchParts(rest, raw, at) {
			return true
		}
		r, size := utf8.DecodeRune(raw[at:])
		if size == 0 || !isTerm(r) {
			return false
		}
		at += size
	}
}

func skipSpace(raw []byte, at int) int {
	for at < len(raw) {
		r, size := utf8.DecodeRune(raw[at:])
		if !space.Is(r) {
			break
		}
		at += size
	}
	return at
}

// inTerm reports whether the part stands for a term character.
func (p part) inTerm() bool { return p == anyOne || p == anyRun || p >= 0 && isTerm(rune(p)) }

// isTerm reports whether r is a character of a longer term: a letter, a digit or an underscore.
func isTerm(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' || r == '_'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// String says in words how the keyword is looked for.
func (k Keyword) String() string {
	if k.phrase {
		return "the message holds the phrase " + strconv.Quote(k.text)
	}
	return "the message holds the word " + strconv.Quote(k.text)
}
