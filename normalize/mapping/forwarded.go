package mapping

import "bytes"

// Forwarded reports whether an event is a message that Sumo's data forwarding wrote to a bucket: the message is a text in it,
// and beside it stands the metadata of searches, under names without the underscore. Forwarding leaves some of it empty.
func Forwarded(t Texts) bool {
	return t[forwardedID] != nil && t[forwardedReceipt] != nil && bytes.HasPrefix(t[message], inString)
}

// forwardedNames are those of forwarded metadata that is not under the built-in field's name without its underscore.
var forwardedNames = map[string]string{"_messagecount": "count"}

// ForwardedName returns where a forwarded message keeps a built-in field.
func ForwardedName(builtin string) string {
	if name, ok := forwardedNames[builtin]; ok {
		return name
	}
	return builtin[1:]
}
