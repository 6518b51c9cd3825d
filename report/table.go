package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"retrohunt/engine"
	"retrohunt/engine/value"
)

// writeTable prints a table for each result, fitted to the width of the terminal.
func writeTable(w io.Writer, results []Result, o Options) error {
	out := bufio.NewWriter(w)
	for i, r := range results {
		if i > 0 {
			out.WriteByte('\n')
		}
		if r.Detection != nil {
			fmt.Fprintln(out, fit(heading(r, o), o.Width))
		}
		if r.Partial {
			fmt.Fprintln(out, fit("partial: the run ended early", o.Width))
		}
		if len(r.Table.Rows) == 0 {
			fmt.Fprintln(out, nothing(r))
			continue
		}
		fmt.Fprintln(out, renderTable(r.Table, o))
	}
	return out.Flush()
}

func heading(r Result, o Options) string {
	level := severity(r.Detection)
	if colors := severityColors[level]; o.Color && colors != nil {
		level = colors.Sprint(level)
	}
	head := visible(r.Detection.ID)
	if r.Detection.Title != "" {
		head += "  " + visible(r.Detection.Title)
	}
	return fmt.Sprintf("%s  [%s]  %s", head, level, plural(len(r.Table.Rows), "row"))
}

var severityColors = map[string]text.Colors{
	"critical": {text.FgHiRed, text.Bold},
	"high":     {text.FgRed},
	"medium":   {text.FgYellow},
	"low":      {text.FgCyan},
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if stem, ok := strings.CutSuffix(what, "ry"); ok {
		what = stem + "rie"
	}
	return count(int64(n)) + " " + what + "s"
}

// fit cuts a line to the terminal's width.
func fit(line string, width int) string {
	if width <= 0 {
		return line
	}
	return text.Snip(line, width, cutMark)
}

// cutMark stands where a text was cut.
const cutMark = "…"

func renderTable(t *engine.Table, o Options) string {
	out := table.NewWriter()
	style := table.StyleLight
	style.Format.Header = text.FormatDefault
	style.Options.DrawBorder = false
	out.SetStyle(style)
	out.AppendHeader(cells(t.Columns))
	for _, row := range t.Rows {
		texts := make([]string, len(row))
		for i, v := range row {
			texts[i] = visible(v.Text())
		}
		out.AppendRow(cells(texts))
	}
	out.SetColumnConfigs(columnConfigs(t, o.Width))
	if o.Width > 0 {
		out.Style().Size.WidthMax = o.Width
	}
	return out.Render()
}

func cells(texts []string) table.Row {
	row := make(table.Row, len(texts))
	for i, s := range texts {
		row[i] = visible(s)
	}
	return row
}

// columnConfigs aligns numbers to the right and shares the terminal's width out: the widest columns give way first.
func columnConfigs(t *engine.Table, width int) []table.ColumnConfig {
	widths := columnWidths(t)
	if width > 0 {
		const frame = 3 // a rule and its blanks between two columns
		shrink(widths, width-frame*len(widths)+1)
	}
	configs := make([]table.ColumnConfig, len(widths))
	for i, w := range widths {
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMax: w, WidthMaxEnforcer: cut}
		if isNumeric(t, i) {
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	return configs
}

func cut(s string, width int) string { return text.Snip(s, width, cutMark) }

func columnWidths(t *engine.Table) []int {
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = text.StringWidthWithoutEscSequences(visible(c))
		for _, row := range t.Rows {
			widths[i] = max(widths[i], text.StringWidthWithoutEscSequences(visible(row[i].Text())))
		}
	}
	return widths
}

// minColumn is the least width of a column that gives way.
const minColumn = 4

// shrink takes from the widest column, again and again, until the columns fit or all are narrow.
func shrink(widths []int, room int) {
	total := 0
	for i, w := range widths {
		widths[i] = min(w, max(room, minColumn))
		total += widths[i]
	}
	for ; total > room; total-- {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= minColumn {
			return
		}
		widths[widest]--
	}
}

// isNumeric reports whether a column holds numbers alone.
func isNumeric(t *engine.Table, column int) bool {
	for _, row := range t.Rows {
		switch row[column].Kind() {
		case value.Long, value.Double, value.Null:
		default:
			return false
		}
	}
	return true
}

// nothing says that there are no rows: a detection's rows are hits, a query's may be anything.
func nothing(r Result) string {
	if r.Detection == nil {
		return "no rows"
	}
	return "no hits"
}
