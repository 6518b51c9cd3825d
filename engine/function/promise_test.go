package function_test

import (
	"testing"

	"retrohunt/engine/function"
	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

// calls are functions with arguments of a row.
var (
	text, number, null = value.OfString, value.OfLong, value.Value{}

	calls = []struct {
		name string
		args []value.Value
	}{
		{"tolowercase", []value.Value{text("already lower")}},
		{"tolowercase", []value.Value{text("C:\\Windows\\System32")}},
		{"touppercase", []value.Value{text("äöü and more")}},
		{"concat", []value.Value{text("ada"), text("@"), number(7), null, value.OfDouble(1.5)}},
		{"trim", []value.Value{text("  x ")}},
		{"length", []value.Value{text("äöü")}},
		{"substring", []value.Value{text("Sumo Logic"), number(0), text("4")}},
		{"substring", []value.Value{text("x"), number(5)}},
		{"replace", []value.Value{text("a.b.c"), text("."), text("->")}},
		{"tourl", []value.Value{text("https://example.com"), text("name")}},
		{"format", []value.Value{text("%s: %,.2f of %d %e %x"), text("ada"), text("1234.5"), number(9), value.OfDouble(0.5), number(255)}},
		{"format", []value.Value{text("%d"), null}},
		{"tolong", []value.Value{text("1500534030000")}},
		{"num", []value.Value{text("nine")}},
		{"tostring", []value.Value{value.OfDouble(3.25)}},
		{"round", []value.Value{value.OfDouble(1.549), number(2)}},
		{"min", []value.Value{text("7"), number(8)}},
		{"isnumeric", []value.Value{text("0x1F")}},
		{"isnan", []value.Value{null}},
		{"isprivateip", []value.Value{text("192.168.0.1")}},
		{"isprivateip", []value.Value{text("not an address")}},
		{"isvalidip", []value.Value{text("2001:db8::1")}},
		{"comparecidrprefix", []value.Value{text("10.0.0.0"), text("10.1.2.3"), text("8")}},
		{"getcidrprefix", []value.Value{text("10.1.2.3"), number(16)}},
		{"ipv4tonumber", []value.Value{text("10.1.2.3")}},
		{"urldecode", []value.Value{text("a%20b+c")}},
		{"urlencode", []value.Value{text("a b/c")}},
		{"base64decode", []value.Value{text("aGVsbG8gd29ybGQ=")}},
		{"base64encode", []value.Value{text("hello world")}},
		{"hextodec", []value.Value{text("7AF")}},
		{"dectohex", []value.Value{number(4919)}},
		{"hextoascii", []value.Value{text("6869")}},
		{"hash", []value.Value{text("a text that is longer than thirty-two bytes")}},
		{"hash", []value.Value{text("hello"), text("sha2_256")}},
		{"hash", []value.Value{text("hello"), text("murmur3_128")}},
		{"luhn", []value.Value{text("4111-1111-1111-1111")}},
		{"haversine", []value.Value{text("1"), text("2"), text("3"), text("4")}},
		{"jsonarraysize", []value.Value{text(`["a",1]`)}},
		{"jsonarraycontains", []value.Value{text(`["a",1]`), text("b")}},
		{"now", nil},
		{"formatdate", []value.Value{number(1500534030000), text("yyyy-MM-dd HH:mm:ss.SSS EEE MMM XXX"), text("America/New_York")}},
		{"formatdate", []value.Value{text("1500534030000"), text("yyyy")}},
		{"parsedate", []value.Value{text("2019-11-18T19:00:00.000-08:00"), text("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")}},
		{"parsedate", []value.Value{text("Nov 18 2019"), text("MMM dd yyyy"), text("Europe/Berlin")}},
	}
)

// bound returns the call as the engine binds it: formats and patterns are known beforehand, the rest is a row's.
func bound(t testing.TB, name string, args []value.Value) function.Call {
	t.Helper()
	f, ok := function.Find(name)
	if !ok {
		t.Fatalf("there is no function %s", name)
	}
	known := make([]function.Arg, len(args))
	if len(args) > 1 {
		known[0] = function.Arg{Value: args[0], Known: name == "format"}
		known[1] = function.Arg{Value: args[1], Known: true}
	}
	run, err := f.Bound(known)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return run
}

// TestCallsAllocateNothing once the Context's memory has the size of a row. What is left out: replace with a regular
// expression that is found, jsonArrayContains of a text with escapes, a format or pattern that each row computes.
func TestCallsAllocateNothing(t *testing.T) {
	if view.Copies {
		t.Skip("views copy in this build")
	}
	c := &function.Context{Clock: clock}
	for _, call := range calls {
		run := bound(t, call.name, call.args)
		row := func() {
			c.Reset()
			_, _ = run(c, call.args)
			_, _ = run(c, call.args)
		}
		row()
		if n := testing.AllocsPerRun(100, row); n != 0 {
			t.Errorf("%s of %v allocates %v times", call.name, call.args, n)
		}
	}
}

// BenchmarkCalls measures each call of the promise.
func BenchmarkCalls(b *testing.B) {
	c := &function.Context{Clock: clock}
	for _, call := range calls {
		run := bound(b, call.name, call.args)
		b.Run(call.name, func(b *testing.B) {
			for b.Loop() {
				c.Reset()
				_, _ = run(c, call.args)
			}
		})
	}
}
