package function_test

import (
	"strings"
	"testing"
)

func TestJSONArrays(t *testing.T) {
	check(t, []example{
		{`jsonArraySize("[1, 2, 3]")`, `3`},
		{`jsonArraySize(keywords)`, `4`},
		{`jsonArraySize("[]")`, `0`},
		{`jsonArraySize(" [[1,2],{\"a\":[3]}] ")`, `2`},
		{`jsonArraySize(missing)`, `-1`},
		{`jsonArraySize("{}")`, `-1`},
		{`jsonArraySize("text")`, `-1`},
		{`jsonArraySize(concat("[", "1"))`, `-1`},
		{`jsonArrayContains("[\"foo\", \"bar\"]", "foo")`, `true`},
		{`jsonArrayContains("[\"foo\", \"bar\"]", "fo")`, `false`},
		{`jsonArrayContains(keywords, "Audit Success")`, `true`},
		{`jsonArrayContains(keywords, "audit success")`, `false`},
		{`jsonArrayContains(keywords, "x/y")`, `true`},
		{`jsonArrayContains("[\"x\\/y\"]", "x/y")`, `true`},
		{`jsonArrayContains(keywords, 7)`, `true`},
		{`jsonArrayContains(keywords, "null")`, `true`},
		{`jsonArrayContains(keywords, missing)`, `false`},
		{`jsonArrayContains(missing, "x")`, `false`},
		{`jsonArrayContains("foo", "foo")`, `false`},
	})
}

// TestDeepJSON: arrays may be nested deeper than a stack goes.
func TestDeepJSON(t *testing.T) {
	deep := `"` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `"`
	check(t, []example{
		{`jsonArraySize(` + deep + `)`, `1`},
		{`jsonArrayContains(` + deep + `, "x")`, `false`},
	})
}
