package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/internal/manual"
)

// session is a console block of a page: a command of retrohunt's behind a dollar sign, and what it prints, standard output
// first.
var session = regexp.MustCompile("(?s)```console\n\\$ ([^\n]*)\n(.*?)```")

// elapsed is what differs from run to run.
var elapsed = regexp.MustCompile(`in \S+(,| \() ?\S+ \S+/s\)?`)

// makeTargets are the commands that the Makefile stands for.
var makeTargets = map[string]string{"make run": "bin/retrohunt hunt fixtures/logs -t table"}

// given is a text of a page that is put into a file: its name in code, a colon, and a block.
var given = regexp.MustCompile("(?s)\n`([^`\n]+)`:\n\n```[a-z]+\n(.*?)```")

// TestPages runs every command that the pages show, in a folder of their own with the fixtures in it, and holds its output to what
// they say it prints.
func TestPages(t *testing.T) {
	for page, least := range map[string]int{"README.md": 3, "docs/hunting.md": 10} {
		t.Run(page, func(t *testing.T) {
			path, err := filepath.Abs(filepath.Join("../..", page))
			if err != nil {
				t.Fatal(err)
			}
			scratch := t.TempDir()
			if err := os.CopyFS(filepath.Join(scratch, "fixtures"), os.DirFS("../../fixtures")); err != nil {
				t.Fatal(err)
			}
			t.Chdir(scratch)
			checkPage(t, path, least)
		})
	}
}

func checkPage(t *testing.T, path string, least int) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range given.FindAllSubmatch(text, -1) {
		if err := os.WriteFile(string(file[1]), file[2], 0o666); err != nil {
			t.Fatal(err)
		}
	}
	blocks := session.FindAllSubmatch(text, -1)
	if len(blocks) < least {
		t.Fatalf("only %d sessions found", len(blocks))
	}
	for _, b := range blocks {
		command, shown := string(b[1]), string(b[2])
		args, ok := retrohuntArgs(command)
		if !ok {
			continue
		}
		printed := printedBy(args)
		if *update {
			text = bytes.Replace(text, b[0], []byte("```console\n$ "+command+"\n"+printed+"```"), 1)
		} else if diff := cmp.Diff(timeless(shown), timeless(printed)); diff != "" {
			t.Errorf("%s (-page +now):\n%s", command, diff)
		}
	}
	if *update {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func timeless(s string) string { return elapsed.ReplaceAllString(s, "in TIME") }

// retrohuntArgs takes a command apart as a shell does with words and single quotes; false if it is none of retrohunt's.
func retrohuntArgs(command string) (args []string, ok bool) {
	if stands, known := makeTargets[command]; known {
		command = stands
	}
	command, ok = strings.CutPrefix(command, "bin/retrohunt ")
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			args = append(args, part)
		} else {
			args = append(args, strings.Fields(part)...)
		}
	}
	return args, ok
}

func printedBy(args []string) string {
	var out, errs bytes.Buffer
	p := &program{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs,
		getenv:    func(string) string { return "" },
		now:       testTime,
		interrupt: context.WithCancel, ticks: never,
	}
	p.run(args)
	var b strings.Builder
	for line := range strings.Lines(out.String() + errs.String()) {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return b.String()
}

// TestLanguagePage holds docs/language.md to the catalog and to docs/differences.md.
func TestLanguagePage(t *testing.T) {
	differences, err := os.ReadFile("../../docs/differences.md")
	if err != nil {
		t.Fatal(err)
	}
	made := manual.Language(differences)
	const page = "../../docs/language.md"
	if *update {
		if err := os.WriteFile(page, made, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if kept, err := os.ReadFile(page); err != nil || !bytes.Equal(kept, made) {
		t.Errorf("docs/language.md is not what engine/catalog and docs/differences.md make of it (%v): make docs, or go test "+
			"./cmd/retrohunt -run TestLanguagePage -update, and commit it\n%s", err, cmp.Diff(strings.Split(string(kept), "\n"), strings.Split(string(made), "\n")))
	}
}
