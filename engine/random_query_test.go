package engine_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/engine/check"
	"retrohunt/lookup"
)

// queryMaker writes a random query that is valid, and keeps book of the names that its next stage may use.
type queryMaker struct {
	*dice
	columns  []string // behind an aggregate: all that has a name
	groups   []string // those of columns that tell rows apart
	rest     bool     // a transpose has made columns without one
	made     int
	ordered  bool // stages may depend on the order of messages
	child    bool // of a filter
	compared bool
	unkeyed  bool // no aggregate has made the rows
	within   int  // so many subqueries
}

func randomQuery(d *dice) string {
	m := &queryMaker{dice: d}
	parts := []string{m.scope(2)}
	if m.once(40) {
		parts[0] = `cat path://"/Library/users"`
	}
	for range m.roll(5) {
		parts = append(parts, m.eventStage())
	}
	m.ordered = true
	for range max(0, m.roll(6)-3) { // most queries need no order of messages
		parts = append(parts, m.messageStage())
	}
	if m.once(12) {
		parts = append(parts, m.transactionize())
	}
	query := strings.Join(parts, "\n| ")
	if m.once(6) {
		return query
	}
	if m.once(8) && !strings.Contains(query, " multi") { // which joins by the thousand
		parts = append(parts, m.join())
	} else {
		parts = append(parts, m.rowsOfMessages())
	}
	for range m.roll(5) {
		parts = append(parts, m.rowStage())
	}
	if m.once(20) {
		parts = append(parts, m.save())
	}
	return strings.Join(parts, "\n| ")
}

// eventNames are names that the random events have, now and then, and some that no event has.
var eventNames = []string{
	"a", "b", "A", "c", "a.b", "a.B.c", "b.a", "user", "User", "event_time", "n", "missing", "c.d", `%"a[0]"`, `%"a[1].b"`,
	`%"b[0][1]"`, `%"ä"`, `%"event time"`, "inner", "CommandLine", "IpAddress", "properties.status.errorCode", "EventID",
	"_sourceCategory", "_sourceName", "_size", "_raw", "_collector", "_index", "_own", "_messageTime", "a_withtime", "user_withtime", "made0_withtime", "_timeslice", "_timeslice", "_timeslice", `%"a.b.c"`, "properties.riskLevelDuringSignIn",
}

// name returns a field that a stage may name here.
func (m *queryMaker) name() string {
	if m.columns != nil {
		return recase(m.dice, pick(m.dice, m.columns))
	}
	if m.made > 0 && m.roll(3) == 1 {
		return "made" + strconv.Itoa(m.roll(m.made))
	}
	return pick(m.dice, eventNames)
}

// recase writes a name in another case now and then: it stays the same name.
func recase(d *dice, name string) string {
	if d.once(6) && !strings.HasPrefix(name, "%") {
		return strings.ToUpper(name)
	}
	return name
}

