package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
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
			fmt.Fprintf(out, "### %s %s (%s)%s\n\n", markdownCell(r.Detection.ID), markdownCell(r.Detection.Title), severity(r.Detection), markdownRun(r))
		}
		markdownTable(out, r)
		markdownSuppressed(out, r)
	}
	return out.Flush()
}

func markdownTable(out *bufio.Writer, r Result) {
	if r.Partial {
		out.WriteString("Partial: the run ended early.\n\n")
	}
	if r.Table.Len() == 0 {
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
	for row := range r.Table.All() {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = markdownCell(v.Text())
		}
		markdownLine(out, cells)
	}
	for _, a := range r.Table.Approximate {
		fmt.Fprintf(out, "\nApproximate: %s\n", markdownCell(approximationText(a)))
	}
	markdownSamples(out, r.Samples)
}

// markdownSuppressed lists why rows were left out, and what no longer leaves out any.
func markdownSuppressed(out *bufio.Writer, r Result) {
	if len(r.Suppressions) == 0 {
		return
	}
	out.WriteString("\nSuppressed:\n\n")
	for _, s := range r.Suppressions {
		fmt.Fprintf(out, "- %s\n", markdownCell(s.text()))
	}
}

// markdownSamples lists events below their table, each with the command that shows it whole.
func markdownSamples(out *bufio.Writer, samples []Sample) {
	if len(samples) == 0 {
		return
	}
	out.WriteString("\nSample events:\n\n")
	for _, s := range samples {
		text := markdownCell(s.Text)
		if s.Cut {
			text += cutMark
		}
		fmt.Fprintf(out, "- %s%s `%s`: %s\n", rowOf(s), s.Time, "retrohunt show "+shellQuote(codeSpan(s.Place)), text)
	}
}

// markdownRun says of which of several runs a result is.
func markdownRun(r Result) string {
	if r.Run == "" {
		return ""
	}
	return " of " + markdownCell(r.Run)
}

func rowOf(s Sample) string {
	if s.Row < 0 {
		return ""
	}
	return "row " + strconv.Itoa(s.Row+1) + ", "
}

// codeSpan makes a text fit between backticks; one of its own would end them.
func codeSpan(s string) string { return strings.ReplaceAll(visible(s), "`", `\x60`) }

func markdownLine(out *bufio.Writer, cells []string) {
	fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "`", "\\`", `*`, `\*`, `_`, `\_`, `~`, `\~`, `$`, `\$`, `[`, `\[`, `]`, `\]`,
	`<`, `&lt;`, `>`, `&gt;`, `&`, `&amp;`)

// markdownCell makes a text mean nothing but itself in Markdown.
func markdownCell(s string) string { return markdownEscapes.Replace(visible(s)) }
