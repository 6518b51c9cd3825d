package wire

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Field is a wanted field; its slot is its place in the list given to NewTree.
type Field struct {
	Name          string // flattened, in lower case: properties.status.errorcode, a[0].b; a.*.b has any one key of a for the *
	MaxDepth      int    // a container at this depth is its JSON text and has nothing below it; 0 is no limit
	ExtractArrays bool   // arrays of plain values have elements a[0], a[1] instead of a text
	Verbatim      bool   // the text is the value's JSON as the event has it; AppendText makes a text of it
}

// Tree is a set of wanted fields, as the walk meets them: a node for each place on the way to one.
type Tree struct {
	root   *node
	fields int
}

// node is a name that is wanted, or that wanted names begin with.
type node struct {
	slots   []slot
	edges   []edge      // to the names that one key leads to; a key may hold dots: "a.b" leads where a, then b lead
	chains  []uint16    // by the upper bits of hashKey of the label: 1 + the first edge with them, 0 if there is none
	shift   uint8       // that leaves the upper bits
	indexes []indexEdge // to the names that one array index leads to
	any     *node       // where a key leads that no edge is for, nil if nowhere
}

// slot is a wanted field at its node.
type slot struct {
	index         int
	maxDepth      int
	extractArrays bool
	verbatim      bool
}

// reaches reports whether names at a depth exist for the slot.
func (s slot) reaches(depth int) bool { return s.maxDepth == 0 || depth <= s.maxDepth }

type edge struct {
	label string
	to    *node
	hash  uint32 // of the label
	next  uint16 // 1 + the next edge in the chain, 0 at the end
}

type indexEdge struct {
	index int
	to    *node
}

// NewTree returns the tree of the wanted fields.
func NewTree(fields []Field) *Tree {
	t := &Tree{root: &node{}, fields: len(fields)}
	nodes := map[string]*node{"": t.root}
	for i, f := range fields {
		n := t.insert(f.Name, nodes)
		n.slots = append(n.slots, slot{i, f.MaxDepth, f.ExtractArrays, f.Verbatim})
	}
	t.root.spread(map[*node]bool{})
	t.root.index()
	return t
}

// insert makes the nodes for each beginning of a name, joins each two of them that one step may lead between, and
// returns the node of the name itself.
func (t *Tree) insert(name string, nodes map[string]*node) *node {
	ends := prefixes(name)
	for i, end := range ends[1:] {
		to := nodes[name[:end]]
		if to == nil {
			to = &node{}
			nodes[name[:end]] = to
		}
		for _, start := range ends[:i+1] {
			nodes[name[:start]].join(name[start:end], start == 0, to)
		}
	}
	return nodes[name]
}

// prefixes returns the lengths of the beginnings of a name that are names themselves: a, a.b, a.b[0] of a.b[0].
func prefixes(name string) []int {
	ends := []int{0}
	for i := 1; i < len(name); i++ {
		if name[i] == '.' || name[i] == '[' && isIndex(name[i:]) {
			ends = append(ends, i)
		}
	}
	return append(ends, len(name))
}

// isIndex reports whether s starts with an array index, [0], and ends or goes on with a new step behind it.
func isIndex(s string) bool {
	closing := strings.IndexByte(s, ']')
	if closing < 0 || closing+1 < len(s) && s[closing+1] != '.' && s[closing+1] != '[' {
		return false
	}
	_, ok := parseIndex(s[:closing+1])
	return ok
}

// parseIndex reads "[12]".
func parseIndex(s string) (int, bool) {
	if len(s) < 3 || s[0] != '[' || s[len(s)-1] != ']' {
		return 0, false
	}
	digits := s[1 : len(s)-1]
	n, err := strconv.Atoi(digits)
	return n, err == nil && strconv.Itoa(n) == digits && n >= 0
}

// join leads from n to another node by the step between their names: ".key", "[0]", or "key" from the root.
func (n *node) join(step string, fromRoot bool, to *node) {
	if !fromRoot {
		if i, ok := parseIndex(step); ok {
			n.joinIndex(i, to)
			return
		}
		if step[0] != '.' {
			return // an index and what follows it are never one step
		}
		if step = step[1:]; step == "*" {
			n.any = to
			return
		}
	}
	n.lead(step, to)
}

