package wire

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
	"github.com/tidwall/pretty"
)

func walkAll(t testing.TB, src string, fields []Field) ([]*string, *Error) {
	t.Helper()
	w := NewWalker(NewTree(fields))
	out := make([][]byte, len(fields))
	err := w.Walk([]byte(src), out)
	texts := make([]*string, len(fields))
	for i, b := range out {
		if b != nil {
			s := string(b)
			texts[i] = &s
		}
	}
	return texts, err
}

const absent = "<absent>"

func TestFlattening(t *testing.T) {
	cases := []struct {
		name, event string
		field       Field
		want        string
	}{
		{"top level", `{"a":"x"}`, Field{Name: "a"}, "x"},
		{"nested", `{"a":{"b":{"c":"x"}}}`, Field{Name: "a.b.c"}, "x"},
		{"a flat dotted key", `{"a.b.c":"x"}`, Field{Name: "a.b.c"}, "x"},
		{"half flat", `{"a":{"b.c":"x"}}`, Field{Name: "a.b.c"}, "x"},
		{"half flat, other half", `{"a.b":{"c":"x"}}`, Field{Name: "a.b.c"}, "x"},
		{"case does not count", `{"A":{"bC":"x"}}`, Field{Name: "a.bc"}, "x"},
		{"beyond ASCII too", `{"ÄÖ":"x"}`, Field{Name: "äö"}, "x"},
		{"an escaped key", `{"\u0061\u002eb":"x"}`, Field{Name: "a.b"}, "x"},
		{"a blank in a key", `{"event time":"x"}`, Field{Name: "event_time"}, "x"},
		{"a number keeps its text", `{"a":-0.10e+05}`, Field{Name: "a"}, "-0.10e+05"},
		{"an int64 beyond float64", `{"a":-9223372036854775808}`, Field{Name: "a"}, "-9223372036854775808"},
		{"true", `{"a":true}`, Field{Name: "a"}, "true"},
		{"false", `{"a":false}`, Field{Name: "a"}, "false"},
		{"null is absent", `{"a":null}`, Field{Name: "a"}, absent},
		{"the empty text is not", `{"a":""}`, Field{Name: "a"}, ""},
		{"an object is no field", `{"a":{"b":1}}`, Field{Name: "a"}, absent},
		{"an empty object neither", `{"a":{}}`, Field{Name: "a"}, absent},
		{"the last one wins", `{"a":"1","a":"2"}`, Field{Name: "a"}, "2"},
		{"in another case too", `{"Port":"1","port":"2"}`, Field{Name: "port"}, "2"},
		{"in another spelling too", `{"a":{"b":"1"},"a.b":"2"}`, Field{Name: "a.b"}, "2"},
		{"a null does not overwrite", `{"a":"1","a":null}`, Field{Name: "a"}, "1"},
		{"escapes", `{"a":"\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00"}`, Field{Name: "a"}, "\"\\/\b\f\n\r\tä😀"},
		{"half a surrogate pair", `{"a":"\ud83dx\ude00"}`, Field{Name: "a"}, "\ufffdx\ufffd"},
		{"two first halves", `{"a":"\ud83d\ud83d\ude00"}`, Field{Name: "a"}, "\ufffd😀"},
		{"a flat array is its text", `{"a":[ 1, "x y" ,null]}`, Field{Name: "a"}, `[1,"x y",null]`},
		{"an empty array is its text", `{"a":[ ]}`, Field{Name: "a"}, `[]`},
		{"a flat array has no elements", `{"a":[1,2]}`, Field{Name: "a[0]"}, absent},
		{"unless they are extracted", `{"a":[1,2]}`, Field{Name: "a[1]", ExtractArrays: true}, "2"},
		{"then it is no text", `{"a":[1,2]}`, Field{Name: "a", ExtractArrays: true}, absent},
		{"an array of objects expands", `{"a":[{"b":"x"},{"b":"y"}]}`, Field{Name: "a[1].b"}, "y"},
		{"it is no text", `{"a":[{"b":"x"}]}`, Field{Name: "a"}, absent},
		{"a mixed array expands", `{"a":[7,{"b":"x"}]}`, Field{Name: "a[0]"}, "7"},
		{"a flat array in an array is a text", `{"a":[[1, 2],[3]]}`, Field{Name: "a[0]"}, "[1,2]"},
		{"an index is in the key", `{"a[0]":{"b":"x"}}`, Field{Name: "a[0].b"}, "x"},
		{"a container at the depth is its text", `{"a":{"b":{ "c" : [ 1 , "x y" ] }}}`, Field{Name: "a.b", MaxDepth: 2}, `{"c":[1,"x y"]}`},
		{"below the depth is nothing", `{"a":{"b":{"c":"x"}}}`, Field{Name: "a.b.c", MaxDepth: 2}, absent},
		{"a plain value at the depth", `{"a":{"b":"x"}}`, Field{Name: "a.b", MaxDepth: 2}, "x"},
		{"an index is a level", `{"a":[{"b":"x"}]}`, Field{Name: "a[0]", MaxDepth: 2}, `{"b":"x"}`},
		{"an array at the depth", `{"a":[{"b":"x"}]}`, Field{Name: "a", MaxDepth: 1}, `[{"b":"x"}]`},
		{"a flat key is one level", `{"a.b.c":"x"}`, Field{Name: "a.b.c", MaxDepth: 1}, "x"},
		{"white space everywhere", " { \"a\" :\t[ ] ,\r\n\"b\" : \"x\" } ", Field{Name: "b"}, "x"},
		{"bytes that are no UTF-8", "{\"a\":\"\xff\xfe\"}", Field{Name: "a"}, "\xff\xfe"},
		{"any key", `{"a":{"x":{"b":"y"}}}`, Field{Name: "a.*.b"}, "y"},
		{"any key, one only", `{"a":{"x":{"y":{"b":"z"}}}}`, Field{Name: "a.*.b"}, absent},
		{"no key is not any", `{"a":{"b":"z"}}`, Field{Name: "a.*.b"}, absent},
		{"verbatim", `{"a":"x\u0041"}`, Field{Name: "a", Verbatim: true}, `"x\u0041"`},
		{"a container, verbatim", `{"a":{ "b": 1 }}`, Field{Name: "a", MaxDepth: 1, Verbatim: true}, `{ "b": 1 }`},
		{"a key that only begins like it", `{"ab":"x","a":{"bc":"y"}}`, Field{Name: "a.b"}, absent},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := walkAll(t, c.event, []Field{c.field})
			if err != nil {
				t.Fatal(err)
			}
			text := absent
			if got[0] != nil {
				text = *got[0]
			}
			if text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
			if twin := twinWalk(c.event, c.field); (twin == nil) != (got[0] == nil) || twin != nil && *twin != c.want {
				t.Errorf("the twin has %v", twin)
			}
		})
	}
}

