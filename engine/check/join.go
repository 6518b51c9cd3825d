package check

import (
	"slices"
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// JoinField tells of which table of a join a field of its keys is, t1.a, and the field's name there; ok is false if it is of none.
func JoinField(j *syntax.Join, f *syntax.Field) (table int, name string, ok bool) {
	alias, name, _ := strings.Cut(f.Name, ".")
	table = slices.IndexFunc(j.Tables, func(t syntax.JoinTable) bool { return strings.EqualFold(t.As.Name, alias) })
	return table, name, table >= 0 && name != ""
}

// JoinedName is the name that a field of a table has behind the join.
func JoinedName(t syntax.JoinTable, field string) string { return t.As.Name + "_" + field }

// JoinedField tells of which table a name behind a join may be a field, and its name there: of the first whose name it begins with.
func JoinedField(j *syntax.Join, name string) (table int, field string, ok bool) {
	for i, t := range j.Tables {
		if prefix := JoinedName(t, ""); len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
			return i, name[len(prefix):], true
		}
	}
	return 0, "", false
}

// isJoined reports whether a name may be a field of messages that were joined.
func (c *columns) isJoined(name string) bool {
	return slices.ContainsFunc(c.joined, func(prefix string) bool {
		return len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
	})
}

// join checks each table as stages of their own on the same rows. What is left are the fields of all tables: those that their rows
// show, and those that are compared.
func (c *checker) join(j *syntax.Join) {
	if c.columns.rest() {
		c.unsupported(j.Span, "join of columns that only the rows decide", catalog.Planned, nameColumns)
	}
	if len(j.Tables) < 2 {
		c.mistake(j.Span, "join takes two tables or more", `for example: join (parse "a=*" as a) as t1, (parse "b=*" as b) as t2 on t1.a = t2.b`)
	}
	if j.Window != nil {
		c.duration(j.Window, "window of time")
	}
	c.joinNames(j)
	tables := make([]*checker, len(j.Tables))
	for i, t := range j.Tables {
		tables[i] = c.joinTable(t)
	}
	c.joinKeys(j, tables)
	var after columns
	for i, t := range j.Tables {
		from := &tables[i].columns
		for _, name := range from.fieldsShown() {
			after.define(JoinedName(t, name))
		}
		for _, k := range j.On {
			for _, f := range []*syntax.Field{k.Left, k.Right} {
				if of, name, ok := JoinField(j, f); ok && of == i {
					after.define(JoinedName(t, from.spelling(name)))
				}
			}
		}
		if from.open {
			after.joined = append(after.joined, JoinedName(t, ""))
		}
		after.stars = append(after.stars, from.joinedStars(t)...)
		c.lost = c.lost || tables[i].lost
	}
	c.columns, c.unkeyed = after, "join"
	c.joined[j] = slices.Clone(after.names)
}

// fieldsShown are the fields of a table that a join shows.
func (c *columns) fieldsShown() []string {
	if c.open {
		return c.shown
	}
	return c.names
}

func (c *checker) joinNames(j *syntax.Join) {
	var names []string
	for _, t := range j.Tables {
		switch {
		case containsName(names, t.As.Name):
			c.mistake(t.As.Span, "two tables have the name "+t.As.Name, "")
		case strings.Contains(t.As.Name, "."):
			c.mistake(t.As.Span, "the name of a table holds no point", "")
		}
		names = append(names, t.As.Name)
	}
}

// joinTable checks the stages of a table and returns what is known behind them.
func (c *checker) joinTable(t syntax.JoinTable) *checker {
	table := c.copied()
	for _, s := range t.Stages {
		switch inner := s.(type) {
		case *syntax.Join:
			table.mistake(inner.Span, "a join cannot stand in a join", "")
		case *syntax.Compare:
			table.mistake(inner.Span, "compare cannot stand in a join", "put it behind the join and an aggregate: | count by t1_a | compare timeshift 1d")
		case *syntax.Save:
			table.mistake(inner.Span, "save cannot stand in a join", "")
		case *syntax.Transactionize, *syntax.Merge, *syntax.Transaction, *syntax.Sessionize:
			table.unsupported(inner.Pos(), "a join of transactions or sessions", catalog.Planned, "join the messages, or their groups: (count by a) as t1, …")
			table.lost = true
		default:
			table.stage(s)
		}
	}
	c.errs, c.warnings = table.errs, table.warnings
	if table.columns.rest() {
		c.unsupported(t.Span, "join of columns that only the rows decide", catalog.Planned, nameColumns)
	}
	return table
}

// joinKeys checks that each key compares fields of two tables, and that they tie each table to one before it.
func (c *checker) joinKeys(j *syntax.Join, tables []*checker) {
	tied := make([]bool, len(tables))
	for _, k := range j.On {
		left, right := c.joinField(j, tables, k.Left), c.joinField(j, tables, k.Right)
		switch {
		case left < 0 || right < 0:
			return
		case left == right:
			c.mistake(k.Span, "both fields are of one table", "compare fields of two tables: on t1.a = t2.b")
		}
		tied[max(left, right)] = true
	}
	for i, t := range j.Tables {
		if i > 0 && !tied[i] {
			c.mistake(t.As.Span, "nothing ties "+t.As.Name+" to a table before it", "compare one of its fields with one of theirs: on "+
				j.Tables[0].As.Name+".a = "+t.As.Name+".b")
		}
	}
}

// joinField checks a field of a key and returns its table, below 0 if there is none.
func (c *checker) joinField(j *syntax.Join, tables []*checker, f *syntax.Field) int {
	i, name, ok := JoinField(j, f)
	if !ok {
		c.mistake(f.Span, "this is no field of a table of the join", "write the table's name before it: "+j.Tables[0].As.Name+"."+f.Name)
		return -1
	}
	t := tables[i]
	t.errs = c.errs
	t.field(&syntax.Field{Span: f.Span, Name: name})
	c.errs = t.errs
	return i
}
