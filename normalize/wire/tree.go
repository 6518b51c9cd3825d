package wire

import (
	"encoding/binary"
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
	chains  []uint16    // by the upper bits of the label's hash: 1 + the first edge with them, 0 if there is none
	shift   uint8       // that leaves the upper bits
	spreads bool        // what its any leads to has been merged into what its edges lead to
	indexes []indexEdge // to the names that one array index leads to
	any     *node       // where a key leads that no edge is for, nil if nowhere
	like    *node       // whose edges these are, and whose chains therefore do; nil: the edges are its own
}

// nothing is a node that no key leads on from.
var nothing = &node{chains: make([]uint16, 2), shift: 63}

// slot is a wanted field at its node.
type slot struct {
	index         int
	maxDepth      int
	extractArrays bool
	verbatim      bool
}

// reaches reports whether names at a depth exist for the slot.
func (s *slot) reaches(depth int) bool { return s.maxDepth == 0 || depth <= s.maxDepth }

type edge struct {
	label  string
	to     *node
	first  word   // of the label, if it has more than eight bytes
	last   word   // likewise, or all of a shorter one
	next   uint16 // 1 + the next edge in the chain, 0 at the end
	blanks bool   // the label has underscores, which may be blanks in a key
}

// word is eight bytes of a label, and which bits of a key's must be set before they are compared, so that letters are in lower case.
type word struct{ text, letters uint64 }

type indexEdge struct {
	index int
	to    *node
}

// NewTree returns the tree of the wanted fields.
func NewTree(fields []Field) *Tree {
	b := builder{root: &node{}, nodes: make(map[string]*node, 2*len(fields)), slots: make([]slot, len(fields))}
	b.root.edges = make([]edge, 0, len(fields)+len(fields)/2) // to each name, and to what several names begin with
	for i, f := range fields {
		b.slots[i] = slot{i, f.MaxDepth, f.ExtractArrays, f.Verbatim}
		if n := b.insert(f.Name); n.slots == nil {
			n.slots = b.slots[i : i+1 : i+1]
		} else {
			n.slots = append(n.slots, b.slots[i])
		}
	}
	b.root.spread()
	b.root.index()
	return &Tree{root: b.root, fields: len(fields)}
}

// builder makes the nodes of a tree. Every run waits for it before it reads, so nodes and slots are allocated many at a time.
type builder struct {
	root  *node
	nodes map[string]*node // by name, joined to those of its beginnings
	slots []slot           // of all fields
	spare []node
	ends  []int
}

// insert makes the nodes for each beginning of a name, joins each two of them that one step may lead between, and
// returns the node of the name itself.
func (b *builder) insert(name string) *node {
	if n := b.nodes[name]; n != nil {
		return n
	}
	b.ends = appendPrefixes(b.ends[:0], name)
	for i, end := range b.ends[1:] {
		if b.nodes[name[:end]] != nil {
			continue
		}
		to := b.node(name[:end])
		b.root.join(name[:end], true, to)
		for _, start := range b.ends[1 : i+1] {
			b.nodes[name[:start]].join(name[start:end], false, to)
		}
	}
	return b.nodes[name]
}

// node makes the node of a name; that of the empty name is the root.
func (b *builder) node(name string) *node {
	n := b.root
	if name != "" {
		if len(b.spare) == 0 {
			b.spare = make([]node, 1+min(len(b.slots), 63))
		}
		n, b.spare = &b.spare[0], b.spare[1:]
	}
	b.nodes[name] = n
	return n
}

// appendPrefixes appends the lengths of the beginnings of a name that are names themselves: a, a.b, a.b[0] of a.b[0].
func appendPrefixes(ends []int, name string) []int {
	ends = append(ends, 0)
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
	e := edge{label: label, to: to, last: newWord(lastWord([]byte(label), 0, len(label))), blanks: strings.Contains(label, "_")}
	if len(label) > 8 {
		e.first = newWord(binary.LittleEndian.Uint64([]byte(label)))
	}
	n.edges = append(n.edges, e)
}

func (n *node) joinIndex(i int, to *node) {
	n.indexes = append(n.indexes, indexEdge{i, to})
}

