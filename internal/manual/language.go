package manual

import (
	"bytes"
	"fmt"
	"strings"

	"retrohunt/engine/catalog"
	"retrohunt/internal/pattern"
)

const languageHead = `# The query language

Every operator, aggregate and function of the Sumo Logic query language: how it is written, what it does, an example, whether
retrohunt runs it, and where it differs from Sumo Logic or had to choose where the documentation is silent.

This page is made by ` + "`make docs`" + ` from ` + "`engine/catalog`" + ` and from [differences](differences.md), which also has what concerns no
single operator: null, casts, numbers as text, the order of rows. ` + "`retrohunt ops NAME`" + ` shows the same in a terminal.

In the forms capitals stand for what you give, [brackets] for what may be left out, a | for one or the other, … for more of the like.
Names are written in any case.
`

// sections are the parts of the page. Where two kinds share a name, the differences that name it are those of the first.
var sections = []struct {
	kind         catalog.Kind
	title, about string
}{
	{catalog.Operator, "Operators", "An operator begins a stage, behind a pipe."},
	{catalog.Aggregate, "Aggregates", "One or several stand in a stage of their own, with `by FIELD, …` behind them for groups and `as NAME` for the name of a column."},
	{catalog.Function, "Functions", "They stand in expressions: behind `where`, before `as`, within others."},
	{catalog.Infix, "Within expressions", "They stand between two operands, as `=`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `/`, `%`, `and`, `or` do."},
}

// Language returns the page of the query language. A row of the differences' tables is told of each entry that its first cell names
// in code.
func Language(differences []byte) []byte {
	told := byEntry(differences)
	var b bytes.Buffer
	b.WriteString(languageHead)
	anchors := map[string]int{}
	for _, s := range sections {
		entries := entriesOf(s.kind)
		var runs, others []string
		for _, e := range entries {
			link := fmt.Sprintf("[%s](#%s)", e.Name, anchor(e.Name, anchors))
			if e.Support == catalog.Supported {
				runs = append(runs, link)
			} else {
				others = append(others, link)
			}
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n%s.\n", s.title, s.about, strings.Join(runs, ", "))
		if len(others) > 0 {
			fmt.Fprintf(&b, "\nNot run here: %s.\n", strings.Join(others, ", "))
		}
		for _, e := range entries {
			writeEntry(&b, e, told[key{e.Kind, e.Name}])
		}
	}
	return b.Bytes()
}

func entriesOf(kind catalog.Kind) (out []catalog.Entry) {
	for _, e := range catalog.All() {
		if e.Kind == kind && e.Support != catalog.NotSumo {
			out = append(out, e)
		}
	}
	return out
}

// anchor is the name by which a page links to a heading: the second of one text has a number.
func anchor(heading string, before map[string]int) string {
	name := strings.ReplaceAll(strings.ToLower(heading), " ", "-")
	before[name]++
	if n := before[name]; n > 1 {
		return fmt.Sprintf("%s-%d", name, n-1)
	}
	return name
}

func writeEntry(b *bytes.Buffer, e catalog.Entry, differences []string) {
	fmt.Fprintf(b, "\n### `%s`\n\n`%s`\n\n%s", e.Name, e.Form, e.Doc)
	switch {
	case e.Support != catalog.Supported:
		fmt.Fprintf(b, " Not run here: %s.", e.Support)
		switch say, code, ok := strings.Cut(e.Hint, ": | "); {
		case ok:
			fmt.Fprintf(b, " Instead: %s: `| %s`.", say, code)
		case say != "":
			fmt.Fprintf(b, " Instead: %s.", say)
		}
	case e.Kind == catalog.Function && e.Result != catalog.Any:
		fmt.Fprintf(b, " Yields %s.", e.Result)
	case e.Output != "":
		fmt.Fprintf(b, " Without `as` its column is `%s`.", e.Output)
	}
	fmt.Fprintf(b, " For example `%s`.\n", e.Example)
	if len(differences) > 0 {
		b.WriteByte('\n')
	}
	for _, d := range differences {
		fmt.Fprintf(b, "- %s\n", d)
	}
}

type key struct {
	kind catalog.Kind
	name string
}

// cell is the end of a cell of a table; \| is in one.
var cell = pattern.New(`\s+\|\s+`)

// code is a piece of a text that is set as code.
var code = pattern.New("`([^`]+)`")

// byEntry reads the rows of the differences' tables, as sentences.
func byEntry(page []byte) map[key][]string {
	told := map[key][]string{}
	for line := range strings.Lines(string(page)) {
		line, isRow := strings.CutPrefix(strings.TrimSpace(line), "| ")
		cells := cell().Split(strings.TrimSuffix(line, " |"), -1)
		if !isRow || len(cells) < 3 {
			continue
		}
		seen := map[key]bool{}
		for _, span := range code().FindAllStringSubmatch(cells[0], -1) {
			if k, ok := named(span[1]); ok && !seen[k] {
				seen[k] = true
				told[k] = append(told[k], sentence(cells))
			}
		}
	}
	return told
}

// sentence says what a row says but for what holds it: a choice, or what Sumo Logic does and what is done here.
func sentence(cells []string) string {
	says := cells[1]
	if len(cells) > 3 {
		says = "in Sumo Logic " + cells[1] + "; here " + cells[2]
		if cells[1] == "–" {
			says = cells[2]
		}
	}
	return strings.ReplaceAll(cells[0]+": "+says+".", `\|`, "|")
}

// named returns the entry that a piece of code begins with.
func named(text string) (key, bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '(' })
	for n := min(2, len(words)); n > 0; n-- {
		for _, s := range sections {
			if e, ok := catalog.Find(s.kind, strings.Join(words[:n], " ")); ok && e.Support != catalog.NotSumo {
				return key{e.Kind, e.Name}, true
			}
		}
	}
	return key{}, false
}
