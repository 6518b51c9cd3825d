package plan

import (
	"fmt"
	"strconv"
	"strings"

	"retrohunt/engine/match"
	"retrohunt/engine/value"
)

// Expr is an expression over one event or row. String prints it close to the query language.
type Expr interface {
	// operands returns pointers to the expressions below this one.
	operands() []*Expr
	String() string
}

type (
	// Input is a field of the event: an index into Plan.Inputs.
	Input struct {
		Index int
		Name  string
		Long  bool // the text is a number by definition: _messageTime, _size
	}
	// Local is a slot of the section: a computed field, or a column of the aggregate before.
	Local struct {
		Slot int
		Name string
	}
	// Const is a literal.
	Const struct{ Value value.Value }
	// Coalesce is the first of the two that is not null.
	Coalesce struct{ X, Y Expr }
	// Compare is a comparison under Sumo's casts.
	Compare struct {
		Op   value.CompareOp
		X, Y Expr
	}
	// CompareText compares with a text literal that is no number.
	CompareText struct {
		Op   value.CompareOp
		X    Expr
		Text string
	}
	// Arith is + - * / %.
	Arith struct {
		Op   value.ArithOp
		X, Y Expr
	}
	// Negate is unary minus.
	Negate struct{ X Expr }
	// And holds when all terms hold.
	And struct{ Terms []Expr }
	// Or holds when one term holds.
	Or struct{ Terms []Expr }
	// Not holds when X does not.
	Not struct{ X Expr }
	// If is Then where Cond holds, Else otherwise.
	If struct{ Cond, Then, Else Expr }
	// Glob is matches with a pattern known at compile time.
	Glob struct {
		X       Expr
		Pattern match.Glob
	}
	// GlobOf is matches with a pattern that each row computes.
	GlobOf struct{ X, Pattern Expr }
	// Regex is matches with a /regex/.
	Regex struct {
		X       Expr
		Pattern match.Regex
	}
	// FoldGlob is field=value of the scope.
	FoldGlob struct {
		X       Expr
		Pattern match.FoldGlob
	}
	// Keyword is a word or phrase of the scope, looked for in the raw event.
	Keyword struct{ Pattern match.Keyword }
	// Contains holds when Y's text is a part of X's.
	Contains struct{ X, Y Expr }
	// In is membership without casts.
	In struct {
		X    Expr
		List []Expr
	}
	// Test is isNull, isEmpty or isBlank.
	Test struct {
		Kind TestKind
		X    Expr
	}
)

// TestKind says which absence a Test looks for.
type TestKind uint8

// The tests for absence.
const (
	IsNull TestKind = iota
	IsEmpty
	IsBlank
)

var testNames = [...]string{"isNull", "isEmpty", "isBlank"}

func (e *Input) operands() []*Expr       { return nil }
func (e *Local) operands() []*Expr       { return nil }
func (e *Const) operands() []*Expr       { return nil }
func (e *Coalesce) operands() []*Expr    { return []*Expr{&e.X, &e.Y} }
func (e *Compare) operands() []*Expr     { return []*Expr{&e.X, &e.Y} }
func (e *CompareText) operands() []*Expr { return []*Expr{&e.X} }
func (e *Arith) operands() []*Expr       { return []*Expr{&e.X, &e.Y} }
func (e *Negate) operands() []*Expr      { return []*Expr{&e.X} }
func (e *And) operands() []*Expr         { return pointers(e.Terms) }
func (e *Or) operands() []*Expr          { return pointers(e.Terms) }
func (e *Not) operands() []*Expr         { return []*Expr{&e.X} }
func (e *If) operands() []*Expr          { return []*Expr{&e.Cond, &e.Then, &e.Else} }
func (e *Glob) operands() []*Expr        { return []*Expr{&e.X} }
func (e *GlobOf) operands() []*Expr      { return []*Expr{&e.X, &e.Pattern} }
func (e *Regex) operands() []*Expr       { return []*Expr{&e.X} }
func (e *FoldGlob) operands() []*Expr    { return []*Expr{&e.X} }
func (e *Keyword) operands() []*Expr     { return nil }
func (e *Contains) operands() []*Expr    { return []*Expr{&e.X, &e.Y} }
func (e *In) operands() []*Expr          { return append([]*Expr{&e.X}, pointers(e.List)...) }
func (e *Test) operands() []*Expr        { return []*Expr{&e.X} }

func (e *Input) String() string    { return e.Name }
func (e *Local) String() string    { return e.Name + "#" + strconv.Itoa(e.Slot) }
func (e *Coalesce) String() string { return fmt.Sprintf("coalesce(%s, %s)", e.X, e.Y) }
func (e *Compare) String() string  { return fmt.Sprintf("%s %s %s", e.X, e.Op, e.Y) }
func (e *Arith) String() string    { return fmt.Sprintf("(%s %s %s)", e.X, e.Op, e.Y) }
func (e *Negate) String() string   { return fmt.Sprintf("-(%s)", e.X) }
func (e *And) String() string      { return "(" + join(e.Terms, " AND ") + ")" }
func (e *Or) String() string       { return "(" + join(e.Terms, " OR ") + ")" }
func (e *Not) String() string      { return fmt.Sprintf("!(%s)", e.X) }
func (e *If) String() string       { return fmt.Sprintf("if(%s, %s, %s)", e.Cond, e.Then, e.Else) }
func (e *Glob) String() string     { return fmt.Sprintf("%s %s", e.X, e.Pattern) }
func (e *GlobOf) String() string   { return fmt.Sprintf("%s matches %s", e.X, e.Pattern) }
func (e *Regex) String() string    { return fmt.Sprintf("%s %s", e.X, e.Pattern) }
func (e *FoldGlob) String() string { return fmt.Sprintf("%s %s", e.X, e.Pattern) }
func (e *Keyword) String() string  { return e.Pattern.String() }
func (e *Contains) String() string { return fmt.Sprintf("%s contains %s", e.X, e.Y) }
func (e *In) String() string       { return fmt.Sprintf("%s in (%s)", e.X, join(e.List, ", ")) }
func (e *Test) String() string     { return fmt.Sprintf("%s(%s)", testNames[e.Kind], e.X) }

func (e *CompareText) String() string {
	return fmt.Sprintf("%s %s %s", e.X, e.Op, quote(e.Text))
}

func (e *Const) String() string {
	switch e.Value.Kind() {
	case value.Null:
		return "null"
	case value.String:
		return quote(e.Value.Str())
	}
	return e.Value.Text()
}

func quote(s string) string { return strconv.Quote(s) }

func join(list []Expr, sep string) string {
	parts := make([]string, len(list))
	for i, e := range list {
		parts[i] = e.String()
	}
	return strings.Join(parts, sep)
}

func pointers(list []Expr) []*Expr {
	out := make([]*Expr, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

// columnPointers is pointers for the expressions of columns.
func columnPointers(list []Column) []*Expr {
	out := make([]*Expr, len(list))
	for i := range list {
		out[i] = &list[i].X
	}
	return out
}

// walk visits e and everything below it, outer before inner.
func walk(e Expr, visit func(Expr)) {
	visit(e)
	for _, x := range e.operands() {
		walk(*x, visit)
	}
}
