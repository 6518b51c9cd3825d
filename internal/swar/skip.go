package swar

// Nesting is where in JSON a byte stands.
type Nesting struct {
	Depth    int  // of the containers around it
	InString bool // it is of a string
	Escaped  bool // by a backslash before it
}

// Skip goes on through blocks of 64 bytes and returns how many bytes it passed over: up to the first block where a container might
// close that closes all, where a line ends within a string, or where a backslash stands outside of strings. What is to be said of that
// block it leaves to the caller. It passes over nothing on processors without the vectors that it uses.
func (n *Nesting) Skip(b []byte) int {
	if !canSkip || len(b) < 64 {
		return 0
	}
	blocks, depth, inString, escaped := skip(&b[0], len(b)/64, n.Depth, mask(n.InString), mask(n.Escaped)&1)
	n.Depth, n.InString, n.Escaped = depth, inString != 0, escaped != 0
	return 64 * blocks
}

// mask is all ones or zero.
func mask(set bool) uint64 {
	if set {
		return ^uint64(0)
	}
	return 0
}
