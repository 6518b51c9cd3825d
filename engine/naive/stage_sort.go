package naive

import (
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// sort moves each row up as long as it belongs before the one above it: so equal rows keep their order.
func (p *pipeline) sort(s *syntax.Sort) {
	keys := s.Keys
	if len(keys) == 0 {
		keys = []syntax.SortKey{{Field: &syntax.Field{Name: p.columns[len(p.columns)-1]}}}
	}
	for i := range p.rows {
		for ; i > 0 && before(keys, p.rows[i], p.rows[i-1]); i-- {
			p.rows[i], p.rows[i-1] = p.rows[i-1], p.rows[i]
		}
	}
}

// before reports whether a belongs before b. Null comes last either way.
func before(keys []syntax.SortKey, a, b *row) bool {
	for _, k := range keys {
		x, y := a.get(k.Field.Name), b.get(k.Field.Name)
		switch order := value.Compare(x, y); {
		case order == 0:
		case x.IsNull() || y.IsNull():
			return y.IsNull()
		default:
			return k.Asc == (order < 0)
		}
	}
	return false
}
