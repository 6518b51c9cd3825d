package jsonquote

// Names are the names that an object has so far. The zero value is empty and ready to use; it keeps its memory.
type Names struct {
	list  []name
	bytes []byte // all names, in lower case
}

type name struct {
	hash       uint32
	start, end int // in bytes
}

// Reset forgets all names.
func (n *Names) Reset() { n.list, n.bytes = n.list[:0], n.bytes[:0] }

// Len returns the number of names. Adding takes time in proportion to it, so that callers of hostile input set a limit.
func (n *Names) Len() int { return len(n.list) }

// Add adds the name that AppendName makes and reports whether it is new. ASCII letters are compared without case, as
// fields are.
func (n *Names) Add(part, own []byte) bool {
	start := len(n.bytes)
	n.bytes = AppendName(n.bytes, part, own)
	text := n.bytes[start:]
	hash := uint32(2166136261) // FNV-1a
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
			text[i] = c
		}
		hash = (hash ^ uint32(c)) * 16777619
	}
	for _, other := range n.list {
		if other.hash == hash && string(n.bytes[other.start:other.end]) == string(text) {
			n.bytes = n.bytes[:start]
			return false
		}
	}
	n.list = append(n.list, name{hash, start, len(n.bytes)})
	return true
}

// AppendName appends a name in a part, with a dot between them if neither is empty.
func AppendName(dst, part, own []byte) []byte {
	dst = append(dst, part...)
	if len(part) > 0 && len(own) > 0 {
		dst = append(dst, '.')
	}
	return append(dst, own...)
}
