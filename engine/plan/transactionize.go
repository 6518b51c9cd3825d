package plan

import (
	"fmt"

	"retrohunt/engine/check"
	"retrohunt/engine/match"
	"retrohunt/engine/syntax"
)

// Transactions is what ends a transaction, and which are left out.
type Transactions = check.Transactions

// Transactionize tells of each message which transaction it is in: that of one before, in the order of Time, with the same value
// in one of Fields.
type Transactionize struct {
	Fields       []Expr
	Time         Expr // milliseconds
	Starts, Ends Expr // whether the message begins, or ends, a transaction; nil: none does
	Transactions
	Slots     []int // of check.TransactionColumns
	Place, At int   // slots for the message's place among the others and its time
	Merged    bool  // the messages are wanted in the order of time
	Output    string
}

func (op *Transactionize) expressions() []*Expr {
	out := append(pointers(op.Fields), &op.Time)
	for _, x := range []*Expr{&op.Starts, &op.Ends} {
		if *x != nil {
			out = append(out, x)
		}
	}
	return out
}

func (op *Transactionize) String() string {
	out := fmt.Sprintf("%s#%d… = transactions by %s", op.Output, op.Slots[0], join(op.Fields, " or "))
	note := func(on bool, format string, args ...any) {
		if on {
			out += fmt.Sprintf(format, args...)
		}
	}
	note(op.MaxSpan >= 0, ", no longer than %d ms", op.MaxSpan)
	note(op.MaxPause >= 0, ", no pause longer than %d ms", op.MaxPause)
	note(op.MaxLogs > 0, ", of at most %d", op.MaxLogs)
	note(op.Starts != nil, ", which begin where %s", op.Starts)
	note(op.Ends != nil, ", which end where %s", op.Ends)
	note(op.StrictlyStarts, ", those only that begin so")
	note(op.StrictlyEnds, ", those only that end so")
	note(!op.KeepOrphans, ", without orphans")
	return out
}

func (b *builder) transactionize(s *syntax.Transactionize) {
	columns, rules := check.TransactionColumns(s), check.TransactionsOf(s)
	op := &Transactionize{
		Fields: b.fieldsOf(s.Fields), Time: b.field(check.MessageTime), Transactions: rules, Merged: s.Merge != nil, Output: columns[0],
		Starts: b.boundary(rules.StartsWith), Ends: b.boundary(rules.EndsWith),
		Place: b.section.slot("place"), At: b.section.slot("time"),
	}
	for _, name := range columns {
		op.Slots = append(op.Slots, b.made(name))
	}
	b.op(op)
	if s.Merge != nil {
		var keys []Column
		for _, name := range columns {
			keys = append(keys, Column{name, b.field(name)})
		}
		b.mergeBy(keys, s.Merge)
	}
}

// boundary is the condition that a message is where a transaction begins or ends, nil without a glob.
func (b *builder) boundary(glob string) Expr {
	if glob == "" {
		return nil
	}
	return &Glob{b.field(check.Raw), match.CompileGlob(glob)}
}
