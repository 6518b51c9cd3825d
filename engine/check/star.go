package check

import (
	"slices"
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/lookup"
)

// TableColumns returns the columns of a user's table.
type TableColumns func(lookup.Name) []string

// Stars are the columns that * stands for in each lookup of a user's table.
type Stars map[*syntax.Lookup][]string

// stars are what is known of lookup * while a query is checked. All checkers of a query share them.
//
// As long as nobody has read the tables, * is taken to stand for the names that stages behind it ask for and no stage before makes. So
// the query can be compiled without its tables; with them it is checked anew.
type stars struct {
	tables TableColumns // nil: nobody has read them
	stand  Stars
	unread bool // there is a * of a table that nobody has read
	grown  bool // a name was taken for a column that was not before
}

// star is a lookup of columns that nobody knows, and what a join has put before their names.
type star struct {
	lookup *syntax.Lookup
	prefix string
}

// StarColumns returns which columns of a table * stands for: all, but for keys that are already fields by the same name. These stay as
// they are where the table has no such row.
func StarColumns(l *syntax.Lookup, table []string) []string {
	return slices.DeleteFunc(slices.Clone(table), func(column string) bool {
		return column == "" || slices.ContainsFunc(l.On, func(k syntax.LookupKey) bool {
			return strings.EqualFold(k.Left.Name, column) && (k.Right == nil || strings.EqualFold(k.Right.Name, column))
		})
	})
}

// lookupStar notes what * stands for.
func (c *checker) lookupStar(l *syntax.Lookup, t lookup.Name) {
	if c.stars.tables != nil {
		c.stars.stand[l] = StarColumns(l, c.stars.tables(t))
		return
	}
	c.stars.unread = true
	c.columns.stars = append(c.columns.stars, star{lookup: l})
	if c.stars.stand[l] == nil {
		c.stars.stand[l] = []string{}
	}
}

// starred takes a name that no stage makes for a column of a table that nobody has read, and reports whether there is such a table.
func (c *checker) starred(name string) bool {
	if c.columns.open && strings.HasPrefix(name, "_") { // rather of the message
		return false
	}
	for _, s := range slices.Backward(c.columns.stars) {
		if len(name) <= len(s.prefix) || !strings.EqualFold(name[:len(s.prefix)], s.prefix) {
			continue
		}
		if column := name[len(s.prefix):]; !containsName(c.stars.stand[s.lookup], column) {
			c.stars.stand[s.lookup] = append(c.stars.stand[s.lookup], column)
			c.stars.grown = true
		}
		if c.stars.grown {
			c.columns.define(name)
		}
		return c.stars.grown // else a stage between has dropped it
	}
	return false
}

// joinedStars are those of a table of a join, behind the join.
func (c *columns) joinedStars(t syntax.JoinTable) []star {
	out := slices.Clone(c.stars)
	for i := range out {
		out[i].prefix = JoinedName(t, out[i].prefix)
	}
	return out
}
