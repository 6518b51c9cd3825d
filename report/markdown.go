package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// writeMarkdown prints a table for each result, as GitHub reads it.
func writeMarkdown(w io.Writer, results []Result, _ Options) error {
	out := bufio.NewWriter(w)
	for i, r := range results {
		if i > 0 {
			out.WriteByte('\n')
		}
		if r.Detection != nil {
			fmt.Fprintf(out, "### %s %s (%s)\n\n", markdownCell(r.Detection.ID), markdownCell(r.Detection.Title), severity(r.Detection))
		}
		markdownTable(out, r)
	}
	return out.Flush()
}

func markdownTable(out *bufio.Writer, r Result) {
	if r.Partial {
		out.WriteString("Partial: the run ended early.\n\n")
	}
	if len(r.Table.Rows) == 0 {
		out.WriteString("No rows.\n")
		return
	}
	var header, rule []string
	for i, c := range r.Table.Columns {
		header = append(header, markdownCell(c))
		if isNumeric(r.Table, i) {
			rule = append(rule, "--:")
		} else {
			rule = append(rule, "---")
		}
	}
	markdownLine(out, header)
	markdownLine(out, rule)
	for _, row := range r.Table.Rows {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = markdownCell(v.Text())
		}
		markdownLine(out, cells)
	}
}

func markdownLine(out *bufio.Writer, cells []string) {
	fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "`", "\\`", `*`, `\*`, `_`, `\_`, `~`, `\~`, `$`, `\$`, `[`, `\[`, `]`, `\]`,
	`<`, `&lt;`, `>`, `&gt;`, `&`, `&amp;`)

// markdownCell makes a text mean nothing but itself in Markdown.
func markdownCell(s string) string { return markdownEscapes.Replace(visible(s)) }
