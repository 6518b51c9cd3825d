package engine

import (
	"fmt"
	"strconv"
	"strings"

	"retrohunt/engine/match"
	"retrohunt/engine/plan"
)

// Condition is what an event must hold to reach a query's rows; see Query.Prefilter.
type Condition = plan.Condition

// Prefilter returns what the bytes of an event, as JSON or as read, must hold for the event to reach the query's rows or
// warnings, whatever shape it has: without it the event need not be normalized.
func (q *Query) Prefilter() Condition { return q.plan.Prefilter() }

// Prefilter tells by their bytes which events may reach the rows of one of several queries. It may be used by many goroutines.
type Prefilter struct{ literals *match.Literals }

// NewPrefilter returns the prefilter of queries, nil if there are none or every event may reach the rows of one of them.
func NewPrefilter(queries []*Query) *Prefilter {
	if len(queries) == 0 {
		return nil
	}
	var all []match.Literal
	for _, q := range queries {
		c := q.Prefilter()
		if c.Always {
			return nil
		}
		all = append(all, c.Literals...)
		for _, s := range c.Spellings {
			all = append(all, match.Literal{Text: s})
		}
	}
	return &Prefilter{match.CompileLiterals(all)}
}

// Passes reports whether an event may reach the rows. It allocates nothing.
func (p *Prefilter) Passes(event []byte) bool { return p.literals.Match(event) }

// Index returns where in b, any number of events, the first text begins that lets an event pass, -1 if there is none. It
// allocates nothing.
func (p *Prefilter) Index(b []byte) int { return p.literals.Index(b) }

// IndexLines is Index, and puts into ends the places of the first newlines of b: of as many as were met on the way.
func (p *Prefilter) IndexLines(b []byte, ends []int32) (at, noted int) {
	return p.literals.IndexLines(b, ends)
}

// explainPrefilter says what an event must hold.
func explainPrefilter(c Condition) string {
	var b strings.Builder
	b.WriteString("prefilter\n")
	switch {
	case c.Always:
		b.WriteString("  none, for this asks for no text: " + c.Why + "\n")
	case len(c.Literals) == 0:
		b.WriteString("  no event reaches the rows\n")
	}
	for _, l := range c.Literals {
		b.WriteString("  " + strconv.Quote(l.Text))
		if l.Fold {
			b.WriteString(" in any case")
		}
		fmt.Fprintf(&b, ", in 1 of %d events at a guess\n", plan.Rarity(l.Text))
	}
	if len(c.Spellings) > 0 {
		fmt.Fprintf(&b, "  or what may spell it otherwise: %q\n", c.Spellings)
	}
	return b.String()
}
