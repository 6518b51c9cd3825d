package plan

// Approximate returns the functions that estimate, with the columns that they make, in the order of the query.
func (p *Plan) Approximate() []Func {
	var out []Func
	for _, s := range p.sections() {
		if s.Group == nil {
			continue
		}
		for _, f := range s.Group.Funcs {
			if f.Bound() != "" {
				out = append(out, f)
			}
		}
	}
	return out
}
