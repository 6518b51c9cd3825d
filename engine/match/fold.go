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
	return unicode.ToLower(unicode.ToUpper(r))
}
