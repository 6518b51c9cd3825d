package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/detections/content"
	"retrohunt/engine"
	"retrohunt/engine/syntax"
	"retrohunt/report"
)

// disabled stands behind the names of files whose query cannot run: those that read folders of detections leave such files alone.
const disabled = ".disabled"

func (p *program) rulesImport() *cobra.Command {
	var into string
	var force bool
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Make detections of what Sumo Logic exports: saved searches, dashboards, folders, monitors",
		Long: `Make a detection file of each query in Sumo Logic's JSON exports: saved searches, the panels of dashboards,
folders of these, and monitors. Names and descriptions stay; schedules, triggers and defaults of parameters
become notes in the description. A query that cannot run is written all the same, with ` + disabled + ` behind
the file's name, and the reason is shown.`,
		Example: `  retrohunt rules import --into my-rules/ export.json`,
		Args:    needs(1, "a FILE that Sumo Logic exported"),
	}
	cmd.Flags().StringVar(&into, "into", "", "`DIR` for the files, one for each query")
	cmd.Flags().BoolVar(&force, "force", false, "replace files that exist")
	must(cmd.MarkFlagRequired("into"))
	cmd.RunE = func(_ *cobra.Command, files []string) error {
		i := importing{p: p, into: into, force: force}
		for _, name := range files {
			if err := i.file(name); err != nil {
				return err
			}
		}
		fmt.Fprintf(p.stdout, "%d imported, %d that cannot run, %d skipped\n", i.imported, i.broken, i.skipped)
		return nil
	}
	return cmd
}

// importing is an import on its way.
type importing struct {
	p     *program
	into  string
	force bool
	names content.Names

	imported, broken, skipped int
}

func (i *importing) file(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return &exit{exitUsage, err}
	}
	items, err := content.Read(text)
	if err != nil {
		return &exit{exitUsage, fmt.Errorf("%s: %w", name, err)}
	}
	if err := os.MkdirAll(i.into, 0o755); err != nil {
		return &exit{exitUsage, err}
	}
	for _, item := range items {
		if err := i.item(item); err != nil {
			return err
		}
	}
	return nil
}

func (i *importing) item(item content.Item) error {
	if item.Skipped != "" {
		i.skip(item, item.Skipped)
		return nil
	}
	id := i.names.ID(item)
	file, reasons := id+".yaml", cannotRun(item.Query)
	if reasons != nil {
		file += disabled
	}
	text, err := content.YAML(item.Detection(id))
	if err != nil {
		i.skip(item, err.Error())
		return nil
	}
	if _, err := os.Lstat(filepath.Join(i.into, file)); err == nil && !i.force {
		i.skip(item, file+" exists; --force replaces it")
		return nil
	}
	if err := i.write(id, file, text); err != nil {
		return err
	}
	if reasons == nil {
		i.imported++
		i.say("imported", file, item.Path, "")
		return nil
	}
	i.broken++
	i.say("cannot run", file, item.Path, "")
	for _, why := range reasons {
		fmt.Fprintf(i.p.stdout, "%-11s%s\n", "", report.Visible(why))
	}
	return nil
}

// write writes a file, and takes away what an earlier import wrote of the same query when it could run, or could not.
func (i *importing) write(id, name string, text []byte) error {
	for _, other := range []string{id + ".yaml", id + ".yaml" + disabled} {
		if other != name && i.force {
			if err := os.Remove(filepath.Join(i.into, other)); err != nil && !errors.Is(err, os.ErrNotExist) {
				return &exit{exitUsage, err}
			}
		}
	}
	file, err := create(filepath.Join(i.into, name), i.force)
	if err != nil {
		return err
	}
	defer file.abandon()
	return file.finish(func(w io.Writer) error { _, err := w.Write(text); return err })
}

func (i *importing) skip(item content.Item, why string) {
	i.skipped++
	i.say("skipped", item.Kind, item.Path, why)
}

// say prints a line on an item. Names are of the export, which may hold anything.
func (i *importing) say(verdict, what string, path []string, why string) {
	line := fmt.Sprintf("%-11s%s", verdict, report.Visible(what))
	if path != nil {
		line += "  " + report.Visible(strings.Join(path, " / "))
	}
	if why != "" {
		line += ": " + report.Visible(why)
	}
	fmt.Fprintln(i.p.stdout, strings.TrimRight(line, " "))
}

// cannotRun returns why a query cannot run as it is, nil if it can.
func cannotRun(query string) []string {
	_, err := engine.Compile(query)
	if err == nil {
		return nil
	}
	var list syntax.ErrorList
	if !errors.As(err, &list) {
		return []string{err.Error()}
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Error())
	}
	return out
}
