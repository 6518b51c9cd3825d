package naive

import (
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// transaction follows the messages that are in a state, from the oldest to the newest.
func (p *pipeline) transaction(s *syntax.Transaction) {
	rules := check.StateRules(s)
	var followed []*row
	state := map[*row]string{}
	for _, r := range p.inTime() {
		i := slices.IndexFunc(rules, func(rule check.StateRule) bool { return matchesText(rule.Glob, r.get(rule.Field)) })
		if i >= 0 && !slices.ContainsFunc(s.On, func(f *syntax.Field) bool { return blankValue(r.get(f.Name)) }) {
			followed, state[r] = append(followed, r), rules[i].Name
		}
	}
	after := pipeline{clock: p.clock, tables: p.tables, found: p.found, aggregated: true, sliceWidth: p.sliceWidth}
	for i, name := range check.TransactionNames(s) {
		if i < len(s.On) {
			name = p.spelling(name)
		}
		after.define(name)
	}
	if check.ByFlow(s) {
		after.rows = p.steps(s, followed, state)
	} else {
		after.rows = p.transactions(s, followed, state)
	}
	*p = after
}

// transactions makes a row of all messages with the same IDs.
func (p *pipeline) transactions(s *syntax.Transaction, followed []*row, state map[*row]string) []*row {
	var out []*row
	for _, g := range groups(s.On, followed) {
		r := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
		for i, f := range s.On {
			r.set(f.Name, value.Canonical(g.keys[i]))
		}
		for _, name := range check.StateNames(s) {
			count := int64(0)
			for _, message := range g.rows {
				if state[message] == name {
					count++
				}
			}
			r.set(name, value.OfLong(count))
		}
		var times []value.Value
		for _, message := range g.rows {
			times = append(times, message.get(check.MessageTime))
		}
		for name, sign := range map[string]int{check.StartTime: 1, check.EndTime: -1} {
			r.set(name, least(numbersOf(times), sign))
			r.set(name, eval(&syntax.Call{Name: "toLong", Args: []syntax.Expr{&syntax.Field{Name: name}}}, r))
		}
		out = append(out, r)
	}
	return slices.DeleteFunc(out, p.cutOff(s, out, func(r *row) []value.Value {
		return []value.Value{r.get(check.StartTime), r.get(check.EndTime)}
	}))
}

// steps makes a row of each message before which that with the same IDs was in another state.
func (p *pipeline) steps(s *syntax.Transaction, followed []*row, state map[*row]string) []*row {
	cut := p.cutOff(s, followed, func(r *row) (times []value.Value) {
		for _, other := range followed {
			if sameKeys(s.On, r, other) {
				times = append(times, other.get(check.MessageTime))
			}
		}
		return times
	})
	var out []*row
	for i, r := range followed {
		var before *row
		for _, other := range followed[:i] {
			if sameKeys(s.On, r, other) {
				before = other
			}
		}
		if before == nil || state[before] == state[r] || cut(r) {
			continue
		}
		step := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
		for _, f := range s.On {
			step.set(f.Name, r.get(f.Name))
		}
		from, to := before.get(check.MessageTime), r.get(check.MessageTime)
		step.set(check.FromState, value.OfString(state[before]))
		step.set(check.ToState, value.OfString(state[r]))
		step.set(check.Latency, value.Arith(value.Sub, to, from))
		step.set(check.StartTime, from)
		step.set(check.EndTime, to)
		out = append(out, step)
	}
	return out
}

// cutOff tells of rows whether their transaction is in a fringe of the searched range.
func (p *pipeline) cutOff(s *syntax.Transaction, rows []*row, timesOf func(*row) []value.Value) func(*row) bool {
	if s.Fringe == nil || s.Fringe.Int == 0 {
		return func(*row) bool { return false }
	}
	var all []value.Value
	for _, r := range rows {
		all = append(all, timesOf(r)...)
	}
	from, to, _ := moments(all)
	if !p.clock.From.IsZero() {
		from = p.clock.From.UnixMilli()
	}
	if !p.clock.To.IsZero() {
		to = p.clock.To.UnixMilli()
	}
	return func(r *row) bool {
		first, last, timed := moments(timesOf(r))
		return timed && (last < from+s.Fringe.Int || first > to-s.Fringe.Int)
	}
}

// moments returns the first and the last of those values that are times.
func moments(times []value.Value) (first, last int64, any bool) {
	for _, v := range times {
		n, ok := value.ToNumber(v)
		if !ok || n.Kind() != value.Long {
			continue
		}
		if !any {
			first, last, any = n.Long(), n.Long(), true
		}
		first, last = min(first, n.Long()), max(last, n.Long())
	}
	return first, last, any
}
