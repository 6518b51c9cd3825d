package engine_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"retrohunt/engine/catalog"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
)

// Random queries draw from the catalog: every operator, function and aggregate that it calls supported. A function or aggregate is
// drawn as soon as it has its row there; an operator needs a maker, for only that knows what may stand behind its name.

// maker says how often an operator is drawn: before the first aggregate, there where the order of messages may count, and behind an
// aggregate; and it writes its stage. A stage behind an aggregate notes the columns that it makes: see define.
type maker struct {
	events, messages, rows int
	write                  func(m *queryMaker, name string) string
}

var makers map[string]maker

func init() { // some stages hold others
	makers = map[string]maker{
		"accum":          {0, 1, 1, (*queryMaker).window},
		"as":             {6, 0, 5, unnamed((*queryMaker).assign)},
		"backshift":      {0, 1, 1, (*queryMaker).window},
		"bin":            {1, 0, 1, unnamed((*queryMaker).bin)},
		"compare":        {0, 0, 1, unnamed((*queryMaker).compare)},
		"csv":            {1, 0, 1, (*queryMaker).split},
		"dedup":          {0, 2, 1, unnamed((*queryMaker).dedup)},
		"diff":           {0, 1, 1, (*queryMaker).window},
		"extract":        {1, 0, 1, (*queryMaker).parseRegex},
		"fields":         {1, 0, 1, unnamed((*queryMaker).fields)},
		"fillmissing":    {0, 0, 1, unnamed((*queryMaker).fillMissing)},
		"filter":         {0, 0, 1, unnamed((*queryMaker).filter)},
		"geoip":          {1, 0, 1, unnamed((*queryMaker).geoIP)},
		"join":           {0, 0, 1, unnamed((*queryMaker).join)},
		"json auto":      {3, 0, 0, unnamed((*queryMaker).jsonAuto)},
		"json":           {2, 0, 1, unnamed((*queryMaker).jsonStage)},
		"keyvalue":       {1, 0, 1, (*queryMaker).keyValue},
		"kv":             {1, 0, 1, (*queryMaker).keyValue},
		"limit":          {0, 1, 1, unnamed((*queryMaker).limit)},
		"lookup":         {2, 0, 1, unnamed((*queryMaker).lookup)},
		"merge":          {0, 0, 0, unnamed((*queryMaker).mergeAll)}, // rowsOfMessages
		"order":          {0, 1, 2, (*queryMaker).sort},
		"outlier":        {0, 0, 1, unnamed((*queryMaker).outlier)},
		"parse regex":    {1, 0, 1, (*queryMaker).parseRegex},
		"parse xml":      {1, 0, 1, unnamed((*queryMaker).parseXML)},
		"parse":          {1, 0, 1, unnamed((*queryMaker).parseAnchors)},
		"rollingstd":     {0, 1, 1, (*queryMaker).window},
		"save":           {0, 0, 0, unnamed((*queryMaker).save)}, // randomQuery
		"sessionize":     {0, 0, 0, unnamed((*queryMaker).sessionize)},
		"smooth":         {0, 1, 1, (*queryMaker).window},
		"sort":           {0, 1, 3, (*queryMaker).sort},
		"split":          {1, 0, 1, (*queryMaker).split},
		"threatip":       {1, 0, 1, unnamed((*queryMaker).threatIP)},
		"threatlookup":   {1, 0, 1, unnamed((*queryMaker).threatLookup)},
		"timeslice":      {1, 1, 0, unnamed((*queryMaker).timeslice)},
		"top":            {0, 1, 1, unnamed((*queryMaker).top)},
		"topk":           {0, 1, 1, unnamed((*queryMaker).topK)},
		"total":          {0, 1, 1, (*queryMaker).window},
		"trace":          {0, 1, 0, unnamed((*queryMaker).trace)},
		"transaction":    {0, 0, 0, unnamed((*queryMaker).transaction)},
		"transactionize": {0, 0, 0, unnamed((*queryMaker).transactionize)},
		"transpose":      {0, 0, 1, unnamed((*queryMaker).transpose)},
		"where":          {2, 0, 1, unnamed((*queryMaker).where)},
		"withtime":       {1, 0, 0, unnamed((*queryMaker).withTime)},
	}
	eventStages = drawn(func(u maker) int { return u.events })
	messageStages = drawn(func(u maker) int { return u.messages })
	rowStages = drawn(func(u maker) int { return u.rows })
}

