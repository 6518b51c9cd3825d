package swar

// Block says of 64 bytes of JSON which hold what ends strings and containers: a bit for each byte, the lowest for the first. Open
// and Close are braces and brackets alike. Classify makes it: with SSE2 where there is that, which is twice as fast.
type Block struct{ Quote, Backslash, Open, Close, Newline uint64 }

// Escaped returns which bytes are escaped by a backslash before them, and whether the one behind the block is. The first byte
// is if carry is set.
func Escaped(backslash uint64, carry bool) (escaped uint64, next bool) {
	if carry {
		escaped = 1
	}
	for m := backslash &^ escaped; m != 0; {
		bit := m & -m
		if bit == 1<<63 {
			return escaped, true
		}
		escaped |= bit << 1
		m &^= bit | bit<<1
	}
	return escaped, false
}

// Within returns which bits stand behind an odd number of marks: from each other mark, with it, up to the next, without it.
func Within(marks uint64) uint64 {
	marks ^= marks << 1
	marks ^= marks << 2
	marks ^= marks << 4
	marks ^= marks << 8
	marks ^= marks << 16
	return marks ^ marks<<32
}
