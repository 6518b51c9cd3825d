package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"retrohunt/report"
)

// The exit codes.
const (
	exitDone        = 0
	exitHits        = 1 // with --fail-on-hit, or of diff with --fail-on-change
	exitQuery       = 2
	exitUsage       = 3
	exitDamage      = 4
	exitInterrupted = 130
)

// program is retrohunt with what it needs of the world, so that tests run it in process.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	variables      []string // the names of the environment's variables
	now            func() time.Time
	ticks          func(time.Duration) (<-chan time.Time, func())              // the time at every such interval, until the function is called
	interrupt      func(context.Context) (context.Context, context.CancelFunc) // a context that ends with the first Ctrl-C

	shown   atomic.Pointer[func()] // takes away what is on the terminal meanwhile; nil: nothing is
	origins map[*pflag.Flag]string // where the values of flags come from that the command line does not give
}

// system returns the program as the operating system started it.
func system() *program {
	p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now, ticks: ticks}
	p.interrupt = p.onSignal
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		p.variables = append(p.variables, name)
	}
	return p
}

// ticks tells the time at every interval.
func ticks(interval time.Duration) (<-chan time.Time, func()) {
	t := time.NewTicker(interval)
	return t.C, t.Stop
}

// exit is an error that ends the program with a code. Without a message everything was said already.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

func usageError(format string, args ...any) error {
	return &exit{exitUsage, fmt.Errorf(format, args...)}
}

// run runs the program and returns its exit code. A reader of standard output that goes away is no failure.
func (p *program) run(args []string) int {
	signal.Ignore(syscall.SIGPIPE) // so that a closed pipe is an error of the write
	root := p.command(args)
	root.SetArgs(args)
	err := root.Execute()
	var e *exit
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return exitDone
	case !errors.As(err, &e):
		e = &exit{exitUsage, err} // what cobra finds wrong in the command line
	}
	if e.err != nil {
		fmt.Fprintf(p.stderr, "retrohunt: %v%s\n", e.err, p.whence(e.err))
	}
	if e.code == exitUsage {
		fmt.Fprintln(p.stderr, "See retrohunt help.")
	}
	return e.code
}

// commands are the commands by their names. Two of them look at all others, and the rest stand alone.
func (p *program) commands() (alone, seeing map[string]func() *cobra.Command) {
	return map[string]func() *cobra.Command{
		"bench": p.bench, "check": p.check, "diff": p.diff, "explain": p.explain, "fix": p.fix, "hunt": p.hunt,
		"inventory": p.inventory, "merge": p.merge, "ops": p.ops, "query": p.query, "report": p.reportCommand, "rules": p.rules,
		"show": p.showCommand, "version": p.version,
	}, map[string]func() *cobra.Command{"config": p.config, "docs": p.docs}
}

// command returns the program's command for a command line: with the one command that this begins with, if that stands alone, for
// making all of them takes a noticeable part of a short run; else with all.
func (p *program) command(args []string) *cobra.Command {
	root := p.root()
	alone, seeing := p.commands()
	if len(args) > 0 && alone[args[0]] != nil {
		root.AddCommand(alone[args[0]]())
		return root
	}
	for _, all := range []map[string]func() *cobra.Command{alone, seeing} {
		for _, command := range all {
			root.AddCommand(command())
		}
	}
	return root
}

// whole returns the command with all commands, also those that cobra adds.
func (p *program) whole() *cobra.Command {
	root := p.command(nil)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}

// root returns the program's command without those below it.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "retrohunt",
		Short: "Replay exported logs through Sumo Logic queries",
		Long: `retrohunt replays exported security logs through detections written in the Sumo Logic
query language, offline, and prints the rows that Sumo Logic would print.

Rows go to standard output, what was read and what was not to standard error.

Exit codes: 0 finished, 1 hits and --fail-on-hit, 2 a mistake in a query or detection,
3 a mistake in the command line, 4 some input could not be read whole, 130 interrupted.
If several apply, the first of 130, 4, 1, 0 is taken.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.PersistentFlags().String("color", "auto", "colour: `auto`, always or never")
	root.PersistentFlags().String("config", "", "read settings from this `FILE` alone; none reads none (see retrohunt config)")
	must(root.RegisterFlagCompletionFunc("color", cobra.FixedCompletions([]string{"auto", "always", "never"}, cobra.ShellCompDirectiveNoFileComp)))
	root.PersistentFlags().BoolP("verbose", "v", false, "log what is done to standard error")
	root.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if needsSettings(cmd) {
			if err := p.configure(cmd); err != nil {
				return err
			}
		}
		switch color, _ := cmd.Flags().GetString("color"); color {
		case "auto", "always", "never":
			return nil
		default:
			return usageError("--color is auto, always or never, not %q", color)
		}
	}
	return root
}

// knownCommand reports a word that is no command, with the nearest one.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	hint := ""
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "; did you mean " + near[0] + "?"
	}
	return usageError("there is no command %q%s", args[0], hint)
}

// needs checks that a command has n arguments or more, and names them if it has not.
func needs(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return usageError("%s needs %s", cmd.Name(), what)
		}
		return nil
	}
}

// exactly checks that a command has n arguments.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError("%s takes %s", cmd.Name(), what)
		}
		return nil
	}
}

// display returns how to print on one of the program's outputs.
func (p *program) display(cmd *cobra.Command, w io.Writer) report.Options {
	o := report.Options{}
	if width, ok := terminal(w); ok {
		o.Width, o.Color = width, p.getenv("NO_COLOR") == ""
	}
	switch color, _ := cmd.Flags().GetString("color"); color {
	case "always":
		o.Color = true
	case "never":
		o.Color = false
	}
	return o
}

// terminal returns the width of the terminal that w is, if it is one.
func terminal(w io.Writer) (width int, ok bool) {
	file, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(file.Fd()))
	return width, err == nil
}

// log returns the log of what is done, on standard error.
func (p *program) log(cmd *cobra.Command) zerolog.Logger {
	level := zerolog.WarnLevel
	if verbose, _ := cmd.Flags().GetBool("verbose"); verbose {
		level = zerolog.DebugLevel
	}
	out := zerolog.ConsoleWriter{Out: p.stderr, NoColor: !p.display(cmd, p.stderr).Color, PartsExclude: []string{zerolog.TimestampFieldName}}
	return zerolog.New(out).Level(level)
}
