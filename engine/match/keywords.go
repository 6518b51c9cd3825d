package match

import (
	"unicode/utf8"
)

// Keywords are phrases of which a message may hold any: as many as a subquery finds. Each is looked for only in a message that has
// the term which tells it best from the others, so the time goes with the terms of the message and not with the phrases.
type Keywords struct {
	byTerm  map[string][]Keyword // folded
	longest int                  // of these terms, in bytes
	others  []Keyword            // that have no term of their own
}

// CompileKeywords compiles them.
func CompileKeywords(list []Keyword) *Keywords {
	k := &Keywords{byTerm: map[string][]Keyword{}}
	having := map[string]int{}
	for _, one := range list {
		for _, term := range one.terms() {
			having[term]++
		}
	}
	for _, one := range list {
		best := ""
		for _, term := range one.terms() {
			if best == "" || having[term] < having[best] || having[term] == having[best] && len(term) > len(best) {
				best = term
			}
		}
		if best == "" {
			k.others = append(k.others, one)
			continue
		}
		k.byTerm[best] = append(k.byTerm[best], one)
		k.longest = max(k.longest, len(best))
	}
	return k
}

// terms returns the terms that a message with a phrase has, folded: a term is whole in it, for a phrase begins and ends with terms.
// Of a word, which may have wildcards, there are none.
func (k Keyword) terms() []string {
	if !k.phrase {
		return nil
	}
	var out []string
	term := ""
	for _, p := range append(k.parts[:len(k.parts):len(k.parts)], blank) {
		if p.inTerm() {
			term += string(rune(p))
		} else if term != "" {
			out, term = append(out, term), ""
		}
	}
	return out
}

// Match reports whether one of them stands in raw.
func (k *Keywords) Match(raw []byte) bool {
	for _, one := range k.others {
		if one.Match(raw) {
			return true
		}
	}
	var space [64]byte
	term := space[:0]
	for at := 0; at <= len(raw); {
		r, size := utf8.DecodeRune(raw[at:])
		at += max(size, 1)
		if r = fold(r); size > 0 && isTerm(r) {
			if len(term) <= k.longest {
				term = utf8.AppendRune(term, r)
			}
			continue
		}
		if len(term) > 0 {
			for _, one := range k.byTerm[string(term)] {
				if one.Match(raw) {
					return true
				}
			}
			term = term[:0]
		}
	}
	return false
}
