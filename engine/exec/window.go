package exec

import (
	"retrohunt/engine/agg"
	"retrohunt/engine/plan"
	"retrohunt/engine/value"
)

// window computes the column of one group of rows from the field's values, which stand in the order of the rows. What it
// returns for a row is null until it says otherwise.
type window func(column []value.Value, n int) []value.Value

var windows = map[string]window{
	"total":      total,
	"accum":      accum,
	"diff":       diff,
	"backshift":  backshift,
	"smooth":     func(column []value.Value, n int) []value.Value { return rolling("avg", column, n) },
	"rollingstd": func(column []value.Value, n int) []value.Value { return rolling("stddev", column, n) },
}

func (c *compiler) window(op *plan.Window) rowsOperator {
	x, by, compute := c.value(op.X), c.exprs(op.By), windows[op.Name]
	return func(rows [][]value.Value) [][]value.Value {
		for _, group := range partition(rows, by) {
			column := make([]value.Value, len(group))
			for i, row := range group {
				column[i] = x(&frame{slots: row})
			}
			for i, v := range compute(column, op.N) {
				group[i][op.Slot] = v
			}
		}
		return rows
	}
}

// partition returns the rows of each group, in their order.
func partition(rows [][]value.Value, by []evaluator) map[string][][]value.Value {
	out := map[string][][]value.Value{}
	var key []byte
	for _, row := range rows {
		key = appendKeys(key[:0], by, row)
		out[string(key)] = append(out[string(key)], row)
	}
	return out
}

func appendKeys(dst []byte, keys []evaluator, row []value.Value) []byte {
	for _, k := range keys {
		dst = value.AppendKey(dst, k(&frame{slots: row}))
	}
	return dst
}

// total is the sum of all rows, in each of them.
func total(column []value.Value, _ int) []value.Value {
	sum := agg.Func{Name: "sum"}.New()
	for _, v := range column {
		sum.Add(v)
	}
	out := make([]value.Value, len(column))
	for i := range out {
		out[i] = sum.Result()
	}
	return out
}

// accum is the sum so far. What is no number is skipped.
func accum(column []value.Value, _ int) []value.Value {
	out := make([]value.Value, len(column))
	sum := agg.Func{Name: "sum"}.New()
	for i, v := range column {
		if _, ok := value.ToNumber(v); ok {
			sum.Add(v)
			out[i] = sum.Result()
		}
	}
	return out
}

// diff is the number less the one before. What is no number is skipped.
func diff(column []value.Value, _ int) []value.Value {
	out := make([]value.Value, len(column))
	var before value.Value
	for i, v := range column {
		if n, ok := value.ToNumber(v); ok {
			out[i] = value.Arith(value.Sub, n, before)
			before = n
		}
	}
	return out
}

// backshift is the value n rows above, of any kind.
func backshift(column []value.Value, n int) []value.Value {
	out := make([]value.Value, len(column))
	if n < len(column) {
		copy(out[n:], column)
	}
	return out
}

// rolling is an aggregate over the last n numbers. What is no number is skipped.
func rolling(name string, column []value.Value, n int) []value.Value {
	out := make([]value.Value, len(column))
	var last []value.Value
	for i, v := range column {
		if _, ok := value.ToNumber(v); !ok {
			continue
		}
		last = append(last, v)
		if len(last) > n {
			last = last[1:]
		}
		state := agg.Func{Name: name}.New()
		for _, v := range last {
			state.Add(v)
		}
		out[i] = state.Result()
	}
	return out
}
