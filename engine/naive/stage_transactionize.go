package naive

import (
	"slices"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// transactionize takes the messages one by one in the order of time. Each goes on with those transactions whose newest message
// with a value in common with it lets it, and makes one of them.
func (p *pipeline) transactionize(s *syntax.Transactionize) {
	rules := check.TransactionsOf(s)
	var found [][]*row
	inTime := p.inTime()
	for _, r := range inTime {
		var mine []*row
		starts := rules.StartsWith != "" && matchesText(rules.StartsWith, r.get(check.Raw))
		for _, f := range s.Fields {
			if starts || blankValue(r.get(f.Name)) {
				continue
			}
			i := newestWith(f, r, inTime, found)
			if i >= 0 && goesOn(found[i], mine, r, rules) {
				mine = united(mine, found[i], inTime)
				found = slices.Delete(found, i, i+1)
			}
		}
		found = append(found, append(mine, r))
	}
	slices.SortFunc(found, func(a, b []*row) int { return slices.Index(inTime, a[0]) - slices.Index(inTime, b[0]) })
	number := map[*row]int64{}
	n := int64(0)
	for _, group := range found {
		orphan := !slices.ContainsFunc(s.Fields, func(f *syntax.Field) bool { return !blankValue(group[0].get(f.Name)) })
		if orphan && !rules.KeepOrphans || !orphan && !wholly(group, rules) {
			continue
		}
		n++
		first, last, _ := spanOf(group)
		for _, r := range group {
			number[r] = n
			for i, v := range []value.Value{value.OfLong(n), value.OfLong(last - first), value.OfLong(int64(len(group))), value.OfBool(orphan)} {
				r.set(check.TransactionColumns(s)[i], v)
			}
		}
	}
	for _, name := range check.TransactionColumns(s) {
		p.define(name)
	}
	p.rows = slices.DeleteFunc(p.rows, func(r *row) bool { return number[r] == 0 })
	if s.Merge != nil {
		var by []*syntax.Field
		for _, name := range check.TransactionColumns(s) {
			by = append(by, &syntax.Field{Name: name})
		}
		p.mergeBy(by, s.Merge)
	}
}

// matchesText reports whether a glob covers a value's text; there is no glob that covers null.
func matchesText(pattern string, v value.Value) bool { return !v.IsNull() && glob(pattern, v.Text()) }

// blankValue reports whether a value ties nothing together.
func blankValue(v value.Value) bool { return v.IsNull() || v.Kind() == value.String && v.Str() == "" }

// inTime returns the rows from the oldest to the newest, then those without a time; of one time as they are.
func (p *pipeline) inTime() []*row {
	oldest := []syntax.SortKey{{Field: &syntax.Field{Name: check.MessageTime}, Asc: true}}
	out := slices.Clone(p.rows)
	slices.SortStableFunc(out, func(a, b *row) int {
		switch {
		case before(oldest, a, b):
			return -1
		case before(oldest, b, a):
			return 1
		}
		return 0
	})
	return out
}

func timeOf(r *row) (ms int64, ok bool) {
	n, ok := value.ToNumber(r.get(check.MessageTime))
	return n.Long(), ok && n.Kind() == value.Long
}

// spanOf returns the times of the first and the last message that have one.
func spanOf(group []*row) (first, last int64, timed bool) {
	for _, r := range group {
		at, ok := timeOf(r)
		switch {
		case !ok:
			continue
		case !timed:
			first, last, timed = at, at, true
		}
		first, last = min(first, at), max(last, at)
	}
	return first, last, timed
}

// newestWith returns the index of the transaction with the newest message that has the row's value in a field, -1 if there is none.
func newestWith(f *syntax.Field, r *row, inTime []*row, found [][]*row) int {
	for i := slices.Index(inTime, r) - 1; i >= 0; i-- {
		if value.Compare(inTime[i].get(f.Name), r.get(f.Name)) == 0 {
			return slices.IndexFunc(found, func(group []*row) bool { return slices.Contains(group, inTime[i]) })
		}
	}
	return -1
}

// goesOn reports whether a message may be in a transaction that also takes in mine.
func goesOn(group, mine []*row, r *row, rules check.Transactions) bool {
	at, timed := timeOf(r)
	_, last, hasLast := spanOf(group)
	first, _, hasFirst := spanOf(append(slices.Clone(group), mine...))
	switch {
	case rules.EndsWith != "" && matchesText(rules.EndsWith, group[len(group)-1].get(check.Raw)):
		return false
	case rules.MaxLogs > 0 && int64(len(group)+len(mine)) >= rules.MaxLogs:
		return false
	case timed && hasLast && rules.MaxPause >= 0 && at-last > rules.MaxPause:
		return false
	}
	return !timed || !hasFirst || rules.MaxSpan < 0 || at-first <= rules.MaxSpan
}

// united returns the messages of two transactions in the order of time.
func united(a, b []*row, inTime []*row) []*row {
	out := append(slices.Clone(a), b...)
	slices.SortFunc(out, func(x, y *row) int { return slices.Index(inTime, x) - slices.Index(inTime, y) })
	return out
}

// wholly reports whether a transaction begins and ends as it must.
func wholly(group []*row, rules check.Transactions) bool {
	return (!rules.StrictlyStarts || matchesText(rules.StartsWith, group[0].get(check.Raw))) &&
		(!rules.StrictlyEnds || matchesText(rules.EndsWith, group[len(group)-1].get(check.Raw)))
}
