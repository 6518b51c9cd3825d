package plan

import (
	"fmt"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/extract"
	"retrohunt/engine/match"
	"retrohunt/engine/syntax"
)

// Sessionize makes a row of messages that Templates find one after another, in the order of Time.
type Sessionize struct {
	Text, Time Expr
	Templates  []*extract.Template
	Slots      []int // of the session's fields
	Start, End int   // slots for the times of the first and the last message
	Names      []string
}

func (op *Sessionize) expressions() []*Expr { return []*Expr{&op.Text, &op.Time} }

func (op *Sessionize) String() string {
	var fields, patterns []string
	for i, slot := range op.Slots {
		fields = append(fields, fmt.Sprintf("%s#%d", op.Names[i], slot))
	}
	for _, t := range op.Templates {
		patterns = append(patterns, t.String())
	}
	return fmt.Sprintf("%s = sessions of %s, one after another in %s", strings.Join(fields, ", "), strings.Join(patterns, ", "), op.Text)
}

// sessionize keeps the messages that one of the patterns may find, whatever the variables are.
func (b *builder) sessionize(s *syntax.Sessionize) {
	templates, names, _, err := extract.NewTemplates(check.SessionPatterns(s))
	if err != nil {
		panic("plan: check let a pattern through that cannot be read: " + err.Error())
	}
	op := &Sessionize{Text: b.field(check.Raw), Time: b.field(check.MessageTime), Templates: templates, Names: names}
	var any []Expr
	for _, t := range templates {
		any = append(any, &Glob{op.Text, match.CompileGlob(t.Glob())})
	}
	b.op(&Where{&Or{any}})
	op.Start, op.End = b.section.slot(check.MessageTime), b.section.slot("end")
	columns := []Column{{check.MessageTime, &Local{op.Start, check.MessageTime}}}
	for _, name := range names {
		slot := b.section.slot(name)
		op.Slots = append(op.Slots, slot)
		columns = append(columns, Column{name, &Local{slot, name}})
	}
	b.op(op)
	b.narrow(columns, columns[0].X, &Local{op.End, "end"})
}
