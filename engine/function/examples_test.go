package function_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"retrohunt/engine"
	"retrohunt/engine/function"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
	"retrohunt/normalize"
)

// example is an expression and what it yields: a text in quotes, a number, true, false, null, or "drop: " and the reason
// why the row is dropped.
type example struct{ expr, want string }

// event holds the fields that examples name; all others are null.
const event = `{"rate":"0.5","name":"Ada","year":2017,"month":"7","day":20,"ms":1500534030000,"cc":"Call 4111-1111 1111 1111",` +
	`"keywords":["Audit Success","x/y",7,null],"fmt":"%s-%s","pattern":"yyyy","zone":"Asia/Tokyo","alg":"sha1","enc":"utf-16le",` +
	`"ip":"192.168.1.77","from":1,"dollar":"$0!","bad":"$9"}`

var clock = engine.Clock{
	Now:  time.UnixMilli(1500534030000),
	From: time.UnixMilli(1500000000000),
	To:   time.UnixMilli(1500000900000),
}

// check runs each example through the compiled engine, and calls its functions without what the engine knows before any
// row: both must yield what is wanted.
func check(t *testing.T, examples []example) {
	t.Helper()
	for _, e := range examples {
		if got := compiled(t, e.expr); got != e.want {
			t.Errorf("%s is %s, want %s", e.expr, got, e.want)
		}
		if got := called(t, e.expr); got != e.want {
			t.Errorf("%s is %s if nothing of it is known before, want %s", e.expr, got, e.want)
		}
	}
}

func compiled(t *testing.T, expr string) string {
	t.Helper()
	q, err := engine.Compile("* | " + expr + " as v | count by v")
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	var projection normalize.Projection
	worker := q.At(clock).NewWorker(&projection)
	record, err := normalize.New(&projection, normalize.Options{}).Normalize([]byte(event), []byte(event), &normalize.Origin{Name: "examples"})
	if err != nil {
		t.Fatal(err)
	}
	worker.Add(record)
	table := q.Table(worker)
	if len(table.Warnings) > 0 && len(table.Rows) == 0 {
		_, reason, _ := strings.Cut(table.Warnings[0].Text, ": ")
		return "drop: " + reason
	}
	return show(table.Rows[0][0])
}

func called(t *testing.T, expr string) string {
	t.Helper()
	tree, err := syntax.Parse("* | " + expr + " as v")
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	v, err := call(t, tree.Stages[0].(*syntax.Assign).X)
	if err != nil {
		return "drop: " + err.Error()
	}
	return show(v)
}

// call evaluates an expression of functions, literals, fields and quotients.
func call(t *testing.T, e syntax.Expr) (value.Value, error) {
	switch e := e.(type) {
	case *syntax.String:
		return value.OfString(e.Value), nil
	case *syntax.Number:
		if e.IsInt {
			return value.OfLong(e.Int), nil
		}
		return value.OfDouble(e.Float), nil
	case *syntax.Unary:
		v, err := call(t, e.X)
		return value.Negate(v), err
	case *syntax.Binary:
		x, _ := call(t, e.X)
		y, err := call(t, e.Y)
		return value.Arith(value.Div, x, y), err
	case *syntax.Null:
		return value.Value{}, nil
	case *syntax.Bool:
		return value.OfBool(e.Value), nil
	case *syntax.Field:
		return fieldOfEvent(e.Name), nil
	}
	c := e.(*syntax.Call)
	f, ok := function.Find(c.Name)
	if !ok {
		t.Fatalf("there is no function %s", c.Name)
	}
	run := f.Call
	var args []value.Value
	for _, x := range c.Args {
		if re, ok := x.(*syntax.Regex); ok {
			run, _ = function.ReplaceRegex(regexp.MustCompile(re.Pattern), function.Arg{})
			continue
		}
		v, err := call(t, x)
		if err != nil {
			return v, err
		}
		args = append(args, v)
	}
	return run(&function.Context{Clock: clock}, args)
}

var fieldsOfEvent = map[string]value.Value{
	"rate": value.OfString("0.5"), "name": value.OfString("Ada"), "year": value.OfString("2017"), "month": value.OfString("7"),
	"day": value.OfString("20"), "ms": value.OfString("1500534030000"), "cc": value.OfString("Call 4111-1111 1111 1111"),
	"keywords": value.OfString(`["Audit Success","x/y",7,null]`),
	"fmt":      value.OfString("%s-%s"), "pattern": value.OfString("yyyy"), "zone": value.OfString("Asia/Tokyo"),
	"alg": value.OfString("sha1"), "enc": value.OfString("utf-16le"), "ip": value.OfString("192.168.1.77"), "from": value.OfString("1"),
	"dollar": value.OfString("$0!"), "bad": value.OfString("$9"),
}

func fieldOfEvent(name string) value.Value { return fieldsOfEvent[name] }

func show(v value.Value) string {
	switch v.Kind() {
	case value.Null:
		return "null"
	case value.String:
		return strconv.Quote(v.Str())
	}
	return v.Text()
}
