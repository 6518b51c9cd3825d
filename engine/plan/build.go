package plan

import (
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/normalize"
)

// Options are what a plan is to do beside what the query says.
type Options struct {
	// Seen adds two columns behind the query's own: the message times of the earliest and the latest event of each row, in
	// milliseconds UTC. Every aggregate carries them along. A column that the query has under such a name stays the query's.
	Seen bool
	// Approximate estimates where that takes less memory: see agg.Func.Approximate.
	Approximate bool
	// Composed are the rows of the query's subqueries. A plan in which one lacks is for looking at, not for running.
	Composed Composed
}

// Build compiles a query that check.Check accepted; info is what it returned for it. It cannot fail: whatever a query
// may get wrong is check's to find.
func Build(q *syntax.Query, info *check.Info, o Options) *Plan {
	root := &Plan{}
	b := &builder{plan: root, root: root, info: info, options: o, inputs: map[normalize.Field]int{}, spelled: map[string]string{}}
	b.section = b.newSection()
	if o.Seen {
		b.seen = &seen{b.section, &EventTime{}, &EventTime{}}
	}
	b.names = names{made: map[string]Expr{}, open: func(name string, parsed meaning) Expr { return parsed(name) }}
	if q.Scope != nil {
		b.plan.Scope = b.scope(q.Scope)
	}
	stages, _ := check.Stages(q)
	for _, s := range stages {
		b.stage(s)
	}
	if len(b.plan.Sections) == 1 {
		b.messageColumns(info.Columns)
	}
	b.plan.Columns = b.columns
	for i, name := range info.Columns {
		b.plan.Columns[i].Name = name
	}
	b.plan.Columns = append(b.plan.Columns, b.seenColumns(info.Columns)...)
	b.plan.putOff()
	b.plan.prune()
	b.plan.order()
	for _, in := range b.plan.Inputs {
		b.plan.Names = append(b.plan.Names, b.spelled[in.Name])
	}
	return b.plan
}

// messageColumns are those of a query without an aggregate: fields of the messages.
func (b *builder) messageColumns(names []string) {
	for _, name := range names {
		b.columns = append(b.columns, Column{name, b.field(name)})
	}
}

// builder is the state of a compilation: the plan so far and what each name means at this point of the pipeline.
type builder struct {
	plan    *Plan
	root    *Plan // of the whole query: it has the inputs and the regular expressions
	info    *check.Info
	options Options
	section *Section
	names   names
	columns []Column // of the rows, from the first aggregate on
	keys    []Column // that the last aggregate or transpose tells rows apart by
	inputs  map[normalize.Field]int
	spelled map[string]string // by name in lower case: the query's first spelling
	seen    *seen             // nil: nobody asks
	chain   []*Parse          // the parse stages with nodrop right before this stage, back to the last one without

	sliceWidth int64 // of the last timeslice, in milliseconds; 0 without one
	ordered    bool  // messages come in their order
}

// names says what a field name means. Keys of made are in lower case, for names compare without case.
type names struct {
	made map[string]Expr // by the stages so far
	// open are the names that no stage made; parsed is what a name means where no stage says anything of it.
	open func(name string, parsed meaning) Expr
}

// meaning says what a name in lower case stands for.
type meaning func(name string) Expr

// get is what a name in lower case means.
func (n names) get(name string, parsed meaning) Expr {
	if x, ok := n.made[name]; ok {
		return x
	}
	return n.open(name, parsed)
}

// stage compiles one operator; each has a file of its own.
func (b *builder) stage(s syntax.Stage) {
	if !isParse(s) {
		b.chain = nil
	}
	switch s := s.(type) {
	case *syntax.JSONAuto:
		b.jsonAuto(s)
	case *syntax.Where:
		b.where(s)
	case *syntax.Assign:
		b.assign(s)
	case *syntax.Aggregate:
		b.aggregate(s)
	case *syntax.Sort:
		b.sort(s)
	case *syntax.Limit:
		b.limit(s)
	case *syntax.Fields:
		b.fields(s)
	case *syntax.JSON:
		b.json(s)
	case *syntax.ParseAnchors:
		b.parseAnchors(s)
	case *syntax.ParseRegex:
		b.parseRegex(s)
	case *syntax.Split:
		b.split(s)
	case *syntax.ParseXML:
		b.parseXML(s)
	case *syntax.KeyValue:
		b.keyValue(s)
	case *syntax.Timeslice:
		b.timeslice(s)
	case *syntax.Top:
		b.top(s)
	case *syntax.Transpose:
		b.transpose(s)
	case *syntax.FillMissing:
		b.fillMissing(s)
	case *syntax.WithTime:
		b.withTime(s)
	case *syntax.TopK:
		b.topK(s)
	case *syntax.Window:
		b.window(s)
	case *syntax.Dedup:
		b.dedup(s)
	case *syntax.Lookup:
		b.lookup(s)
	case *syntax.GeoIP:
		b.geoIP(s)
	case *syntax.ThreatIP:
		b.threatIP(s)
	case *syntax.ThreatLookup:
		b.threatLookup(s)
	case *syntax.Outlier:
		b.outlier(s)
	case *syntax.Transactionize:
		b.transactionize(s)
	case *syntax.Transaction:
		b.transaction(s)
	case *syntax.Sessionize:
		b.sessionize(s)
	case *syntax.Merge:
		b.merge(s)
	case *syntax.Compare:
		b.compareRanges(s)
	case *syntax.Filter:
		b.filter(s)
	case *syntax.Bin:
		b.bin(s)
	case *syntax.Trace:
		b.trace(s)
	case *syntax.Join:
		b.join(s)
	default:
		panic("plan: check let an operator through that plan does not know")
	}
}

func (b *builder) newSection() *Section {
	s := &Section{}
	b.plan.Sections = append(b.plan.Sections, s)
	return s
}

func (b *builder) op(op Op) { b.section.Ops = append(b.section.Ops, op) }

// field resolves a name at this point of the pipeline.
func (b *builder) field(name string) Expr {
	return b.names.get(b.spell(name, strings.ToLower(name)), b.autoParse)
}

// spell keeps the first spelling of a name, and returns the name.
func (b *builder) spell(spelling, name string) string {
	if _, ok := b.spelled[name]; !ok {
		b.spelled[name] = spelling
	}
	return name
}

// define gives a name a new meaning from here on.
func (b *builder) define(name string, x Expr) { b.names.made[strings.ToLower(name)] = x }

// autoParse is what a name means before any parse stage: metadata, or the event's own field, as in Sumo's Auto Parse Mode.
func (b *builder) autoParse(name string) Expr {
	return b.input(normalize.Field{Name: name})
}

// metadata is what a name means where a stage has decided which fields the event has: metadata, or nothing.
func (b *builder) metadata(name string) Expr {
	if normalize.IsBuiltin(name) {
		return b.autoParse(name)
	}
	return &Const{}
}

// input asks the normalizer for a field, once.
func (b *builder) input(f normalize.Field) Expr {
	builtin := normalize.IsBuiltin(f.Name)
	if builtin {
		f = normalize.Field{Name: f.Name}
	}
	i, ok := b.inputs[f]
	if !ok {
		i = len(b.root.Inputs)
		b.inputs[f] = i
		b.root.Inputs = append(b.root.Inputs, f)
	}
	return &Input{Index: i, Name: f.Name, Long: builtin && isLong(f.Name)}
}

// isLong reports whether a built-in field is a number by definition (section 2 of the language reference).
func isLong(name string) bool {
	switch name {
	case "_messagetime", "_receipttime", "_size":
		return true
	}
	return false
}
