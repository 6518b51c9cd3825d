package value

import "strconv"

// ToNumber casts v to a Long or Double. Null, Bool and text that is not a number do not cast.
func ToNumber(v Value) (Value, bool) {
	switch v.kind {
	case Long, Double:
		return v, true
	case String:
		return ParseNumber(v.text)
	}
	return Value{}, false
}

// ParseNumber reads a decimal number with optional sign, fraction and exponent and with blanks around it, as Java's
// parseDouble does, but without NaN, Infinity, hexadecimal and type suffixes. A whole number without point and
// exponent that fits 64 bits is a Long, any other a Double.
func ParseNumber(s string) (Value, bool) {
	s = trimControls(s)
	whole, ok := numberSyntax(s)
	if !ok {
		return Value{}, false
	}
	if whole {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return OfLong(n), true
		}
	}
	f, _ := strconv.ParseFloat(s, 64) // out of range is ±Inf, as in Java
	return OfDouble(f), true
}

// trimControls trims what Java's String.trim does: every character up to the blank.
func trimControls(s string) string {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// numberSyntax reports whether s is [+-] digits [. digits] [e [+-] digits], with digits on one side of the point,
// and whether it is a plain whole number. It spares strconv's error, which would allocate.
func numberSyntax(s string) (whole, ok bool) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	digits := func() int {
		start := i
		for i < len(s) && s[i]-'0' < 10 {
			i++
		}
		return i - start
	}
	mantissa := digits()
	whole = true
	if i < len(s) && s[i] == '.' {
		i++
		whole = false
		mantissa += digits()
	}
	if mantissa == 0 {
		return false, false
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		whole = false
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if digits() == 0 {
			return false, false
		}
	}
	return whole, i == len(s)
}

// Truth is what a value means where a condition is wanted: a true Bool, or the text "true" in any case, since parsed
// fields are text. Null and everything else are false.
func Truth(v Value) bool {
	if v.kind == String {
		return len(v.text) == 4 && v.text[0]|0x20 == 't' && v.text[1]|0x20 == 'r' && v.text[2]|0x20 == 'u' && v.text[3]|0x20 == 'e'
	}
	return v.Bool()
}
