package plan

import (
	"slices"
	"strings"

	"retrohunt/engine/agg"
)

// The columns that Options.Seen adds.
const (
	FirstSeen = "first_seen"
	LastSeen  = "last_seen"
)

// EventTime is the message time of the event in milliseconds UTC, null if it has none.
type EventTime struct{}

func (*EventTime) operands() []*Expr { return nil }
func (*EventTime) String() string    { return "time of the event" }

// seen is what yields the message times of the earliest and the latest event of a row, in the section that it is of.
type seen struct {
	section     *Section
	first, last Expr
}

// keepSeen has a group keep the times, as two functions that no name leads to.
func (b *builder) keepSeen(g *Group) {
	g.Funcs = append(g.Funcs, Func{agg.Func{Name: "min"}, FirstSeen, b.seen.first}, Func{agg.Func{Name: "max"}, LastSeen, b.seen.last})
}

// carrySeen takes the times over into the section behind the group: the last slots that the group fills.
func (b *builder) carrySeen() {
	first, last := b.section.slot(FirstSeen), b.section.slot(LastSeen)
	b.seen = &seen{b.section, &Local{first, FirstSeen}, &Local{last, LastSeen}}
}

// seenColumns are the columns to add; none where the rows are not made of events that were counted.
func (b *builder) seenColumns(own []string) (out []Column) {
	if b.seen == nil || b.seen.section != b.section || len(b.plan.Sections) == 1 { // messages show their time
		return nil
	}
	for _, c := range []Column{{FirstSeen, b.seen.first}, {LastSeen, b.seen.last}} {
		if !slices.ContainsFunc(own, func(name string) bool { return strings.EqualFold(name, c.Name) }) {
			out = append(out, c)
		}
	}
	return out
}
