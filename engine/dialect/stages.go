package dialect

import (
	"fmt"
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/internal/pattern"
)

// operators are stages of other languages: by their first word in lower case, what Sumo Logic has for the rest of the stage; "" if
// that is not certain.
var operators = map[string]func(t text, rest part) string{
	"eval":         assignments,
	"extend":       assignments,
	"stats":        func(t text, rest part) string { return t.aggregates(rest, splunkAggregate) },
	"summarize":    func(t text, rest part) string { return t.aggregates(rest, kustoAggregate) },
	"project":      func(t text, rest part) string { return names("fields ", t, rest) },
	"project-away": func(t text, rest part) string { return names("fields - ", t, rest) },
	"table":        func(t text, rest part) string { return names("fields ", t, rest) },
	"head":         number,
	"take":         number,
	"distinct": func(t text, rest part) string {
		if list := names("", t, rest); list != "" {
			return "count by " + list + " | fields " + list
		}
		return ""
	},
}

// hints are what to write where the text alone does not tell.
var hints = map[string]string{
	"eval": "write | expression as name", "extend": "write | expression as name",
	"stats": "write the aggregate itself: | count by field", "summarize": "write the aggregate itself: | count by field",
	"project": "write | fields a, b", "project-away": "write | fields - a, b", "table": "write | fields a, b",
	"head": "write | limit 10", "take": "write | limit 10", "distinct": "write | count by a, b",
}

var (
	firstWord   = pattern.New(`^(project-away|[A-Za-z_]\w*)\b`)
	assignment  = pattern.New(`^\s*(` + fieldName + `)\s*=[^=~]`)
	nameOnly    = pattern.New(`^(?:` + fieldName + `)$`)
	digits      = pattern.New(`^[0-9]+$`)
	byWord      = pattern.New(`(?i)\bby\b`)
	asWord      = pattern.New(`(?i)\s+as\s+(` + fieldName + `)$`)
	bareCount   = pattern.New(`(?i)^count\s*(\(\s*\))?$`)
	aggregation = pattern.New(`^(\w+)\s*\(`)
)

// stage finds a stage of another language.
func (t text) stage(s part) []Finding {
	m := firstWord().FindString(t.mark(s))
	word := strings.ToLower(m)
	rest := t.trim(part{s.start + len(m), s.end})
	if word == "parse" {
		return t.parseRegexAs(s)
	}
	write, known := operators[word]
	if !known || word == "summarize" && rest.start == rest.end { // Sumo's own, of old
		return nil
	}
	if infixed := t.mark(rest); strings.HasPrefix(infixed, "=") || strings.HasPrefix(strings.ToLower(infixed), "as ") {
		return nil // a field of that name
	}
	f := Finding{Span: syntax.Span{Start: s.start, End: s.end}, What: m, New: write(t, rest), Hint: hints[word]}
	f.Certain = f.New != ""
	return []Finding{f}
}

// assignments makes stages of a = x, b = y.
func assignments(t text, rest part) string {
	var out []string
	for _, p := range t.split(rest, ',') {
		m := assignment().FindStringSubmatchIndex(t.mark(p))
		if m == nil {
			return ""
		}
		x := t.of(part{p.start + m[1] - 1, p.end})
		if _, err := syntax.ParseCondition(x); err != nil {
			return ""
		}
		out = append(out, x+" as "+t.src[p.start+m[2]:p.start+m[3]])
	}
	return strings.Join(out, " | ")
}

// names makes a list of names of one with or without commas.
func names(before string, t text, rest part) string {
	var out []string
	for _, p := range t.split(rest, ',') {
		for _, name := range strings.Fields(t.mark(p)) {
			if !nameOnly().MatchString(name) {
				return ""
			}
		}
		if strings.Contains(t.mark(p), "%") { // blanks may be in it
			if p = t.trim(p); !nameOnly().MatchString(t.mark(p)) {
				return ""
			}
			out = append(out, t.of(p))
			continue
		}
		out = append(out, strings.Fields(t.of(p))...)
	}
	if len(out) == 0 {
		return ""
	}
	return before + strings.Join(out, ", ")
}

func number(t text, rest part) string {
	if n := t.of(rest); digits().MatchString(n) {
		return "limit " + n
	}
	return ""
}

// function is an aggregate of a stage.
type function struct {
	name, args, as string
	test           string // of countif: what is counted
}

