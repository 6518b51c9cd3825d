// Package naive is the slow, obvious twin of the compiled engine: tests hold one against the other. It decodes every event
// whole with encoding/json, keeps each row as maps from names to values, and walks the query's tree stage by stage over
// all rows, so that it can be read beside the language reference.
//
// It shares the parser, the checker, the rules of package value and the functions with the engine, and nothing else: no
// plan, no patterns, no aggregates, no normalizer. It knows no vendors: the source category is given with the event. What it does
// not reproduce is said where it is decoded, in event.go. A file for each stage, as in the engine.
//
// It is imported by tests only. A Table belongs to the caller.
package naive

import (
	"cmp"
	"slices"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// Table is the result of a query.
type Table struct {
	Columns []string
	Rows    [][]value.Value
}

// Run runs a query that check.Check accepted over events, at a moment, with a source for each table that it names. Its error is
// that of the first malformed event.
func Run(q *syntax.Query, events []Event, clock function.Clock, tables Tables) (*Table, error) {
	found, err := askAll(q.Subqueries, events, clock, tables)
	if err != nil {
		return nil, err
	}
	p, stages, err := through(q, events, clock, tables, found)
	if err != nil {
		return nil, err
	}
	for _, s := range stages {
		p.stage(s)
	}
	if !p.aggregated {
		p.messages()
	}
	return p.table(), nil
}

// through takes the events into the pipeline, with the rows of a compare if there is one, and returns the stages that are left.
func through(q *syntax.Query, events []Event, clock function.Clock, tables Tables, found foundRows) (*pipeline, []syntax.Stage, error) {
	stages, _ := check.Stages(q)
	for i, s := range stages {
		if compare, ok := s.(*syntax.Compare); ok {
			p, err := compared(compare, &syntax.Query{Scope: q.Scope, Stages: stages[:i]}, events, clock, tables, found)
			return p, stages[i+1:], err
		}
	}
	p, err := selected(q.Scope, events, clock, tables, found)
	return p, stages, err
}

// selected begins with the events that the scope selects, newest first.
func selected(scope syntax.Scope, events []Event, clock function.Clock, tables Tables, found foundRows) (*pipeline, error) {
	p := &pipeline{clock: clock, tables: tables, found: found}
	if cat, ok := scope.(*syntax.ScopeCat); ok {
		events, scope = p.cat(cat), nil
	}
	for _, e := range events {
		r, err := newRow(e, clock, tables, found)
		if err != nil {
			return nil, err
		}
		if scope == nil || selects(scope, r) && !r.dropped {
			p.rows = append(p.rows, r)
		}
	}
	slices.SortStableFunc(p.rows, func(a, b *row) int {
		return -cmp.Compare(a.age(), b.age())
	})
	return p, nil
}

// pipeline is what stands between two stages.
type pipeline struct {
	clock  function.Clock
	tables Tables
	found  foundRows
	rows   []*row
	// columns are the names that stages defined, as they were first spelled. From the first aggregate on they are the
	// table's columns.
	columns    []string
	aggregated bool
	// shown are the fields of messages that stages defined or kept; hidden, in lower case, the metadata that they dropped.
	shown, hidden []string
	// listed says that a fields stage has put shown into its order, and no field came since.
	listed bool
	// ordered says that a stage before depends on the order of messages.
	ordered bool
	// rest are the columns that a transpose made and the query does not name; check.Rest stands for them among columns.
	rest []string
	// rawReplaced says that a stage gave _raw another value: then json auto reads that.
	rawReplaced bool
	sliceWidth  int64 // of the last timeslice, in milliseconds; 0 without one
	// keys are the fields by which the last aggregate or transpose told rows apart; sorted says that a stage behind it ordered them.
	keys   []*syntax.Field
	sorted bool
}

func (p *pipeline) stage(s syntax.Stage) {
	p.endChain(s)
	p.ordered = p.ordered || p.ordering(s)
	defer func() { p.sorted = p.sorted || sorting(s) }()
	switch s := s.(type) {
	case *syntax.JSONAuto:
		p.jsonAuto(s)
	case *syntax.Where:
		p.where(s)
	case *syntax.Assign:
		p.assign(s)
	case *syntax.Aggregate:
		p.aggregate(s)
	case *syntax.Sort:
		p.sort(s)
	case *syntax.Limit:
		p.limit(s)
	case *syntax.Fields:
		p.fields(s)
	case *syntax.JSON:
		p.json(s)
	case *syntax.ParseAnchors:
		p.parseAnchors(s)
	case *syntax.ParseRegex:
		p.parseRegex(s)
	case *syntax.Split:
		p.split(s)
	case *syntax.ParseXML:
		p.parseXML(s)
	case *syntax.KeyValue:
		p.keyValue(s)
	case *syntax.Timeslice:
		p.timeslice(s)
	case *syntax.Top:
		p.top(s)
	case *syntax.Transpose:
		p.transpose(s)
	case *syntax.FillMissing:
		p.fillMissing(s)
	case *syntax.WithTime:
		p.withTime(s)
	case *syntax.TopK:
		p.topK(s)
	case *syntax.Window:
		p.window(s)
	case *syntax.Dedup:
		p.dedup(s)
	case *syntax.Lookup:
		p.lookup(s)
	case *syntax.GeoIP:
		p.geoIP(s)
	case *syntax.ThreatIP:
		p.threatIP(s)
	case *syntax.ThreatLookup:
		p.threatLookup(s)
	case *syntax.Outlier:
		p.outlier(s)
	case *syntax.Transactionize:
		p.transactionize(s)
	case *syntax.Transaction:
		p.transaction(s)
	case *syntax.Sessionize:
		p.sessionize(s)
	case *syntax.Merge:
		p.merge(s)
	case *syntax.Filter:
		p.filter(s)
	case *syntax.Bin:
		p.bin(s)
	case *syntax.Trace:
		p.trace(s)
	case *syntax.Join:
		p.join(s)
	default:
		panic("naive: check let an operator through that naive does not know")
	}
}

// define notes that a stage gives a field a value.
func (p *pipeline) define(name string) {
	if p.column(name) < 0 {
		p.columns = append(p.columns, name)
	}
	if strings.EqualFold(name, "_raw") {
		p.rawReplaced = true
	}
	p.show(p.spelling(name))
}

// spelling returns how a field is spelled: as it was first.
func (p *pipeline) spelling(name string) string {
	if i := p.column(name); i >= 0 {
		return p.columns[i]
	}
	return name
}

// column returns the place of a column, -1 if there is none of that name.
func (p *pipeline) column(name string) int {
	return slices.IndexFunc(p.columns, func(c string) bool { return strings.EqualFold(c, name) })
}

func (p *pipeline) table() *Table {
	t := &Table{}
	for _, name := range p.columns {
		if name == check.Rest {
			t.Columns = append(t.Columns, p.rest...)
			continue
		}
		t.Columns = append(t.Columns, name)
	}
	for _, r := range p.rows {
		var cells []value.Value
		for _, name := range p.columns {
			if name == check.Rest {
				cells = append(cells, r.rest...)
				continue
			}
			cells = append(cells, r.get(name))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
