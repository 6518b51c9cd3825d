package sources

// NoteLines puts into ends the places of the first newlines of b, of a part of them that depends on b's length: none, some, or all that
// there is room for. Filters of the tests use it, since those of the engine note as many as they happen to meet.
func NoteLines(b []byte, ends []int32) (noted int) {
	searched := b[:len(b)*(len(b)%5)/4]
	for i, c := range searched {
		if c == '\n' && noted < len(ends) {
			ends[noted] = int32(i)
			noted++
		}
	}
	return noted
}
