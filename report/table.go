package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
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
		if r.Table.Len() == 0 {
			fmt.Fprintln(out, nothing(r))
			continue
		}
		fmt.Fprintln(out, renderTable(r.Table, o))
		for _, a := range r.Table.Approximate {
			fmt.Fprintln(out, fit("approximate: "+approximationText(a), o.Width))
		}
		if bars := dayBars(r.Table.Days, o.Width); bars != "" {
			fmt.Fprintln(out, fit(bars, o.Width))
			if also := alsoSuppressed(&r); also != "" {
				fmt.Fprintln(out, fit(also, o.Width))
			}
		}
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
	if r.Run != "" {
		head += "  " + visible(r.Run)
	}
	return fmt.Sprintf("%s  [%s]  %s", head, level, plural(r.Table.Len(), "row"))
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
	if o.Wide {
		o.Width = 0
	}
	if o.Width > 0 && o.Width < tableWidth(columnWidths(t)) {
		t = toTheMinute(t)
	}
	widths := fitted(t, o.Width)
	if o.Width > 0 && len(widths) > 2 && slices.Max(widths) < minReadable {
		return records(t, o.Width)
	}
	out := table.NewWriter()
	style := table.StyleLight
	style.Format.Header = text.FormatDefault
	style.Options.DrawBorder = false
	out.SetStyle(style)
	out.AppendHeader(cells(t.Columns))
	for row := range t.All() {
		texts := make([]string, len(row))
		for i, v := range row {
			texts[i] = visible(v.Text())
		}
		out.AppendRow(cells(texts))
	}
	out.SetColumnConfigs(columnConfigs(t, widths))
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

// columnConfigs aligns numbers to the right and cuts texts to the columns' widths.
func columnConfigs(t *engine.Table, widths []int) []table.ColumnConfig {
	configs := make([]table.ColumnConfig, len(widths))
	for i, w := range widths {
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMax: w, WidthMaxEnforcer: foldOnce}
		if isNumeric(t, i) {
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	return configs
}

// fitted shares a terminal's width out: the widest columns give way first; numbers and times, of which a part is worth
// nothing, do so last.
func fitted(t *engine.Table, width int) []int {
	widths := columnWidths(t)
	if width <= 0 {
		return widths
	}
	room := width - frame*len(widths) + 1
	var texts []int // indexes
	for i, c := range t.Columns {
		if isNumeric(t, i) || c == engine.FirstSeen || c == engine.LastSeen {
			room -= widths[i]
		} else {
			texts = append(texts, i)
		}
	}
	if room < minReadable*len(texts) {
		shrink(widths, width-frame*len(widths)+1)
		return widths
	}
	shared := make([]int, len(texts))
	for i, at := range texts {
		shared[i] = widths[at]
	}
	shrink(shared, room)
	for i, at := range texts {
		widths[at] = shared[i]
	}
	return widths
}

// minReadable is the least width of a column of texts that says anything; in a terminal that has less, rows are records.
const minReadable = 8

// records prints each row as lines of a column's name and its value, with a blank line between rows.
func records(t *engine.Table, width int) string {
	names := 0
	for _, c := range t.Columns {
		names = max(names, text.StringWidthWithoutEscSequences(visible(c)))
	}
	names = min(names, max(1, width/2-2))
	var out strings.Builder
	for row := range t.All() {
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		for c, v := range row {
			name := text.Pad(cut(visible(t.Columns[c]), names), names, ' ')
			out.WriteString(strings.TrimRight(fit(name+"  "+visible(v.Text()), width), " ") + "\n")
		}
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// frame is the width of a rule and its blanks between two columns.
const frame = 3

// tableWidth is the width of a table whose columns are that wide.
func tableWidth(widths []int) int {
	sum := frame*len(widths) - 1
	for _, w := range widths {
		sum += w
	}
	return sum
}

// minuteLayout is how first_seen and last_seen are shown where there is no room for more.
const minuteLayout = "2006-01-02 15:04"

// toTheMinute returns the table with the times that hunt adds to it cut to the minute.
func toTheMinute(t *engine.Table) *engine.Table {
	out := &engine.Table{Columns: t.Columns, Rows: slices.Collect(t.All())}
	for _, name := range []string{engine.FirstSeen, engine.LastSeen} {
		column := seenColumn(t, name)
		if column < 0 {
			continue
		}
		rows := make([][]value.Value, len(out.Rows))
		for i, row := range out.Rows {
			rows[i] = row
			if at := momentOf(row, column); !at.IsZero() {
				rows[i] = slices.Clone(row)
				rows[i][column] = value.OfString(at.UTC().Format(minuteLayout))
			}
		}
		out.Rows = rows
	}
	return out
}

// foldOnce breaks a text into two lines of a width and cuts what is longer.
func foldOnce(s string, width int) string {
	if text.StringWidthWithoutEscSequences(s) <= width {
		return s
	}
	column := 0
	for i, r := range s {
		if column += text.RuneWidth(r); column > width {
			return s[:i] + "\n" + cut(s[i:], width)
		}
	}
	return s
}

func cut(s string, width int) string { return text.Snip(s, width, cutMark) }

func columnWidths(t *engine.Table) []int {
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = text.StringWidthWithoutEscSequences(visible(c))
		for row := range t.All() {
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
	for row := range t.All() {
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
