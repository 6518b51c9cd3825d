package wire

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/pretty"
)

// twin is the slow twin of Walk, built on gjson: it flattens the whole event into names and texts in the order of the
// event, once for each wanted field.
type twin struct {
	field Field
	text  *string
}

func twinWalk(src string, f Field) *string {
	t := &twin{field: f}
	t.object(gjson.Parse(src), "", 1)
	return t.text
}

func (t *twin) object(v gjson.Result, prefix string, depth int) {
	star := prefix + ".*"
	v.ForEach(func(key, member gjson.Result) bool {
		t.value(member, join(prefix, twinName(key.String())), depth)
		if prefix != "" && (t.field.Name == star || strings.HasPrefix(t.field.Name, star+".") || strings.HasPrefix(t.field.Name, star+"[")) {
			t.value(member, star, depth)
		}
		return true
	})
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

func twinName(key string) string {
	return strings.ReplaceAll(twinLower(key), " ", "_")
}

// twinLower leaves bytes that are no UTF-8 as they are, which strings.ToLower does not.
func twinLower(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r == '�' && !strings.HasPrefix(s[i:], "�") {
			b.WriteByte(s[i])
			continue
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

func (t *twin) value(v gjson.Result, name string, depth int) {
	limit := t.field.MaxDepth
	switch {
	case limit > 0 && depth > limit, v.Type == gjson.Null:
	case v.IsObject() && depth == limit, v.IsArray() && (depth == limit || isFlat(v) && !t.field.ExtractArrays):
		if t.field.Verbatim {
			t.set(name, v.Raw)
		} else {
			t.set(name, string(pretty.Ugly([]byte(v.Raw))))
		}
	case v.IsObject():
		t.object(v, name, depth+1)
	case v.IsArray():
		for i, e := range v.Array() {
			t.value(e, name+"["+strconv.Itoa(i)+"]", depth+1)
		}
	case v.Type == gjson.String && !t.field.Verbatim:
		t.set(name, v.String())
	default:
		t.set(name, v.Raw)
	}
}

func isFlat(v gjson.Result) bool {
	for _, e := range v.Array() {
		if e.IsObject() || e.IsArray() {
			return false
		}
	}
	return true
}

func (t *twin) set(name, text string) {
	if name == t.field.Name {
		t.text = &text
	}
}
