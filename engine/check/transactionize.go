package check

import (
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// transactionColumns are what transactionize puts behind its alias for the columns that it adds. The reference lists them; a
// fifth, _group_signature, it calls deprecated.
var transactionColumns = []string{"", "_duration", "_size", "_orphaned"}

// TransactionColumns returns the names of the columns that a transactionize adds: the number of the transaction, how many
// milliseconds lie between its first and last message, how many messages it has, and whether it is one message that has none
// of the fields.
func TransactionColumns(t *syntax.Transactionize) []string {
	alias := "_group"
	if t.As != nil {
		alias = t.As.Name
	}
	var out []string
	for _, suffix := range transactionColumns {
		out = append(out, alias+suffix)
	}
	return out
}

// Transactions is what ends a transaction, and which are left out.
type Transactions struct {
	MaxSpan, MaxPause            int64  // milliseconds; -1: any
	MaxLogs                      int64  // messages; 0: any number
	StartsWith, EndsWith         string // globs over the message; "": none
	StrictlyStarts, StrictlyEnds bool
	KeepOrphans                  bool
}

// TransactionsOf returns the rules of a transactionize.
func TransactionsOf(t *syntax.Transactionize) Transactions {
	out := Transactions{MaxSpan: -1, MaxPause: -1, KeepOrphans: t.KeepOrphans == nil || t.KeepOrphans.Value}
	if t.MaxSpan != nil {
		out.MaxSpan = t.MaxSpan.Int
	}
	if t.MaxPause != nil {
		out.MaxPause = t.MaxPause.Int
	}
	if t.MaxLogs != nil {
		out.MaxLogs = t.MaxLogs.Int
	}
	if t.StartsWith != nil {
		out.StartsWith, out.StrictlyStarts = "*"+t.StartsWith.Text.Value+"*", t.StartsWith.Strict
	}
	if t.EndsWith != nil {
		out.EndsWith, out.StrictlyEnds = "*"+t.EndsWith.Text.Value+"*", t.EndsWith.Strict
	}
	return out
}

func (c *checker) transactionize(t *syntax.Transactionize) {
	c.ahead(t.Span, "transactionize")
	for _, f := range t.Fields {
		c.field(f)
	}
	c.timespan("maxSpan", t.MaxSpan)
	c.timespan("maxPause", t.MaxPause)
	if n := t.MaxLogs; n != nil && (!n.IsInt || n.Int < 1) {
		c.mistake(n.Span, "maxLogs takes a whole number from 1, not "+n.Text, "")
	}
	for _, name := range TransactionColumns(t) {
		c.columns.define(name)
	}
	if t.Merge != nil {
		c.merged(t.Merge, TransactionColumns(t))
	}
}

// timespan checks a time: a whole number of a unit.
func (c *checker) timespan(option string, n *syntax.Number) {
	if n == nil {
		return
	}
	unit := strings.TrimLeft(n.Text, "0123456789")
	if !n.IsInt || unit == "" || !strings.Contains(" ms s m h d w ", " "+unit+" ") {
		c.mistake(n.Span, option+" takes a time, not "+n.Text, "for example: 500ms, 30s, 5m, 1h")
	}
}

// ahead reports an operator that stands behind an aggregate, where there are no messages any more.
func (c *checker) ahead(at syntax.Span, operator string) {
	if !c.columns.open && !c.lost {
		c.unsupported(at, operator+" behind an aggregate", catalog.Planned, "put it before the aggregate: it works on messages, and there are none behind")
	}
}
