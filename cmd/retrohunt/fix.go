package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/dialect"
	"retrohunt/report"
)

func (p *program) fix() *cobra.Command {
	var write bool
	cmd := &cobra.Command{
		Use:   "fix 'TEXT'|@FILE|FILE...",
		Short: "Write what is of other query languages as Sumo Logic has it",
		Long: `Rewrite constructs of KQL and SPL in queries and detections whose meaning is certain, as in eval, stats,
summarize, coalesce or matches(x, "…"), and show the difference. What is not certain stays, with a
mistake that says what could be meant.`,
		Example: `  retrohunt fix '* | eval u = toLower(user) | stats dc(ip) by u'
  retrohunt fix -w my-rules/logons.yaml`,
		Args: needs(1, "a query, or a FILE with a detection or query"),
	}
	cmd.Flags().BoolVarP(&write, "write", "w", false, "write the files instead of showing the difference")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var failed error
		for _, arg := range args {
			if err := p.fixArg(cmd, arg, write); err != nil {
				failed = err
			}
		}
		return failed
	}
	return cmd
}

// fixArg rewrites a query of the command line, or the file that is meant.
func (p *program) fixArg(cmd *cobra.Command, arg string, write bool) error {
	if name, isFile := strings.CutPrefix(arg, "@"); isFile {
		return p.fixFile(cmd, name, write)
	}
	if _, err := os.Stat(arg); err == nil {
		return p.fixFile(cmd, arg, write)
	}
	fixed, _ := dialect.Rewrite(arg)
	if err := p.showDifference("query", []byte(arg+"\n"), []byte(fixed+"\n")); err != nil {
		return err
	}
	return p.remaining(cmd, report.Source{Name: "query", Line: 1, Text: fixed})
}

// fixFile rewrites the text of a query, or the queries of detections, in a file.
func (p *program) fixFile(cmd *cobra.Command, name string, write bool) error {
	before, err := os.ReadFile(name)
	if err != nil {
		return &exit{exitUsage, err}
	}
	after, sources := []byte(nil), []report.Source(nil)
	if ext := strings.ToLower(name); strings.HasSuffix(ext, ".yaml") || strings.HasSuffix(ext, ".yml") {
		if after, sources, err = fixDetections(name, before); err != nil {
			return &exit{exitQuery, err}
		}
	} else {
		fixed, _ := dialect.Rewrite(string(before))
		after, sources = []byte(fixed), []report.Source{{Name: name, Line: 1, Text: fixed}}
	}
	switch {
	case bytes.Equal(before, after):
	case write:
		if err := replace(name, after); err != nil {
			return err
		}
		fmt.Fprintln(p.stdout, report.Visible(name))
	default:
		if err := p.showDifference(name, before, after); err != nil {
			return err
		}
	}
	var failed error
	for _, src := range sources {
		if err := p.remaining(cmd, src); err != nil {
			failed = err
		}
	}
	return failed
}

// replace writes a file anew, whole or not at all.
func replace(name string, text []byte) error {
	file, err := create(name, true)
	if err != nil {
		return err
	}
	defer file.abandon()
	return file.finish(func(w io.Writer) error { _, err := w.Write(text); return err })
}

// fixDetections rewrites the queries in a file of detections, which must stand there as blocks, query: |, to be found again.
func fixDetections(name string, text []byte) ([]byte, []report.Source, error) {
	all, err := detections.Load(name)
	if err != nil {
		return nil, nil, err
	}
	lines := strings.SplitAfter(string(text), "\n")
	var sources []report.Source
	for _, d := range all {
		src := sourceOf(d)
		fixed, done := dialect.Rewrite(d.Query)
		src.Text = fixed
		sources = append(sources, src)
		if len(done) == 0 {
			continue
		}
		first, n := d.QueryLine-1, len(strings.Split(strings.TrimRight(d.Query, "\n"), "\n"))
		if d.Indent == 0 || first+n > len(lines) || unindented(lines[first:first+n], d.Indent) != strings.TrimRight(d.Query, "\n") {
			return nil, nil, fmt.Errorf("%s:%d: this query is not written as a block (query: |); rewrite it by hand", name, d.QueryLine)
		}
		lines[first] = indented(strings.TrimRight(fixed, "\n"), d.Indent) + "\n"
		for i := first + 1; i < first+n; i++ {
			lines[i] = ""
		}
	}
	return []byte(strings.Join(lines, "")), sources, nil
}

// unindented returns lines without their indentation.
func unindented(lines []string, by int) string {
	var out []string
	for _, l := range lines {
		l = strings.TrimRight(l, "\r\n")
		out = append(out, l[min(by, len(l)):])
	}
	return strings.Join(out, "\n")
}

func indented(text string, by int) string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l != "" {
			l = strings.Repeat(" ", by) + l
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

func (p *program) showDifference(name string, before, after []byte) error {
	for line := range strings.Lines(string(diff.Diff(name, before, name+" (fixed)", after))) {
		if strings.HasPrefix(line, "diff ") {
			continue
		}
		if _, err := fmt.Fprintln(p.stdout, report.Visible(strings.TrimRight(line, "\n"))); err != nil {
			return err
		}
	}
	return nil
}

// remaining shows the mistakes that stay in a query. Places are those of the rewritten text.
func (p *program) remaining(cmd *cobra.Command, src report.Source) error {
	if _, err := engine.Compile(src.Text); err != nil {
		report.QueryErrors(p.stderr, src, err, p.display(cmd, p.stderr))
		return &exit{code: exitQuery}
	}
	return nil
}
