// Package dialect knows constructs of other query languages, KQL's and SPL's, that people write in Sumo queries and that public pages
// show as such, and what Sumo Logic has instead; the curly quotes that pages and mails make of straight ones; and queries of metrics.
//
// It looks at texts, for these are no trees of the language: it finds a construct by its words and brackets, never within texts in
// quotes, regular expressions and comments. It runs nothing, and leaves alone what it does not know.
package dialect

import (
	"cmp"
	"slices"
	"strings"

	"retrohunt/engine/syntax"
)

// Finding is a construct of another language.
type Finding struct {
	Span syntax.Span
	What string // what it is, as it is called there
	New  string // what Sumo Logic has instead; "" if that depends on more than the text says
	// Certain says that New means the same, whatever the events. Otherwise New is a proposal.
	Certain bool
	Hint    string // what to write, if New is ""
}

// Find returns the constructs in a query in the order of their places. One may lie within another.
func Find(query string) []Finding {
	t := read(query)
	out := t.quotes()
	for _, s := range t.stages() {
		out = append(out, t.stage(s)...)
		out = append(out, t.expressions(s)...)
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	return out
}

// maxRounds keeps Rewrite finite, whatever a rewrite makes. So does the length of a query, for coalesce writes its arguments twice.
const maxRounds = 200

// Rewrite returns the query with everything in Sumo's form of which the meaning is certain, and what was rewritten: the text before
// and after.
func Rewrite(query string) (out string, done []Finding) {
	for range maxRounds {
		found := Find(query)
		i := innermost(found)
		if i < 0 {
			break
		}
		f := found[i]
		if len(query)+len(f.New) > syntax.MaxQuery {
			break
		}
		query = query[:f.Span.Start] + f.New + query[f.Span.End:]
		done = append(done, f)
	}
	return query, done
}

// innermost returns a finding that is certain and holds no other such, -1 if there is none.
func innermost(found []Finding) int {
	best := -1
	for i, f := range found {
		if f.Certain && (best < 0 || f.Span.Start >= found[best].Span.Start && f.Span.End <= found[best].Span.End) {
			best = i
		}
	}
	return best
}

// Hint returns what to write at a place of a query where a mistake was found.
func Hint(found []Finding, at syntax.Span) (hint string, ok bool) {
	best := -1
	for i, f := range found {
		if at.Start < f.Span.End && f.Span.Start < max(at.End, at.Start+1) && (best < 0 || f.Span.End-f.Span.Start <= found[best].Span.End-found[best].Span.Start) {
			best = i
		}
	}
	switch {
	case best < 0:
		return "", false
	case found[best].New != "":
		return "write: " + strings.Join(strings.Fields(found[best].New), " "), true
	}
	return found[best].Hint, true
}
