package naive

import "strings"

// glob is the pattern of matches: * is any run of bytes, all else stands for itself.
func glob(pattern, s string) bool {
	before, after, star := strings.Cut(pattern, "*")
	if !star {
		return s == pattern
	}
	rest, ok := strings.CutPrefix(s, before)
	if !ok {
		return false
	}
	for i := range len(rest) + 1 {
		if glob(after, rest[i:]) {
			return true
		}
	}
	return false
}

// foldGlob is the pattern of the scope: * is any run of characters, ? any one, and case does not count.
func foldGlob(pattern, s string) bool {
	return foldGlobRunes([]rune(foldText(pattern)), []rune(foldText(s)))
}

func foldGlobRunes(pattern, s []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(s) == 0
	case pattern[0] == '*':
		return foldGlobRunes(pattern[1:], s) || len(s) > 0 && foldGlobRunes(pattern, s[1:])
	}
	return len(s) > 0 && (pattern[0] == '?' || pattern[0] == s[0]) && foldGlobRunes(pattern[1:], s[1:])
}

// foldText is what two texts that differ in case only have in common, as in Java's equalsIgnoreCase. U+0345, a mark whose
// capital is a letter, stays what it is.
func foldText(s string) string {
	parts := strings.Split(s, "\u0345")
	for i, p := range parts {
		parts[i] = strings.ToLower(strings.ToUpper(p))
	}
	return strings.Join(parts, "\u0345")
}
