package exec

import (
	"iter"
	"slices"
	"strings"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
)

// trace looks at all rows twice: which values stand together, then which rows have one that hangs together with the start. In
// memory are the values, not the rows.
func (c *compiler) trace(op *plan.Trace) rowsOperator {
	x := c.value(op.X)
	if op.OneWay {
		return c.traceOneWay(op, x)
	}
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		return func(yield func(rows.Row) bool) {
			all := c.gathered(in, nil, 0)
			chains := chains{}
			for row := range all.All() {
				chains.join(traced(op, x, row))
			}
			start := chains.of(op.Start)
			for row := range all.Drain() {
				if found := traced(op, x, row); len(found) > 0 && chains.of(found[0]) == start && !yield(row) {
					return
				}
			}
		}
	}
}

// traceOneWay looks at the rows in the order of time, oldest or newest first, and those without a time last: one that has a value
// that hangs together with the start stays, and its values do from there on.
func (c *compiler) traceOneWay(op *plan.Trace, x evaluator) rowsOperator {
	time := c.value(op.Time)
	inTime := func(a, b rows.Row) int { return compareKeys(a[op.At], b[op.At], op.Forwards) }
	return func(in iter.Seq[rows.Row]) iter.Seq[rows.Row] {
		chained := func(yield func(rows.Row) bool) {
			known := map[string]bool{op.Start: true}
			for row := range c.sorted(placed(in, time, op.Place, op.At), inTime, 0) {
				found := traced(op, x, row)
				if !slices.ContainsFunc(found, func(v string) bool { return known[v] }) {
					continue
				}
				for _, v := range found {
					known[strings.Clone(v)] = true
				}
				if !yield(row) {
					return
				}
			}
		}
		return c.sorted(chained, byPlace(op.Place), 0)
	}
}

// traced returns the values in a row: what the groups of the expression hold, or, if it has none, what it matches.
func traced(op *plan.Trace, x evaluator, row rows.Row) (found []string) {
	text := x(&frame{slots: row}).Text()
	for _, match := range op.Regex.FindAllStringSubmatchIndex(text, -1) {
		if len(match) > 2 {
			match = match[2:]
		}
		for i := 0; i < len(match); i += 2 {
			if match[i] >= 0 {
				found = append(found, text[match[i]:match[i+1]])
			}
		}
	}
	return found
}

// chains are values that hang together: each points to another of its chain, the last one to itself. It holds copies, for values are
// borrowed from rows.
type chains map[string]string

// join makes one chain of those of some values.
func (c chains) join(values []string) {
	for _, v := range values {
		if _, ok := c[v]; !ok {
			v = strings.Clone(v)
			c[v] = v
		}
		c[c.of(v)] = c.of(values[0])
	}
}

// of returns the value that stands for the chain of a value, and shortens the way for whoever comes next.
func (c chains) of(v string) string {
	next, ok := c[v]
	if !ok {
		return v
	}
	for v = next; c[v] != v; v = c[v] {
		c[v] = c[c[v]]
	}
	return v
}
