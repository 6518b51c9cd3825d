package value

import "retrohunt/internal/space"

// IsEmpty reports whether v is null or the empty string.
func IsEmpty(v Value) bool { return v.kind == Null || v.kind == String && v.text == "" }

// IsBlank reports whether v is null, empty, or white space only, as Java's Character.isWhitespace has it.
func IsBlank(v Value) bool {
	if v.kind != String {
		return v.kind == Null
	}
	for _, r := range v.text {
		if !space.Is(r) {
			return false
		}
	}
	return true
}
