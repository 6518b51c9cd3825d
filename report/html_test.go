package report

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/engine/value"
	"retrohunt/sources"
)

// tokens reads a page as browsers do where it is sound: by a parser that does not know the program.
func tokens(t *testing.T, page string, do func(xml.Token)) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(page))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		do(token)
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readHTML reads the rows of each detection.
func readHTML(t *testing.T, page string) (out []readRow) {
	t.Helper()
	var detection, text strings.Builder
	var header, cells []string
	inRows := false
	var to *strings.Builder
	tokens(t, page, func(token xml.Token) {
		switch e := token.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Local == "span" && attribute(e, "class") == "id":
				detection.Reset()
				to = &detection
			case e.Name.Local == "table":
				inRows, header = attribute(e, "class") == "rows", nil
			case e.Name.Local == "th" || e.Name.Local == "td":
				text.Reset()
				to = &text
			}
		case xml.CharData:
			if to != nil {
				to.Write(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "h2":
				to = nil
			case "span":
				if to == &detection {
					to = nil
				}
			case "th", "td":
				cells = append(cells, text.String())
				to = nil
			case "tr":
				switch {
				case inRows && header == nil:
					header = cells
				case inRows:
					row := readRow{detection.String(), map[string]string{}}
					for i, c := range cells {
						if c != "" {
							row.Cells[header[i]] = c
						}
					}
					out = append(out, row)
				}
				cells = nil
			}
		}
	})
	return out
}

// hostilePage is a report whose every text is hostile.
func hostilePage() ([]Result, Options) {
	const attack = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>\"' javascript:alert(1) \u202egnp.exe"
	megabyte := strings.Repeat("<b>long</b> ", 1<<20/12)
	d := &detections.Detection{
		ID: "t1" + attack, Title: attack, Description: attack + "\n\n" + megabyte, Severity: "high", Confidence: attack,
		Techniques: []string{"T1021.007", "javascript:alert(1)", "T1021/../../" + attack}, Tactics: []string{attack},
		FalsePositives: []string{attack}, Query: attack,
	}
	t := &engine.Table{Columns: []string{"actor", attack, "_count"}, Hits: 3, Days: []engine.Day{{Day: 20_513, Events: 3}}}
	for _, text := range []string{attack, megabyte, "javascript:alert(1)", "\u202e\u2066\x00\x1b[31m"} {
		t.Rows = append(t.Rows, []value.Value{value.OfString(text), value.OfString(text), value.OfLong(1)})
	}
	r := Result{
		Detection: d, Table: t, Keys: []string{"actor", attack},
		Samples: []Sample{{Row: 0, Place: attack + "#1", Time: "2026-03-01T00:00:00.000Z", Text: attack}, {Row: 1, Place: "a'b#2", Text: megabyte, Cut: true}},
	}
	c := &stream.Coverage{
		Events: 4, Hits: 3, Inputs: 1, Malformed: 1, Categories: []stream.CategoryCount{{Category: attack, Events: 4}},
		First:   []stream.Malformed{{Input: attack, Line: 1, Reason: attack}},
		Skipped: []sources.Skip{{Name: attack, Reason: attack}}, Damaged: []stream.Damage{{Input: attack, Err: attack}},
		Notes: []stream.Note{{Input: attack, Text: attack}},
	}
	return []Result{r}, Options{Run: &Run{Version: attack, Paths: []string{attack}, Coverage: c, CSV: attack}}
}

// TestNothingFromLogsIsMarkup: whatever texts hold, the page has the elements that it has with harmless ones: one script, one
// style, no handler of events, and links to ATT&CK and into itself alone.
func TestNothingFromLogsIsMarkup(t *testing.T) {
	results, options := hostilePage()
	elements := map[string]int{}
	tokens(t, render(t, "html", results, options), func(token xml.Token) {
		e, ok := token.(xml.StartElement)
		if !ok {
			return
		}
		elements[e.Name.Local]++
		for _, a := range e.Attr {
			name, text := a.Name.Local, a.Value
			if strings.HasPrefix(name, "on") || name == "style" || name == "src" {
				t.Errorf("<%s> has %s=%q", e.Name.Local, name, text)
			}
			if name == "href" && !strings.HasPrefix(text, "#") && text != "https://attack.mitre.org/techniques/T1021/007/" {
				t.Errorf("a link to %q", text)
			}
		}
	})
	for name, want := range map[string]int{"script": 1, "style": 1, "img": 0, "b": 0, "link": 0, "iframe": 0, "a": 2} {
		if elements[name] != want {
			t.Errorf("%d elements <%s>, want %d", elements[name], name, want)
		}
	}
}

func TestThePageStaysSmallWhateverTheTexts(t *testing.T) {
	results, options := hostilePage()
	options.Run.Version = "1"
	results[0].Detection.Description = ""
	results[0].Samples = results[0].Samples[:1]
	if n := len(render(t, "html", results, options)); n > 64<<10 {
		t.Errorf("%d bytes", n)
	}
}

// TestThePagesPolicyNamesItsParts: by their hashes, and nothing else may run or load.
func TestThePagesPolicyNamesItsParts(t *testing.T) {
	page := render(t, "html", sample(), Options{})
	policy := ""
	tokens(t, page, func(token xml.Token) {
		if e, ok := token.(xml.StartElement); ok && attribute(e, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(e, "content")
		}
	})
	for _, directive := range []string{"default-src 'none';", "style-src 'sha256-", "script-src 'sha256-", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, directive) {
			t.Errorf("the policy %q lacks %s", policy, directive)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		t.Errorf("the policy is %q", policy)
	}
}

func TestAPageHasTheFirstRowsAndSaysWhereTheOthersAre(t *testing.T) {
	table := &engine.Table{Columns: []string{"n"}}
	for i := range pageRows + 7 {
		table.Rows = append(table.Rows, []value.Value{value.OfLong(int64(i))})
	}
	d := &detections.Detection{ID: "many"}
	short := &engine.Table{Columns: []string{"n"}, Rows: table.Rows[:10]}
	results := []Result{{Detection: d, Table: table}, {Detection: d, Table: short}, {Detection: d, Table: table}}
	page := render(t, "html", results, Options{Run: &Run{CSV: "rows.csv"}})
	if n := len(readHTML(t, page)); n != pageRows {
		t.Errorf("%d rows", n)
	}
	for _, said := range []string{"The page shows 10,000 rows; 10,024 more are not on it. All are in <code>rows.csv</code>", "5,012 more rows of this table"} {
		if !strings.Contains(page, said) {
			t.Errorf("the page does not say %q", said)
		}
	}
}
