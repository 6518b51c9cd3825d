package match

import "strings"

// matchPieces reports whether s is the pieces of a pattern, in order, with anything between them. It does the patterns that
// are not UTF-8, which gobwas/glob does not take: a pattern may be the value of a field, so any bytes. Each piece is taken
// where it first stands; a later place could not do better.
func matchPieces(pieces []string, s string) bool {
	first, last := pieces[0], pieces[len(pieces)-1]
	if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, p := range pieces[1 : len(pieces)-1] {
		i := strings.Index(s, p)
		if i < 0 {
			return false
		}
		s = s[i+len(p):]
	}
	return true
}