func TestMalformed(t *testing.T) {
	cases := []struct {
		event  string
		offset int
		reason string
	}{
		{``, 0, "not a JSON object"},
		{`[1]`, 0, "not a JSON object"},
		{`{"a":1} x`, 8, "more text behind the object"},
		{`{"a":"x`, 7, "unterminated string"},
		{"{\"a\":\"x\ny\"}", 7, "control character in a string"},
		{`{"a":"\x"}`, 6, "invalid escape in a string"},
		{`{"a":"\u12g4"}`, 6, "invalid escape in a string"},
		{`{"a":01}`, 6, "an object goes on with neither comma nor brace"},
		{`{"a":-}`, 6, "invalid number"},
		{`{"a":1.}`, 7, "invalid number"},
		{`{"a":tru}`, 5, "not a JSON value"},
		{`{"a":}`, 5, "not a JSON value"},
		{`{"a":`, 5, "the event ends where a value should stand"},
		{`{"a" 1}`, 5, "no colon behind a key"},
		{`{a:1}`, 1, "no key where one should stand"},
		{`{"a":1,}`, 7, "no key where one should stand"},
		{`{"a":[1,]}`, 8, "not a JSON value"},
		{`{"a":[1 2]}`, 8, "an array goes on with neither comma nor bracket"},
		{`{"a":{"b":1]}`, 11, "an object goes on with neither comma nor brace"},
		{`{"a":` + strings.Repeat("[", 1000), 1004, "nested deeper than 1,000"},
	}
	for _, c := range cases {
		_, err := walkAll(t, c.event, []Field{{Name: "a"}})
		want := &Error{c.offset, c.reason}
		if diff := cmp.Diff(want, err); diff != "" {
			t.Errorf("%.40s (-want +got):\n%s", c.event, diff)
		}
	}
}