// names returns different names.
func (m *queryMaker) names(most int) []string {
	var out []string
	for range 1 + m.roll(most) {
		if n := m.name(); !containsName(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func containsName(list []string, name string) bool {
	return slices.ContainsFunc(list, func(n string) bool { return strings.EqualFold(bare(n), bare(name)) })
}

func bare(name string) string { return strings.Trim(name, `%"`) }

// target returns the name for a new field: a fresh one, or one that there is already.
func (m *queryMaker) target() string {
	if m.once(3) {
		return m.name()
	}
	m.made++
	return "made" + strconv.Itoa(m.made-1)
}

var scopeTerms = []string{
	"*", "error", "ERR*", "*ogi*", "az", "10.1.1.*", "10.1.1.7", "a_b", "?rror", "*", `"az login"`, `"line break"`, `"error"`, `"*"`,
	"_sourceCategory=*", "_sourceCategory=windows/*", "_sourceCategory=*sign*n", "_sourceName=fileA.json", `_sourceName="file?.json"`,
	"user=*", "user=ab?", "a!=x*", "n>1", "n<=10", "a.b>=0", "_index=main", "_index!=main", "_size>40", "isBlank(a)", "isValidIP(user)", "!(isPrivateIP(user))",
	`user in ("abc", "7")`, `a not in ("1", 1)`, "isnull(n)", "user>=1e3", `%"event time"=*`,
}

func (m *queryMaker) scope(depth int) string {
	if depth == 0 {
		return pick(m.dice, scopeTerms)
	}
	switch m.roll(17) {
	case 16:
		return m.subquery(pick(m.dice, []string{"", "", " keywords"}))
	case 1:
		return m.scope(depth-1) + " " + m.scope(depth-1)
	case 2:
		return m.scope(depth-1) + " AND " + m.scope(depth-1)
	case 3:
		return m.scope(depth-1) + " or " + m.scope(depth-1)
	case 4:
		return "NOT " + m.scope(0)
	case 5:
		return "!(" + m.scope(depth-1) + ")"
	case 6:
		return "(" + m.scope(depth-1) + ")"
	case 7:
		return pick(m.dice, scopeTerms)
	}
	return "*"
}

func (m *queryMaker) eventStage() string { return m.stage(eventStages) }

// messageStage writes a stage that depends on the order of messages, or one that works on each.
func (m *queryMaker) messageStage() string {
	if m.once(6) {
		return m.eventStage()
	}
	return m.stage(messageStages)
}

func (m *queryMaker) rowStage() string {
	if m.once(20) {
		return m.aggregate()
	}
	return m.stage(rowStages)
}

// stage writes a stage with one of the operators.
func (m *queryMaker) stage(operators []string) string {
	name := pick(m.dice, operators)
	return makers[name].write(m, name)
}

func (m *queryMaker) where() string { return "where " + m.condition(3) }

func (m *queryMaker) withTime() string {
	return "withtime " + pick(m.dice, []string{"a", "user", "n", "made0"})
}

func (m *queryMaker) limit() string { return "limit " + strconv.Itoa(1+m.roll(8)) }

func (m *queryMaker) geoIP() string {
	more := pick(m.dice, [][]string{nil, {"region"}, {"postal_code", "continent"}})
	out := strings.TrimSuffix("geoip "+m.name()+" "+strings.Join(more, ", "), " ")
	return m.defined(out, append(more, check.GeoIPColumns...)...)
}

func (m *queryMaker) threatIP() string {
	return m.defined("threatip "+m.name(), check.ThreatIPColumns...)
}

func (m *queryMaker) threatLookup() string {
	options := pick(m.dice, []string{"", "singleIndicator ", `source="two" `, `singleIndicator include="all" `, `include="expired" `})
	return m.defined("threatlookup "+options+m.name(), append(check.ThreatNames(), check.NumMatch)...)
}

// lookup asks a table.
func (m *queryMaker) lookup() string {
	field := m.name()
	kind := m.roll(4)
	if kind == 1 {
		return m.lookupAll(field)
	}
	target := m.target()
	if kind == 2 && !containsName([]string{"ip"}, target) {
		return m.defined("lookup country_name as "+target+", ip from geo://location on ip="+field, target, "ip")
	}
	if containsName([]string{"city"}, target) {
		target = "town"
	}
	return m.defined("lookup name as "+target+", city from "+pick(m.dice, []string{`path://"/Library/users"`, "/shared/users", "https://example.com/users.csv"})+
		" on "+pick(m.dice, []string{field + "=id", "id=" + field, field + "=id, " + m.name() + "=_rank", field + "=id and " + field + "=name"}), target, "city")
}

// lookupAll asks a table for all of its columns but the key, where that is a field by the same name.
func (m *queryMaker) lookupAll(field string) string {
	key := func(column string) string { return pick(m.dice, []string{field + "=" + column, column + "=" + field}) }
	switch m.roll(4) {
	case 0:
		return m.defined(`lookup * from path://"/Library/users" on `+key("id"), unlessKey(field, "id", "name", "city", "_rank")...)
	case 1:
		return m.defined("lookup * from shared/codes on "+key("code"), unlessKey(field, "code", "user", "meaning", "critical", "weight")...)
	case 2:
		return m.defined("lookup * from https://example.com/users.csv on "+key("id"), unlessKey(field, "id", "name", "city", "_rank")...)
	}
	return m.defined("lookup * from asn://x on ip="+field, lookup.ASNColumns()...)
}

// unlessKey are columns without the first, the key, if the field that it is compared with is called the same.
func unlessKey(field string, columns ...string) []string {
	if strings.EqualFold(field, columns[0]) {
		return columns[1:]
	}
	return columns
}

// defined notes fields that a stage makes.
func (m *queryMaker) defined(stage string, names ...string) string {
	for _, name := range names {
		m.define(name)
	}
	return stage
}

func (m *queryMaker) timeslice() string {
	if m.ordered {
		return pick(m.dice, []string{"timeslice", "timeslice 10 buckets", "timeslice by 3 buckets as made_slice"})
	}
	out := pick(m.dice, []string{"timeslice ", "timeslice by "}) + pick(m.dice, []string{"5m", "1h", "1d", "7h", "1w", "30s"})
	if m.once(3) {
		out += " as " + m.target()
	}
	return out
}

func (m *queryMaker) fillMissing() string {
	var keys []string
	names := m.names(2) // more make more rows than the twin is fast for
	for _, name := range names {
		keys = append(keys, pick(m.dice, []string{"timeslice(15m)", "timeslice(7h)", `values("abc", "7", 7)`, "values all"})+" in "+name)
	}
	out := "fillmissing " + strings.Join(keys, ", ")
	if other := m.name(); !containsName(names, other) {
		out += pick(m.dice, []string{"", " with -5 for ", ` with "x" for `})
		if strings.HasSuffix(out, " for ") {
			out += other
		}
	}
	if strings.Contains(out, "timeslice(") && m.once(3) {
		out += " takelast"
	}
	return out
}

func (m *queryMaker) topK() string {
	out := "topk(" + strconv.Itoa(1+m.roll(3)) + ", " + strings.Join(m.names(2), ", ") + ")"
	if m.once(2) {
		out += " by " + strings.Join(m.names(2), ", ")
	}
	m.column("_rank")
	return out
}

func (m *queryMaker) window(operator string) string {
	out, column := operator+" "+m.name(), "_"+operator
	if m.once(2) && operator > "b" && operator != "diff" && operator != "total" {
		out += ", " + strconv.Itoa(1+m.roll(3))
	}
	by := ""
	if m.once(2) {
		by = " by " + strings.Join(m.names(2), ", ")
	}
	if m.once(2) {
		column = m.target()
		out += " as " + column
	}
	m.column(column)
	return out + by
}

func (m *queryMaker) bin() string {
	out := "bin " + m.name() + pick(m.dice, []string{" width=2", " width=0.1", " width=3, min=-1.5", " max=10, width=4 min=1", " width=1k, max=0"})
	return m.defined(out, check.BinLabel, check.BinLower, check.BinUpper)
}

func (m *queryMaker) trace() string {
	return "trace " + pick(m.dice, []string{"", "", "+ ", "- "}) + pick(m.dice, []string{`"[0-9]+"`, `":\"([a-zA-Z]+)\""`, `"(a|b)|\"n\":(\d+)"`, `"(?<=:)\d"`}) + " " + pick(m.dice, []string{`"7"`, `"abc"`, `"1"`, `"a"`, `""`})
}

// outlier takes any column for the slices of time, if there are none.
func (m *queryMaker) outlier() string {
	out := ""
	if !containsName(m.columns, "_timeslice") {
		out = m.name() + " as _timeslice\n| "
		m.column("_timeslice")
	}
	field := m.name()
	out += "outlier " + field
	if m.once(3) {
		out += " by " + strings.Join(m.names(2), ", ")
	}
	out += " window=" + strconv.Itoa(1+m.roll(3)) + pick(m.dice, []string{"", ", threshold=1", " threshold=0.5"})
	out += pick(m.dice, []string{"", ", consecutive=2"}) + pick(m.dice, []string{"", ", direction=+", " direction=-", ",direction=+-"})
	for _, suffix := range []string{"_error", "_lower", "_upper", "_indicator", "_violation", "_std"} {
		if bare := strings.TrimSuffix(field, `"`); bare != field {
			m.column(bare + suffix + `"`)
			continue
		}
		m.column(field + suffix)
	}
	return out
}

// compare names its ranges so that no column meets another.
func (m *queryMaker) compare() string {
	if m.child || m.compared || m.unkeyed {
		return m.sort("sort")
	}
	m.compared = true
	var ranges, added []string
	for i := range 1 + m.roll(2) {
		as := "range" + strconv.Itoa(i)
		ranges = append(ranges, "timeshift "+pick(m.dice, []string{"1h", "-20m", "1d", "90m 1", "30m 1 avg", "1d 3 avg", "-1h 2 min", "15m 3 max"})+" as "+as)
		for _, column := range m.columns {
			if containsName(m.groups, column) {
				continue
			}
			if name := strings.TrimSuffix(column, `"`); name != column {
				added = append(added, name+"_"+as+`"`)
				continue
			}
			added = append(added, column+"_"+as)
		}
	}
	m.columns = append(m.columns, added...)
	return pick(m.dice, []string{"compare ", "compare with "}) + strings.Join(ranges, ", ")
}

// filter compares by columns that its child leaves, if there are any.
func (m *queryMaker) filter() string {
	if m.rest || m.child {
		return m.sort("sort")
	}
	child := &queryMaker{dice: m.dice, columns: slices.Clone(m.columns), made: m.made, child: true}
	var stages []string
	for range 1 + m.roll(3) {
		stages = append(stages, child.rowStage())
	}
	m.made = child.made
	both := slices.DeleteFunc(slices.Clone(m.columns), func(name string) bool { return !containsName(child.columns, name) })
	if len(both) == 0 {
		return m.sort("sort")
	}
	return "filter " + strings.Join(both[:1+m.roll(len(both))], ", ") + " in (" + strings.Join(stages, " | ") + ")"
}

// join makes tables of the same rows, in which each table's fields are compared with those of the one before.
func (m *queryMaker) join() string {
	if m.rest || m.child {
		return m.sort("sort")
	}
	var tables, keys, columns, compared []string
	var before *queryMaker
	key := func(i, j int, a, b string) {
		keys = append(keys, fmt.Sprintf("t%d.%s = t%d.%s", i, a, j, b))
		for _, column := range []string{fmt.Sprintf("T%d_%s", i, a), fmt.Sprintf("T%d_%s", j, b)} {
			if !containsName(compared, column) {
				compared = append(compared, column)
			}
		}
	}
	for i := range 2 + max(0, m.roll(4)-2) {
		t := &queryMaker{dice: m.dice, columns: slices.Clone(m.columns), made: m.made, ordered: true, child: true}
		stages := []string{"*"}
		for range m.roll(3) {
			stages = append(stages, t.tableStage())
		}
		if t.rest {
			stages, t.rest = append(stages, "fields "+strings.Join(t.columns, ", ")), false
		}
		if m.made = t.made; t.joinField() == "" {
			return m.sort("sort")
		}
		name := fmt.Sprintf("T%d", i)
		tables = append(tables, "("+strings.Join(stages, " | ")+") as "+name)
		if before != nil {
			key(i-1, i, before.joinField(), t.joinField())
			if m.once(6) {
				key(i, i-1, t.joinField(), before.joinField())
			}
		}
		for range 3 {
			if field := name + "_" + t.joinField(); !containsName(columns, field) {
				columns = append(columns, field)
			}
		}
		before = t
	}
	out := "join " + strings.Join(tables, ", ") + " on " + strings.Join(keys, " and ") + pick(m.dice, []string{"", " timewindow 1h", " timewindow 5m", " timewindow 30d"})
	m.unkeyed = true
	if m.rest = m.once(2); m.rest { // there are more columns than are noted here
		m.columns = compared
		return out
	}
	m.columns = columns
	return out + "\n| fields " + strings.Join(columns, ", ")
}

// tableStage writes a stage of a table: of messages or of rows.
func (m *queryMaker) tableStage() string {
	switch {
	case m.columns != nil:
		return m.rowStage()
	case m.once(4):
		return m.aggregate()
	}
	return m.messageStage()
}

// joinField is a field whose name needs no quotes, "" if there is none.
func (m *queryMaker) joinField() string {
	for range 5 {
		if name := m.name(); !strings.HasPrefix(name, "%") {
			return name
		}
	}
	if i := slices.IndexFunc(m.columns, func(name string) bool { return !strings.HasPrefix(name, "%") }); i >= 0 {
		return m.columns[i]
	}
	if m.columns == nil {
		return "a"
	}
	return ""
}

func (m *queryMaker) dedup() string {
	if m.columns == nil && m.once(2) {
		return pick(m.dice, []string{"dedup", "dedup 2"})
	}
	return "dedup " + pick(m.dice, []string{"", "1 ", "2 ", "consecutive ", "consecutive 2 "}) + "by " + strings.Join(m.names(2), ", ")
}

// column notes a column behind an aggregate, unless there is one of that name.
func (m *queryMaker) column(name string) {
	if m.columns != nil && !containsName(m.columns, name) {
		m.columns = append(m.columns, name)
	}
}

// transpose takes the last column for the cells, if there are enough; else the first go.
func (m *queryMaker) transpose() string {
	last := len(m.columns) - 1
	if last < 2 || m.rest {
		return m.top()
	}
	column := 1 + m.roll(last-1)
	out := "transpose row " + strings.Join(m.columns[:column], ", ") + " column " + strings.Join(m.columns[column:last], ", ")
	m.columns = slices.Clone(m.columns[:column])
	m.groups, m.unkeyed = m.columns, false
	var as []string
	for _, name := range []string{"abc", `%"7"`} {
		if m.once(3) && !containsName(m.columns, name) {
			as = append(as, name)
			m.columns = append(m.columns, name)
		}
	}
	switch {
	case m.once(2):
		m.rest = true
		as = append(as, "*")
	case len(as) == 0:
		m.rest = true
		return out
	}
	return out + " as " + strings.Join(as, ", ")
}

func (m *queryMaker) top() string {
	fields := m.names(2)
	out := "top " + strconv.Itoa(1+m.roll(5)) + " " + strings.Join(fields, ", ")
	if m.columns == nil || m.once(2) || containsName(fields, "_count") {
		return out + " by " + m.name() + pick(m.dice, []string{"", " asc", " desc"}) + ", " + m.name()
	}
	m.columns, m.groups, m.rest, m.unkeyed = append(fields, "_count"), fields, false, false
	return out
}

func (m *queryMaker) assign() string {
	var x string
	if m.once(3) {
		x = m.condition(2)
	} else {
		x = m.value(3)
	}
	name := m.target()
	m.define(name)
	return x + " as " + name
}

func (m *queryMaker) jsonAuto() string {
	out := "json auto"
	if m.once(4) {
		out += " field=" + pick(m.dice, []string{"inner", "_raw", m.name()})
	}
	if m.roll(2) == 1 {
		out += " maxdepth " + strconv.Itoa(1+m.roll(4))
	}
	if m.once(3) {
		out += " extractarrays"
	}
	if m.once(4) {
		keys, names := m.keys()
		out += " keys " + strings.Join(keys, ", ") + pick(m.dice, []string{"", " refonly"})
		if m.once(2) {
			out += " as " + strings.Join(names, ", ")
		}
	}
	return out + pick(m.dice, []string{"", " nodrop"})
}

func (m *queryMaker) keys() (keys, names []string) {
	for range 1 + m.roll(3) {
		keys = append(keys, `"`+bare(pick(m.dice, eventNames))+`"`)
		names = append(names, m.target())
	}
	return keys, names
}

func (m *queryMaker) fields() string {
	names := m.names(3)
	if m.columns == nil { // messages have a column, whatever else is dropped
		if names = slices.DeleteFunc(names, func(n string) bool { return n == "_raw" }); len(names) == 0 {
			names = []string{"a"}
		}
	}
	if m.once(3) && (m.columns == nil || len(names) < len(m.columns)) {
		m.columns = slices.DeleteFunc(m.columns, func(c string) bool { return containsName(names, c) })
		return "fields - " + strings.Join(names, ", ")
	}
	if m.columns != nil {
		m.columns, m.rest = names, false
	}
	return "fields " + strings.Join(names, ", ")
}

func (m *queryMaker) sort(name string) string {
	if m.columns != nil && !m.rest && m.once(8) {
		return name
	}
	var keys []string
	for range 1 + m.roll(2) {
		switch key := m.name(); m.roll(4) {
		case 1:
			keys = append(keys, key+" asc")
		case 2:
			keys = append(keys, "+"+key)
		case 3:
			keys = append(keys, key+" desc")
		default:
			keys = append(keys, key)
		}
	}
	return name + pick(m.dice, []string{" ", " by "}) + strings.Join(keys, ", ")
}

func (m *queryMaker) aggregate() string {
	m.rest = false
	if by := m.names(3); m.once(10) && !containsName(by, "_approxcount") {
		m.columns, m.groups, m.unkeyed = append(by, "_approxcount"), by, false
		return "count_frequent " + strings.Join(by, ", ")
	}
	var by []string
	if m.roll(8) != 1 {
		by = m.names(3)
	}
	columns := slices.Clone(by)
	var calls []string
	for range 1 + m.roll(3) {
		call, column := m.aggregateCall()
		if column == "" || containsName(columns, column) || m.once(3) {
			m.made++
			column = "made" + strconv.Itoa(m.made-1)
			call += " as " + column
		}
		columns = append(columns, column)
		calls = append(calls, call)
	}
	m.columns, m.groups, m.unkeyed = columns, by, false
	out := strings.Join(calls, ", ")
	if len(by) > 0 {
		out += " by " + strings.Join(by, ", ")
	}
	return out
}

// aggregateCall writes one of the catalog's aggregates, with the column that it makes; that of percentiles needs a name.
func (m *queryMaker) aggregateCall() (call, column string) {
	e := aggregates[m.roll(len(aggregates))]
	call = recase(m.dice, e.Name)
	switch {
	case e.Max == catalog.NoLimit:
		return fmt.Sprintf("%s(%s, %s)", call, m.name(), pick(m.dice, []string{"50", "95", "99.9", "0", "12.5"})), ""
	case e.Min > 0 || m.once(3):
		call += "(" + m.name() + ")"
	}
	return call, e.Output
}

var (
	textLiterals = []string{
		`""`, `"abc"`, `"a"`, `"1"`, `" 7 "`, `"true"`, `" "`, `"1e3"`, `"say \"hi\""`, `"C:\\x"`, `"line\nbreak"`, `"a\/b"`, `"ä"`, `"x"`, `"-"`,
	}
	numberLiterals = []string{
		"0", "1", "2", "10", "1.5", "0.1", "2k", "1Ki", "5m", "1e+3", "2.5e-7", "9007199254740993", "9223372036854775807", "1e+308",
	}
	globs = []string{
		`"*"`, `""`, `"a*"`, `"*c"`, `"*b*"`, `"a*c"`, `"*a*b*"`, `"*az login*"`, `"?bc"`, `"**"`, `"7*"`, `"a**b"`, `"*\n*"`, `"*ä*ä*"`, `"*\"*"`,
	}
	regexes = []string{`/a/`, `/^[0-9]+$/`, `/(?i)ABC/`, `/\//`, `/^$/`, `/\s/`, `/b.*k/`, `/(?s)e.b/`, `/[^a]/`, `/^(?!.*a)/`, `/(.)\1/`, `/[a-z&&[^b]]/`}
)

// value writes an expression that is no condition by nature, and so may stand on either side of an operator.
func (m *queryMaker) value(depth int) string {
	if depth == 0 {
		return m.name()
	}
	switch m.roll(11) {
	case 1:
		return pick(m.dice, textLiterals)
	case 2:
		return pick(m.dice, numberLiterals)
	case 3:
		return fmt.Sprintf("if(%s, %s, %s)", m.condition(depth-1), m.value(depth-1), m.value(depth-1))
	case 4:
		return fmt.Sprintf("(%s ? %s : %s)", m.condition(depth-1), m.value(depth-1), m.value(depth-1))
	case 5, 6:
		return m.number(depth)
	case 7:
		return pick(m.dice, []string{"null", "true", "false", "NULL"})
	case 8:
		return m.call(depth, functions, droppingFunctions)
	}
	return m.name()
}

// call writes a call of a function, now and then of one that may drop rows.
func (m *queryMaker) call(depth int, safe, dropping []string) string {
	from := safe
	if m.once(5) {
		from = dropping
	}
	call := pick(m.dice, from)
	for strings.Contains(call, "FIELD") {
		call = strings.Replace(call, "FIELD", m.name(), 1)
	}
	parts := strings.Split(call, "@")
	out := parts[0]
	for _, part := range parts[1:] {
		out += m.value(depth-1) + part
	}
	return out
}

// number writes an operand of arithmetic.
func (m *queryMaker) number(depth int) string {
	if depth == 0 {
		return m.name()
	}
	switch m.roll(6) {
	case 1:
		return pick(m.dice, numberLiterals)
	case 2:
		return "-" + m.number(0)
	case 3, 4:
		return m.number(depth-1) + pick(m.dice, []string{" + ", " - ", " * ", " / ", " % "}) + m.number(depth-1)
	case 5:
		return "(" + m.number(depth-1) + pick(m.dice, []string{" + ", " - ", " * ", " / ", " % "}) + m.number(depth-1) + ")"
	}
	return m.name()
}

// condition writes an expression that decides something.
func (m *queryMaker) condition(depth int) string {
	if depth == 0 {
		return m.comparison(0)
	}
	switch m.roll(14) {
	case 13:
		if m.once(3) {
			return m.subquery("")
		}
	case 1:
		return m.name()
	case 2:
		return "!(" + m.condition(depth-1) + ")"
	case 3:
		return m.condition(depth-1) + " AND " + m.condition(depth-1)
	case 4:
		return "(" + m.condition(depth-1) + pick(m.dice, []string{" or ", " || "}) + m.condition(depth-1) + ")"
	case 5:
		return pick(m.dice, []string{"isNull", "isEmpty", "isBlank", "ISBLANK"}) + "(" + m.value(depth-1) + ")"
	case 6:
		return m.value(depth-1) + pick(m.dice, []string{" in (", " not in ("}) + m.list() + ")"
	case 7:
		return m.value(depth-1) + " matches " + pick(m.dice, globs)
	case 8:
		return m.value(depth-1) + " matches " + pick(m.dice, regexes)
	case 9:
		return m.value(depth-1) + " matches " + pick(m.dice, []string{m.name(), `if(isNull(` + m.name() + `), "*", "a*")`})
	case 10:
		return "contains(" + m.value(depth-1) + ", " + m.value(depth-1) + ")"
	case 11:
		return m.call(depth, tests, droppingTests)
	}
	return m.comparison(depth)
}

// subquery composes fields that the query around it has here.
// subquery writes one, or, where subqueries stand in one another already, the constant that it would compose of nothing: dice that a
// fuzzer throws would nest them until the query is too deep to be one.
func (m *queryMaker) subquery(options string) string {
	if m.within == 3 {
		return "(false)"
	}
	fields := m.names(2)
	within := &queryMaker{dice: m.dice, within: m.within + 1}
	parts := []string{within.scope(m.roll(2))}
	if m.once(3) {
		parts = append(parts, within.eventStage())
	}
	if m.once(2) && !containsName(fields, "_count") {
		parts = append(parts, "count by "+strings.Join(fields, ", ")+pick(m.dice, []string{"", " | sort by _count", " | where _count > 1"}))
	}
	options += pick(m.dice, []string{"", "", " maxresults=2"})
	return "[subquery: " + strings.Join(parts, " | ") + " | compose " + strings.Join(fields, ", ") + options + "]"
}

func (m *queryMaker) comparison(depth int) string {
	op := pick(m.dice, []string{" = ", " != ", " < ", " <= ", " > ", " >= ", " == ", " <> "})
	switch m.roll(6) { // what queries mostly compare: a field with a literal
	case 1:
		return m.name() + op + pick(m.dice, textLiterals)
	case 2:
		return pick(m.dice, textLiterals) + op + m.name()
	case 3:
		return m.name() + op + pick(m.dice, numberLiterals)
	}
	return m.value(depth) + op + m.value(max(depth-1, 0))
}

func (m *queryMaker) list() string {
	var items []string
	for range 1 + m.roll(3) {
		items = append(items, m.value(1))
	}
	return strings.Join(items, ", ")
}
