package engine

// Approximation is a column of estimates, and how near they are.
type Approximation struct{ Column, Bound string }

// Approximated returns the same query, which counts distinct values and finds percentiles in bounded memory: of many values it
// estimates. The rows are still the same for any number of workers.
func (q *Query) Approximated() *Query {
	o := q.plans
	o.Approximate = true
	return q.planned(o)
}

// approximate returns the columns of estimates, by the names that they have where they are made.
func (q *Query) approximate() []Approximation {
	var out []Approximation
	for _, f := range q.plan.Approximate() {
		out = append(out, Approximation{f.Output, f.Bound()})
	}
	return out
}
