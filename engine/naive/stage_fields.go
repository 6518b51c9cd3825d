package naive

import (
	"slices"
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

func (p *pipeline) fields(s *syntax.Fields) {
	if s.Drop {
		p.dropFields(s.Names)
		return
	}
	p.keepFields(s.Names)
}

func (p *pipeline) dropFields(names []*syntax.Field) {
	for _, f := range names {
		for _, r := range p.rows {
			r.set(f.Name, value.Value{})
		}
		if strings.EqualFold(f.Name, "_raw") {
			p.rawReplaced = true
		}
		p.hide(f.Name)
		if p.aggregated {
			p.columns = slices.DeleteFunc(p.columns, func(c string) bool { return strings.EqualFold(c, f.Name) })
		}
	}
}

// keepFields keeps the named fields, in their order; of a message the internal ones and the metadata stay too.
func (p *pipeline) keepFields(names []*syntax.Field) {
	for _, r := range p.rows {
		kept := map[string]value.Value{}
		if !p.aggregated {
			kept = internal(r.fields)
		}
		for _, f := range names {
			kept[strings.ToLower(f.Name)] = r.get(f.Name)
		}
		r.fields, r.parsed = kept, internal(r.parsed)
	}
	if !p.aggregated {
		p.showOnly(names)
		return
	}
	var columns []string
	for _, f := range names {
		columns = append(columns, p.spelling(f.Name))
	}
	p.columns = columns
}