// unnamed makes a maker's function of one that needs no name.
func unnamed(write func(*queryMaker) string) func(*queryMaker, string) string {
	return func(m *queryMaker, _ string) string { return write(m) }
}

// The names to draw from, each as often as its maker has it.
var eventStages, messageStages, rowStages []string

func drawn(often func(maker) int) (names []string) {
	for _, e := range supported(catalog.Operator) {
		names = append(names, slices.Repeat([]string{e.Name}, often(makers[e.Name]))...)
	}
	return names
}

// supported returns the entries of a kind that are built.
func supported(kind catalog.Kind) []catalog.Entry {
	return slices.DeleteFunc(catalog.All(), func(e catalog.Entry) bool { return e.Kind != kind || e.Support != catalog.Supported })
}

// calls are how functions are called that want more than some values: a literal that says something, a table, a regular expression. An
// @ is a value, FIELD a field. All others are called with as many values as they take.
var calls = map[string][]string{
	"base64Decode":      {"base64Decode(@)", `base64Decode(@, "UTF-8")`},
	"compareCIDRPrefix": {`compareCIDRPrefix("192.0.2.0", @, "8")`, "compareCIDRPrefix(@, @, toInt(8))"},
	"concat":            {`concat(@, "-", @)`, "concat(@)"},
	"format":            {`format("%d %s", @, @)`, `format("%s", @)`, `format("%.2f", @)`},
	"formatDate":        {`formatDate(@, "yyyy-MM-dd")`, `formatDate(toLong(@), "EEE HH:mm:ss.SSS", "Europe/Berlin")`, "formatDate(@)"},
	"getCIDRPrefix":     {`getCIDRPrefix(@, "24")`},
	"hash":              {"hash(@)", `hash(@, "sha1")`, `hash(@, "murmur3_128")`},
	"if":                {`if(@ > @, @, @)`, `if(isNull(@), @, @)`},
	"lookupContains":    {`lookupContains(path://"/Library/users", id=FIELD)`, `lookupContains(path://"/Library/users", name=FIELD, id=FIELD)`},
	"maskFromCIDR":      {`maskFromCIDR("30")`, "maskFromCIDR(FIELD)"},
	"parseDate":         {`parseDate(@, "yyyy")`, `parseDate(@, "yyyy-MM-dd'T'HH:mm:ss", "UTC")`},
	"replace":           {`replace(@, "a", @)`, `replace(@, /[a-c]+/, "<$0>")`, `replace(@, /(?<=a)(b)(?=c)/, "[$1]")`},
	"substring":         {"substring(@, 2)", "substring(@, 0, toLong(@))"},
	"tourl":             {"tourl(@, @)"},
}

// Calls of functions: those that yield truth values, and those that may drop a row, are apart. Few rows would be left otherwise.
var functions, droppingFunctions, tests, droppingTests = func() (f, df, t, dt []string) {
	for _, e := range supported(catalog.Function) {
		fn, _ := function.Find(e.Name)
		into := &f
		switch drops := fn != nil && fn.Drops; {
		case e.Result == catalog.Boolean && drops:
			into = &dt
		case e.Result == catalog.Boolean:
			into = &t
		case drops:
			into = &df
		}
		*into = append(*into, callsOf(e)...)
	}
	return f, df, t, dt
}()

func callsOf(e catalog.Entry) []string {
	if written := calls[e.Name]; written != nil {
		return written
	}
	most := e.Max
	if most == catalog.NoLimit {
		most = e.Min + 2
	}
	var out []string
	for n := e.Min; n <= most; n++ {
		out = append(out, e.Name+"("+strings.Join(slices.Repeat([]string{"@"}, n), ", ")+")")
	}
	return out
}

