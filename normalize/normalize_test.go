package normalize

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// record normalizes one event and returns the wanted fields by name, without the null ones.
func record(t testing.TB, o Options, from Origin, event string, names ...string) map[string]string {
	t.Helper()
	r, err := New(project(names...), o).Normalize([]byte(event), []byte(event), &from)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for slot, text := range r.Fields {
		if text != nil {
			got[names[slot]] = string(text)
		}
	}
	return got
}

func TestBuiltinFields(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	const sysmon = `{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Hostname":"w5.example.com","host":"wec","EventTime":"2024-07-15 12:00:00"}`
	from := Origin{Name: "logs/a.json"}
	cases := []struct {
		name, event, field string
		from               Origin
		want               any // nil is null
	}{
		{"_raw is the event", `{"a": 1} `, "_raw", from, `{"a": 1} `},
		{"a _raw that is no text is no message of an export", `{"_raw":7,"a":"x"}`, "a", from, "x"},
		{"_size", `{"a": 1} `, "_size", from, "9"},
		{"_sourceCategory by content", sysmon, "_sourceCategory", from, "Windows/Sysmon"},
		{"_sourceCategory by path", sysmon, "_sourceCategory", Origin{Category: "prod/win"}, "prod/win"},
		{"its own wins over both", `{"_sourcecategory":"own","Channel":"Security"}`, "_sourceCategory", Origin{Category: "prod/win"}, "own"},
		{"its own, as Sumo spells it", `{"_sourceCategory":"own"}`, "_sourcecategory", from, "own"},
		{"an empty one of its own does not", `{"_sourceCategory":"","Channel":"Security"}`, "_sourceCategory", from, "Windows/Security"},
		{"_sourceCategory of no shape", `{}`, "_sourceCategory", from, "unknown"},
		{"_sourceName", `{}`, "_sourceName", from, "logs/a.json"},
		{"_sourceName of its own", `{"_sourcename":"own"}`, "_sourceName", from, "own"},
		{"_sourceHost is the host of the event, not its collector", sysmon, "_sourceHost", from, "w5.example.com"},
		{"_sourceHost of its own", `{"_sourceHost":"own","host":"x"}`, "_sourceHost", from, "own"},
		{"_sourceHost of none", `{"a":1}`, "_sourceHost", from, nil},
		{"_messageTime, local", sysmon, "_messageTime", from, "1721037600000"},
		{"_messageTime, with a zone", `{"eventTime":"2024-07-15T12:00:00Z"}`, "_messageTime", from, "1721044800000"},
		{"_messageTime of its own", `{"_messagetime":"1721000000001","eventTime":"2024-07-15T12:00:00Z"}`, "_messageTime", from, "1721000000001"},
		{"_messageTime of its own that is none", `{"_messagetime":"soon","eventTime":"2024-07-15T12:00:00Z"}`, "_messageTime", from, "1721044800000"},
		{"_messageTime of none", `{"time":"soon"}`, "_messageTime", from, nil},
		{"_receiptTime", `{"_receipttime":1721000000001}`, "_receiptTime", from, "1721000000001"},
		{"_receiptTime of none", sysmon, "_receiptTime", from, nil},
		{"_collector of its own", `{"_collector":"c"}`, "_collector", from, "c"},
		{"_collector of none", `{"collector":"c"}`, "_collector", from, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := record(t, Options{Zone: berlin}, c.from, c.event, c.field)
			if text, ok := got[c.field]; (c.want == nil) == ok || ok && text != c.want {
				t.Errorf("%q, want %v", got, c.want)
			}
		})
	}
}

func TestRecordOutsideOfTheFields(t *testing.T) {
	n := New(project("a"), Options{})
	event := []byte(` {"a":"x","Channel":"Security","EventID":4688}`)
	r, err := n.Normalize(event, event, &Origin{})
	if err != nil {
		t.Fatal(err)
	}
	if &r.Raw[0] != &event[0] || len(r.Raw) != len(event) {
		t.Errorf("raw is %q", r.Raw)
	}
	if string(r.Category) != "Windows/Security" {
		t.Errorf("category %q", r.Category)
	}
}

func TestMalformedEvent(t *testing.T) {
	n := New(project("a"), Options{})
	_, err := n.Normalize([]byte(`{"a":"x`), []byte(`{"a":"x`), &Origin{})
	var malformed *MalformedError
	if !errors.As(err, &malformed) || malformed.Offset != 7 || malformed.Error() != "unterminated string" {
		t.Errorf("%v", err)
	}
	r, err := n.Normalize([]byte(`{"b":"x"}`), []byte(`{"b":"x"}`), &Origin{})
	if err != nil || r.Fields[0] != nil {
		t.Errorf("the next event is %q, %v", r.Fields, err)
	}
}

func TestProjection(t *testing.T) {
	var p Projection
	slots := []int{
		p.Add(Field{Name: "User.Name"}),
		p.Add(Field{Name: "user.name"}),
		p.Add(Field{Name: "user.name", MaxDepth: 5}),
		p.Add(Field{Name: "user.name", ExtractArrays: true}),
		p.Add(Field{Name: "_sourceCategory", MaxDepth: 5}),
		p.Add(Field{Name: "_SOURCECATEGORY"}),
	}
	if diff := cmp.Diff([]int{0, 0, 1, 2, 3, 3}, slots); diff != "" {
		t.Errorf("slots (-want +got):\n%s", diff)
	}
	if p.Len() != 4 {
		t.Errorf("%d slots", p.Len())
	}
	if !IsBuiltin("_MessageTime") || IsBuiltin("_id") || IsBuiltin("messagetime") {
		t.Error("IsBuiltin")
	}
}

func TestExtractor(t *testing.T) {
	cases := []struct {
		name, text string
		want       any // nil is null
		failure    string
	}{
		{"JSON alone", `{"a":{"b":"x"}}`, "x", ""},
		{"text before it", `Mar 11 host app: {"a":{"b":"x"}}`, "x", ""},
		{"another field", `{"a":"x"}`, nil, ""},
		{"text without JSON", `Mar 11 host app: started`, nil, "no JSON object in the text"},
		{"text behind it", `x {"a":{"b":"x"}} y`, nil, "more text behind the object"},
		{"cut", `x {"a":{"b":"x"`, nil, "an object goes on with neither comma nor brace"},
		{"nothing", ``, nil, "no JSON object in the text"},
	}
	e := NewExtractor(project("a.b"))
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dst := [][]byte{[]byte("of the text before")}
			err := e.Extract([]byte(c.text), dst)
			if (err == nil) != (c.failure == "") || err != nil && err.Error() != c.failure {
				t.Errorf("error %v, want %q", err, c.failure)
			}
			if (c.want == nil) != (dst[0] == nil) || c.want != nil && string(dst[0]) != c.want {
				t.Errorf("%q, want %v", dst[0], c.want)
			}
		})
	}
	var malformed *MalformedError
	if err := e.Extract([]byte(`x {"a":tru}`), make([][]byte, 1)); !errors.As(err, &malformed) || malformed.Offset != 7 {
		t.Errorf("%v", err)
	}
}
