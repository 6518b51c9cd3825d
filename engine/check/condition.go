package check

import "retrohunt/engine/syntax"

// Condition looks for mistakes in an expression over rows that have these columns, among which Rest may be. Its error is as
// that of Check.
func Condition(cond syntax.Expr, names []string) error {
	c := checker{columns: columns{names: names}, tableless: true}
	c.condition(cond)
	if len(c.errs) > 0 {
		c.errs.Sort()
		return c.errs
	}
	return nil
}