// aggregates makes an aggregate stage of functions and fields behind by. What functions are called read tells.
func (t text) aggregates(rest part, read func(t text, p part) (function, bool)) string {
	list, by := rest, part{}
	if at := byWord().FindAllStringIndex(t.mark(rest), -1); at != nil {
		last := at[len(at)-1]
		list, by = t.trim(part{rest.start, rest.start + last[0]}), t.trim(part{rest.start + last[1], rest.end})
	}
	groups := ""
	if by.end > by.start {
		if groups = names(" by ", t, by); groups == "" {
			return ""
		}
	}
	var before, calls []string
	for i, p := range t.split(list, ',') {
		f, ok := read(t, t.trim(p))
		if !ok {
			return ""
		}
		if f.test != "" {
			field := fmt.Sprintf("counted_%d", i+1)
			before = append(before, "if("+f.test+", 1, 0) as "+field)
			f.name, f.args = "sum", field
			if f.as == "" {
				return "" // its column's name is the other language's
			}
		}
		out := f.name
		if f.args != "" {
			out += "(" + f.args + ")"
		}
		if f.as != "" {
			out += " as " + f.as
		}
		calls = append(calls, out)
	}
	return strings.Join(append(before, strings.Join(calls, ", ")+groups), " | ")
}

// aggregateNames are those of other languages with what Sumo Logic calls them.
var aggregateNames = map[string]string{
	"count": "count", "sum": "sum", "avg": "avg", "mean": "avg", "min": "min", "max": "max", "stdev": "stddev", "values": "values", "make_set": "values",
	"dc": "count_distinct", "distinct_count": "count_distinct", "dcount": "count_distinct", "count_distinct": "count_distinct", "first": "first", "last": "last",
}

// splunkAggregate reads count, sum(x) as y.
func splunkAggregate(t text, p part) (f function, ok bool) {
	if m := asWord().FindStringSubmatchIndex(t.mark(p)); m != nil {
		f.as = t.src[p.start+m[2] : p.start+m[3]]
		p = t.trim(part{p.start, p.start + m[0]})
	}
	return t.aggregate(p, f)
}

// kustoAggregate reads y = sum(x), countif(test).
func kustoAggregate(t text, p part) (f function, ok bool) {
	if m := assignment().FindStringSubmatchIndex(t.mark(p)); m != nil {
		f.as = t.src[p.start+m[2] : p.start+m[3]]
		p = t.trim(part{p.start + m[1] - 1, p.end})
	}
	return t.aggregate(p, f)
}

func (t text) aggregate(p part, f function) (function, bool) {
	if bareCount().MatchString(t.mark(p)) {
		f.name = "count"
		return f, true
	}
	m := aggregation().FindStringSubmatchIndex(t.mark(p))
	if m == nil {
		return f, false
	}
	name := strings.ToLower(t.src[p.start+m[2] : p.start+m[3]])
	args, after, ok := t.args(p.start+m[1]-1, p.end)
	if !ok || after != p.end || len(args) != 1 {
		return f, false
	}
	if name == "countif" {
		f.test = args[0]
		return f, true
	}
	f.name, f.args = aggregateNames[name], args[0]
	return f, f.name != "" && nameOnly().MatchString(read(args[0]).mask)
}

var regexAs = pattern.New(`(?is)^(parse\s+regex\s+(?:field\s*=\s*\S+\s+)?)("\x00*")\s+as\s+([\w.,\s]+?)(\s+nodrop)?$`)

// parseRegexAs is parse regex "…" as a, b: names belong into the groups.
func (t text) parseRegexAs(s part) []Finding {
	m := regexAs().FindStringSubmatchIndex(t.mark(s))
	if m == nil {
		return nil
	}
	m = shift(m, s.start)
	f := Finding{Span: syntax.Span{Start: s.start, End: s.end}, What: "parse regex … as", Hint: `name the groups in the expression: "user=(?<user>\w+)"`}
	pattern, ok := withNames(t.src[m[4]:m[5]], strings.FieldsFunc(t.src[m[6]:m[7]], func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' }))
	if ok {
		f.New, f.Certain = t.src[m[2]:m[3]]+pattern, true
		if m[8] >= 0 {
			f.New += t.src[m[8]:m[9]]
		}
	}
	return []Finding{f}
}

// withNames gives the groups of an expression names, if there are as many without one as there are names.
func withNames(pattern string, names []string) (string, bool) {
	var b strings.Builder
	class, n := false, 0
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		b.WriteByte(c)
		switch {
		case c == '\\' && i+1 < len(pattern):
			i++
			b.WriteByte(pattern[i])
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '(' && !class && strings.HasPrefix(pattern[i+1:], "?<") && !strings.HasPrefix(pattern[i+1:], "?<=") && !strings.HasPrefix(pattern[i+1:], "?<!"):
			return "", false
		case c == '(' && !class && !strings.HasPrefix(pattern[i+1:], "?"):
			if n == len(names) {
				return "", false
			}
			b.WriteString("?<" + names[n] + ">")
			n++
		}
	}
	return b.String(), n == len(names)
}
