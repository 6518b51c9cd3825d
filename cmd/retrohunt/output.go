package main

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/report"
)

// standardOutput is what -o calls standard output.
const standardOutput = "-"

// output is where the rows go.
type output struct {
	to         []target
	options    report.Options // of files
	terminal   report.Options // of standard output
	writeEmpty bool
	unwritten  []string // files without anything to say
}

// target is one place for the rows, in a format.
type target struct {
	format report.Format
	file   *newFile       // nil: standard output
	stdout io.Writer      // nil: the file
	live   *report.Stream // takes rows as they are found; nil: they are written at the end
}

// output makes the places that -o names, standard output if it names none.
func (p *program) output(cmd *cobra.Command, f *runFlags, asks []ask, paths []string) (*output, error) {
	names := f.outputs
	if len(names) == 0 {
		names = []string{standardOutput}
	}
	if err := f.apart(names); err != nil {
		return nil, err
	}
	if f.sample < 0 {
		return nil, usageError("--sample is 0 or more, not %d", f.sample)
	}
	run := &report.Run{Version: release, Started: p.now(), Paths: paths, Tuning: f.tuning}
	out := &output{writeEmpty: f.writeEmpty, terminal: p.display(cmd, p.stdout)}
	out.options = report.Options{RawCSV: f.rawCSV, Run: run}
	out.terminal.RawCSV, out.terminal.Wide, out.terminal.Run = f.rawCSV, f.wide, run
	for _, name := range names {
		t, err := p.target(f, name)
		if err == nil && t.format.NeedsDetections() && (len(asks) == 0 || asks[0].result.Detection == nil) {
			err = usageError("%s is of detections; hunt writes it", t.format.Name())
		}
		if err == nil {
			err = fits(t.format, asks)
		}
		if err == nil && f.unordered {
			err = out.stream(&t, asks[0].query, f.format == "" && len(f.outputs) == 0)
		}
		if err != nil {
			out.abandon()
			return nil, err
		}
		if t.format.Name() == "csv" && t.file != nil {
			run.CSV = name
		}
		out.to = append(out.to, t)
	}
	return out, nil
}

// target makes the place of a name.
func (p *program) target(f *runFlags, name string) (t target, err error) {
	if t.format, err = f.formatOf(name, p.stdout); err != nil {
		return t, err
	}
	if name == standardOutput {
		t.stdout = p.stdout
		return t, nil
	}
	t.file, err = create(name, f.force)
	return t, err
}

// fits checks that a format can show what is asked for.
func fits(format report.Format, asks []ask) error {
	for _, a := range asks {
		if format.Name() == "raw" && (!a.query.Messages() || !slices.Contains(a.query.Columns(), engine.RawColumn)) {
			return usageError("-t raw prints messages: for a query without an aggregate that does not drop _raw")
		}
	}
	return nil
}

// apart checks that no two flags write to one file.
func (f *runFlags) apart(outputs []string) error {
	taken := map[string]string{}
	claim := func(flag, name string) error {
		if name == "" {
			return nil
		}
		clean := filepath.Clean(name)
		if other := taken[clean]; other != "" && other != flag {
			return usageError("%s needs a file of its own, not %s", flag, name)
		} else if other != "" {
			return usageError("%s names %s twice", flag, name)
		}
		taken[clean] = flag
		return nil
	}
	for _, name := range outputs {
		if err := claim("-o", name); err != nil {
			return err
		}
	}
	return errors.Join(claim("--events", f.events), claim("--manifest", f.manifest), claim("--save", f.save))
}

// formatOf chooses the format of an output: by its name, or what -t says, or what suits it.
func (f *runFlags) formatOf(name string, stdout io.Writer) (report.Format, error) {
	asked := f.format
	if asked == "" {
		asked = "jsonl"
		if _, ok := terminal(stdout); ok && name == standardOutput {
			asked = "table"
		}
	}
	format, ok := report.FormatByName(asked)
	if !ok {
		return format, usageError("-t is one of %s, not %q", strings.Join(report.Formats, ", "), asked)
	}
	if _, isTerminal := terminal(stdout); isTerminal && name == standardOutput && format.IsBinary() {
		return format, usageError("%s is no text for a terminal; -o FILE.%s writes it to a file", asked, asked)
	}
	if byName, ok := report.FormatOf(name); ok {
		if useless := f.format != "" && byName.Name() != f.format && !slices.ContainsFunc(f.outputs, unnamed); useless {
			return format, usageError("-t %s is for what has no extension, and every -o has one; the file %s is %s", f.format, name, byName.Name())
		}
		return byName, nil
	}
	return format, nil
}

// unnamed reports whether the name of an output does not say its format.
func unnamed(name string) bool {
	_, ok := report.FormatOf(name)
	return !ok
}

// wantsSamples reports whether a format shows events beside rows.
func (o *output) wantsSamples() bool {
	return slices.ContainsFunc(o.to, func(t target) bool { return t.format.HasSamples() })
}

// write writes the rows to all places, also where one of them fails.
func (o *output) write(results []report.Result, c *stream.Coverage) error {
	var errs []error
	o.options.Run.Coverage = c
	for _, t := range o.to {
		switch {
		case t.live != nil && t.file == nil:
			errs = append(errs, t.live.Close())
		case t.live != nil && (o.writeEmpty || t.live.Rows() > 0):
			errs = append(errs, t.file.finish(func(io.Writer) error { return t.live.Close() }))
		case t.live != nil:
			o.unwritten = append(o.unwritten, t.file.name)
		case t.file == nil:
			errs = append(errs, t.format.Write(t.stdout, results, o.terminal))
		case !o.writeEmpty && !t.format.Has(results):
			o.unwritten = append(o.unwritten, t.file.name)
		default:
			errs = append(errs, t.file.finish(func(w io.Writer) error { return t.format.Write(w, results, o.options) }))
		}
	}
	return errors.Join(errs...)
}

// summarize says which files were not written.
func (o *output) summarize(p *program, cmd *cobra.Command, f *readFlags) {
	if f.summary == "text" && len(o.unwritten) > 0 {
		report.Unwritten(p.stderr, o.unwritten, p.display(cmd, p.stderr))
	}
}

// abandon takes away what was not finished.
func (o *output) abandon() {
	for _, t := range o.to {
		if t.file != nil { // not standard output
			t.file.abandon()
		}
	}
}
