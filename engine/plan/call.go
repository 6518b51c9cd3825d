package plan

import (
	"fmt"
	"strings"

	"retrohunt/engine/function"
	"retrohunt/engine/match"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// Call is a function of package function.
type Call struct {
	Name  string // as the query spells it
	Run   function.Call
	Drops bool // Run may drop the row
	Args  []Expr
	Regex string // of replace(x, /…/, y), whose Args are x and y; for printing
}

func (e *Call) operands() []*Expr { return pointers(e.Args) }

func (e *Call) String() string {
	if e.Regex != "" {
		return fmt.Sprintf("%s(%s, /%s/, %s)", e.Name, e.Args[0], e.Regex, e.Args[1])
	}
	return fmt.Sprintf("%s(%s)", e.Name, join(e.Args, ", "))
}

var testKinds = map[string]TestKind{"isnull": IsNull, "isempty": IsEmpty, "isblank": IsBlank}

func (b *builder) call(e *syntax.Call) Expr {
	if kind, ok := testKinds[strings.ToLower(e.Name)]; ok {
		return &Test{kind, b.expr(e.Args[0])}
	}
	f, ok := function.Find(e.Name)
	if !ok {
		panic("plan: check let a function through that plan does not know: " + e.Name)
	}
	if re, ok := regexOf(e); ok {
		return b.replaceRegex(e, re)
	}
	call := &Call{Name: e.Name, Drops: f.Drops, Args: b.exprs(e.Args)}
	args := make([]function.Arg, len(call.Args))
	pure := !f.Clocked
	for i, x := range call.Args {
		args[i] = knownArg(x)
		pure = pure && args[i].Known
	}
	run, err := f.Bound(args)
	if err != nil { // of a constant that is computed, which check does not see: it drops every row
		run, call.Drops = f.Call, true
	}
	call.Run = run
	if pure {
		return call.folded(args)
	}
	return call
}

// folded is the call's value, unless it drops the row.
func (e *Call) folded(args []function.Arg) Expr {
	values := make([]value.Value, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	v, err := e.Run(new(function.Context), values)
	if err != nil {
		return e
	}
	return &Const{v}
}

func knownArg(e Expr) function.Arg {
	c, ok := e.(*Const)
	if !ok {
		return function.Arg{}
	}
	return function.Arg{Value: c.Value, Known: true}
}

// regexOf returns the regular expression of replace(x, /…/, y).
func regexOf(e *syntax.Call) (*syntax.Regex, bool) {
	if len(e.Args) != 3 {
		return nil, false
	}
	re, ok := e.Args[1].(*syntax.Regex)
	return re, ok
}

func (b *builder) replaceRegex(e *syntax.Call, r *syntax.Regex) Expr {
	re, err := match.CompileRegex(r.Pattern)
	if err != nil {
		panic("plan: check let a regex through that does not compile: " + err.Error())
	}
	b.root.Regexes = append(b.root.Regexes, re.Searched())
	call := &Call{Name: e.Name, Regex: r.Pattern, Args: []Expr{b.expr(e.Args[0]), b.expr(e.Args[2])}}
	with := knownArg(call.Args[1])
	call.Run, err = function.ReplaceRegex(re, with)
	if call.Drops = !with.Known || err != nil; err != nil {
		call.Run, _ = function.ReplaceRegex(re, function.Arg{})
	}
	return call
}
