package report

import (
	"fmt"
	"strings"
	"testing"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/value"
)

// columnsOf is the display width of a line by rules of the test's own: colours take none, East Asian letters and emoji two.
func columnsOf(line string) int {
	for {
		start := strings.Index(line, "\x1b[")
		if start < 0 {
			break
		}
		end := strings.IndexByte(line[start:], 'm')
		line = line[:start] + line[start+end+1:]
	}
	n := 0
	for _, r := range line {
		switch {
		case r >= 0x300 && r <= 0x36f: // combining
		case r >= 0x1100 && r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
			r >= 0xff00 && r <= 0xff60, r >= 0x1f300 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
			n += 2
		default:
			n++
		}
	}
	return n
}

func TestNoLineOfATableIsWiderThanTheTerminal(t *testing.T) {
	many := &engine.Table{}
	var row []value.Value
	for i := range 30 {
		many.Columns = append(many.Columns, fmt.Sprintf("column_%d", i))
		row = append(row, value.OfString(strings.Repeat("漢", i)))
	}
	many.Rows = [][]value.Value{row, row}
	wide := &engine.Table{Columns: []string{"漢字のとても長い列の名前", "b"}, Rows: [][]value.Value{
		{value.OfString("😀" + strings.Repeat("漢字", 50)), value.OfString(strings.Repeat("x", 50))},
		{value.OfString(strings.Repeat("a漢", 50)), value.OfString("")},
	}}
	title := strings.Repeat("題", 100)
	results := append(sample(), Result{Detection: &detections.Detection{ID: "many", Title: title, Severity: "critical"}, Table: many},
		Result{Detection: &detections.Detection{ID: "wide", Severity: "high"}, Table: wide, Partial: true})
	for _, width := range []int{10, 20, 40, 79, 80, 200} {
		for _, color := range []bool{false, true} {
			for line := range strings.Lines(render(t, "table", results, Options{Width: width, Color: color})) {
				line = strings.TrimSuffix(line, "\n")
				if n := columnsOf(line); n > width {
					t.Errorf("%d columns in a terminal of %d, color %v: %s", n, width, color, line)
				}
			}
		}
	}
}

func TestAnUnlimitedTableCutsNothing(t *testing.T) {
	out := render(t, "table", sample(), Options{})
	for _, h := range hostile {
		if !strings.Contains(out, visible(h.text)) {
			t.Errorf("%s is not whole", h.name)
		}
	}
	if strings.Contains(out, cutMark) {
		t.Error("something is cut")
	}
}

func TestWideColumnsGiveWayFirst(t *testing.T) {
	table := &engine.Table{Columns: []string{"user", "cmd"}, Rows: [][]value.Value{
		{value.OfString("CORP\\alice"), value.OfString(strings.Repeat("x", 100))},
	}}
	got := render(t, "table", []Result{{Table: table}}, Options{Width: 40})
	want := "" +
		" user       │ cmd                       \n" +
		"────────────┼───────────────────────────\n" +
		" CORP\\alice │ xxxxxxxxxxxxxxxxxxxxxxxx… \n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSeveritiesHaveColours(t *testing.T) {
	results := []Result{{Detection: &detections.Detection{ID: "d", Severity: "high"}, Table: &engine.Table{}}}
	if got := render(t, "table", results, Options{Color: true}); got != "d  [\x1b[31mhigh\x1b[0m]  0 rows\nno hits\n" {
		t.Errorf("%q", got)
	}
	if got := render(t, "table", results, Options{}); got != "d  [high]  0 rows\nno hits\n" {
		t.Errorf("%q", got)
	}
}
