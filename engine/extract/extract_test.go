package extract_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"retrohunt/engine/extract"
	"retrohunt/engine/value"
	"retrohunt/internal/race"
	"retrohunt/internal/view"
)

// show finds a pattern of n values in a text and shows them, "no: " before them if the pattern asks for more.
func show(p extract.Pattern, text string, n int) string {
	found := make([]value.Value, n)
	out := ""
	if !p.Finder().Find(text, found) {
		out = "no: "
	}
	for i, v := range found {
		if i > 0 {
			out += " | "
		}
		if v.IsNull() {
			out += "null"
			continue
		}
		out += v.Text()
	}
	return out
}

func TestAnchors(t *testing.T) {
	for _, test := range []struct{ pattern, text, want string }{
		{"user=*", "the user=ada and more\nthan that", "ada and more\nthan that"},
		{"user=* ", "the user=ada and more", "ada"},
		{"user=* ", "user=ada", "no: null"},
		{"user=* ", "User=ada ", "no: null"},
		{"*", "", ""},
		{"* *", "a b c", "a | b c"},
		{"*: * [*]", "x: y: z [w] [v]", "x | y: z | w"},
		{"a*b*c", "a1a2bc", "1a2 | "},
		{"a*b*c", "ab b", "no: null | null"},
		{"aa*", "aaaa", "aa"},
	} {
		p, _, err := extract.NewAnchors([]string{test.pattern})
		if err != nil {
			t.Fatal(err)
		}
		if got := show(p, test.text, strings.Count(test.pattern, "*")); got != test.want {
			t.Errorf("%s in %q is %q, want %q", test.pattern, test.text, got, test.want)
		}
	}
}

func TestRegexes(t *testing.T) {
	for _, test := range []struct{ pattern, text, want string }{
		{`user=(?<user>\w+)`, "x user=ada user=bob", "ada"},
		{`(?P<a>x)?(?<b>y)`, "zy", "null | y"},
		{`(?<a>x)`, "X", "no: null"},
		{`(?i)(?<a>x)`, "X", "X"},
	} {
		p, err := extract.NewRegexes([]string{test.pattern})
		if err != nil {
			t.Fatal(err)
		}
		if got := show(p, test.text, len(p.Names())); got != test.want {
			t.Errorf("%s in %q is %q, want %q", test.pattern, test.text, got, test.want)
		}
	}
}

