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
		" CORP\\alice │ xxxxxxxxxxxxxxxxxxxxxxxxx \n" +
		"            │ xxxxxxxxxxxxxxxxxxxxxxxx… \n"
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

// seenTable is as hunt has it.
func seenTable() []Result {
	t := &engine.Table{Columns: []string{"actor", "cmd_line", "_count", "first_seen", "last_seen"}, Days: []engine.Day{{Day: 20_513, Events: 1}, {Day: 20_515, Events: 8}}}
	t.Rows = [][]value.Value{
		{str("ada"), str(strings.Repeat("x", 60)), value.OfLong(1234567), str("2026-03-01T09:08:07.006Z"), str("2026-03-03T10:11:12.013Z")},
		{str("bob"), str("y"), value.OfLong(1), null, null},
	}
	return []Result{{Detection: &detections.Detection{ID: "d"}, Table: t}}
}

func TestTimesGiveWayToTheMinuteAndBarsStandBelow(t *testing.T) {
	want := `d  [-]  2 rows
 actor │ cmd_line            │  _count │ first_seen       │ last_seen        
───────┼─────────────────────┼─────────┼──────────────────┼──────────────────
 ada   │ xxxxxxxxxxxxxxxxxxx │ 1234567 │ 2026-03-01 09:08 │ 2026-03-03 10:11 
       │ xxxxxxxxxxxxxxxxxx… │         │                  │                  
 bob   │ y                   │       1 │                  │                  
hits per day  ▁ █  2026-03-01 to 2026-03-03, most on 2026-03-03: 8
`
	if got := render(t, "table", seenTable(), Options{Width: 77}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, wide := range []Options{{}, {Width: 77, Wide: true}} {
		if got := render(t, "table", seenTable(), wide); !strings.Contains(got, strings.Repeat("x", 60)+" │ 1234567 │ 2026-03-01T09:08:07.006Z │ 2026-03-03T10:11:12.013Z") {
			t.Errorf("%+v: got\n%s", wide, got)
		}
	}
}

func TestInANarrowTerminalRowsAreRecords(t *testing.T) {
	want := `d  [-]  2 rows
actor       ada
cmd_line    xxxxxxxxxxxxxxxxxxxxxxxxxxx…
_count      1234567
first_seen  2026-03-01 09:08
last_seen   2026-03-03 10:11

actor       bob
cmd_line    y
_count      1
first_seen
last_seen
▁ █  2026-03-01 to 2026-03-03
`
	if got := render(t, "table", seenTable(), Options{Width: 40}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBarsOfManyDaysFit(t *testing.T) {
	var days []engine.Day
	for i := range int64(400) {
		days = append(days, engine.Day{Day: 20_000 + i*3, Events: i + 1})
	}
	for _, width := range []int{0, 30, 40, 60, 80, 120, 200} {
		line := fit(dayBars(days, width), width)
		if n := columnsOf(line); width > 0 && n > width {
			t.Errorf("%d columns in a terminal of %d: %s", n, width, line)
		}
		if !strings.Contains(line, "▁") || !strings.Contains(line, "█") || width != 30 && !strings.Contains(line, "  2024-10-04 to 2028-01-14") {
			t.Errorf("%d: %s", width, line)
		}
	}
}
