package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/lookup"
	"retrohunt/report"
)

// savedTables are the tables in which queries store their rows, in the order of the queries.
type savedTables []*savedTable

// savedTable is one of them.
type savedTable struct {
	*engine.Save
	query  *engine.Query
	ask    int           // whose rows they are
	path   string        // "": they are not stored
	stored report.Stored // what there is to say
}

// savedTables finds the files of the tables that queries store, and what would keep the rows from going into them. A run that is
// new needs a folder for them, but for a shard, which has only a part of the rows: they are stored when a saved run is printed.
func (p *program) savedTables(f *runFlags, asks []ask) (tables savedTables, err error) {
	for i, a := range asks {
		save := a.query.Saves()
		switch {
		case save == nil:
			continue
		case f.unordered:
			return nil, usageError("--unordered keeps no rows, and the query stores them in the table %s", save.Name.Text)
		case f.shard.n > 1 && f.saveTables != "":
			return nil, usageError("a shard has only a part of the rows for the table %s; merge takes --save-tables", save.Name.Text)
		case f.saveTables == "" && f.shard.n <= 1 && !f.revived:
			return nil, usageError("a query stores its rows in the table %s: name a folder for it: --save-tables DIR", save.Name.Text)
		}
		t := &savedTable{Save: save, query: a.query, ask: i, stored: report.Stored{Table: save.Name.Text}}
		tables = append(tables, t)
		if f.saveTables == "" {
			continue
		}
		if t.path, err = fileIn(f.saveTables, save.Name); err == nil && save.Columns != nil {
			_, err = t.plan(save.Columns)
		}
		if err != nil {
			return nil, &exit{exitUsage, err}
		}
	}
	return tables, nil
}

// fileIn returns the file of a table in a folder: that which a lookup would read, else a new one.
func fileIn(dir string, name lookup.Name) (string, error) {
	if file := inDir(dir, name); file != "" {
		return file, nil
	}
	file := filepath.FromSlash(strings.Trim(name.Text, "/"))
	if !filepath.IsLocal(file) {
		return "", fmt.Errorf("the name of the table %s leads out of %s", name.Text, dir)
	}
	if filepath.Ext(file) != ".csv" {
		file += ".csv"
	}
	return filepath.Join(dir, file), nil
}

// plan says how rows with some columns go into the table as it is now.
func (t *savedTable) plan(columns []string) (*lookup.Saving, error) {
	old, err := lookup.OpenTable(t.path, t.Name.Case)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	saving, err := lookup.NewSaving(t.Name, t.Append, old, columns)
	if err != nil {
		return nil, fmt.Errorf("the rows cannot be stored in the table %s: %w", t.Name.Text, err)
	}
	return saving, nil
}

// write stores the rows of a run, each table whole or not at all. Those of a run that ended early are not stored.
func (tables savedTables) write(read *reading) error {
	var errs []error
	for _, t := range tables {
		table := read.Tables[t.ask]
		switch {
		case t.path == "":
			t.stored.Why = "no folder is given: --save-tables DIR"
		case read.Coverage.Partial || table.Err != nil:
			t.stored.Why = "the run ended early"
		default:
			errs = append(errs, t.write(table))
		}
	}
	return errors.Join(errs...)
}

func (t *savedTable) write(table *engine.Table) error {
	columns, rows := t.query.Own(table)
	saving, err := t.plan(columns)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(t.path), 0o755); err != nil {
		return err
	}
	file, err := create(t.path, true)
	if err != nil {
		return err
	}
	defer file.abandon()
	err = file.finish(func(w io.Writer) error {
		err := saving.Write(w, rows)
		return errors.Join(err, table.Err) // of reading the rows
	})
	if err != nil {
		return err
	}
	t.stored.Rows, t.stored.File, t.stored.Dropped = table.Len(), t.path, saving.Dropped
	return nil
}

// summarize says where the rows are.
func (tables savedTables) summarize(p *program, cmd *cobra.Command, f *readFlags) {
	if f.summary != "text" {
		return
	}
	for _, t := range tables {
		report.StoredTable(p.stderr, t.stored, p.display(cmd, p.stderr))
	}
}
