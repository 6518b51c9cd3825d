package function

import (
	"strings"

	"github.com/tidwall/gjson"

	"retrohunt/engine/value"
)

var arrays = []Function{
	{Name: "jsonarraycontains", Call: jsonArrayContains},
	{Name: "jsonarraysize", Call: jsonArraySize},
}

// jsonArraySize counts the elements of an array; -1 for null (S/jsonarraysize) and for what is no array.
func jsonArraySize(_ *Context, args []value.Value) (value.Value, error) {
	n := int64(0)
	if !eachElement(args[0], func(gjson.Result) bool { n++; return true }) {
		n = -1
	}
	return value.OfLong(n), nil
}

// jsonArrayContains compares the elements' texts: of a text without its quotes, of all else as the JSON has it.
func jsonArrayContains(c *Context, args []value.Value) (value.Value, error) {
	if args[1].IsNull() {
		return value.OfBool(false), nil
	}
	wanted, found := c.text(args[1]), false
	eachElement(args[0], func(e gjson.Result) bool {
		found = elementText(e) == wanted
		return !found
	})
	return value.OfBool(found), nil
}

func elementText(e gjson.Result) string {
	if e.Type == gjson.String {
		return e.Str
	}
	return e.Raw
}

// eachElement visits the elements of a JSON array until visit returns false. It reports whether there is an array. It does
// not go into the elements, however deep they are.
func eachElement(v value.Value, visit func(gjson.Result) bool) bool {
	s := strings.TrimSpace(v.Str())
	if !strings.HasPrefix(s, "[") || !strings.HasSuffix(s, "]") {
		return false
	}
	gjson.Parse(s).ForEach(func(_, e gjson.Result) bool { return visit(e) })
	return true
}
