package inventory

import (
	"fmt"
	"strings"
	"testing"

	"retrohunt/normalize"
	"retrohunt/sources"
)

func TestFields(t *testing.T) {
	deep := strings.Repeat(`{"abcdefg":`, 900) + "1" + strings.Repeat("}", 900)
	for _, c := range []struct {
		name   string
		events []string
		want   string // field=events
	}{
		{"nothing", []string{`{}`}, ""},
		{"plain values", []string{`{"a":"x","b":1,"c":true,"d":""}`}, "a=1 b=1 c=1 d=1"},
		{"null is no field", []string{`{"a":null,"b":{"c":null}}`}, ""},
		{"the most frequent first, then by name", []string{`{"b":1,"c":1}`, `{"c":1,"a":1}`}, "c=2 a=1 b=1"},
		{"objects", []string{`{"a":{"b":{"c":1},"d":2},"e":{}}`}, "a.b.c=1 a.d=1"},
		{"blanks", []string{`{"User Name":{"first name":"x"}}`}, "User_Name.first_name=1"},
		{"the case of the event", []string{`{"Port":1,"port":2}`}, "Port=1 port=1"},
		{"an array of plain values", []string{`{"a":[1,"x",null],"b":[]}`}, "a=1 b=1"},
		{"an array of objects, however many", []string{`{"a":[{"b":1,"c":[1]},{"b":2},5]}`}, "a[]=1 a[].b=1 a[].c=1"},
		{"arrays of arrays", []string{`{"a":[[1],[{"b":2}]]}`}, "a[]=1 a[][].b=1"},
		{"a name twice", []string{`{"a":1,"a":2}`}, "a=1"},
		{"escapes in names", []string{`{"\u0061\n":1}`}, "a\n=1"},
		{"an empty key", []string{`{"":{"a":1}}`}, ".a=1"},
		{"names of their own with dots", []string{`{"a.b":1,"a":{"b":2}}`}, "a.b=1"},
		{"very deep", []string{`{"a":` + deep + `}`}, "a" + strings.Repeat(".abcdefg", 32)[:MaxName-1] + "=1"},
		{"an event in a string", []string{`{"CloudTrailEvent":"{\"eventSource\":\"sts.amazonaws.com\",\"x\":{\"y\":1}}","EventId":"1"}`}, "eventSource=1 x.y=1"},
		{"an export's event behind a header", []string{`{"_raw":"<134>1 {\"eventSource\":\"sts.amazonaws.com\"}"}`}, "eventSource=1"},
		{"an export's event in XML", []string{`{"_raw":"<Event><System><EventID>1</EventID></System><EventData><Data Name='Image'>a</Data></EventData></Event>"}`}, "EventID=1 Image=1"},
		{"an export's text", []string{`{"_raw":"sshd[1]: {user} failed"}`}, ""},
		{"an export's broken JSON", []string{`{"_raw":"{\"a\":1,\"b\":"}`}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := of(t, Options{Fields: true}, c.events...)
			var got []string
			for _, f := range out.Fields[0].Names {
				got = append(got, fmt.Sprintf("%s=%d", f.Name, f.Events))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), c.want)
			}
			if out.Fields[0].Events != int64(len(c.events)) {
				t.Errorf("%d events", out.Fields[0].Events)
			}
		})
	}
}

func TestFieldsAreCountedByCategory(t *testing.T) {
	out := of(t, Options{Fields: true},
		`{"Channel":"Security","CommandLine":"x"}`, `{"Channel":"Security","EventTime":"2026-03-02T08:00:00Z"}`, `{"Channel":"Security"}`,
		`{"eventSource":"sts.amazonaws.com"}`)
	if len(out.Fields) != 2 || out.Fields[0].Category != "Windows/Security" || out.Fields[0].Events != 3 || out.Fields[1].Category != "AWS/CloudTrail" {
		t.Fatalf("%+v", out.Fields)
	}
	if got := fmt.Sprint(out.Fields[0].Names); got != "[{Channel 3} {CommandLine 1} {EventTime 1}]" {
		t.Error(got)
	}
}

// TestFieldsOfAnEventThatIsNoJSON are those of the JSON that its decoder made.
func TestFieldsOfAnEventThatIsNoJSON(t *testing.T) {
	r := newReader(Options{Fields: true}, wide, "UTC")
	raw, object := []byte("CommandLine=whoami\nEventCode=4688\n"), []byte(`{"CommandLine":"whoami","EventCode":4688}`)
	record, err := r.normalizer.Normalize(object, raw, &normalize.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	r.Event(record, sources.Event{Raw: raw, JSON: object}, "a.log")
	out := r.Result()
	if got := fmt.Sprint(out.Fields[0].Names); got != "[{CommandLine 1} {EventCode 1}]" || out.Groups[0].Bytes != int64(len(raw)) {
		t.Errorf("%s, %d bytes", got, out.Groups[0].Bytes)
	}
}
