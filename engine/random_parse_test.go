package engine_test

import (
	"fmt"
	"strings"
)

// Patterns of parse stages, with the number of values that they have. Of regexes, @ is the name of a group.
var (
	anchorPatterns = []string{
		`"a*"`, `"*a"`, `"*"`, `"\"user\":\"*\""`, `"{*}"`, `"a*b*c"`, `"\"*\":*,"`, `"x\n*"`, `"ä*"`, `"*:*"`, `"az *\""`,
	}
	namedRegexes = []string{
		`"(?<@>[a-z]+)"`, `"(?P<@>\d+)(?:\.(?<@>\d+))?"`, `"(?i)user\"\s*:\s*\"(?<@>[^\"]*)\""`, `"^(?<@>.*)$"`, `"(?<@>x)?(?<@>b+)|z"`,
		`"(?s)(?<@>\{.*\})"`, `"\\(?<@>.)"`, `"(?<@>a*)"`, `"(u|n)(?<@>.)(x)?"`, `"nothing(?<@>x)"`,
	}
	jsonPaths = []string{
		"a", "a.b", "a.b.c", "c.d", "user", "n", "$.a", "$['a']['b']", "a[0]", "[0]", "$", "a[*]", "a[*].b", "*", "$..b", "..a.b", "a[-1]",
		"a[0,1]", "a[0:2]", "a[-2:]", "a[:1].b", "['a','b']", "$.*.b", "ä", "event time", "missing", "a[]", "inner", "..*", "b[0][1]", "A",
		"a[?(@.b)]", "a[?(@.b == 1)].b", "b[?(@ != 'x')]", "..[?(@.b >= 0)]", "$.a[?(@.b == 'abc' || @.c && @.b < 5)]", "[?(!@.n)].a", "$[?(@.user == @.a)]",
		"a.length()", "length()", "$['b'].length()", "a.b.length()",
	}
)

// source returns what a parse stage reads, and whether it keeps what it does not find. Behind an aggregate it reads a column.
func (m *queryMaker) source() (from, nodrop string) {
	if m.columns != nil || m.once(3) {
		from = " field=" + m.name()
		if m.columns == nil && m.once(2) {
			from = " field=inner"
		}
	}
	return from, pick(m.dice, []string{"", " nodrop", " nodrop"})
}

func (m *queryMaker) parseAnchors() string {
	from, nodrop := m.source()
	pattern := pick(m.dice, anchorPatterns)
	return "parse" + from + " " + pattern + " as " + strings.Join(m.targets(strings.Count(pattern, "*")), ", ") + nodrop
}

func (m *queryMaker) parseRegex(operator string) string {
	from, nodrop := m.source()
	parts := strings.Split(pick(m.dice, namedRegexes), "@")
	out := parts[0]
	for i, part := range parts[1:] {
		m.made++
		name := fmt.Sprintf("made%d", m.made-1)
		m.define(name)
		if i == 0 && m.once(4) && m.columns == nil {
			name = "user"
		}
		out += name + part
	}
	multi := pick(m.dice, []string{"", "", " multi"})
	if from == "" && strings.Contains(out, "*)") { // a row for each character of a message, at which the slow twin sits for seconds
		multi = ""
	}
	return operator + from + " " + out + nodrop + multi
}

func (m *queryMaker) jsonStage() string {
	from, nodrop := m.source()
	var paths []string
	for range 1 + m.roll(3) {
		paths = append(paths, `"`+pick(m.dice, jsonPaths)+`"`)
	}
	out := "json" + from + " " + strings.Join(paths, ", ")
	if m.columns != nil || !m.once(4) {
		out += " as " + strings.Join(m.targets(len(paths)), ", ")
	}
	return out + nodrop
}

func (m *queryMaker) split(operator string) string {
	out := operator + " " + m.name() + pick(m.dice, []string{
		"", " delim=':'", " delim='|'", " delim=' '", ` delim="," quote='''`, " escape='x' quote='a'", ` delim='ä', quote='"', escape='"'`,
	}) + " extract "
	if m.roll(2) == 0 {
		return out + strings.Join(m.targets(3), ", ")
	}
	return out + fmt.Sprintf("%d as %s", 1+m.roll(4), m.targets(1)[0])
}

func (m *queryMaker) keyValue(operator string) string {
	from, nodrop := m.source()
	out := operator + from
	if m.columns == nil && m.once(3) {
		return m.keyValueAuto(out)
	}
	var keys []string
	for range 1 + m.roll(2) {
		keys = append(keys, pick(m.dice, []string{`"a"`, `"user"`, `"k"`, `"n"`, `"none"`, `"b.a"`}))
	}
	out += pick(m.dice, []string{" ", " infer ", ` regex "[=:](.*?)[\s,]" keys `, ` regex "(\w+)\"?:\"?([^\",]*)" `}) + strings.Join(keys, ", ")
	return out + " as " + strings.Join(m.targets(len(keys)), ", ") + nodrop
}

func (m *queryMaker) keyValueAuto(out string) string {
	out += pick(m.dice, []string{" auto", ` auto delim ":"`, " auto nodrop"})
	if m.once(2) {
		return out
	}
	keys := []string{pick(m.dice, []string{`"a"`, `"user"`, `"K"`}), pick(m.dice, []string{`"n"`, `"none"`, `"b.a"`})}
	return out + " keys " + strings.Join(keys, ", ") + pick(m.dice, []string{"", " refonly"}) + " as " + strings.Join(m.targets(2), ", ")
}

func (m *queryMaker) parseXML() string {
	from, nodrop := m.source()
	var paths []string
	for range 1 + m.roll(2) {
		paths = append(paths, pick(m.dice, []string{`"/a"`, `"/a/b"`, `"/a/b/text()"`, `"/a/b/@x"`, `"/a/b[1]/@y"`, `"/a/b[@x=1]"`, `"/a/b[last()]/@x"`, `"/a[2]"`, `"/A"`}))
	}
	return "parse xml" + from + " " + strings.Join(paths, ", ") + " as " + strings.Join(m.targets(len(paths)), ", ") + nodrop
}

// targets returns names for n fields, which may be the same.
func (m *queryMaker) targets(n int) []string {
	var out []string
	for range n {
		name := m.target()
		if m.once(8) {
			name = "_"
		}
		out = append(out, name)
	}
	for _, name := range out {
		if name != "_" {
			m.define(name)
		}
	}
	return out
}

// define notes a column behind an aggregate.
func (m *queryMaker) define(name string) {
	if m.columns != nil && !containsName(m.columns, name) {
		m.columns = append(m.columns, name)
	}
}
