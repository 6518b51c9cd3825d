package match

import (
	"slices"

	"retrohunt/engine/match/literal"
)

// Literal is a text that is looked for as it is, or in any case of its ASCII letters.
type Literal = literal.Literal

// Literals looks for many literals at once, by one kernel of package literal or two.
type Literals struct {
	anywhere bool // one is empty
	kernels  []kernel
	overlap  int // of blocks: the longest literal but its first byte
}

type kernel interface{ Index(b []byte) int }

// block is how much each of two kernels looks at in turn: where one finds nothing, it does not look far beyond what the other finds.
const block = 4096

const (
	// mostForVectors is up to how many literals it is worth asking Teddy.
	mostForVectors = 128
	// mostCandidates is the estimated part of the places where Teddy must look closer at which Grams is as fast, as measured:
	// docs/performance.md. Words are rarely as rare as their letters, and it is more.
	mostCandidates = 1.0 / 40
)

// CompileLiterals compiles a set of literals; an empty text stands in every text.
func CompileLiterals(list []Literal) *Literals { return compileLiterals(list, literal.Available()) }

func compileLiterals(list []Literal, vectors literal.Vectors) *Literals {
	l := &Literals{}
	var short, long []Literal
	for _, lit := range distinct(list) {
		l.overlap = max(l.overlap, len(lit.Text)-1)
		switch {
		case lit.Text == "":
			l.anywhere = true
		case len(lit.Text) < literal.ShortestGram:
			short = append(short, lit)
		default:
			long = append(long, lit)
		}
	}
	if all := slices.Concat(short, long); l.byVectors(all, vectors) {
		return l
	}
	if len(short) > 0 && !l.byVectors(short, vectors) {
		l.kernels = append(l.kernels, literal.NewShort(short))
	}
	if len(long) > 0 {
		l.kernels = append(l.kernels, literal.NewGrams(long))
	}
	return l
}

// byVectors adds Teddy for literals, and reports whether it is the best for them.
func (l *Literals) byVectors(list []Literal, vectors literal.Vectors) bool {
	if vectors == literal.None || len(list) == 0 || len(list) > mostForVectors {
		return false
	}
	teddy := literal.NewTeddy(list, vectors)
	if teddy.Candidates() > mostCandidates {
		return false
	}
	l.kernels = append(l.kernels, teddy)
	return true
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

// Match reports whether one of the literals stands in b.
func (l *Literals) Match(b []byte) bool { return l.Index(b) >= 0 }

// Index returns where in b the first begins of the literals that stand in b, or -1 if none does.
func (l *Literals) Index(b []byte) int {
	switch {
	case l.anywhere:
		return 0
	case len(l.kernels) == 0:
		return -1
	case len(l.kernels) == 1:
		return l.kernels[0].Index(b)
	}
	for from := 0; from < len(b); from += block {
		first := block
		for _, k := range l.kernels {
			if at := k.Index(b[from:min(len(b), from+block+l.overlap)]); at >= 0 {
				first = min(first, at)
			}
		}
		if first < block {
			return from + first
		}
	}
	return -1
}

// IndexLines is Index, and puts into ends the places of the first newlines of b, in order: of as many as it met on its way and ends had
// room for, which may be some behind the literal, and may be none. noted is how many.
func (l *Literals) IndexLines(b []byte, ends []int32) (at, noted int) {
	if len(l.kernels) == 1 && !l.anywhere {
		if teddy, ok := l.kernels[0].(*literal.Teddy); ok {
			return teddy.IndexLines(b, ends)
		}
	}
	return l.Index(b), 0
}
