package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"retrohunt/engine"
	"retrohunt/engine/syntax"
	"retrohunt/lookup"
	"retrohunt/report"
)

// tableFlags say which files stand for the tables that Sumo Logic keeps and queries ask.
type tableFlags struct {
	files  []string
	dir    string
	geoip  []string
	threat []string
	opened engine.Tables // each once, for all queries
}

func (f *tableFlags) register(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.files, "lookup-table", nil, "`NAME=FILE`: the CSV or JSON lines that stand for a table in queries, named by its path, its URL or the last part of these; repeatable")
	flags.StringVar(&f.dir, "lookup-dir", "", "`DIR` with a file for each table, by its path or the last part of it: users.csv or users.jsonl for /Library/Admin/users")
	flags.StringArrayVar(&f.geoip, "geoip", nil, "MMDB `FILE` for geo://location, asn://default and geoip, such as GeoLite2-City.mmdb; repeatable: what one does not know the next is asked")
	flags.StringArrayVar(&f.threat, "threat", nil, "`FILE` of indicators for sumo://threat, threatip and threatlookup: CSV or JSON lines with the columns indicator, type, actors, confidence and so on; repeatable")
}

// bind gives a query the tables that it asks. It shows the place in the query of one that there is not.
func (p *program) bind(cmd *cobra.Command, f *tableFlags, src report.Source, q *engine.Query) (*engine.Query, error) {
	tables, hint := engine.Tables{}, ""
	for _, name := range q.Tables() {
		source, err := f.source(name)
		if err != nil {
			return nil, &exit{exitUsage, err}
		}
		if source != nil {
			tables[name] = source
		} else if hint == "" {
			hint = tableHint(name)
		}
	}
	bound, err := q.With(tables)
	if err == nil {
		return bound, nil
	}
	if e := new(syntax.Error); errors.As(err, &e) && e.Hint == "" {
		e.Hint = hint
	}
	report.QueryErrors(p.stderr, src, err, p.display(cmd, p.stderr))
	return nil, &exit{code: exitUsage}
}

// tableHint says which flag gives a table.
func tableHint(name lookup.Name) string {
	switch name.Kind {
	case lookup.Location, lookup.ASN:
		return "give an MMDB file: --geoip FILE"
	case lookup.Threat:
		return "give a file of indicators: --threat FILE"
	}
	return fmt.Sprintf("give its file: --lookup-table '%s=FILE', or --lookup-dir DIR with a file %s.csv", name.Text, stem(name.Last()))
}

// source opens what stands for a table, nil if no flag says so.
func (f *tableFlags) source(name lookup.Name) (lookup.Source, error) {
	if s := f.opened[name]; s != nil {
		return s, nil
	}
	s, err := f.open(name)
	if err != nil || s == nil {
		return nil, err
	}
	if f.opened == nil {
		f.opened = engine.Tables{}
	}
	f.opened[name] = s
	return s, nil
}

func (f *tableFlags) open(name lookup.Name) (lookup.Source, error) {
	switch name.Kind {
	case lookup.Location, lookup.ASN:
		if len(f.geoip) == 0 {
			return nil, nil
		}
		return lookup.OpenGeo(f.geoip...)
	case lookup.Threat:
		if len(f.threat) == 0 {
			return nil, nil
		}
		return lookup.OpenIndicators(f.threat...)
	}
	file, err := f.file(name)
	if err != nil || file == "" {
		return nil, err
	}
	return lookup.OpenTable(file, name.Case)
}

// file returns the file of a user's table, "" if there is none.
func (f *tableFlags) file(name lookup.Name) (string, error) {
	last := ""
	for _, given := range f.files {
		i := strings.LastIndexByte(given, '=')
		if i <= 0 || i == len(given)-1 {
			return "", usageError("--lookup-table is NAME=FILE, not %q", given)
		}
		switch n := lookup.ParseName(given[:i]); {
		case n.Text == name.Text:
			return given[i+1:], nil
		case n.Text == name.Last() || n.Text == stem(name.Last()):
			last = given[i+1:]
		}
	}
	if last != "" || f.dir == "" {
		return last, nil
	}
	return inDir(f.dir, name), nil
}

// tableExtensions are those of files of tables.
var tableExtensions = []string{"", ".csv", ".jsonl", ".ndjson", ".json"}

// inDir looks for a table below a folder: by its whole path, then by the last part. A name leads to no file outside.
func inDir(dir string, name lookup.Name) string {
	for _, part := range []string{strings.Trim(name.Text, "/"), name.Last(), stem(name.Last())} {
		part = filepath.FromSlash(part)
		if !filepath.IsLocal(part) {
			continue
		}
		for _, extension := range tableExtensions {
			file := filepath.Join(dir, part+extension)
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
				return file
			}
		}
	}
	return ""
}

// stem returns a name without its extension.
func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
