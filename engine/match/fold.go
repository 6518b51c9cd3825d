package match

import (
	"unicode"
	"unicode/utf8"
)

// fold returns the one rune that stands for all spellings of r in case: the language compares scope words so.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	if unicode.Is(unicode.Mn, r) { // a mark, of which one has a letter for a capital
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// beyondASCII reports whether a folded ASCII letter has spellings that are not ASCII: İ and ı, the Kelvin sign, the long s.
func beyondASCII(r rune) bool { return r == 'i' || r == 'k' || r == 's' }
