package mapping

import "bytes"

// equalFold, hasSuffixFold and containsFold compare ASCII without case and without allocating; want is in lower case.

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
	for len(s) >= len(want) {
		i := bytes.IndexByte(s, want[0])
		if j := bytes.IndexByte(s, want[0]-'a'+'A'); i < 0 || j >= 0 && j < i {
			i = j
		}
		if i < 0 || i+len(want) > len(s) {
			return false
		}
		if equalFold(s[i:i+len(want)], want) {
			return true
		}
		s = s[i+1:]
	}
	return false
}
