package syntax

import "strings"

// Print writes a query in its canonical form: the scope, then each stage on a line of its own. Comments are not in the
// tree and so not in the text; the text of an UnknownStage stands as it was.
//
// Parse(Print(q)) equals q in everything but spans, if the text stays within the limits of a query.
func Print(q *Query) string {
	var p printer
	if q.Scope != nil {
		p.scope(q.Scope, anything)
	}
	for i, s := range q.Stages {
		if i > 0 || q.Scope != nil {
			p.text("\n")
		}
		p.text("| ")
		s.print(&p)
	}
	return p.b.String()
}

// PrintStage writes one stage, without the pipe before it.
func PrintStage(s Stage) string {
	var p printer
	s.print(&p)
	return p.b.String()
}

// PrintExpr writes an expression.
func PrintExpr(e Expr) string {
	var p printer
	p.expr(e, anything)
	return p.b.String()
}

// PrintScope writes a scope; of nil, which is everything, nothing.
func PrintScope(s Scope) string {
	if s == nil {
		return ""
	}
	var p printer
	p.scope(s, anything)
	return p.b.String()
}

// printer writes trees as text.
type printer struct{ b strings.Builder }

func (p *printer) text(s string) { p.b.WriteString(s) }

// option writes s if on is set.
func (p *printer) option(on bool, s string) {
	if on {
		p.text(s)
	}
}

// comma writes a comma before every element of a list but the first.
func (p *printer) comma(i int) { p.option(i > 0, ", ") }

func (p *printer) field(f *Field) {
	if plainName(f.Name) && !reserved(f.Name) {
		p.text(f.Name)
		return
	}
	p.text(`%"` + escapeName.Replace(f.Name) + `"`)
}

func (p *printer) fields(list []*Field) {
	for i, f := range list {
		p.comma(i)
		p.field(f)
	}
}

var (
	escapeName   = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	escapeString = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)
)

// quote writes a "…" literal.
func quote(s string) string { return `"` + escapeString.Replace(s) + `"` }
