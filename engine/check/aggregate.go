package check

import (
	"fmt"
	"slices"
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// aggregate checks the functions and groups. What the events held is gone after it; what is left are its columns.
func (c *checker) aggregate(a *syntax.Aggregate) {
	var after columns
	for _, f := range a.By {
		c.field(f)
		if after.find(f.Name) >= 0 {
			c.mistake(f.Span, "the field "+f.Name+" is named twice", "")
		}
		after.define(c.columns.spelling(f.Name))
	}
	c.keys = slices.Clone(after.names)
	for _, call := range a.Funcs {
		c.aggCall(call)
		for _, name := range AggNames(call) {
			switch {
			case containsName(c.keys, name):
				c.mistake(call.Span, "two columns would have the name "+name+": this one, and the field of that name behind by", "give this one another name: … as name; or leave "+name+" out behind by")
			case after.find(name) >= 0:
				c.mistake(call.Span, "there is a column "+name+" already", "give this one another name: … as name")
			}
			after.define(name)
		}
	}
	c.frequent(a)
	c.columns, c.lost, c.unkeyed = after, false, ""
}

// frequent checks that count_frequent stands alone (G/count_frequent).
func (c *checker) frequent(a *syntax.Aggregate) {
	for _, call := range a.Funcs {
		switch {
		case !strings.EqualFold(call.Name, CountFrequent):
		case len(a.Funcs) > 1:
			c.mistake(call.Span, "count_frequent cannot stand beside other functions", "")
		case len(a.By) == 0:
			c.mistake(call.Span, "count_frequent counts by fields", "for example: count_frequent src_ip, user")
		}
	}
}

// CountFrequent counts by fields, sorts by the count and keeps the first MaxFrequent rows (G/count_frequent).
const (
	CountFrequent = "count_frequent"
	MaxFrequent   = 10_000
)

func (c *checker) aggCall(call *syntax.AggCall) {
	for _, arg := range call.Args {
		if f, ok := arg.(*syntax.Field); ok {
			c.field(f)
		}
	}
	e, ok := catalog.Find(catalog.Aggregate, call.Name)
	if !ok {
		c.unknown(catalog.Aggregate, call.Name, call.NameSpan)
		return
	}
	if call.Star {
		c.star(e, call)
		return
	}
	if c.arity(e, len(call.Args), call.Span) {
		c.supported(e, call.NameSpan)
	}
	c.aggArgs(e, call.Args)
	if call.As != nil && len(call.Args) > 2 {
		c.mistake(call.As.Span, "this is one name for several columns", "write "+e.Name+"(f, 50) as a, "+e.Name+"(f, 90) as b")
	}
}

// star checks count(*), which is count.
func (c *checker) star(e catalog.Entry, call *syntax.AggCall) {
	if e.Name != "count" {
		c.mistake(call.Span, "only count takes *", "for example: "+e.Example)
	}
}

// aggArgs checks that an aggregate gets a field and, if it takes more, percentages.
func (c *checker) aggArgs(e catalog.Entry, args []syntax.Expr) {
	for i, arg := range args {
		_, field := arg.(*syntax.Field)
		number, isNumber := arg.(*syntax.Number)
		switch {
		case e.Support == catalog.NotSumo || i >= e.Max && e.Max != catalog.NoLimit:
			return // reported already
		case i == 0 && !field:
			c.mistake(arg.Pos(), e.Name+" takes a field, not an expression",
				fmt.Sprintf("give it a name before: | %s as x | %s(x)", syntax.PrintExpr(arg), e.Name))
		case i > 0 && !isNumber:
			c.mistake(arg.Pos(), e.Name+" takes numbers after the field", "for example: "+e.Example)
		case i > 0 && number.Float > 100:
			c.mistake(arg.Pos(), e.Name+" takes percentages up to 100, not "+number.Text, "")
		}
	}
}

// AggNames returns the names of the columns that an aggregate function makes: its alias or the function's own, such as
// _count. Only a percentile makes several.
func AggNames(call *syntax.AggCall) []string {
	if call.As != nil {
		return []string{call.As.Name}
	}
	e, ok := catalog.Find(catalog.Aggregate, call.Name)
	switch {
	case !ok || len(call.Args) == 0 && e.Output == "":
		return []string{"_" + strings.ToLower(call.Name)}
	case e.Output == "":
		return percentileNames(call.Args)
	}
	return []string{e.Output}
}

// percentileNames returns the names of a percentile's columns: _latency_pct_50 and _latency_pct_95 for
// pct(latency, 50, 95). Without a number it is 50.
func percentileNames(args []syntax.Expr) []string {
	field := syntax.PrintExpr(args[0])
	if f, ok := args[0].(*syntax.Field); ok {
		field = f.Name
	}
	if len(args) == 1 {
		return []string{"_" + field + "_pct_50"}
	}
	var names []string
	for _, percent := range args[1:] {
		names = append(names, "_"+field+"_pct_"+syntax.PrintExpr(percent))
	}
	return names
}

// Percents returns the percentages that a percentile asks for, one for each of its names.
func Percents(call *syntax.AggCall) []float64 {
	if len(call.Args) == 1 {
		return []float64{50}
	}
	var out []float64
	for _, arg := range call.Args[1:] {
		out = append(out, arg.(*syntax.Number).Float)
	}
	return out
}
