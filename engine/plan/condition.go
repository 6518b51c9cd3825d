package plan

import "retrohunt/engine/syntax"

// BuildCondition compiles an expression that check.Condition accepted for rows of these columns: slot n is column n.
func BuildCondition(cond syntax.Expr, columns []string) Expr {
	root := &Plan{}
	b := &builder{plan: root, root: root, spelled: map[string]string{}}
	b.endSection(nil, columns)
	return b.expr(cond)
}
