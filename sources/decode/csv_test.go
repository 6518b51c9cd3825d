package decode

import (
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/internal/jsonquote"
)

func TestCSV(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // JSON, or what is lost
		broke      string
	}{
		{"rows", "a,b\n1,2\n3,4\n", []string{`{"a":"1","b":"2"}`, `{"a":"3","b":"4"}`}, ""},
		{"CRLF, no last line end, blank lines", "\ufeff\r\na,b\r\n\r\n1,2\r\n\r\n3,4", []string{`{"a":"1","b":"2"}`, `{"a":"3","b":"4"}`}, ""},
		{"semicolons and tabs", "a;b\n1,5;2\n", []string{`{"a":"1,5","b":"2"}`}, ""},
		{"tabs", "a\tb\n1,5\t2\n", []string{`{"a":"1,5","b":"2"}`}, ""},
		{"quotes", "\"a\",b\n\"x,y\",\"say \"\"x\"\"\"\n\"\",\"\"\"\"\n", []string{`{"a":"x,y","b":"say \"x\""}`, `{"a":"","b":"\""}`}, ""},
		{"empty cells", "a,b,c\n,,\n", []string{`{"a":"","b":"","c":""}`}, ""},
		{"blanks stay", "a,b\n 1 , \"2\"\n", []string{`{"a":" 1 ","b":" \"2\""}`}, ""},
		{"lines in cells", "a,b\n\"1\n2\r\n3\",x\n4,5\n", []string{`{"a":"1\n2\r\n3","b":"x"}`, `{"a":"4","b":"5"}`}, ""},
		{"quotes inside a cell", "a,b\nx \"y\" z,2\n", []string{`{"a":"x \"y\" z","b":"2"}`}, ""},
		{"a quote that does not end", "a,b\n\"1,2\n3,4\n5,6\n", []string{`{"a":"\"1","b":"2"}`, `{"a":"3","b":"4"}`, `{"a":"5","b":"6"}`}, ""},
		{"something behind a quote", "a,b\n\"1\"x,2\n3,4\n", []string{`{"a":"\"1\"x","b":"2"}`, `{"a":"3","b":"4"}`}, ""},
		{"too many cells, too few", "a,b\n1,2,3\n4\n5,6\n", []string{"lost 6 at 4, 1 records: 3 cells, the header has 2", "lost 2 at 10, 1 records: 1 cells, the header has 2", `{"a":"5","b":"6"}`}, ""},
		{"too many cells over lines", "a,b\n\"1\n2\",3,4\n5,6\n", []string{"lost 3 at 4, 1 records: 1 cells, the header has 2", "lost 7 at 7, 1 records: 3 cells, the header has 2", `{"a":"5","b":"6"}`}, ""},
		{"cut off in quotes", "a,b\n1,2\n3,\"{\nx", []string{`{"a":"1","b":"2"}`}, "the input ends inside an event"},
		{"controls and no UTF-8", "a,b\n\x00\x1b,\xff\n", []string{"{\"a\":\"\\u0000\\u001b\",\"b\":\"\xff\"}"}, ""},
		{"a header alone", "a,b\n", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			pieces, err := readAll(New(CSV, strings.NewReader(c.text), Options{}))
			var got []string
			for _, p := range pieces {
				if p.Lost != "" {
					p.JSON = p.short()
				}
				got = append(got, p.JSON)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			checkEnd(t, err, c.broke)
		})
	}
}

func TestOriginsOfRows(t *testing.T) {
	pieces, _ := readAll(New(CSV, strings.NewReader("a,b\r\n\"1\n1\",2\r\n\r\n3,4"), Options{}))
	if diff := cmp.Diff([]string{"5 2 \"1\n1\",2", "16 5 3,4"}, rawPieces(pieces)); diff != "" {
		t.Error(diff)
	}
}

// FuzzCSVRows holds rows to encoding/csv: of a text that it reads whole, with as many cells everywhere, we read the same.
func FuzzCSVRows(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a,b\n\"1\n2\",\"3\"\"4\"\r\n5,6", csvFile(3), "a,b\n\n\"\",\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, ";\t\ufeff") || strings.Contains(text, "\r") { // it makes LF of CRLF inside cells
			t.Skip()
		}
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(records) < 2 || len(records[0]) < 2 {
			t.Skip()
		}
		pieces, err := readAll(New(CSV, strings.NewReader(text), Options{}))
		if err != io.EOF || len(pieces) != len(records)-1 {
			t.Fatalf("%d rows, want %d; %v", len(pieces), len(records)-1, err)
		}
		for i, p := range pieces {
			if want := rowJSON(records[0], records[i+1]); want != p.JSON {
				t.Fatalf("record %d: %s, want %s", i, p.JSON, want)
			}
		}
	})
}

func rowJSON(header, cells []string) string {
	out := []byte{'{'}
	for i, cell := range cells {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(jsonquote.Append(out, []byte(header[i])), ':')
		out = jsonquote.Append(out, []byte(cell))
	}
	return string(append(out, '}'))
}
