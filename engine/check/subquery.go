package check

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
	"retrohunt/internal/pattern"
)

// How many rows of a subquery a condition is made of (docs/search/subqueries).
const (
	defaultResults = 2_500
	maxResults     = 10_000
)

// Results returns how many different rows of a subquery its condition takes.
func Results(s *syntax.Subquery) int {
	if s.Compose.MaxResults == nil {
		return defaultResults
	}
	return int(s.Compose.MaxResults.Int)
}

// SubqueryRows returns the query whose rows the condition of a subquery is made of: the first columns are the fields that it
// composes. Of messages each combination of values is one row.
func SubqueryRows(s *syntax.Subquery) *syntax.Query {
	q := *s.Query
	fields := s.Compose.Fields
	if slices.ContainsFunc(q.Stages, aggregates) {
		q.Stages = append(slices.Clone(q.Stages), &syntax.Fields{Span: s.Compose.Span, Names: fields})
		return &q
	}
	count := &syntax.AggCall{Span: s.Compose.Span, Name: "count", NameSpan: s.Compose.Span, As: &syntax.Field{Name: "_count"}}
	for slices.ContainsFunc(fields, func(f *syntax.Field) bool { return strings.EqualFold(f.Name, count.As.Name) }) {
		count.As.Name = "_" + count.As.Name
	}
	q.Stages = append(slices.Clone(q.Stages), &syntax.Aggregate{Span: s.Compose.Span, Funcs: []*syntax.AggCall{count}, By: fields})
	return &q
}

// aggregates reports whether a stage makes rows of messages.
func aggregates(s syntax.Stage) bool {
	switch s := s.(type) {
	case *syntax.Aggregate:
		return true
	case *syntax.Top:
		return len(s.By) == 0
	}
	return false
}

// subquery checks the query within, that it leaves the fields that are composed, and that the query around it has the fields where the condition is an expression.
func (c *checker) subquery(s *syntax.Subquery, expression bool) {
	if c.tableless {
		c.unsupported(s.Span, "a subquery in a condition over rows", catalog.Planned, "put it into the query, as | where [subquery: …]")
		return
	}
	child := newChecker(c.stars)
	child.query(SubqueryRows(s))
	c.errs, c.warnings = append(c.errs, child.errs...), append(c.warnings, child.warnings...)
	if n := s.Compose.MaxResults; n != nil && (!n.IsInt || n.Int < 1 || n.Int > maxResults) {
		c.mistake(n.Span, "maxresults takes a whole number from 1 to 10,000, not "+n.Text, "")
	}
	for _, m := range []*syntax.Moment{s.From, s.To} {
		if m == nil {
			continue
		}
		if _, ok := ParseMoment(m.Text, time.Time{}, time.UTC); !ok {
			c.mistake(m.Span, strconv.Quote(m.Text)+" is no time", "for example: -15m, 2018/07/08 23:13:36, or milliseconds since 1970")
		}
	}
	switch {
	case !expression:
	case s.Compose.Keywords:
		c.mistake(s.Compose.Span, "keywords are looked for in the scope only", "leave keywords away, or put the subquery before the first pipe")
	default:
		for _, f := range s.Compose.Fields {
			c.field(f)
		}
	}
}

var (
	relativeMoment = pattern.New(`^-(\d{1,4})([smhdw])$`)
	epochMoment    = pattern.New(`^\d{9,14}$`)
	momentUnits    = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
)

// ParseMoment reads an end of a subquery's range of time: before a moment, in milliseconds since 1970, or a date and a time of day,
// of which the year may lack: it is that of the moment then.
func ParseMoment(text string, before time.Time, zone *time.Location) (time.Time, bool) {
	if m := relativeMoment().FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1]) // four digits
		return before.Add(-time.Duration(n) * momentUnits[m[2]]), true
	}
	if epochMoment().MatchString(text) {
		ms, _ := strconv.ParseInt(text, 10, 64) // fourteen digits
		return time.UnixMilli(ms), true
	}
	text = strings.ReplaceAll(strings.Replace(text, "T", " ", 1), "/", "-")
	for _, clock := range []string{"", " 15:04", " 15:04:05", " 15:04:05.000"} {
		if t, err := time.ParseInLocation("2006-01-02"+clock, text, zone); err == nil {
			return t, true
		}
		if t, err := time.ParseInLocation("2006-01-02"+clock, strconv.Itoa(1e4 + before.Year())[1:]+"-"+text, zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
