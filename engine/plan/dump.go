package plan

import (
	"fmt"
	"strings"
)

// Dump prints the plan: the scope, the fields to extract, each section's operators, the columns.
func (p *Plan) Dump() string {
	var b strings.Builder
	scope := "everything"
	if p.Scope != nil {
		scope = p.Scope.String()
	}
	fmt.Fprintf(&b, "scope\n  %s\nextract\n", scope)
	for i, f := range p.Inputs {
		fmt.Fprintf(&b, "  %d %s", i, f.Name)
		if f.MaxDepth > 0 {
			fmt.Fprintf(&b, " (maxdepth %d)", f.MaxDepth)
		}
		if f.ExtractArrays {
			b.WriteString(" (extractarrays)")
		}
		b.WriteByte('\n')
	}
	for i, s := range p.Sections {
		if i == 0 {
			b.WriteString("events\n")
		} else {
			b.WriteString("rows\n")
		}
		for _, op := range s.OnEvents() {
			fmt.Fprintf(&b, "  %s\n", op)
		}
		if s.Order != nil {
			fmt.Fprintf(&b, "messages\n  %s\n", s.Order)
			for _, op := range s.Ops[s.Order.At:] {
				fmt.Fprintf(&b, "  %s\n", op)
			}
		}
		if s.Group != nil {
			fmt.Fprintf(&b, "  group %s\n", s.Group)
		}
		if s.Transpose != nil {
			fmt.Fprintf(&b, "  %s\n", s.Transpose)
		}
		if s.Join != nil {
			fmt.Fprintf(&b, "  %s\n", s.Join)
		}
		if s.Narrow != nil {
			fmt.Fprintf(&b, "  %s\n", s.Narrow)
		}
		if s.Compare != nil {
			fmt.Fprintf(&b, "  %s\n", s.Compare)
		}
	}
	b.WriteString("columns\n")
	for _, c := range p.Columns {
		if c.X == nil {
			b.WriteString("  *\n")
			continue
		}
		fmt.Fprintf(&b, "  %s = %s\n", c.Name, c.X)
	}
	return b.String()
}
