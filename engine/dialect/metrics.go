package dialect

import (
	"retrohunt/engine/syntax"
	"retrohunt/internal/pattern"
)

var (
	// metricSelector is the selector of a query of metrics, which stands before its first pipe: metric=CPU_Idle. Logs may have a field
	// of that name, too.
	metricSelector = pattern.New(`(?i)(?:^|[\s(])(metric\s*=)`)
	// metricForm begins a stage that queries of metrics have in this form, beside a selector: avg by host.
	metricForm = pattern.New(`(?i)^(?:(?:avg|sum|min|max|stddev)\s*(?:by\b|$)|eval\b)`)
	// metricOperator begins a stage that only queries of metrics have.
	metricOperator = pattern.New(`(?i)^(?:quantize|along|bottomk|ewma|delta|rate|histogram_quantile|timeshift)\b`)
)

// Metrics reports whether a query that is none of logs is one of Sumo's metrics, and which words say so. The two languages share
// operators, but not their forms.
func Metrics(query string) (syntax.Span, bool) {
	t := read(query)
	scope := t.split(part{0, len(t.mask)}, '|')[0]
	selector := metricSelector().FindStringSubmatchIndex(t.mark(scope))
	for _, s := range t.stages() {
		if m := metricOperator().FindString(t.mark(s)); m != "" {
			return syntax.Span{Start: s.start, End: s.start + len(m)}, true
		}
		if selector != nil && metricForm().MatchString(t.mark(s)) {
			return syntax.Span{Start: selector[2], End: selector[3]}, true
		}
	}
	return syntax.Span{}, false
}
