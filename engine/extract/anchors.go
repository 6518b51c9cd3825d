package extract

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"retrohunt/engine/value"
)

// Anchors is the pattern of parse "user=* from *": fixed texts, and a star for each value between them. Of several such
// texts all must be found, each for itself.
type Anchors struct {
	terms   [][]string // around the stars: one more than there are
	sources []string
}

// The mistakes in a text of anchors.
var (
	ErrNoStar   = errors.New("the pattern has no *")
	ErrTwoStars = errors.New("two * stand side by side: nothing tells where the first one ends")
)

// NewAnchors reads patterns, which are literal but for the stars. Its error is about the pattern at the returned place.
func NewAnchors(patterns []string) (p *Anchors, wrong int, err error) {
	p = &Anchors{sources: patterns}
	for i, pattern := range patterns {
		switch {
		case !strings.Contains(pattern, "*"):
			return nil, i, ErrNoStar
		case strings.Contains(pattern, "**"):
			return nil, i, ErrTwoStars
		}
		p.terms = append(p.terms, strings.Split(pattern, "*"))
	}
	return p, 0, nil
}

// Texts returns the anchors, all of which stand in a text in which the pattern is found.
func (p *Anchors) Texts() []string { return slices.Concat(p.terms...) }

func (p *Anchors) Finder() Finder { return p }
func (p *Anchors) String() string { return "anchors " + quoted(p.sources) }

// Find looks for the anchors of each term.
func (p *Anchors) Find(text string, found []value.Value) bool {
	rest := found
	for _, parts := range p.terms {
		if !between(text, parts, rest) {
			clear(found)
			return false
		}
		rest = rest[len(parts)-1:]
	}
	return true
}

// between looks for anchors one behind the other, each as early as it stands: what lies between is the shortest there is.
// A star at the end takes the rest of the text.
func between(text string, parts []string, found []value.Value) bool {
	i := strings.Index(text, parts[0])
	if i < 0 {
		return false
	}
	rest := text[i+len(parts[0]):]
	for n, anchor := range parts[1:] {
		i := len(rest)
		if anchor != "" {
			i = strings.Index(rest, anchor)
		}
		if i < 0 {
			return false
		}
		found[n] = value.OfString(rest[:i])
		rest = rest[i+len(anchor):]
	}
	return true
}

// quoted shows sources: "a", "b".
func quoted(sources []string) string {
	var out []string
	for _, s := range sources {
		out = append(out, strconv.Quote(s))
	}
	return strings.Join(out, ", ")
}
