package match

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
)

// Literal is a text that is looked for as it is, or in any case of its ASCII letters.
type Literal struct {
	Text string
	Fold bool // ASCII letters in any case; Text is in lower case
}

// Literals looks for many literals at once. Each has an anchor, a stretch as long as the shortest of them; the text is sampled
// at such a distance that three bytes of the anchor are sure to be sampled where the literal stands. A table of hashes says
// which literals may stand around a sample, mostly none. Literals of less than four bytes are looked for one by one.
type Literals struct {
	all     []Literal
	longest int // of them, in bytes
	short   [][]byte
	stride  int // 0: all are short
	table   *[1 << tableBits]uint16
	nearby  [][]anchored // by what the table holds, from 1 on
}

// anchored is a literal that holds the sampled bytes at an offset.
type anchored struct {
	literal Literal
	offset  int
}

const (
	tableBits = 14
	maxStride = 8
	unrolled  = 8
)

// CompileLiterals compiles a set of literals; an empty text stands in every text.
func CompileLiterals(list []Literal) *Literals {
	list = distinct(list)
	l := &Literals{all: list}
	shortest := maxStride + 2
	var long []Literal
	for _, lit := range list {
		l.longest = max(l.longest, len(lit.Text))
		if len(lit.Text) < 4 {
			l.short = append(l.short, spellings(lit)...)
			continue
		}
		long = append(long, lit)
		shortest = min(shortest, len(lit.Text))
	}
	if long == nil {
		return l
	}
	l.stride = shortest - 2
	l.table = new([1 << tableBits]uint16)
	l.nearby = [][]anchored{nil}
	for _, lit := range long {
		start := rarest(lit.Text, shortest)
		for offset := start; offset < start+l.stride; offset++ {
			for _, gram := range spellings(Literal{lit.Text[offset : offset+3], lit.Fold}) {
				l.put(gram, anchored{lit, offset})
			}
		}
	}
	return l
}

func distinct(list []Literal) (out []Literal) {
	seen := map[Literal]bool{}
	for _, lit := range list {
		if !seen[lit] {
			seen[lit], out = true, append(out, lit)
		}
	}
	return out
}

func (l *Literals) put(gram []byte, a anchored) {
	slot := &l.table[hash(binary.LittleEndian.Uint32(append(gram, 0)))]
	if *slot == 0 {
		*slot = uint16(len(l.nearby))
		l.nearby = append(l.nearby, nil)
	}
	l.nearby[*slot] = append(l.nearby[*slot], a)
}

// hash is of the lower three bytes of x: the factor pushes the fourth out.
func hash(x uint32) uint32 { return x * (0x9e3779 << 8) >> (32 - tableBits) }

// spellings returns a short literal in all its cases.
func spellings(lit Literal) [][]byte {
	out := [][]byte{[]byte(lit.Text)}
	for i := 0; lit.Fold && i < len(lit.Text); i++ {
		if c := lit.Text[i]; 'a' <= c && c <= 'z' {
			for _, s := range out {
				upper := bytes.Clone(s)
				upper[i] = c - 'a' + 'A'
				out = append(out, upper)
			}
		}
	}
	return out
}

// Match reports whether one of the literals stands in b.
func (l *Literals) Match(b []byte) bool {
	if l.shortIn(b) {
		return true
	}
	switch l.stride {
	case 0:
		return false
	case 2:
		return l.scanByTwo(b)
	}
	return l.scanFrom(b, 0)
}

// Index returns where the first of the literals begins in b, -1 if none stands in it.
func (l *Literals) Index(b []byte) int {
	const step = 2 << 10
	for from := 0; from == 0 || from < len(b); from += step {
		if l.Match(b[from:min(len(b), from+step+l.longest)]) {
			return from + l.first(b[from:min(len(b), from+step+2*l.longest)]) // as far as one that begins before may reach
		}
	}
	return -1
}

