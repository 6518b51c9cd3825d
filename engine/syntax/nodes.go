package syntax

// Span is the place of a node in the query text: byte offsets, Start included, End excluded.
type Span struct{ Start, End int }

// Pos returns the span itself, so that every node that embeds a Span is a Node.
func (s Span) Pos() Span { return s }

// Node is any piece of the tree that knows its place in the query text.
type Node interface{ Pos() Span }

// Query is a whole query: a scope, then stages separated by pipes.
type Query struct {
	Span
	Scope      Scope // nil: everything
	Stages     []Stage
	Subqueries []*Subquery // that stand in it, in the order of their places, but for those within others
}

// Stage is one operator between two pipes. Each kind lives in a file of its own, with its parser and printer.
type Stage interface {
	Node
	print(*printer)
}

// Scope is a node of the boolean expression before the first pipe.
type Scope interface {
	Node
	scope()
}

type (
	// ScopeAnd holds when all of two or more terms hold; the terms stand side by side or with AND between them.
	ScopeAnd struct {
		Span
		Terms []Scope
	}
	// ScopeOr holds when one of two or more terms holds.
	ScopeOr struct {
		Span
		Terms []Scope
	}
	// ScopeNot holds when X does not.
	ScopeNot struct {
		Span
		X Scope
	}
	// ScopeKeyword is a bare word, with * and ? as wildcards, or a quoted phrase. The word * alone is everything.
	ScopeKeyword struct {
		Span
		Text   string // of a phrase: without quotes, escapes resolved
		Phrase bool
	}
	// ScopeField compares a metadata or searchable field with a value: _sourceCategory=*Windows/Sysmon*.
	ScopeField struct {
		Span
		Field  *Field
		Op     BinaryOp // Eq, Ne, Lt, Le, Gt or Ge
		Value  string
		Quoted bool
	}
	// ScopeExpr is a boolean expression in the scope: isBlank(x), x in ("a", "b").
	ScopeExpr struct {
		Span
		X Expr
	}
)

func (*ScopeAnd) scope()     {}
func (*ScopeOr) scope()      {}
func (*ScopeNot) scope()     {}
func (*ScopeKeyword) scope() {}
func (*ScopeField) scope()   {}
func (*ScopeExpr) scope()    {}

// Expr is a node of an expression after the first pipe.
type Expr interface {
	Node
	expr()
}

type (
	// Field names a field. Name is as the query spells it, without %"…"; names compare case-insensitively.
	Field struct {
		Span
		Name string
	}
	// String is a "…" literal, escapes resolved.
	String struct {
		Span
		Value string
	}
	// Number is a number literal. A size or time suffix is already multiplied in.
	Number struct {
		Span
		Text  string  // as written, suffix included
		Int   int64   // valid if IsInt
		Float float64 // always valid
		IsInt bool    // the value is a whole number that fits in 64 bits and is written without point and exponent
	}
	// Bool is true or false.
	Bool struct {
		Span
		Value bool
	}
	// Null is the null literal.
	Null struct{ Span }
	// Regex is a /…/ literal: the pattern of matches or an argument (the checker wants it in replace only). Pattern has
	// \/ resolved, else raw.
	Regex struct {
		Span
		Pattern string
	}
	// Unary is -x or !x.
	Unary struct {
		Span
		Op UnaryOp
		X  Expr
	}
	// Binary is arithmetic, a comparison, or contains.
	Binary struct {
		Span
		Op   BinaryOp
		X, Y Expr
	}
	// And holds when all of two or more terms hold. A term that was in parentheses stays a term of its own.
	And struct {
		Span
		Terms []Expr
	}
	// Or holds when one of two or more terms holds.
	Or struct {
		Span
		Terms []Expr
	}
	// Matches is x matches pattern; Pattern is a String (a glob), a Regex, or an expression that yields a glob.
	Matches struct {
		Span
		X, Pattern Expr
	}
	// In is x in (…), or x not in (…) if Not is set.
	In struct {
		Span
		X    Expr
		Not  bool
		List []Expr
	}
	// Cond is if(a, b, c), also written a ? b : c.
	Cond struct {
		Span
		If, Then, Else Expr
	}
	// Call is name(args). contains(a, b) and if(a, b, c) are not calls but Binary and Cond.
	Call struct {
		Span
		Name     string // as spelled; names compare case-insensitively
		NameSpan Span
		Args     []Expr
	}
)

func (*Field) expr()   {}
func (*String) expr()  {}
func (*Number) expr()  {}
func (*Bool) expr()    {}
func (*Null) expr()    {}
func (*Regex) expr()   {}
func (*Unary) expr()   {}
func (*Binary) expr()  {}
func (*And) expr()     {}
func (*Or) expr()      {}
func (*Matches) expr() {}
func (*In) expr()      {}
func (*Cond) expr()    {}
func (*Call) expr()    {}

// UnaryOp is an operator with one operand.
type UnaryOp uint8

// The unary operators.
const (
	Neg UnaryOp = iota // -x
	Not                // !x
)

var unaryOps = [...]string{"-", "!"}

// BinaryOp is an operator with two operands. Synonyms are one operator: == is Eq, <> is Ne.
type BinaryOp uint8

// The binary operators.
const (
	Eq BinaryOp = iota
	Ne
	Lt
	Le
	Gt
	Ge
	Add
	Sub
	Mul
	Div
	Mod
	Contains
)

var binaryOps = [...]string{"=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "contains"}

// String returns the operator as the printer writes it.
func (op BinaryOp) String() string { return binaryOps[op] }
