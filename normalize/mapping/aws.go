package mapping

// aws names AWS/CloudTrail: a CloudTrail record, one inside an EventBridge event's detail, or one that lookup-events holds as
// a text.
func aws(dst []byte, t Texts) ([]byte, bool) {
	record := hasSuffixFold(t[eventSource], ".amazonaws.com") || t[eventVersion] != nil && t[eventName] != nil && t[eventSource] != nil
	if record || t[cloudTrailEvent] != nil || hasSuffixFold(t[detailSource], ".amazonaws.com") {
		return append(dst, "AWS/CloudTrail"...), true
	}
	return dst, false
}
