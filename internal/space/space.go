// Package space knows white space as Sumo Logic does, whose words for it are Java's. It cuts and trims nothing.
package space

import "unicode"

// Is is Java's Character.isWhitespace: Unicode's separators except the three no-break ones, and some controls.
func Is(r rune) bool {
	switch {
	case r <= ' ':
		return r >= '\t' && r <= '\r' || r >= 0x1c
	case r == 0xa0 || r == 0x2007 || r == 0x202f:
		return false
	}
	return r > 0x7f && unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp)
}
