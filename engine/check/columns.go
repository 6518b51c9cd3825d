package check

import (
	"slices"
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// columns are the fields that a stage can name. Before the first aggregate they are open: any field may come from the
// events, and names holds only those that the query defines. After an aggregate names is all there is. Of a field that
// is spelled in two ways the first spelling stays.
type columns struct {
	open  bool
	names []string
}

// find returns where a field stands in names, -1 if it does not.
func (c *columns) find(name string) int {
	return slices.IndexFunc(c.names, func(n string) bool { return strings.EqualFold(n, name) })
}

// spelling returns a field's first spelling.
func (c *columns) spelling(name string) string {
	if i := c.find(name); i >= 0 {
		return c.names[i]
	}
	return name
}

func (c *columns) define(name string) {
	if c.find(name) < 0 {
		c.names = append(c.names, name)
	}
}

// field checks that a stage can name f.
func (c *checker) field(f *syntax.Field) {
	if c.columns.open || c.lost || c.columns.find(f.Name) >= 0 {
		return
	}
	c.mistake(f.Span, "there is no field "+f.Name+" after the aggregate", didYouMean(f.Name, c.columns.names))
}

// AggName returns the name of the column that an aggregate function makes: its alias or the function's own, such as
// _count.
func AggName(call *syntax.AggCall) string {
	if call.As != nil {
		return call.As.Name
	}
	e, ok := catalog.Find(catalog.Aggregate, call.Name)
	switch {
	case !ok || len(call.Args) == 0 && e.Output == "":
		return "_" + strings.ToLower(call.Name)
	case e.Output == "":
		return percentileName(call.Args)
	}
	return e.Output
}

// percentileName returns the name of a percentile's first column: _latency_pct_95 for pct(latency, 95).
func percentileName(args []syntax.Expr) string {
	percent := "50"
	if len(args) > 1 {
		percent = syntax.PrintExpr(args[1])
	}
	return "_" + syntax.PrintExpr(args[0]) + "_pct_" + percent
}

// AssignName returns the name of the field that an assignment sets. Without a name in the query a cast or a change of
// case sets its argument (| toLong(x)), any other function _function; anything else has no name, which Check reports.
func AssignName(a *syntax.Assign) string {
	if a.As != nil {
		return a.As.Name
	}
	call, ok := a.X.(*syntax.Call)
	if !ok {
		return ""
	}
	e, ok := catalog.Find(catalog.Function, call.Name)
	if !ok {
		return "_" + call.Name
	}
	if e.Casts && len(call.Args) > 0 {
		if f, ok := call.Args[0].(*syntax.Field); ok {
			return f.Name
		}
	}
	return "_" + e.Name
}
