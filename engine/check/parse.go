package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"retrohunt/engine/catalog"
	"retrohunt/engine/extract"
	"retrohunt/engine/syntax"
	"retrohunt/internal/pattern"
)

// NoField is the name that a parse stage gives to what the query does not want.
const NoField = "_"

// source checks the text that a parse stage reads: a field, else the message.
func (c *checker) source(f *syntax.Field, stage syntax.Span) {
	switch {
	case f != nil:
		c.field(f)
	case !c.columns.open && !c.lost && c.columns.find("_raw") < 0:
		c.mistake(stage, "there is no message after the aggregate", "name a column to read: field=…")
	}
}

// targets notes the fields that a parse stage makes.
func (c *checker) targets(names []string) {
	for _, name := range names {
		if name != NoField {
			c.columns.define(name)
		}
	}
}

// JSONNames returns the names of the fields that a json stage makes: those behind as, or the paths.
func JSONNames(j *syntax.JSON) []string {
	if len(j.As) > 0 {
		return FieldNames(j.As)
	}
	return texts(j.Paths)
}

// FieldNames returns the names of a list of fields.
func FieldNames(list []*syntax.Field) []string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.Name
	}
	return names
}

func texts(list []*syntax.String) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.Value
	}
	return out
}

func (c *checker) json(j *syntax.JSON) {
	c.source(j.Field, j.Span)
	if len(j.As) > 0 && len(j.As) != len(j.Paths) {
		c.mistake(j.As[0].Span, fmt.Sprintf("%s for %s", count(len(j.As), "name"), count(len(j.Paths), "path")), "")
	}
	_, wrong, err := extract.NewJSON(texts(j.Paths))
	var unsupported *extract.UnsupportedPathError
	switch {
	case errors.As(err, &unsupported):
		c.unsupported(j.Paths[wrong].Span, err.Error(), catalog.Planned, "take the value above it, and its text apart by json field=… or parse regex field=…")
	case err != nil:
		c.mistake(j.Paths[wrong].Span, err.Error(), "")
	}
	c.targets(JSONNames(j))
}

// AnchorNames returns the patterns of a parse stage and the names of the fields that it makes.
func AnchorNames(s *syntax.ParseAnchors) (patterns, names []string) {
	for _, t := range s.Terms {
		patterns = append(patterns, t.Pattern.Value)
		names = append(names, FieldNames(t.As)...)
	}
	return patterns, names
}

func (c *checker) parseAnchors(s *syntax.ParseAnchors) {
	c.source(s.Field, s.Span)
	patterns, names := AnchorNames(s)
	if _, wrong, err := extract.NewAnchors(patterns); err != nil {
		c.mistake(s.Terms[wrong].Pattern.Span, err.Error(), `for example: parse "user=* from *" as user, ip`)
	}
	for _, t := range s.Terms {
		if stars := strings.Count(t.Pattern.Value, "*"); stars > 0 && stars != len(t.As) {
			c.mistake(t.As[0].Span, fmt.Sprintf("%s for %s", count(len(t.As), "name"), count(stars, "star")), "")
		}
	}
	c.targets(names)
}

// count is "1 name", "2 names".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (c *checker) parseRegex(s *syntax.ParseRegex) {
	c.source(s.Field, s.Span)
	if len(s.As) > 0 {
		c.mistake(s.Span, "parse regex takes no names after as", `name the groups in the expression: "user=(?<user>\w+)"`)
		c.targets(FieldNames(s.As))
		return
	}
	if s.Multi && len(s.Patterns) > 1 {
		c.mistake(s.Patterns[1].Span, "multi takes one regular expression", "")
	}
	for _, r := range s.Patterns {
		c.groups(r)
	}
}

// groups checks that an expression has groups with names, which are the fields that the stage makes. The documentation
// wants a name for every group, but published queries run with some that have none. Of an expression that does not compile
// the names are those that it seems to have.
func (c *checker) groups(r *syntax.Regex) {
	re := c.regex(r)
	if re == nil {
		for _, m := range groupName().FindAllStringSubmatch(r.Pattern, -1) {
			c.columns.define(m[1])
		}
		return
	}
	names := slices.DeleteFunc(slices.Clone(re.SubexpNames()), func(name string) bool { return name == "" })
	switch {
	case len(names) == 0:
		c.mistake(r.Span, "no group of this regular expression has a name", "write (?<name>…) for a field")
	case len(names) < re.NumSubexp():
		c.warn(r.Span, "a group of this regular expression has no name and makes no field; (?:…) says so")
	}
	c.targets(names)
}

var groupName = pattern.New(`\(\?P?<(\w+)>`)

// SplitSigns returns what a csv or split stage cuts at, quotes with and escapes with.
func SplitSigns(s *syntax.Split) (delim, quote, escape string) {
	or := func(s *syntax.String, otherwise string) string {
		if s == nil {
			return otherwise
		}
		return s.Value
	}
	return or(s.Delim, ","), or(s.Quote, `"`), or(s.Escape, `\`)
}

// SplitColumns returns the columns that a csv or split stage makes fields of, counted from 1, and their names.
func SplitColumns(s *syntax.Split) (columns []int, names []string) {
	n := 0
	for _, c := range s.Columns {
		n++
		if c.N != nil {
			n = int(c.N.Int)
		}
		columns, names = append(columns, n), append(names, c.Name.Name)
	}
	return columns, names
}

func (c *checker) split(s *syntax.Split) {
	c.field(s.Field)
	for _, sign := range []*syntax.String{s.Delim, s.Quote, s.Escape} {
		if sign != nil && utf8.RuneCountInString(sign.Value) != 1 {
			c.mistake(sign.Span, "this must be one character", "")
		}
	}
	for _, column := range s.Columns {
		if n := column.N; n != nil && (!n.IsInt || n.Int < 1 || n.Int > maxColumn) {
			c.mistake(n.Span, "columns count from 1, in whole numbers", "")
		}
	}
	_, names := SplitColumns(s)
	c.targets(names)
}

// maxColumn keeps the numbers of columns sane.
const maxColumn = 100_000

// XMLNames returns the paths of a parse xml stage and the names of the fields that it makes.
func XMLNames(s *syntax.ParseXML) (paths, names []string) { return texts(s.Paths), FieldNames(s.As) }

func (c *checker) parseXML(s *syntax.ParseXML) {
	c.source(s.Field, s.Span)
	paths, names := XMLNames(s)
	if len(names) != len(paths) {
		c.mistake(s.Span, fmt.Sprintf("%s for %s", count(len(names), "name"), count(len(paths), "path")), `for example: parse xml "/a/b/@c" as c`)
	}
	if _, wrong, err := extract.NewXML(paths); err != nil {
		c.mistake(s.Paths[wrong].Span, err.Error(), `for example: "/a/b[2]/@c"`)
	}
	c.targets(names)
}
