package naive

import (
	"strings"
	"unicode"
)

// term is one term of a message, or of a keyword: a run of letters, digits and underscores, or a single other character.
type term struct {
	text string
	long bool
}

// hasKeyword cuts message and keyword into terms and looks for the keyword's among the message's, side by side. In a bare
// word, * and ? stand for characters of a long term; in a phrase they stand for themselves, and any white space is one
// blank.
func hasKeyword(message, keyword string, phrase bool) bool {
	wildcards := "*?"
	if phrase {
		wildcards = ""
		message, keyword = oneBlank(message), oneBlank(keyword)
	}
	wanted := terms(keyword, wildcards)
	for found := terms(message, ""); ; found = found[1:] {
		if startWith(found, wanted, phrase) {
			return true
		}
		if len(found) == 0 {
			return false
		}
	}
}

// startWith reports whether terms start with the wanted ones. A term of stars only may stand for no term.
func startWith(found, wanted []term, phrase bool) bool {
	if len(wanted) == 0 {
		return true
	}
	w := wanted[0]
	if w.long && strings.Trim(w.text, "*") == "" && startWith(found, wanted[1:], phrase) {
		return true
	}
	if len(found) == 0 || found[0].long != w.long {
		return false
	}
	same := foldText(found[0].text) == foldText(w.text)
	if w.long && !phrase {
		same = foldGlob(w.text, found[0].text)
	}
	return same && startWith(found[1:], wanted[1:], phrase)
}

// terms cuts a text. Wildcards are characters of long terms.
func terms(s, wildcards string) []term {
	var out []term
	for _, r := range s {
		long := r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(wildcards, r)
		if last := len(out) - 1; long && last >= 0 && out[last].long {
			out[last].text += string(r)
			continue
		}
		out = append(out, term{string(r), long})
	}
	return out
}

// oneBlank makes each run of white space one blank.
func oneBlank(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if javaSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// javaSpace is Java's Character.isWhitespace, as its documentation lists it.
func javaSpace(r rune) bool {
	switch r {
	case '\u00a0', '\u2007', '\u202f':
		return false
	case '\t', '\n', '\v', '\f', '\r', '\u001c', '\u001d', '\u001e', '\u001f':
		return true
	}
	return unicode.Is(unicode.Z, r)
}