// lead makes an edge.
func (n *node) lead(label string, to *node) {
	for _, e := range n.edges {
		if e.to == to {
			return
		}
	}
	n.edges = append(n.edges, edge{label: label, to: to, hash: hashKey([]byte(label))})
}

func (n *node) joinIndex(i int, to *node) {
	for _, e := range n.indexes {
		if e.to == to {
			return
		}
	}
	n.indexes = append(n.indexes, indexEdge{i, to})
}

// spread makes what is wanted below any key wanted below those keys too that have edges of their own.
func (n *node) spread(seen map[*node]bool) {
	if n == nil || seen[n] {
		return
	}
	seen[n] = true
	for i := range n.edges {
		n.edges[i].to = merged(n.edges[i].to, n.any)
		n.edges[i].to.spread(seen)
	}
	for _, e := range n.indexes {
		e.to.spread(seen)
	}
	n.any.spread(seen)
}

// index makes the chains of the nodes at and below n, so many that most keys that nobody asked for find theirs empty.
func (n *node) index() {
	if n == nil || n.chains != nil {
		return
	}
	width := bits.Len(uint(len(n.edges))) + 3
	n.shift, n.chains = uint8(32-width), make([]uint16, 1<<width)
	for i := range n.edges {
		e := &n.edges[i]
		first := &n.chains[e.hash>>n.shift]
		e.next, *first = *first, uint16(i+1)
		e.to.index()
	}
	for _, e := range n.indexes {
		e.to.index()
	}
	n.any.index()
}

// merged returns a node at and below which all is wanted that is at and below the two.
func merged(a, b *node) *node {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	m := &node{slots: append(slices.Clone(a.slots), b.slots...), any: merged(a.any, b.any)}
	for _, e := range a.edges {
		m.lead(e.label, merged(e.to, b.edge(e.label)))
	}
	for _, e := range b.edges {
		if a.edge(e.label) == nil {
			m.lead(e.label, e.to)
		}
	}
	for _, e := range a.indexes {
		m.joinIndex(e.index, merged(e.to, b.at(e.index)))
	}
	for _, e := range b.indexes {
		if a.at(e.index) == nil {
			m.joinIndex(e.index, e.to)
		}
	}
	return m
}

// edge returns where the edge with a label leads, nil if there is none.
func (n *node) edge(label string) *node {
	for _, e := range n.edges {
		if e.label == label {
			return e.to
		}
	}
	return nil
}

// hashKey hashes a key by its length and its first, middle and last character in lower case: enough to turn away nearly all
// keys of an event that nobody asked for.
func hashKey(key []byte) uint32 {
	if len(key) == 0 {
		return 0
	}
	first, middle, last := foldByte[key[0]], foldByte[key[len(key)/2]], foldByte[key[len(key)-1]]
	return (uint32(first) | uint32(middle)<<8 | uint32(last)<<16 | uint32(len(key))<<24) * 0x9E3779B1
}

// foldByte is what a byte of a key is compared as: ASCII in lower case, and a blank as the underscore that json auto
// makes of it.
var foldByte = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] = byte(i) + 'a' - 'A'
		}
	}
	table[' '] = '_'
	return table
}()

// find returns the node that a key leads to, nil if nothing below it is wanted. The key has no escapes and is ASCII, or
// lower-cased already.
func (n *node) find(key []byte) *node {
	hash := hashKey(key)
	for i := n.chains[hash>>n.shift]; i > 0; {
		e := &n.edges[i-1]
		if e.hash == hash && equalFold(e.label, key) {
			return e.to
		}
		i = e.next
	}
	return n.any
}

func equalFold(label string, key []byte) bool {
	if len(label) != len(key) {
		return false
	}
	for i := range key {
		if foldByte[key[i]] != label[i] {
			return false
		}
	}
	return true
}

// at returns the node that an array index leads to, nil if nothing below it is wanted.
func (n *node) at(index int) *node {
	if n == nil {
		return nil
	}
	for _, e := range n.indexes {
		if e.index == index {
			return e.to
		}
	}
	return nil
}
