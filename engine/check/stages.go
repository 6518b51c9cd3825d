package check

import (
	"fmt"
	"slices"
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// maxLimit is the greatest number of rows that limit takes (S/limit).
const maxLimit = 10_000

// stage checks one stage and carries the columns over it.
func (c *checker) stage(s syntax.Stage) {
	switch s := s.(type) {
	case *syntax.Where:
		c.condition(s.Cond)
	case *syntax.Assign:
		c.assign(s)
	case *syntax.Aggregate:
		c.aggregate(s)
	case *syntax.Sort:
		c.sort(s)
	case *syntax.Limit:
		c.limit(s)
	case *syntax.Fields:
		c.fields(s)
	case *syntax.JSONAuto:
		c.jsonAuto(s)
	case *syntax.JSON:
		c.json(s)
	case *syntax.ParseAnchors:
		c.parseAnchors(s)
	case *syntax.ParseRegex:
		c.parseRegex(s)
	case *syntax.Split:
		c.split(s)
	case *syntax.ParseXML:
		c.parseXML(s)
	case *syntax.KeyValue:
		c.keyValue(s)
	case *syntax.Timeslice:
		c.timeslice(s)
	case *syntax.Top:
		c.top(s)
	case *syntax.Transpose:
		c.transpose(s)
	case *syntax.FillMissing:
		c.fillMissing(s)
	case *syntax.WithTime:
		c.withTime(s)
	case *syntax.TopK:
		c.topK(s)
	case *syntax.Window:
		c.window(s)
	case *syntax.Dedup:
		c.dedup(s)
	case *syntax.Lookup:
		c.lookup(s)
	case *syntax.GeoIP:
		c.geoIP(s)
	case *syntax.ThreatIP:
		c.threatIP(s)
	case *syntax.ThreatLookup:
		c.threatLookup(s)
	case *syntax.Outlier:
		c.outlier(s)
	case *syntax.Transactionize:
		c.transactionize(s)
	case *syntax.Transaction:
		c.transaction(s)
	case *syntax.Sessionize:
		c.sessionize(s)
	case *syntax.Merge:
		c.merge(s)
	case *syntax.Compare:
		c.compare(s)
	case *syntax.Filter:
		c.filter(s)
	case *syntax.Bin:
		c.bin(s)
	case *syntax.Trace:
		c.trace(s)
	case *syntax.Join:
		c.join(s)
	case *syntax.Compose:
		c.mistake(s.Span, "compose ends a subquery", "for example: where [subquery: error | count by user | compose user]")
	case *syntax.UnknownStage:
		c.unknownStage(s)
	case *syntax.BadStage:
		c.lost = true
	}
}

func (c *checker) assign(a *syntax.Assign) {
	c.expr(a.X)
	name := AssignName(a)
	if name == "" {
		c.mistake(a.X.Pos(), "this has no name", "write … as name")
		return
	}
	c.columns.define(name)
}

func (c *checker) sort(s *syntax.Sort) {
	switch n := len(c.columns.names); {
	case len(s.Keys) > 0 || c.lost || len(c.columns.stars) > 0:
	case c.columns.open || c.columns.rest():
		c.unsupported(s.Span, "sort without a field before an aggregate", catalog.Planned, "name the field: sort by _messageTime")
	default:
		c.warn(s.Span, "sort names no field: rows are sorted by the last column, "+c.columns.names[n-1]+", descending")
	}
	for _, key := range s.Keys {
		c.field(key.Field)
	}
}

func (c *checker) limit(l *syntax.Limit) {
	c.rowCount("limit", l.N)
}

// rowCount checks how many rows an operator is asked to keep.
func (c *checker) rowCount(operator string, n *syntax.Number) {
	if !n.IsInt || n.Int < 1 || n.Int > maxLimit {
		c.mistake(n.Span, operator+" takes a whole number from 1 to 10,000, not "+n.Text, "")
	}
}

func (c *checker) fields(f *syntax.Fields) {
	var named columns
	for _, name := range f.Names {
		if f.Drop {
			c.dropped(name)
		} else {
			c.field(name)
		}
		if named.find(name.Name) >= 0 {
			c.mistake(name.Span, "the field "+name.Name+" is named twice", "")
		}
		named.define(c.columns.spelling(name.Name))
	}
	if c.columns.open {
		c.messageFields(f)
		return
	}
	if !f.Drop {
		c.columns = named
		return
	}
	c.columns.names = slices.DeleteFunc(c.columns.names, func(n string) bool { return named.find(n) >= 0 })
	if len(c.columns.names) == 0 && !c.lost && len(c.columns.stars) == 0 {
		c.mistake(f.Span, "this drops every column", "")
	}
}

// messageFields notes which fields of messages are left to show.
func (c *checker) messageFields(f *syntax.Fields) {
	var names []string
	for _, name := range f.Names {
		if f.Drop {
			c.columns.hide(name.Name)
		}
		names = append(names, name.Name)
	}
	if !f.Drop {
		c.columns.keep(names)
	}
	if len(c.columns.result()) == 0 {
		c.mistake(f.Span, "this drops every column", "")
	}
}

// dropped warns of a column that is not there to be dropped. Published queries run with such a thing, so it is no mistake.
func (c *checker) dropped(f *syntax.Field) {
	if c.columns.rest() {
		c.field(f)
		return
	}
	if !c.columns.open && !c.lost && c.columns.find(f.Name) < 0 && !c.starred(f.Name) {
		c.warn(f.Span, "there is no column "+f.Name+" to drop")
	}
}

func (c *checker) jsonAuto(j *syntax.JSONAuto) {
	if !c.columns.open {
		c.unsupported(j.Span, "json auto after an aggregate", catalog.Planned, `name what you need: json field=… "key" as key; or put it before the aggregate`)
		c.lost = true
	}
	if j.Field != nil {
		c.field(j.Field)
	}
	if n := j.MaxDepth; n != nil && (!n.IsInt || n.Int < 1) {
		c.mistake(n.Span, "maxdepth takes a whole number from 1, not "+n.Text, "")
	}
	switch {
	case len(j.Keys) == 0 && (j.RefOnly || len(j.As) > 0):
		c.mistake(j.Span, "refonly and as stand only with keys", `for example: json auto keys "a", "b" refonly as x, y`)
	case len(j.As) > 0 && len(j.As) != len(j.Keys):
		c.mistake(j.As[0].Span, fmt.Sprintf("there are %d names for %d keys", len(j.As), len(j.Keys)), "")
	}
	for i, key := range j.Keys {
		name := key.Value
		if i < len(j.As) {
			name = j.As[i].Name
		}
		c.columns.define(name)
	}
}

// unknownStage reports a stage that the parser has no grammar for.
func (c *checker) unknownStage(u *syntax.UnknownStage) {
	c.lost = true
	e, ok := catalog.FindOperator(u.Text)
	switch {
	case !ok:
		c.unknown(catalog.Operator, u.Name, u.NameSpan)
	case e.Support == catalog.Supported:
		c.mistake(u.NameSpan, e.Name+" stands before the first pipe, in the place of the scope", "for example: "+e.Example)
	default:
		c.supported(e, syntax.Span{Start: u.Start, End: u.Start + nameLen(u.Text, e.Name)})
	}
}

// nameLen returns how many bytes of a stage's text an operator's name takes; blanks between its words may be many.
func nameLen(text, name string) int {
	n := 0
	for _, w := range strings.Fields(name) {
		n += strings.Index(strings.ToLower(text[n:]), strings.ToLower(w)) + len(w)
	}
	return n
}
