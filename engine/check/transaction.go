package check

import "retrohunt/engine/syntax"

// The columns that transaction makes beside its IDs and its states: when the first and the last message were, in milliseconds;
// by flow, from which state to which a transaction went, and how many milliseconds lie between.
const (
	StartTime = "_start_time"
	EndTime   = "_end_time"
	FromState = "fromstate"
	ToState   = "tostate"
	Latency   = "latency"
)

// ByFlow reports whether the rows of a transaction are steps from state to state, not transactions.
func ByFlow(t *syntax.Transaction) bool { return t.Results == "flow" }

// StateRule says that a message is in a state where a glob covers the text of a field.
type StateRule struct{ Name, Field, Glob string }

// StateRules returns the rules of a transaction, of which the first that a message meets counts. A listed state is the text of a
// field; of the message, where no field is given, it is a part. Several rules may be of one state, whose name is the first one.
func StateRules(t *syntax.Transaction) []StateRule {
	var out []StateRule
	var names columns
	for _, s := range t.States {
		r := StateRule{Field: Raw}
		if s.Listed != nil {
			r.Name, r.Glob = s.Listed.Name, "*"+s.Listed.Name+"*"
			if t.In != nil {
				r.Field, r.Glob = t.In.Name, s.Listed.Name
			}
		} else if r.Glob = s.Pattern.Value; s.In != nil {
			r.Field = s.In.Name
		}
		if s.As != nil {
			r.Name = s.As.Name
		}
		names.define(r.Name)
		r.Name = names.spelling(r.Name)
		out = append(out, r)
	}
	return out
}

// StateNames returns the names of the states.
func StateNames(t *syntax.Transaction) []string {
	var names columns
	for _, r := range StateRules(t) {
		names.define(r.Name)
	}
	return names.names
}

// TransactionNames returns the names of the columns behind a transaction.
func TransactionNames(t *syntax.Transaction) []string {
	names := FieldNames(t.On)
	if ByFlow(t) {
		return append(names, FromState, ToState, Latency, StartTime, EndTime)
	}
	return append(append(names, StateNames(t)...), StartTime, EndTime)
}

func (c *checker) transaction(t *syntax.Transaction) {
	c.ahead(t.Span, "transaction")
	for _, f := range t.On {
		c.field(f)
	}
	if t.In != nil {
		c.field(t.In)
	}
	for _, s := range t.States {
		if s.In != nil {
			c.field(s.In)
		}
	}
	c.timespan("fringe", t.Fringe)
	var after columns
	for i, name := range TransactionNames(t) {
		if after.find(name) >= 0 {
			c.mistake(t.Span, "transaction makes two columns "+name, "give a state another name: … as name")
		}
		if i < len(t.On) {
			name = c.columns.spelling(name)
		}
		after.define(name)
	}
	c.columns, c.lost, c.unkeyed = after, false, "transaction"
}