// first is Index where there is one.
func (l *Literals) first(b []byte) int {
	end := sort.Search(len(b), func(n int) bool { return l.Match(b[:n]) }) // of the one that ends first
	for i := max(0, end-l.longest); ; i++ {
		if slices.ContainsFunc(l.all, func(lit Literal) bool { return anchored{literal: lit}.standsAt(b, i) }) {
			return i
		}
	}
}

// shortIn looks for the first byte of the short literals first, which seldom stands in a text, and once for those that share it.
func (l *Literals) shortIn(b []byte) bool {
	absent := -1
	for _, s := range l.short {
		if len(s) == 0 {
			return true
		}
		if int(s[0]) == absent {
			continue
		}
		i := bytes.IndexByte(b, s[0])
		if i < 0 {
			absent = int(s[0])
		} else if bytes.Contains(b[i:], s) {
			return true
		}
	}
	return false
}

// scanByTwo is scanFrom for the frequent distance, with what it needs not look up as constants.
func (l *Literals) scanByTwo(b []byte) bool {
	t := l.table
	const step = 2 * unrolled
	i := 0
	for ; i+step+2 <= len(b); i += step {
		w := b[i : i+step+2 : i+step+2]
		found := t[hash(binary.LittleEndian.Uint32(w[0:]))] | t[hash(binary.LittleEndian.Uint32(w[2:]))] |
			t[hash(binary.LittleEndian.Uint32(w[4:]))] | t[hash(binary.LittleEndian.Uint32(w[6:]))] |
			t[hash(binary.LittleEndian.Uint32(w[8:]))] | t[hash(binary.LittleEndian.Uint32(w[10:]))] |
			t[hash(binary.LittleEndian.Uint32(w[12:]))] | t[hash(binary.LittleEndian.Uint32(w[14:]))]
		if found != 0 && l.around(b, i, unrolled) {
			return true
		}
	}
	return l.scanFrom(b, i)
}

// scanFrom samples b from i on.
func (l *Literals) scanFrom(b []byte, i int) bool {
	t, stride := l.table, l.stride
	for ; i+3*stride+4 <= len(b); i += 4 * stride {
		found := t[hash(binary.LittleEndian.Uint32(b[i:]))] | t[hash(binary.LittleEndian.Uint32(b[i+stride:]))] |
			t[hash(binary.LittleEndian.Uint32(b[i+2*stride:]))] | t[hash(binary.LittleEndian.Uint32(b[i+3*stride:]))]
		if found != 0 && l.around(b, i, 4) {
			return true
		}
	}
	return i+3 <= len(b) && l.around(b, i, (len(b)-3-i)/stride+1)
}

// around reports whether a literal stands around one of n samples from i on.
func (l *Literals) around(b []byte, i, n int) bool {
	for ; n > 0; i, n = i+l.stride, n-1 {
		x := uint32(b[i]) | uint32(b[i+1])<<8 | uint32(b[i+2])<<16
		for _, a := range l.nearby[l.table[hash(x)]] {
			if a.standsAt(b, i-a.offset) {
				return true
			}
		}
	}
	return false
}

func (a anchored) standsAt(b []byte, start int) bool {
	text := a.literal.Text
	if start < 0 || start+len(text) > len(b) {
		return false
	}
	if !a.literal.Fold {
		return string(b[start:start+len(text)]) == text
	}
	for i, c := range b[start : start+len(text)] {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != text[i] {
			return false
		}
	}
	return true
}

// byFrequency are the bytes of logs, the most frequent first.
const byFrequency = `"e,:tiaonr0s-1cdl2 p4m53u8679.fbhg{}_vyk/w\TSIEAxCDPRNMUWjzLqOFBVHGKXQYJZ()=$@+*;&%#?!~|[]<>^`

// rarest returns where the stretch of n bytes begins that logs hold least.
func rarest(text string, n int) (start int) {
	best := -1
	for i := 0; i+n <= len(text); i++ {
		rarity := 0
		for j := i; j < i+n; j++ {
			if at := strings.IndexByte(byFrequency, text[j]); at >= 0 {
				rarity += at
			} else {
				rarity += len(byFrequency)
			}
		}
		if rarity > best {
			best, start = rarity, i
		}
	}
	return start
}
