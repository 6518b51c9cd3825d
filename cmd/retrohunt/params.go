package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/engine"
	"retrohunt/engine/catalog"
)

// registerParams adds the flag that gives parameters of queries their values.
func registerParams(cmd *cobra.Command) {
	cmd.Flags().StringArray("param", nil, "`NAME=VALUE`: what stands for {{NAME}} in queries (default: * where the query compares with it); repeatable")
}

// params returns the values that the command line gives, none where the command has no flag for them.
func params(cmd *cobra.Command) (map[string]string, error) {
	if cmd.Flags().Lookup("param") == nil {
		return nil, nil
	}
	given, err := cmd.Flags().GetStringArray("param")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, g := range given {
		name, value, ok := strings.Cut(g, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return nil, usageError("--param is NAME=VALUE, not %q", g)
		}
		out[name] = value
	}
	return out, nil
}

// needed reports a value for a parameter that none of the queries has.
func needed(cmd *cobra.Command, queries ...string) error {
	given, err := params(cmd)
	if err != nil || len(given) == 0 {
		return err
	}
	var names []string
	for _, q := range queries {
		for _, p := range engine.Params(q) {
			names = append(names, p.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if slices.Contains(names, name) {
			continue
		}
		hint := ""
		if near := catalog.Nearest(name, names); near != "" {
			hint = "; did you mean " + near + "?"
		}
		return usageError("no query has a parameter %s%s", name, hint)
	}
	return nil
}

// paramList prints the parameters of a query with their values.
func paramList(query string, given map[string]string) string {
	var out []string
	for _, p := range engine.Params(query) {
		value, ok := given[p.Name]
		switch {
		case ok:
			out = append(out, fmt.Sprintf("%s=%s", p.Name, value))
		default:
			out = append(out, fmt.Sprintf("%s=%s (default)", p.Name, p.Default))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "; parameters " + strings.Join(out, ", ")
}
