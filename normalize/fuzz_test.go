package normalize

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
	"github.com/tidwall/pretty"
)

// FuzzNormalize holds records to a slow twin that flattens the whole event with gjson and looks the names up.
func FuzzNormalize(f *testing.F) {
	for _, name := range sources {
		f.Add(string(event(f, name)))
	}
	f.Add(`{"process.command_line":"x","process":{"Command_Line":"y"},"userIdentity":{"arn":["a",{"b":1}]}}`)
	f.Add(`{"eventName":["{","["],"userIdentity":{"arn":{"a":{"b":{"c":{"d":1}}}}}}`)
	f.Add(`{"_sourceCategory":"x","_sourcehost":"h","properties":{"status":{"errorCode":0}},"properties.ipAddress":"192.0.2.1"}`)
	names := append(t1021, "_sourceCategory", "_sourceName", "_sourceHost", "_collector", "_raw", "_size")
	n, mapped := New(project(names...), Options{NoMapping: true}), New(project(names...), Options{Time: true, Host: true})
	for _, event := range shapeEvents(f) {
		f.Add(string(event))
	}
	f.Fuzz(func(t *testing.T, event string) {
		if strings.Count(event, "{")+strings.Count(event, "[") >= 1000 || !utf8.ValidString(event) {
			return
		}
		r, err := n.Normalize([]byte(event), []byte(event), &Origin{Name: "input"})
		if valid := gjson.Valid(event) && gjson.Parse(event).IsObject(); valid != (err == nil) {
			t.Fatalf("error %v, gjson says valid %v", err, valid)
		}
		if err != nil {
			return
		}
		m, err := mapped.Normalize([]byte(event), []byte(event), &Origin{Name: "input"})
		if err != nil {
			t.Fatalf("with the mapping: %v", err)
		}
		for slot, text := range r.Fields {
			if text != nil && string(m.Fields[slot]) != string(text) {
				t.Errorf("the mapping makes %q of %s=%q", m.Fields[slot], names[slot], text)
			}
		}
		if r.Shape != r.Inner {
			return // taken out of the text of another: held by the table of shapes
		}
		flat := map[string]string{}
		flatten(flat, "", gjson.Parse(event), 0)
		twin := map[string]string{"_sourcename": "input", "_size": strconv.Itoa(len(event)), "_raw": event}
		for slot, name := range names {
			name = strings.ToLower(name)
			want, ok := flat[name]
			if name == "_raw" || name == "_size" || name == "_sourcename" && !ok {
				want, ok = twin[name], true
			}
			if (name == "_sourcecategory" || name == "_sourcehost") && want == "" {
				continue // by content: held by the tables
			}
			if got := r.Fields[slot]; ok != (got != nil) || string(got) != want {
				t.Errorf("%s (-twin +got):\n%s", name, cmp.Diff(want, string(got)))
			}
		}
	})
}

// flatten makes the names and texts of json auto maxdepth 5. The metadata that the tests ask for has no depth that counts.
func flatten(flat map[string]string, prefix string, v gjson.Result, depth int) {
	switch {
	case v.Type == gjson.Null:
	case v.IsObject() && depth < 5:
		v.ForEach(func(key, member gjson.Result) bool {
			name := strings.ReplaceAll(strings.ToLower(key.String()), " ", "_")
			if depth > 0 {
				name = prefix + "." + name
			}
			flatten(flat, name, member, depth+1)
			return true
		})
	case v.IsArray() && depth < 5 && holdsContainer(v):
		for i, element := range v.Array() {
			flatten(flat, prefix+"["+strconv.Itoa(i)+"]", element, depth+1)
		}
	case v.IsObject() || v.IsArray():
		flat[prefix] = string(pretty.Ugly([]byte(v.Raw)))
	case v.Type == gjson.String:
		flat[prefix] = v.String()
	default:
		flat[prefix] = v.Raw
	}
}

func holdsContainer(array gjson.Result) bool {
	return slices.ContainsFunc(array.Array(), func(e gjson.Result) bool { return e.IsObject() || e.IsArray() })
}
