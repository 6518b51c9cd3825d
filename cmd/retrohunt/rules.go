package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/detections"
)

func (p *program) rules() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Present, test and import detections",
		Args:  knownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.rulesList(), p.rulesShow(), p.rulesTest(), p.rulesImport())
	return cmd
}

func (p *program) rulesList() *cobra.Command {
	var selected selectFlags
	cmd := &cobra.Command{
		Use:   "list [FILE|DIR...]",
		Short: "List the shipped detections, or those of files and directories",
		RunE: func(_ *cobra.Command, paths []string) error {
			all, err := load(paths)
			if err != nil {
				return err
			}
			if all, err = selected.choose(all); err != nil {
				return err
			}
			out := columns(p.stdout)
			for _, d := range all {
				tests, err := d.Tests()
				if err != nil {
					return err
				}
				fmt.Fprintf(out, "%s\t%s\t%d tests\t%s\n", d.ID, orDash(d.Severity), len(tests), orDash(d.Title))
			}
			return out.Flush()
		},
	}
	selected.register(cmd)
	return cmd
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (p *program) rulesShow() *cobra.Command {
	return &cobra.Command{
		Use:               "show ID|FILE",
		Short:             "Show a detection: what it is about, its query, what its tests say",
		Args:              exactly(1, "an ID or a FILE"),
		ValidArgsFunction: completeIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			found, err := named(args)
			if err != nil {
				return err
			}
			for _, d := range found {
				if err := showDetection(p.stdout, d); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// named returns the detections that are named by id or by file, all the shipped ones if none is.
func named(args []string) ([]*detections.Detection, error) {
	if len(args) == 0 {
		return detections.Shipped()
	}
	var out []*detections.Detection
	for _, arg := range args {
		d, err := shippedByID(arg)
		if err != nil {
			return nil, err
		}
		if d != nil {
			out = append(out, d)
			continue
		}
		if _, err := os.Stat(arg); err != nil {
			return nil, usageError("%s is neither a shipped detection nor a file; retrohunt rules list shows the shipped ones", arg)
		}
		found, err := load([]string{arg})
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func showDetection(w io.Writer, d *detections.Detection) error {
	tests, err := d.Tests()
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", d.ID, d.Title)
	fmt.Fprintf(&b, "severity %s, confidence %s\n", orDash(d.Severity), orDash(d.Confidence))
	fmt.Fprintf(&b, "tactics %s; techniques %s\n", orDash(strings.Join(d.Tactics, ", ")), orDash(strings.Join(d.Techniques, ", ")))
	paragraph(&b, "", d.Description)
	list(&b, "Data sources", d.DataSources)
	list(&b, "False positives", d.FalsePositives)
	list(&b, "References", d.References)
	paragraph(&b, "Query", d.Query)
	var stories []string
	for _, t := range tests {
		text := t.Name
		if t.Note != "" {
			text += "\n    " + t.Note
		}
		stories = append(stories, text)
	}
	list(&b, "Tests", stories)
	_, err = io.WriteString(w, b.String())
	return err
}

func paragraph(b *strings.Builder, title, text string) {
	if text == "" {
		return
	}
	b.WriteByte('\n')
	if title != "" {
		b.WriteString(title + "\n\n")
	}
	b.WriteString(strings.TrimRight(text, "\n") + "\n")
}

func list(b *strings.Builder, title string, items []string) {
	if len(items) == 0 {
		return
	}
	b.WriteString("\n" + title + "\n\n")
	for _, item := range items {
		b.WriteString("  - " + item + "\n")
	}
}
