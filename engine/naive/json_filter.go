package naive

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"retrohunt/engine/value"
)

// length is how many elements or members a container has.
func length(raw []byte) value.Value {
	if kind := kindOf(raw); kind != '{' && kind != '[' {
		return value.Value{}
	}
	return value.OfString(strconv.Itoa(len(children(raw))))
}

// filtered returns the elements of an array of which a condition holds, or the object itself. Below everything only objects count.
func (s pathStep) filtered(raw []byte, condition string) [][]byte {
	candidates := [][]byte{raw}
	switch kind := kindOf(raw); {
	case kind == '[' && !s.deep:
		candidates = children(raw)
	case kind != '{':
		return nil
	}
	var out [][]byte
	for _, c := range candidates {
		if satisfies(c, condition) {
			out = append(out, c)
		}
	}
	return out
}

// comparison is one term of a condition without parentheses of its own.
var comparison = regexp.MustCompile(`^(!?)\s*(\S+?)\s*(?:(==|!=|<=|>=|<|>)\s*(\S+))?$`)

// satisfies takes a condition apart at || and &&, which stand in no text here.
func satisfies(raw []byte, condition string) bool {
	condition = strings.TrimSuffix(strings.TrimPrefix(condition, "("), ")")
	for _, alternative := range strings.Split(condition, "||") {
		all := true
		for _, term := range strings.Split(alternative, "&&") {
			m := comparison.FindStringSubmatch(strings.TrimSpace(term))
			x, there := operand(raw, m[2])
			ok := there
			if m[3] != "" {
				y, _ := operand(raw, m[4])
				ok = compares(x, m[3], y)
			}
			all = all && ok != (m[1] == "!")
		}
		if all {
			return true
		}
	}
	return false
}

// absent is no value of JSON.
type absent struct{}

// operand is what a path from @ on leads to, or a literal.
func operand(raw []byte, text string) (any, bool) {
	path, isPath := strings.CutPrefix(text, "@")
	if !isPath {
		return decoded([]byte(strings.ReplaceAll(text, "'", `"`))), true
	}
	for _, s := range steps(path) {
		next := s.from(raw)
		if len(next) == 0 {
			return absent{}, false
		}
		raw = next[0]
	}
	return decoded(raw), true
}

// decoded is a JSON value, of a number a value.Value.
func decoded(raw []byte) any {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	must(d.Decode(&v))
	if n, ok := v.(json.Number); ok {
		v, _ = value.ParseNumber(n.String())
	}
	return v
}

func compares(x any, op string, y any) bool {
	if op == "==" || op == "!=" {
		return equals(x, y) == (op == "==")
	}
	a, xNumber := x.(value.Value)
	b, yNumber := y.(value.Value)
	s, xText := x.(string)
	t, yText := y.(string)
	order := 0
	switch {
	case xNumber && yNumber:
		order = value.Compare(a, b)
	case xText && yText:
		order = strings.Compare(unprotect(s), unprotect(t))
	default:
		return false
	}
	return op[0] == '<' && order < 0 || op[0] == '>' && order > 0 || len(op) == 2 && order == 0
}

func equals(x, y any) bool {
	switch x := x.(type) {
	case nil, bool:
		return x == y
	case string:
		if y, ok := y.(value.Value); ok {
			return equals(y, x)
		}
		return x == y
	case value.Value:
		if y, ok := y.(string); ok {
			n, isNumber := value.ParseNumber(unprotect(y))
			return isNumber && value.Compare(n, x) == 0
		}
		y, ok := y.(value.Value)
		return ok && value.Compare(x, y) == 0
	}
	return false
}