func TestJSONPaths(t *testing.T) {
	const text = `{"a":{"b":"x","B":1.50,"b.c":"odd","":0}, "list":[1,"two",{"x":null},[ ]], "people":[{"n":"ada","on":true},{"n":"b/b"},{}],
		"esc\u0061ped":"\u00e4\"\/\ud83d\ude00\ud83d", "twice":1, "twice":2, "deep":{"er":{"n":"below"}}, "@at":"at", "$d":"dollar"}`
	for path, want := range map[string]string{
		"a.b":                   "x",
		"a.B":                   "1.50",
		"A.b":                   "no: null",
		"$.a.b":                 "x",
		"$['a']['b.c']":         "odd",
		`a["b.c"]`:              "odd",
		"a":                     `{"b":"x","B":1.50,"b.c":"odd","":0}`,
		"list[0]":               "1",
		"list.[1]":              "two",
		"list[2]":               `{"x":null}`,
		"list[2].x":             "null",
		"list[-1]":              "[]",
		"list[4]":               "no: null",
		"list[-5]":              "no: null",
		"list.x":                "no: null",
		"a[0]":                  "no: null",
		"a.b.c":                 "no: null",
		"escaped":               "ä\"/😀\ufffd",
		"twice":                 "2",
		"@at":                   "at",
		"$d":                    "dollar",
		"people[*].n":           `["ada","b\/b"]`,
		"people[].n":            `["ada","b\/b"]`,
		"people.*.on":           `[true]`,
		"people[*].missing":     `[]`,
		"missing[*].n":          "no: null",
		"twice[*]":              "no: null",
		"list[*]":               `[1,"two",{"x":null},[]]`,
		"list[1:3]":             `["two",{"x":null}]`,
		"list[:1]":              `[1]`,
		"list[-2:]":             `[{"x":null},[]]`,
		"list[0:-2]":            `[1,"two"]`,
		"list[3,0]":             `[[],1]`,
		"a['b','B','none']":     `["x",1.50]`,
		"$..n":                  `["ada","b\/b","below"]`,
		"..er..n":               `["below"]`,
		"deep..*":               `[{"n":"below"},"below"]`,
		"deep.*":                `[{"n":"below"}]`,
		"people[0,1]['n','on']": `["ada",true,"b\/b"]`,
		"list.length()":         "4",
		"$.length()":            "9",
		"length()":              "9",
		"a.length()":            "4",
		"a.b.length()":          "null",
		"missing.length()":      "no: null",
	} {
		p, _, err := extract.NewJSON([]string{path})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got := show(p, text, 1); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestJSONFilters(t *testing.T) {
	const text = `{"rules":[{"n":"one","on":true,"w":1.50,"by":{"id":["x"]}},{"n":"t\u0077o","on":false,"w":"2"},{"n":null,"w":3},{"n":"/4","on":"true","w":"x"}, "five", [6]],
		"one":{"w":7,"in":[{"w":8}]}, "empty":[]}`
	for path, want := range map[string]string{
		"rules[?(@.on == true)].n":                         `["one"]`,
		"rules[?(@.on != true)].n":                         `["t\u0077o",null,"\/4"]`,
		"rules[?(@.on=='true')].n":                         `["\/4"]`,
		"rules[?(@.on)].n":                                 `["one","t\u0077o","\/4"]`,
		"rules[?(!@.on)].w":                                `[3]`,
		`rules[?(@.n == "two")].w`:                         `["2"]`,
		`rules[?(@.n == 't\wo')].w`:                        `["2"]`,
		"rules[?( @['n'] == 'two' || @.n == null )].w":     `["2",3]`,
		"rules[?(@.w > 1 && (@.w <= 3.0 || @.x))].w":       `[1.50,3]`,
		"rules[?(@.w == 2)].w":                             `["2"]`,
		"rules[?('2' == @.w)].w":                           `["2"]`,
		"rules[?(@.w < 2)].w":                              `[1.50]`,
		"rules[?(@.w >= '2')].w":                           `["2","x"]`,
		"rules[?(@.n == @.n)].w":                           `[1.50,"2",3,"x"]`,
		"rules[?(@.n > @.w)].w":                            `["2"]`,
		"rules[?(@.by == @.by)].w":                         `[]`,
		"rules[?(@.by.id[0] == 'x')].by.id":                `[["x"]]`,
		"rules[?(@ == 'five')]":                            `["five"]`,
		"rules[?(@[0] == 6)]":                              `[[6]]`,
		"one[?(@.w == 7)].in":                              `[[{"w":8}]]`,
		"one[?(@.w == 8)].in":                              `[]`,
		"..[?(@.w > 2)].w":                                 `[3,7,8]`,
		"empty[?(@.w)]":                                    `[]`,
		"rules[0].n[?(@.w)]":                               "no: null",
		"missing[?(@.w)]":                                  "no: null",
		"rules[?(@.n == 'a)b' || (@.w == 3))]['w','none']": `[3]`,
	} {
		p, _, err := extract.NewJSON([]string{path})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got := show(p, text, 1); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestJSONFiltersThatAreNone(t *testing.T) {
	for path, want := range map[string]string{
		"a[?@.b]":                          "a filter of a JSON path stands in parentheses: [?(@.name == 'x')]",
		"a[?(@.b == 1]":                    "a filter of the JSON path is never closed",
		"a[?(@.b == 1)":                    "a filter of the JSON path is never closed",
		"a[?((@.b == 1)]":                  "a filter of the JSON path is never closed",
		"a[?(@.b == 'x)]":                  "a filter of the JSON path is never closed",
		"a[?(@.b == ":                      "a filter of the JSON path is never closed",
		"a[?(":                             "a filter of the JSON path is never closed",
		"a[?(1)]":                          "a filter of a JSON path compares, or names a key: [?(@.name == 'x')]",
		"a[?(@.b == x)]":                   "a filter of a JSON path compares keys (@.name), texts in quotes, numbers, true, false and null, not x",
		"a[?(@.b =~ /x/)]":                 "unsupported: the comparison =~ in a filter of a JSON path",
		"a[?(@.b in ['x'])]":               "unsupported: the comparison in in a filter of a JSON path",
		"a[?(@.b == $.c)]":                 "unsupported: a path from $ on in a filter of a JSON path",
		"a[?(@.b[*] == 1)]":                "unsupported: a function, or a path to several values, in a filter of a JSON path",
		"a[?(@.b.length() > 1)]":           "unsupported: a function, or a path to several values, in a filter of a JSON path",
		"a[(@.length-1)]":                  "unsupported: a script in a JSON path",
		"a[*].length()":                    "unsupported: length() of several values, or within a JSON path",
		"a.length().b":                     "unsupported: length() of several values, or within a JSON path",
		"a.keys()":                         "unsupported: the function keys() in a JSON path",
		"a[?(" + strings.Repeat("(", 9000): "a filter of the JSON path is never closed",
		"a[?(" + strings.Repeat("!", 9000): "a filter of the JSON path is never closed",
	} {
		_, _, err := extract.NewJSON([]string{path})
		var unsupported *extract.UnsupportedPathError
		got := fmt.Sprint(err)
		if errors.As(err, &unsupported) {
			got = "unsupported: " + got
		}
		if got != want {
			t.Errorf("%.40s: %s, want %s", path, got, want)
		}
	}
}

func TestJSONInText(t *testing.T) {
	p, _, err := extract.NewJSON([]string{"a", "[0]"})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`{"a":1}`:                               "no: 1 | null",
		` [2] `:                                 "no: null | 2",
		`audit: {"a":1} end`:                    "no: 1 | null",
		`x [7] y`:                               "no: null | 7",
		`[x] {"a":1}`:                           "no: null | null",
		`{"a":1`:                                "no: null | null",
		`"a"`:                                   "no: null | null",
		``:                                      "no: null | null",
		`}{`:                                    "no: null | null",
		`{"a":"`:                                "no: null | null",
		strings.Repeat(`{"a":`, 2000) + `1`:     "no: null | null",
		strings.Repeat(`[`, 1e6):                "no: null | null",
		`{"a":"]}"}`:                            "no: ]} | null",
		`{"a":"\\"}`:                            `no: \ | null`,
		"{\"a\":\"\xff\xfe\"}":                  "no: \xff\xfe | null",
		`{"a":` + strings.Repeat(" ", 9) + `1}`: "no: 1 | null",
	} {
		if got := show(p, text, 2); got != want {
			t.Errorf("in %.40q there is %q, want %q", text, got, want)
		}
	}
}

// TestFindAllocatesNothing: neither a pattern that is found nor one that is not, but for regular expressions, of which
// package regexp allocates the places of a match.
func TestFindAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("regexp keeps its machines in a pool")
	}
	if view.Copies {
		t.Skip("views copy in this build")
	}
	anchors, _, _ := extract.NewAnchors([]string{"user=* from *", "x=*"})
	regexes, _ := extract.NewRegexes([]string{`user=(?<user>\w+) from (?<ip>[\d.]+)`})
	json, _, _ := extract.NewJSON([]string{"a", "b[0].c", "d[*].e", "f", "..e", "d[?(@.e == '\\t' || @.e > 1)].e", "b.length()"})
	for _, test := range []struct {
		name    string
		pattern extract.Pattern
		text    string
		most    float64
	}{
		{"anchors", anchors, "user=ada from 192.0.2.7 x=1", 0},
		{"no anchors", anchors, "user=ada from 192.0.2.7", 0},
		{"regex", regexes, "user=ada from 192.0.2.7", 1},
		{"no regex", regexes, "user=ada to 192.0.2.7", 0},
		{"json", json, `{"a":"x\\y","b":[{"c":1.5}],"d":[{"e":"/"},{"e":2},{"e":"\\t"}],"f":{"g": [1, 2]}}`, 0},
		{"pieces", extract.NewPieces(",", `"`, `\`, []int{2, 1}), `"a ""b""",c\,d`, 0},
		{"no json", json, `user={"a":1} ]`, 0},
	} {
		finder, found := test.pattern.Finder(), make([]value.Value, 7)
		finder.Find(test.text, found)
		if n := testing.AllocsPerRun(100, func() { clear(found); finder.Find(test.text, found) }); n > test.most {
			t.Errorf("%s: Find allocates %v times", test.name, n)
		}
	}
}

// FuzzXML: no text and no path panics.
func FuzzXML(f *testing.F) {
	f.Add("/a/b[2]/@x", `x <a><b x="1"/><b>t</b></a>`)
	f.Add("/a[@x='1']/text()", `<?xml version="1.0"?><a x="1">t<![CDATA[u]]></a>`)
	f.Fuzz(func(t *testing.T, path, text string) {
		if p, _, err := extract.NewXML([]string{path}); err == nil {
			p.Finder().Find(text, make([]value.Value, 1))
		}
	})
}

// FuzzJSON: nor here.
func FuzzJSON(f *testing.F) {
	f.Add("a.b[0]..c[*][1:2]", `{"a":{"b":[{"c":[1]}]}} x`)
	f.Add("$['a','b']", `[{"\u0061":"\ud83d"}]`)
	f.Add("a[?(!@.b || (@.c.d >= 1.5 && @['e'] != 'x'))].length()", `{"a":[{"b":1},{"e":"\u0078"}]}`)
	f.Fuzz(func(t *testing.T, path, text string) {
		if p, _, err := extract.NewJSON([]string{path}); err == nil {
			p.Finder().Find(text, make([]value.Value, 1))
		}
	})
}