// aggregates are those that stand beside others, each of a field.
var aggregates = slices.DeleteFunc(supported(catalog.Aggregate), func(e catalog.Entry) bool { return e.Max == 0 })

// notDrawn are entries that random queries do without, and why.
var notDrawn = map[string]string{}

// TestRandomQueriesCoverTheCatalog holds that whatever is built meets its twin in random queries.
func TestRandomQueriesCoverTheCatalog(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	used := map[word]int{}
	for range 10_000 { // made, not run
		query := randomQuery(randomDice(random))
		tree, err := syntax.Parse(query)
		if err != nil {
			t.Fatalf("%s\n%v", query, err)
		}
		for w := range wordsOf(query, tree) {
			used[w]++
		}
	}
	for _, e := range catalog.All() {
		if e.Support != catalog.Supported {
			continue
		}
		n, why := used[word{e.Kind, e.Name}], notDrawn[e.Name]
		if n == 0 && why == "" {
			t.Errorf("the %s %s is built, and no random query has it: give it a row in makers or calls (engine/random_catalog_test.go), or in "+
				"notDrawn the reason why not", e.Kind, e.Name)
		}
		if n > 0 && why != "" {
			t.Errorf("the %s %s is drawn: take it out of notDrawn", e.Kind, e.Name)
		}
	}
}

// TestStoriesCoverTheCatalog holds that whatever is built has a case in testdata, of which the whole output was looked at.
func TestStoriesCoverTheCatalog(t *testing.T) {
	used := map[word]bool{}
	for _, query := range storyQueries(t) {
		if tree, err := syntax.Parse(query); err == nil {
			for w := range wordsOf(query, tree) {
				used[w] = true
			}
		}
	}
	for _, e := range catalog.All() {
		if e.Support == catalog.Supported && !used[word{e.Kind, e.Name}] {
			t.Errorf("the %s %s is built, and no story uses it: tell its documented example in engine/testdata/NAME.txtar, parts query and "+
				"events, and fill in the rest with go test ./engine -run TestStories -update", e.Kind, e.Name)
		}
	}
}

// word is an entry of the catalog.
type word struct {
	kind catalog.Kind
	name string
}

// wordsOf returns the entries of the catalog that a query uses.
func wordsOf(query string, tree *syntax.Query) map[word]bool {
	words := map[word]bool{}
	add := func(kind catalog.Kind, name string) {
		if e, ok := catalog.Find(kind, name); ok {
			words[word{kind, e.Name}] = true
		}
	}
	for node := range nodes(reflect.ValueOf(tree)) {
		switch n := node.(type) {
		case *syntax.ScopeCat:
			add(catalog.Operator, "cat")
		case *syntax.Assign:
			add(catalog.Operator, "as")
		case *syntax.AggCall:
			add(catalog.Aggregate, n.Name)
		case *syntax.Call:
			add(catalog.Function, n.Name)
		case *syntax.LookupContains:
			add(catalog.Function, "lookupContains")
		case *syntax.Cond:
			add(catalog.Function, "if")
		case *syntax.Binary:
			if n.Op == syntax.Contains {
				add(catalog.Function, "contains")
			}
		case *syntax.Matches:
			add(catalog.Infix, "matches")
		case *syntax.In:
			add(catalog.Infix, map[bool]string{false: "in", true: "not in"}[n.Not])
		case syntax.Stage:
			if e, ok := catalog.FindOperator(query[n.Pos().Start:]); ok {
				words[word{catalog.Operator, e.Name}] = true
			}
		}
	}
	return words
}

// nodes yields all nodes of a tree, whatever holds them.
func nodes(v reflect.Value) func(yield func(any) bool) {
	return func(yield func(any) bool) { visit(v, yield) }
}

func visit(v reflect.Value, yield func(any) bool) bool {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return true
		}
		if v.Kind() == reflect.Pointer && !yield(v.Interface()) {
			return false
		}
		return visit(v.Elem(), yield)
	case reflect.Slice:
		for i := range v.Len() {
			if !visit(v.Index(i), yield) {
				return false
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !visit(v.Field(i), yield) {
				return false
			}
		}
	}
	return true
}
