package naive

import (
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/function"
	"retrohunt/engine/regex"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// eval computes an expression for a row.
func eval(e syntax.Expr, r *row) value.Value {
	switch e := e.(type) {
	case *syntax.Field:
		return r.get(e.Name)
	case *syntax.String:
		return value.OfString(e.Value)
	case *syntax.Number:
		if e.IsInt {
			return value.OfLong(e.Int)
		}
		return value.OfDouble(e.Float)
	case *syntax.Bool:
		return value.OfBool(e.Value)
	case *syntax.Null:
		return value.Value{}
	case *syntax.Unary:
		if e.Op == syntax.Not {
			return value.OfBool(!holds(e.X, r))
		}
		return value.Negate(eval(e.X, r))
	case *syntax.Binary:
		return binary(e, r)
	case *syntax.And:
		return value.OfBool(all(e.Terms, r))
	case *syntax.Or:
		return value.OfBool(some(e.Terms, r))
	case *syntax.Matches:
		return value.OfBool(matches(e, r))
	case *syntax.In:
		return value.OfBool(in(e, r) != e.Not)
	case *syntax.Cond:
		if holds(e.If, r) {
			return eval(e.Then, r)
		}
		return eval(e.Else, r)
	case *syntax.Call:
		return call(e, r)
	case *syntax.Subquery:
		return value.OfBool(equalsOne(e, r))
	case *syntax.LookupContains:
		return value.OfBool(found(check.TableOf(e.From), e.On, r) != nil)
	}
	panic("naive: check let an expression through that naive does not know")
}

// holds computes an expression as a condition; null does not hold.
func holds(e syntax.Expr, r *row) bool { return value.Truth(eval(e, r)) }

func all(terms []syntax.Expr, r *row) bool {
	for _, t := range terms {
		if !holds(t, r) {
			return false
		}
	}
	return true
}

func some(terms []syntax.Expr, r *row) bool {
	for _, t := range terms {
		if holds(t, r) {
			return true
		}
	}
	return false
}

var compareOps = map[syntax.BinaryOp]value.CompareOp{
	syntax.Eq: value.Eq, syntax.Ne: value.Ne, syntax.Lt: value.Lt, syntax.Le: value.Le, syntax.Gt: value.Gt, syntax.Ge: value.Ge,
}

var arithOps = map[syntax.BinaryOp]value.ArithOp{
	syntax.Add: value.Add, syntax.Sub: value.Sub, syntax.Mul: value.Mul, syntax.Div: value.Div, syntax.Mod: value.Mod,
}

func binary(e *syntax.Binary, r *row) value.Value {
	x, y := eval(e.X, r), eval(e.Y, r)
	if op, ok := arithOps[e.Op]; ok {
		return value.Arith(op, x, y)
	}
	if e.Op == syntax.Contains {
		return value.OfBool(contains(x, y))
	}
	return value.OfBool(compare(e.Op, x, y, isText(e.X) || isText(e.Y)))
}

// compare compares two values. Beside a text literal that is no number, a number is its text.
func compare(op syntax.BinaryOp, x, y value.Value, textual bool) bool {
	if textual && !x.IsNull() && !y.IsNull() {
		x, y = value.OfString(x.Text()), value.OfString(y.Text())
	}
	return value.Holds(compareOps[op], x, y)
}

// isText reports whether an expression is a text literal that is no number.
func isText(e syntax.Expr) bool {
	s, ok := e.(*syntax.String)
	if !ok {
		return false
	}
	_, number := value.ParseNumber(s.Value)
	return !number
}

// contains: two empty texts contain each other, an empty one and another do not; null neither.
func contains(x, y value.Value) bool {
	switch {
	case x.IsNull() || y.IsNull():
		return false
	case x.Text() == "" || y.Text() == "":
		return x.Text() == y.Text()
	}
	return strings.Contains(x.Text(), y.Text())
}

func matches(e *syntax.Matches, r *row) bool {
	x := eval(e.X, r)
	if re, ok := e.Pattern.(*syntax.Regex); ok {
		return !x.IsNull() && regex.MustCompile(re.Pattern).MatchString(x.Text())
	}
	pattern := eval(e.Pattern, r)
	return !x.IsNull() && !pattern.IsNull() && glob(pattern.Text(), x.Text())
}

func in(e *syntax.In, r *row) bool {
	var list []value.Value
	for _, item := range e.List {
		list = append(list, eval(item, r))
	}
	return value.In(eval(e.X, r), list)
}

// call computes a function. The functions themselves are those of the engine: what they make of values is held by tables
// of the documentation's examples, not by this twin.
func call(e *syntax.Call, r *row) value.Value {
	switch strings.ToLower(e.Name) {
	case "isnull":
		return value.OfBool(eval(e.Args[0], r).IsNull())
	case "isempty":
		return value.OfBool(value.IsEmpty(eval(e.Args[0], r)))
	case "isblank":
		return value.OfBool(value.IsBlank(eval(e.Args[0], r)))
	}
	f, ok := function.Find(e.Name)
	if !ok {
		panic("naive: check let a function through that naive does not know: " + e.Name)
	}
	run := f.Call
	var args []value.Value
	for _, arg := range e.Args {
		if re, ok := arg.(*syntax.Regex); ok {
			run, _ = function.ReplaceRegex(regex.MustCompile(re.Pattern), function.Arg{})
			continue
		}
		args = append(args, eval(arg, r))
	}
	v, err := run(&function.Context{Clock: r.clock}, args)
	if err != nil {
		r.dropped = true
	}
	return v
}
