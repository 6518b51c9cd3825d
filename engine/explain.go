package engine

import (
	"fmt"
	"strings"
)

// Explain prints what the query was compiled to: its scope, the fields to extract from an event, the operators, the
// columns, the literals that it looks for, what an event must hold to be looked into at all,
// what lookup * stands for, which ranges of time it compares, where the rows are stored, whether the order of messages matters, and the same of its subqueries.
func (q *Query) Explain() string {
	var b strings.Builder
	b.WriteString(q.plan.Dump())
	if literals := q.plan.Literals(); len(literals) > 0 {
		b.WriteString("literals\n")
		for _, l := range literals {
			b.WriteString("  " + l + "\n")
		}
	}
	if q.info.Unread {
		b.WriteString("lookup *\n  stands for the columns that the query names, until its table is given\n")
	}
	if s := q.Saves(); s != nil {
		b.WriteString("rows are stored\n  " + s.String() + "\n")
	}
	b.WriteString(explainPrefilter(q.Prefilter()))
	if ranges := q.plan.ExplainRange(); ranges != "" {
		b.WriteString("range of time\n  " + ranges + "\n")
	}
	b.WriteString("order of messages\n  " + q.plan.ExplainOrder() + "\n")
	if estimates := q.approximate(); len(estimates) > 0 {
		b.WriteString("approximate\n")
		for _, a := range estimates {
			b.WriteString("  " + a.Column + ": " + a.Bound + "\n")
		}
	}
	for i, s := range q.subqueries {
		fmt.Fprintf(&b, "subquery %d, asked first%s\n", i+1, s.explainRange())
		for line := range strings.Lines(s.Query.Explain()) {
			b.WriteString("  " + line)
		}
	}
	return b.String()
}
