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
	open    bool
	names   []string
	shown   []string // of a message: what the query names so far that its rows show, but for metadata
	listed  bool     // a fields stage has put shown into its order, and nothing came since
	dropped []string // of the metadata that they show: in lower case
	stars   []star   // tables of which other names may be columns
	joined  []string // the tables of a join whose rows are messages: any field with such a name before it may come from the events
}

// The columns of a query without an aggregate are the metadata of the message, the fields that the query defines or keeps by a
// fields stage, and the message. The fields are in the order of a fields stage at the end, else of their names (S/fields).
const (
	MessageTime    = "_messageTime"
	SourceCategory = "_sourceCategory"
	Raw            = "_raw"
)

// result returns the columns of the table.
func (c *columns) result() []string {
	if !c.open {
		return c.names
	}
	shown := slices.Clone(c.shown)
	if !c.listed {
		slices.SortFunc(shown, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	}
	out := slices.Concat([]string{MessageTime, SourceCategory}, shown, []string{Raw})
	return slices.DeleteFunc(out, func(name string) bool { return slices.Contains(c.dropped, strings.ToLower(name)) })
}

// isShownAnyway reports whether a field is among the metadata that rows of messages show.
func isShownAnyway(name string) bool {
	return slices.ContainsFunc([]string{MessageTime, SourceCategory, Raw}, func(n string) bool { return strings.EqualFold(n, name) })
}

// show puts a field among the columns of messages.
func (c *columns) show(name string) {
	c.dropped = slices.DeleteFunc(c.dropped, func(n string) bool { return strings.EqualFold(n, name) })
	if !isShownAnyway(name) && !containsName(c.shown, name) {
		c.shown, c.listed = append(c.shown, name), false
	}
}

// keep leaves the named fields, and the internal ones.
func (c *columns) keep(names []string) {
	c.shown = slices.DeleteFunc(c.shown, func(n string) bool { return !strings.HasPrefix(n, "_") || containsName(names, n) })
	for _, name := range names {
		c.show(c.spelling(name))
	}
	c.listed = true
}

// hide takes a field away from the columns of messages.
func (c *columns) hide(name string) {
	c.shown = slices.DeleteFunc(c.shown, func(n string) bool { return strings.EqualFold(n, name) })
	if isShownAnyway(name) {
		c.dropped = append(c.dropped, strings.ToLower(name))
	}
}

func containsName(list []string, name string) bool {
	return slices.ContainsFunc(list, func(n string) bool { return strings.EqualFold(n, name) })
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
	if c.open {
		c.show(c.spelling(name))
	}
	if c.find(name) < 0 {
		c.names = append(c.names, name)
	}
}

// field checks that a stage can name f.
func (c *checker) field(f *syntax.Field) {
	if c.columns.find(f.Name) >= 0 || c.starred(f.Name) || c.columns.open || c.lost || c.columns.isJoined(f.Name) {
		return
	}
	if c.columns.rest() {
		c.mistake(f.Span, "what transpose makes has no field "+f.Name+" by name", "list the columns that you name: transpose … as "+f.Name+", *")
		return
	}
	c.mistake(f.Span, "there is no field "+f.Name+" after the aggregate", didYouMean(f.Name, c.columns.names))
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
