package syntax

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParamsAndTheirDefaults(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{`*`, ""},
		{`_sourceCategory={{category}} {{word}} | count`, "category=* word=*"},
		{`* | where user matches "{{user}}" or "{{ip}}" = "*" and host in ("a", "{{host}}") and x="*{{ x y }}*" | count`, "user=* ip=* host=* x y=*"},
		{`* | timeslice {{width}} | count by _timeslice | limit {{n}}`, "width n"},
		{`* | where a = "{{n}}" | count by b | limit {{n}}`, "n"},
		{`* | concat("{{a}}", b) as c | where !(d matches ("{{e}}")) | where f <> "{{g}}" | count by {{h}}`, "a e=* g=* h"},
		{`* // {{no}}` + "\n" + `| count /* {{nor}} */ by {{a}} // "{{x}}`, "a"},
		{`"say \"{{a}}" | where x = "|" and y = {{b}} | parse "// {{c}} *" as d | count`, "a=* b c"},
		{`* | where a matches "{{}}" or b = "{{{c}}}" | count`, "c=*"},
	} {
		var got []string
		for _, p := range ParseTemplate(c.query).Params() {
			text := p.Name
			if p.HasDefault {
				text += "=" + p.Default
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s\n%s", c.query, diff)
		}
	}
}

func TestExpandKeepsPlaces(t *testing.T) {
	const query = `a={{cat}} | where b = "{{a long name}}" | frob {{x}}`
	x, err := ParseTemplate(query).Expand(map[string]string{"a long name": "v", "x": `"quoted" | more`})
	if err != nil {
		t.Fatal(err)
	}
	if want := `a=* | where b = "v" | frob "quoted" | more`; x.Text != want {
		t.Fatalf("%s, want %s", x.Text, want)
	}
	for part, want := range map[string]string{
		"a=*": "a={{cat}}", "*": "{{cat}}", "where b": "where b", `"v"`: `"{{a long name}}"`, "v": "{{a long name}}", "frob": "frob",
		"more": "{{x}}", `quoted" |`: "{{x}}", "b = \"v\" | frob": "b = \"{{a long name}}\" | frob", x.Text: query,
	} {
		at := strings.Index(x.Text, part)
		place := x.Place(Span{at, at + len(part)})
		if got := query[place.Start:place.End]; got != want {
			t.Errorf("%s is from %s, want %s", part, got, want)
		}
	}
	if at := x.Place(Span{len(x.Text), len(x.Text)}); at != (Span{len(query), len(query)}) {
		t.Errorf("the end of the text is from %v", at)
	}
}

func TestExpandNamesWhatIsMissing(t *testing.T) {
	_, err := ParseTemplate("* | limit {{n}} | timeslice {{width}} | limit {{n}}").Expand(map[string]string{"width": "5m"})
	list, _ := err.(ErrorList)
	if len(list) != 1 || list[0].Error() != "the parameter n has no value; give one: --param 'n=…'" || list[0].(*Error).Span != (Span{10, 15}) {
		t.Errorf("%v", err)
	}
}

// FuzzTemplate: places within the text lead to places within the template, in their order.
func FuzzTemplate(f *testing.F) {
	f.Add(`a={{b}} | where c = "{{d}}" // {{e}}`, "value", 3, 9)
	f.Add(`{{a}}{{b}}`, "", 0, 0)
	f.Fuzz(func(t *testing.T, src, value string, from, to int) {
		template := ParseTemplate(src)
		values := map[string]string{}
		for _, p := range template.Params() {
			values[p.Name] = value
		}
		x, err := template.Expand(values)
		if err != nil {
			t.Fatal(err)
		}
		if from < 0 || to < from || to > len(x.Text) {
			return
		}
		if at := x.Place(Span{from, to}); at.Start < 0 || at.End < at.Start || at.End > len(src) {
			t.Fatalf("%q: %d to %d of %q is %v", src, from, to, x.Text, at)
		}
	})
}
