package plan

import (
	"fmt"

	"retrohunt/engine/match"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// Composed are the rows of subqueries, with a value for each field that is composed.
type Composed map[*syntax.Subquery][][]value.Value

// Pending is the condition of a subquery whose rows are not known yet. It cannot be run.
type Pending struct {
	Fields   []*syntax.Field
	Keywords bool
	Read     []Expr // what the fields are here; nil for keywords
}

func (e *Pending) operands() []*Expr { return pointers(e.Read) }
func (e *Pending) String() string {
	names := ""
	for i, f := range e.Fields {
		if i > 0 {
			names += ", "
		}
		names += f.Name
	}
	if e.Keywords {
		return fmt.Sprintf("one of the subquery's rows: keywords %s", names)
	}
	return fmt.Sprintf("one of the subquery's rows: %s = (%s)", names, join(e.Read, ", "))
}

// subquery compiles the condition as an expression: field = "value", which is a comparison like any other.
func (b *builder) subquery(s *syntax.Subquery) Expr {
	return b.composedOf(s, func(f *syntax.Field, text string) Expr {
		return b.comparison(value.Eq, &syntax.Binary{Op: syntax.Eq, X: f, Y: &syntax.String{Value: text}})
	})
}

// scopeSubquery compiles the condition as a term of the scope: field=value, in which no character is a wildcard, or phrases.
func (b *builder) scopeSubquery(s *syntax.Subquery) Expr {
	return b.composedOf(s, func(f *syntax.Field, text string) Expr {
		if s.Compose.Keywords {
			return &Keyword{match.CompilePhrase(text)}
		}
		x := b.field(f.Name)
		return selectsDataSet(f.Name, x, &FoldGlob{x, match.CompileFoldText(text)})
	})
}

// composedOf is an OR of the rows, each an AND of its fields. A null says nothing, and neither does an empty keyword; a row
// that says nothing at all is none.
func (b *builder) composedOf(s *syntax.Subquery, is func(*syntax.Field, string) Expr) Expr {
	rows, known := b.options.Composed[s]
	if !known {
		return b.pending(s)
	}
	var any []Expr
	for _, row := range rows {
		var all []Expr
		for i, v := range row {
			if !v.IsNull() && !(s.Compose.Keywords && value.IsBlank(v)) {
				all = append(all, is(s.Compose.Fields[i], v.Text()))
			}
		}
		switch len(all) {
		case 0:
		case 1:
			any = append(any, all[0])
		default:
			any = append(any, &And{all})
		}
	}
	switch len(any) {
	case 0:
		return &Const{value.OfBool(false)}
	case 1:
		return any[0]
	}
	return &Or{any}
}

func (b *builder) pending(s *syntax.Subquery) Expr {
	e := &Pending{Fields: s.Compose.Fields, Keywords: s.Compose.Keywords}
	if !e.Keywords {
		e.Read = b.fieldsOf(s.Compose.Fields)
	}
	return e
}
