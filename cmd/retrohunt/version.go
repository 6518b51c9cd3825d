package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release is the version that the Makefile sets.
var release = "devel"

func (p *program) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version, and what it was built with",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(p.stdout, "retrohunt %s\n%s %s/%s\n", release, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			info, ok := debug.ReadBuildInfo()
			if !ok {
				return nil
			}
			if commit := commitOf(info); commit != "" {
				fmt.Fprintln(p.stdout, commit)
			}
			for _, m := range info.Deps {
				fmt.Fprintf(p.stdout, "%s %s\n", m.Path, m.Version)
			}
			return nil
		},
	}
}

// commitOf returns the commit that a binary was built of, "" if it does not know.
func commitOf(info *debug.BuildInfo) string {
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	if of["vcs.revision"] == "" {
		return ""
	}
	commit := "commit " + of["vcs.revision"] + " of " + of["vcs.time"]
	if of["vcs.modified"] == "true" {
		commit += ", with changes"
	}
	return commit
}
