package engine

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"retrohunt/engine/check"
	"retrohunt/engine/plan"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// Subquery is a query whose rows make a condition of the query that it stands in.
type Subquery struct {
	Query *Query // its clock has the range of time that it is to be asked of
	// Ranged says that this range is the subquery's own.
	Ranged bool

	node *syntax.Subquery
}

// Subqueries returns the subqueries that stand in the query, but for those within others, in the order of their places. A query
// that has any must not make workers: ask the subqueries first, and then make the query with Compose that does.
func (q *Query) Subqueries() []Subquery {
	out := slices.Clone(q.subqueries)
	for i := range out {
		s := &out[i]
		child := *s.Query
		child.clock, child.tables, child.room = q.clock, q.tables, q.room
		s.ranged(&child.clock)
		s.Query = &child
	}
	return out
}

// ranged gives a clock the subquery's own range. What is relative is so to the end of the range around it, or, if that has none, to now.
func (s *Subquery) ranged(c *Clock) {
	end, zone := cmp.Or(c.To, c.Now), c.Zone
	if zone == nil {
		zone = time.UTC
	}
	if m := s.node.From; m != nil {
		c.From, _ = check.ParseMoment(m.Text, end, zone)
	}
	if m := s.node.To; m != nil {
		c.To, _ = check.ParseMoment(m.Text, end, zone)
	}
}

// explainRange says of which range of time it is asked, if that is its own.
func (s *Subquery) explainRange() string {
	out := ""
	if m := s.node.From; m != nil {
		out += ", from " + m.Text
	}
	if m := s.node.To; m != nil {
		out += ", to " + m.Text
	}
	return out
}

// subqueriesOf compiles the subqueries of a tree that check accepted.
func subqueriesOf(tree *syntax.Query, text *syntax.Expansion, tables check.TableColumns) []Subquery {
	var out []Subquery
	for _, s := range tree.Subqueries {
		rows := check.SubqueryRows(s)
		info, err := check.WithTables(rows, tables)
		if err != nil {
			panic("engine: check let a subquery through that is wrong: " + err.Error())
		}
		out = append(out, Subquery{newQuery(rows, info, text, tables), s.From != nil || s.To != nil, s})
	}
	return out
}

// Compose returns the same query with the rows of its subqueries, in their order, in the place of these. It takes of each table the
// rows that it has place for, and lets go of the tables.
func (q *Query) Compose(tables []*Table) *Query {
	found := plan.Composed{}
	var notes []Warning
	var asked error
	for i, s := range q.subqueries {
		t := tables[i]
		rows, more := composed(s.node, t)
		found[s.node] = rows
		asked = errors.Join(asked, t.Err)
		switch name := s.excerpt(); {
		case more > 0:
			notes = append(notes, Warning{Text: fmt.Sprintf("rows left out, for compose takes %d: %s", check.Results(s.node), name), Count: more})
		case len(rows) == 0:
			notes = append(notes, Warning{Text: "a subquery that found nothing: " + name, Count: 1})
		}
		notes = append(notes, t.Warnings...)
		t.Close()
	}
	return q.answered(found, notes, asked)
}

// answered returns the same query with the rows of its subqueries in their places.
func (q *Query) answered(found plan.Composed, notes []Warning, asked error) *Query {
	other := *q
	other.subqueries, other.notes, other.asked = nil, notes, asked
	plans := q.plans
	plans.Composed = found
	return other.planned(plans)
}

// AppendFound appends what the subqueries of a query found, which Compose made, for ComposeFound; nothing if it has none. Its error is
// what went wrong with them: then it is not known what they would have found.
func (q *Query) AppendFound(dst []byte) ([]byte, error) {
	if len(q.plans.Composed) == 0 || q.asked != nil {
		return dst, q.asked
	}
	for _, s := range q.tree.Subqueries {
		rows := q.plans.Composed[s]
		dst = value.AppendBinary(dst, value.OfLong(int64(len(rows))))
		for _, row := range rows {
			for _, v := range row {
				dst = value.AppendBinary(dst, v)
			}
		}
	}
	dst = value.AppendBinary(dst, value.OfLong(int64(len(q.notes))))
	for _, note := range q.notes {
		dst = value.AppendBinary(value.AppendBinary(dst, value.OfString(note.Text)), value.OfLong(note.Count))
	}
	return dst, nil
}

// ComposeFound is Compose with what AppendFound wrote of the same query. It keeps nothing of found.
func (q *Query) ComposeFound(found string) (*Query, error) {
	if len(q.subqueries) == 0 && found == "" {
		return q, nil
	}
	r, rows := value.NewReader(found), plan.Composed{}
	for _, s := range q.subqueries {
		rows[s.node] = make([][]value.Value, r.Count())
		for i := range rows[s.node] {
			row := make([]value.Value, len(s.node.Compose.Fields))
			for j := range row {
				if v := r.Value(); !v.IsNull() {
					row[j] = value.OfString(strings.Clone(v.Text()))
				}
			}
			rows[s.node][i] = row
		}
	}
	notes := make([]Warning, r.Count())
	for i := range notes {
		notes[i] = Warning{Text: strings.Clone(r.Text()), Count: r.Long()}
	}
	if err := r.Close(); err != nil {
		return nil, fmt.Errorf("what the subqueries found is damaged: %w", err)
	}
	return q.answered(rows, notes, nil), nil
}

// excerpt is the beginning of the subquery, for the one who looks for it.
func (s *Subquery) excerpt() string {
	const most = 60 // characters
	text := []rune(strings.Join(strings.Fields(syntax.Print(s.node.Query)), " "))
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}

// composed returns the different rows of a table of a subquery, but for one of nulls alone, and how many are beyond those that it takes.
func composed(s *syntax.Subquery, t *Table) (rows [][]value.Value, more int64) {
	var at []int
	for _, f := range s.Compose.Fields {
		at = append(at, slices.IndexFunc(t.Columns, func(c string) bool { return strings.EqualFold(c, f.Name) }))
	}
	seen := map[string]bool{}
	for cells := range t.All() {
		row := make([]value.Value, len(at))
		var key []byte
		for i, column := range at {
			if v := cells[column]; !v.IsNull() {
				row[i] = value.OfString(strings.Clone(v.Text()))
			}
			key = value.AppendKey(key, row[i])
		}
		switch {
		case seen[string(key)] || !slices.ContainsFunc(row, func(v value.Value) bool { return !v.IsNull() }):
		case len(rows) == check.Results(s):
			more++ // it may be one that comes again
		default:
			seen[string(key)] = true
			rows = append(rows, row)
		}
	}
	return rows, more
}
