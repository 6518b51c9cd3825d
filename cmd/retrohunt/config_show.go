package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (p *program) config() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the settings, and where they come from",
		Long: `Flags can be set beforehand. The first of these that says something of a flag counts:

  the command line             --max-event 8MiB
  the environment              RETROHUNT_MAX_EVENT=8MiB
  ./retrohunt.yaml             max-event: 8MiB
  ~/.config/retrohunt/config.yaml

The keys of a file are the long names of flags. At its top they are for every command that has the
flag, below a command's name for that command. Repeatable flags take lists, in a variable one value
on a line. XDG_CONFIG_HOME is honoured; on Windows and macOS the user's file may also stand in the
system's own folder for such files. --config FILE reads this file alone, --config none reads none.`,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.configShow())
	return cmd
}

func (p *program) configShow() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show [COMMAND [FLAG...]]",
		Short: "Print each setting with its value and where that came from",
		Long: `Print the settings of all commands, or of one, with their values and where these come from: flag, the
variable, file and line, or default. Flags behind the command count as given to it.`,
		Example: `  retrohunt config show
  retrohunt config show hunt -t csv`,
		ValidArgsFunction: completeCommands,
		RunE: func(cmd *cobra.Command, args []string) error {
			out := columns(p.stdout)
			if err := p.showSettings(out, cmd.Root(), args); err != nil {
				return err
			}
			return out.Flush()
		},
	}
	cmd.Flags().SetInterspersed(false)
	return cmd
}

// showSettings prints the settings of the command that args call, of all if they call none.
func (p *program) showSettings(out io.Writer, root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return p.showEach(out, root, nil)
	}
	found, rest, err := root.Find(args)
	if err != nil || found == root {
		return usageError("there is no command %q", args[0])
	}
	return p.showEach(out, found, rest)
}

// showEach prints the settings of a command that is called with args, and of those below it.
func (p *program) showEach(out io.Writer, cmd *cobra.Command, args []string) error {
	if cmd.Name() == "completion" || cmd.Name() == "help" || cmd.Hidden {
		return nil
	}
	if err := cmd.ParseFlags(args); err != nil {
		return &exit{exitUsage, err}
	}
	if err := p.configure(cmd); err != nil {
		return err
	}
	name := strings.Join(append(strings.Fields(cmd.CommandPath())[1:], ""), ".")
	show := func(f *pflag.Flag) {
		if f.Name != "help" {
			fmt.Fprintf(out, "%s%s\t%s\t%s\n", name, f.Name, valueText(f), p.origin(f))
		}
	}
	cmd.LocalFlags().VisitAll(show)
	if args != nil {
		cmd.InheritedFlags().VisitAll(show)
	}
	for _, c := range cmd.Commands() {
		if err := p.showEach(out, c, nil); err != nil {
			return err
		}
	}
	return nil
}

// completeCommands completes the names of commands.
func completeCommands(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	of, ok := command(cmd.Root(), args)
	if !ok {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, c := range of.Commands() {
		if !c.Hidden {
			names = append(names, c.Name()+"\t"+c.Short)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
