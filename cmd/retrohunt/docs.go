package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"retrohunt/internal/manual"
)

// docs is for the Makefile and for packagers, not for users.
func (p *program) docs() *cobra.Command {
	cmd := &cobra.Command{
		Use:    "docs",
		Short:  "Write the pages that are made from the program itself",
		Hidden: true,
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "commands DIR",
		Short: "Write the pages of all commands, for man and in Markdown",
		Args:  exactly(1, "a DIR to write to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return manual.Write(args[0], cmd.Root(), release)
		},
	}, &cobra.Command{
		Use:   "language DIR",
		Short: "Write DIR/language.md from the catalog and from DIR/differences.md",
		Args:  exactly(1, "the DIR of differences.md"),
		RunE: func(_ *cobra.Command, args []string) error {
			differences, err := os.ReadFile(filepath.Join(args[0], "differences.md"))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(args[0], "language.md"), manual.Language(differences), 0o644)
		},
	})
	return cmd
}
