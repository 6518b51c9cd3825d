package value

// In is Sumo's in (…): without casts, so a text never equals a number, and null is in no list.
func In(v Value, list []Value) bool {
	if v.kind == Null {
		return false
	}
	for _, e := range list {
		if sameWithoutCast(v, e) {
			return true
		}
	}
	return false
}

func sameWithoutCast(a, b Value) bool {
	switch {
	case isNumber(a) && isNumber(b):
		return !isNaN(a) && compareNumbers(a, b) == 0
	case a.kind != b.kind:
		return false
	}
	return a.text == b.text && a.bits == b.bits
}