func TestDeepestNesting(t *testing.T) {
	event := `{"a":` + strings.Repeat("[", 999) + strings.Repeat("]", 999) + `}`
	if _, err := walkAll(t, event, []Field{{Name: "a"}}); err != nil {
		t.Errorf("nested 1,000 deep: %v", err)
	}
}

func TestAnyKeyBesideKeysOfTheirOwn(t *testing.T) {
	names := []string{"a.*.b", "a.x.b", "a.x", "a.y.c.d", "a.x.y.b"}
	got, err := walkAll(t, `{"a":{"x":{"b":"1","y":{"b":"2"}},"y":{"c":{"d":"3","b":"4"}}},"a.z":{"b":"5"}}`,
		[]Field{{Name: names[0]}, {Name: names[1]}, {Name: names[2], MaxDepth: 2}, {Name: names[3]}, {Name: names[4]}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"1", "1", `{"b":"1","y":{"b":"2"}}`, "3", "2"} {
		if got[i] == nil || *got[i] != want {
			t.Errorf("%s is %v, want %s", names[i], got[i], want)
		}
	}
}

// FuzzWalk holds what the walk accepts and every text it yields to gjson.
func FuzzWalk(f *testing.F) {
	for _, seed := range []string{
		`{"a":{"b":{"c":"x"}},"a.b":[1,{"c":null}],"A":"\u0041\/"}`,
		`{"a":[ {"b":[1, 2]}, "x" ], "a b":-1.5e3, "":{"":0}}`,
		`{"a.b.c":true,"a":{"b.c":false,"b":{ }}} `,
		`{"a":"\ud83d\ude00\ud83d","b":"ÄÖ` + "\xff" + `"}`,
		`{"a":[[[1]]],"a[0]":{"b":7}}`,
		`{"a":{"b":{"c":1},"*":{"c":2},"x.y":{"c":3}},"a.b":{"c":4},"a":{"z":[{"b":1}]}}`,
		`{"A":1,"\u0061":"2","a":null,"a\u002eb":{"C":3},"a":{"b.c":[ {"x": 1} ]}}`,
		`{"\u00c4ö":1,"ÄÖ":2,"äö":{"":3},"\u212a":4,"İ":5,"A b":6,"a_b":7}`,
		`{"a":[1,[2,{"b":[3]}],{"c":{"d":1}}],"a[0][0]":5,"a[1].c":[{"b":2},3,[4]]}`,
		`{"a":[{"b":{"c":[[]]}},{"b":{"c":{}}},[ ],{ },"\n"],"a":{"b":[{"c":1},{"c":2}]}}`,
		`{"sixteen bytes ok":"\r\n\t\t\\\"plain text of more than sixteen bytes\u0041","k":"` + "\xe2\x84\xaa" + `"}`,
	} {
		f.Add(seed)
	}
	names := []string{"a", "a.b", "a.b.c", "a_b", "a[0]", "a[0].b", "a[0][0]", "a[1].c", "äö", "b", "k", "i", "", "a.*.c", "a.*", "a.*[0].b", "a[0].*.c"}
	var fields []Field
	for _, name := range names {
		for depth := range 4 {
			fields = append(fields, Field{name, depth, false, false}, Field{name, depth, true, false}, Field{name, depth, depth%2 == 0, true})
		}
	}
	f.Fuzz(func(t *testing.T, event string) {
		containers := strings.Count(event, "{") + strings.Count(event, "[")
		if containers >= maxNesting {
			return
		}
		got, err := walkAll(t, event, fields)
		valid := gjson.Valid(event) && gjson.Parse(event).IsObject()
		if (err == nil) != valid {
			t.Fatalf("error %v, gjson says valid %v", err, valid)
		}
		if containers > 50 { // the twin takes the square of it
			return
		}
		if !valid || !utf8.ValidString(event) && strings.Contains(event, "\\u") {
			return
		}
		for i, field := range fields {
			if field.Verbatim && got[i] != nil {
				plain := field
				plain.Verbatim = false
				if want := twinWalk(event, plain); !gjson.Valid(*got[i]) || string(pretty.Ugly(AppendText(nil, []byte(*got[i])))) != string(pretty.Ugly([]byte(*want))) {
					t.Fatalf("%+v is %s, its text %q", field, *got[i], *want)
				}
			}
			if diff := cmp.Diff(twinWalk(event, field), got[i]); diff != "" {
				t.Fatalf("%+v (-twin +walk):\n%s", field, diff)
			}
		}
	})
}
