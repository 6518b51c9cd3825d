package mapping

// equalFold, hasSuffixFold and containsFold compare ASCII without case and without allocating; want is in lower case, and begins with a
// letter.

func equalFold(s []byte, want string) bool {
	if len(s) != len(want) {
		return false
	}
	for i, c := range s {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != want[i] {
			return false
		}
	}
	return true
}

func hasSuffixFold(s []byte, want string) bool {
	return len(s) >= len(want) && equalFold(s[len(s)-len(want):], want)
}

func hasPrefixFold(s []byte, want string) bool {
	return len(s) >= len(want) && equalFold(s[:len(want)], want)
}

func containsFold(s []byte, want string) bool {
	for i := 0; i+len(want) <= len(s); i++ {
		if s[i]|0x20 == want[0] && equalFold(s[i:i+len(want)], want) {
			return true
		}
	}
	return false
}
