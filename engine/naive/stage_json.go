package naive

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// json makes a field of each path. All must be there for the row to stay; with nodrop, one that is not is null.
func (p *pipeline) json(s *syntax.JSON) {
	names := check.JSONNames(s)
	p.parse(s.Field, names, s.NoDrop, func(text value.Value) finding {
		raw := jsonOf(text.Text())
		values, matched := map[string]value.Value{}, raw != nil
		for i, path := range s.Paths {
			v, ok := value.Value{}, false
			if raw != nil {
				v, ok = at(raw, steps(path.Value))
			}
			values[strings.ToLower(names[i])] = v
			matched = matched && ok
		}
		return finding{matched, []map[string]value.Value{values}}
	})
}

// jsonOf returns the JSON object or array that a text is or else has between its first and its last bracket, nil for none.
func jsonOf(text string) []byte {
	candidates := []string{text}
	if start, end := strings.IndexAny(text, "{["), strings.LastIndexAny(text, "}]"); start >= 0 && start < end {
		candidates = append(candidates, text[start:end+1])
	}
	for _, c := range candidates {
		raw := bytes.TrimSpace(protect([]byte(c)))
		if json.Valid(raw) && (raw[0] == '{' || raw[0] == '[') {
			return raw
		}
	}
	return nil
}

// pathStep is one step of a path: what a piece of its text says.
type pathStep struct {
	deep  bool
	items []string // '*', '3', '1:2', or a key behind an equals sign
}

// pathPiece is a step in brackets or a name, maybe behind points. A quoted key holds no quote of its own kind.
var (
	pathPiece = regexp.MustCompile(`^(\.{0,2})(?:\[((?:'[^']*'|"[^"]*"|[^'"\]])*)\]|([^.\[]+))`)
	pathItem  = regexp.MustCompile(`'[^']*'|"[^"]*"|[^,'"]+`)
)

func steps(path string) []pathStep {
	if strings.HasPrefix(path, "$.") || strings.HasPrefix(path, "$[") || path == "$" {
		path = path[1:]
	}
	var out []pathStep
	for path != "" {
		m := pathPiece.FindStringSubmatch(path)
		path = path[len(m[0]):]
		s := pathStep{deep: m[1] == ".."}
		switch {
		case m[3] == "*" || m[3] == "" && strings.TrimSpace(m[2]) == "":
			s.items = []string{"*"}
		case m[3] == "length()":
			s.items = []string{m[3]}
		case m[3] != "":
			s.items = []string{"=" + m[3]}
		case strings.HasPrefix(m[2], "?("):
			s.items = []string{m[2]}
		default:
			s.items = bracketItems(m[2])
		}
		out = append(out, s)
	}
	return out
}

func bracketItems(text string) []string {
	var items []string
	for _, item := range pathItem.FindAllString(text, -1) {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		if item[0] == '\'' || item[0] == '"' {
			item = "=" + item[1:len(item)-1]
		}
		items = append(items, item)
	}
	return items
}

// many reports whether a step can lead to several values: then the field is an array of them.
func (s pathStep) many() bool {
	return s.deep || len(s.items) > 1 || s.items[0] == "*" || s.items[0][0] == '?' || s.items[0][0] != '=' && strings.Contains(s.items[0], ":")
}

// at follows a path through a JSON value.
func at(raw []byte, path []pathStep) (value.Value, bool) {
	i := slices.IndexFunc(path, pathStep.many)
	if i < 0 {
		i = len(path)
	}
	for _, s := range path[:i] {
		if s.items[0] == "length()" {
			return length(raw), true
		}
		next := s.from(raw)
		if len(next) == 0 {
			return value.Value{}, false
		}
		raw = next[0]
	}
	if i == len(path) {
		return plain(raw), true
	}
	if kind := kindOf(raw); kind != '{' && kind != '[' {
		return value.Value{}, false
	}
	var texts []string
	for _, found := range follow(raw, path[i:]) {
		var text bytes.Buffer
		must(json.Compact(&text, found))
		texts = append(texts, slashed(text.String()))
	}
	return value.OfString(unprotect("[" + strings.Join(texts, ",") + "]")), true
}

func follow(raw []byte, path []pathStep) [][]byte {
	if len(path) == 0 {
		return [][]byte{raw}
	}
	var out [][]byte
	for _, next := range path[0].from(raw) {
		out = append(out, follow(next, path[1:])...)
	}
	if path[0].deep {
		for _, below := range children(raw) {
			out = append(out, follow(below, path)...)
		}
	}
	return out
}

// from returns where a step leads from a value.
func (s pathStep) from(raw []byte) [][]byte {
	if slices.Contains(s.items, "*") {
		return children(raw)
	}
	if condition, ok := strings.CutPrefix(s.items[0], "?"); ok {
		return s.filtered(raw, condition)
	}
	if i := slices.IndexFunc(s.items, func(item string) bool { return strings.Contains(item, ":") && item[0] != '=' }); i >= 0 {
		s.items = s.items[i:]
	}
	var out [][]byte
	for _, item := range s.items {
		if key, ok := strings.CutPrefix(item, "="); ok {
			if member, ok := member(raw, key); ok {
				out = append(out, member)
			}
			continue
		}
		if kindOf(raw) != '[' {
			continue
		}
		list := children(raw)
		if first, last, ok := strings.Cut(item, ":"); ok {
			from, to := place(first, 0, len(list)), place(last, len(list), len(list))
			out = append(out, list[min(from, to):to]...)
			continue
		}
		out = append(out, element(list, item)...)
	}
	return out
}

// place reads one end of a slice: below zero it counts from the end, and it is within the list.
func place(text string, otherwise, size int) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return otherwise
	}
	if n < 0 {
		n += size
	}
	return min(max(n, 0), size)
}

func element(list [][]byte, text string) [][]byte {
	n, err := strconv.Atoi(text)
	must(err)
	if n < 0 {
		n += len(list)
	}
	if n < 0 || n >= len(list) {
		return nil
	}
	return list[n : n+1]
}

// children returns the values of an object's members or an array's elements.
func children(raw []byte) [][]byte {
	var out [][]byte
	switch kindOf(raw) {
	case '[':
		for _, e := range elements(raw) {
			out = append(out, e)
		}
	case '{':
		eachMember(raw, func(_ string, v []byte) { out = append(out, v) })
	}
	return out
}

// member returns the last member of a name.
func member(raw []byte, name string) (found []byte, ok bool) {
	if kindOf(raw) != '{' {
		return nil, false
	}
	eachMember(raw, func(key string, v []byte) {
		if unprotect(key) == name {
			found, ok = v, true
		}
	})
	return found, ok
}

func eachMember(raw []byte, visit func(key string, v []byte)) {
	d := json.NewDecoder(bytes.NewReader(raw))
	mustToken(d) // the brace
	for d.More() {
		key := mustToken(d).(string)
		var v json.RawMessage
		must(d.Decode(&v))
		visit(key, v)
	}
}

// plain is a value as a field has it.
func plain(raw []byte) value.Value {
	switch kindOf(raw) {
	case 'n':
		return value.Value{}
	case '"':
		var text string
		must(json.Unmarshal(raw, &text))
		return value.OfString(unprotect(text))
	}
	var text bytes.Buffer
	must(json.Compact(&text, raw))
	return value.OfString(unprotect(text.String()))
}

// slashed writes the slashes of JSON text as \/.
func slashed(text string) string {
	return regexp.MustCompile(`(?s)\\.|/`).ReplaceAllStringFunc(text, func(s string) string {
		if s == "/" {
			return `\/`
		}
		return s
	})
}
