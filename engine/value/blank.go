package value

import "unicode"

// IsEmpty reports whether v is null or the empty string.
func IsEmpty(v Value) bool { return v.kind == Null || v.kind == String && v.text == "" }

// IsBlank reports whether v is null, empty, or white space only, as Java's Character.isWhitespace has it.
func IsBlank(v Value) bool {
	if v.kind != String {
		return v.kind == Null
	}
	for _, r := range v.text {
		if !javaSpace(r) {
			return false
		}
	}
	return true
}

// javaSpace is Character.isWhitespace: Unicode separators except the three no-break ones, and some controls.
func javaSpace(r rune) bool {
	switch {
	case r <= ' ':
		return r >= '\t' && r <= '\r' || r >= 0x1c
	case r == 0xa0 || r == 0x2007 || r == 0x202f:
		return false
	}
	return r > 0x7f && unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp)
}