// spread makes what is wanted below any key wanted below those keys too that have edges of their own.
func (n *node) spread() {
	if n == nil || n.spreads {
		return
	}
	n.spreads = true
	for i := range n.edges {
		n.edges[i].to = merged(n.edges[i].to, n.any)
		n.edges[i].to.spread()
	}
	for _, e := range n.indexes {
		e.to.spread()
	}
	n.any.spread()
}

// index makes the chains of the nodes at and below n, so many that most keys that nobody asked for find theirs empty.
func (n *node) index() {
	if n == nil || n.chains != nil {
		return
	}
	if n.like != nil {
		n.like.index()
		n.shift, n.chains = n.like.shift, n.like.chains
		return
	}
	n.shift, n.chains = nothing.shift, nothing.chains
	if len(n.edges) > 0 {
		width := bits.Len(uint(len(n.edges))) + 5
		n.shift, n.chains = uint8(64-width), make([]uint16, 1<<width)
	}
	for i := range n.edges {
		e := &n.edges[i]
		e.to.index()
		if !isFolded(e.label) {
			continue // no key is spelled like that
		}
		first := &n.chains[hashKey(e.last.text, len(e.label))>>n.shift]
		e.next, *first = *first, uint16(i+1)
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
	m := &node{slots: slices.Concat(a.slots, b.slots), any: merged(a.any, b.any)}
	if len(a.edges)+len(a.indexes) == 0 && m.any == nil { // mostly: nothing is wanted below a
		m.edges, m.indexes, m.like = b.edges, b.indexes, b
		return m
	}
	m.edges = make([]edge, 0, len(a.edges)+len(b.edges))
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

// lastWord returns the last eight bytes of the key src[start:end], or all of a shorter one, the first of them lowest. The key is not empty
// unless end is below 8.
func lastWord(src []byte, start, end int) (last uint64) {
	if end < 8 { // at the very beginning of an event, or a key that was unescaped
		for ; end > start; end-- {
			last = last<<8 | uint64(src[end-1])
		}
		return last
	}
	missing := 8 - (end - start)
	missing &^= missing >> 63 // none of a longer one
	return binary.LittleEndian.Uint64(src[end-8:end]) >> (8 * uint(missing) % 64)
}

// hashKey hashes a key by its length and its last word: enough to turn away nearly all keys of an event that nobody asked for. Of
// each byte it takes four bits in which letters of both cases are alike, and so are the blank and the underscore.
func hashKey(last uint64, length int) uint64 {
	last = (last&(0x1f*everyByte) + everyByte) & (0x1e * everyByte)
	return (last ^ uint64(length)<<5) * 0x9E3779B97F4A7C15
}

const everyByte = 0x0101010101010101

func newWord(text uint64) word {
	w := word{text: text}
	for shift := 0; shift < 64; shift += 8 {
		if c := byte(text >> shift); 'a' <= c && c <= 'z' {
			w.letters |= 0x20 << shift
		}
	}
	return w
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

// isFolded reports whether a label is what keys are compared as.
func isFolded(label string) bool {
	for i := range len(label) {
		if foldByte[label[i]] != label[i] {
			return false
		}
	}
	return true
}

// find returns the node that the key src[start:end] leads to, nil if nothing below it is wanted. The key has no escapes and is ASCII,
// or lower-cased already.
func (n *node) find(src []byte, start, end int) *node {
	last := lastWord(src, start, end)
	for i := n.chains[hashKey(last, end-start)>>n.shift]; i > 0; {
		e := &n.edges[i-1]
		if len(e.label) == end-start && e.matches(last, src[start:end]) {
			return e.to
		}
		i = e.next
	}
	return n.any
}

// matches reports whether a key of the label's length, whose last word is given, is spelled like the label.
func (e *edge) matches(last uint64, key []byte) bool {
	if last|e.last.letters == e.last.text {
		if len(key) <= 8 {
			return true
		}
		if binary.LittleEndian.Uint64(key)|e.first.letters == e.first.text && (len(key) <= 16 || equalFold(e.label[8:], key[8:])) {
			return true
		}
	}
	return e.blanks && equalFold(e.label, key)
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
