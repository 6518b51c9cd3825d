package mapping

// sumo takes the category that an event carries itself: an export of Sumo's own.
func sumo(dst []byte, t Texts) ([]byte, bool) {
	return append(dst, t[sourceCategory]...), len(t[sourceCategory]) > 0
}
