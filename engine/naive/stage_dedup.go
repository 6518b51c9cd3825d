package naive

import (
	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
)

// dedup counts how many rows before a row are like it: all, or those right before.
func (p *pipeline) dedup(s *syntax.Dedup) {
	by := check.DedupFields(s)
	var kept []*row
	for i, r := range p.rows {
		same := 0
		for j := i - 1; j >= 0; j-- {
			switch {
			case sameKeys(by, r, p.rows[j]):
				same++
			case s.Consecutive:
				j = 0
			}
		}
		if same < check.DedupRows(s) {
			kept = append(kept, r)
		}
	}
	p.rows = kept
}
