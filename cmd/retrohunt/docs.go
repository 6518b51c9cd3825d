package main

import (
	"github.com/spf13/cobra"

	"retrohunt/internal/manual"
)

// docs is for the Makefile and for packagers, not for users.
func (p *program) docs() *cobra.Command {
	return &cobra.Command{
		Use:    "docs DIR",
		Short:  "Write the pages of all commands, for man and in Markdown",
		Hidden: true,
		Args:   exactly(1, "a DIR to write to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return manual.Write(args[0], cmd.Root(), release)
		},
	}
}
