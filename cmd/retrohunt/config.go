package main

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"retrohunt/config"
	"retrohunt/engine/catalog"
	"retrohunt/internal/pattern"
	"retrohunt/internal/yamlplace"
	"retrohunt/report"
)

// environmentPrefix stands before the names of the variables that set flags: RETROHUNT_MAX_EVENT is --max-event.
const environmentPrefix = "RETROHUNT_"

// variable returns the variable that sets a flag.
func variable(flag string) string {
	return environmentPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// secret reports whether a flag's value is shown to nobody.
func secret(flag string) bool { return flag == "archive-password" }

// configurable reports whether a flag may be set in a file.
func configurable(f *pflag.Flag) bool { return f.Name != "config" && f.Name != "help" }

// needsSettings reports whether a command runs with settings: not what makes completions, which mistakes in files must not keep
// from working, and not config show, which shows those of other commands.
func needsSettings(cmd *cobra.Command) bool {
	path := strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
	return path != "config show" && !strings.HasPrefix(path, "completion") && !strings.HasPrefix(path, "__complete")
}

// fromDefault is the origin of a flag that nobody set.
const fromDefault = "default"

// configure gives a command's flags, where the command line does not, the values of the environment and of the files of
// settings: the first that says something counts, and a list takes the place of a list.
func (p *program) configure(cmd *cobra.Command) error {
	p.origins = map[*pflag.Flag]string{}
	if err := p.misspelt(); err != nil {
		return err
	}
	if err := p.fromEnvironment(cmd); err != nil {
		return err
	}
	files, err := p.settings(cmd)
	if err != nil {
		return p.placed(cmd, err)
	}
	for _, settings := range files {
		if err := p.fromFile(cmd, settings); err != nil {
			return p.placed(cmd, err)
		}
	}
	return nil
}

// misspelt reports a variable that nearly is one that sets a flag. Others with the prefix may be anybody's.
func (p *program) misspelt() error {
	ours := slices.DeleteFunc(slices.Clone(p.variables), func(name string) bool { return !strings.HasPrefix(name, environmentPrefix) })
	if len(ours) == 0 {
		return nil
	}
	variables := []string{variable("config")}
	for _, key := range keysOf(p.whole()) {
		variables = append(variables, variable(key))
	}
	for _, name := range ours {
		if slices.Contains(variables, name) || p.getenv(name) == "" {
			continue
		}
		if near := catalog.Nearest(name, variables); near != "" {
			return usageError("the variable %s sets nothing; did you mean %s?", name, near)
		}
	}
	return nil
}

// placed shows a mistake in a file where it stands.
func (p *program) placed(cmd *cobra.Command, err error) error {
	var m *yamlplace.Mistake
	if !errors.As(err, &m) {
		return &exit{exitUsage, err}
	}
	report.FileMistake(p.stderr, m, p.display(cmd, p.stderr))
	return &exit{code: exitUsage}
}

// fromEnvironment sets the flags that the environment has a variable for. Several values are on lines of their own.
func (p *program) fromEnvironment(cmd *cobra.Command) (failed error) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		text := p.getenv(variable(f.Name))
		if f.Changed || f.Name == "help" || text == "" || failed != nil {
			return
		}
		values := []string{text}
		_, list := f.Value.(pflag.SliceValue)
		if list = list && strings.Contains(text, "\n"); list {
			values = strings.Split(strings.Trim(text, "\n"), "\n")
		}
		if err := set(f, values, list); err != nil {
			failed = usageError("the variable %s: %w", variable(f.Name), err)
		}
		p.origins[f] = "environment: " + variable(f.Name)
	})
	return failed
}

// set gives a flag a value, or a repeatable one its values.
func set(f *pflag.Flag, values []string, list bool) (err error) {
	many, repeatable := f.Value.(pflag.SliceValue)
	switch {
	case list && !repeatable:
		return fmt.Errorf("%s takes one value, not a list", f.Name)
	case list:
		err = many.Replace(values)
	default:
		err = f.Value.Set(values[0])
	}
	if err != nil && secret(f.Name) {
		return fmt.Errorf("%s: not a value for it", f.Name)
	}
	if err != nil {
		return fmt.Errorf("%s is %s, not %q", f.Name, kinds[f.Value.Type()], strings.Join(values, ", "))
	}
	f.Changed = true
	return nil
}

// kinds are what the values of flags that are no texts are called.
var kinds = map[string]string{"bool": "true or false", "int": "a whole number", "int64": "a whole number", "uint64": "a whole number", "stringSlice": "texts between commas"}

// settings reads the files of settings, the first that counts first. Keys that no command knows are mistakes.
func (p *program) settings(cmd *cobra.Command) (files [][]config.Setting, err error) {
	local, user := config.Files(p.getenv, runtime.GOOS)
	names := [][]string{{local}, user}
	required := false
	switch only, _ := cmd.Flags().GetString("config"); only {
	case "":
	case "none":
		return nil, nil
	default:
		names, required = [][]string{{only}}, true
	}
	for _, group := range names {
		for _, name := range group {
			found, err := config.Read(name)
			if errors.Is(err, fs.ErrNotExist) && !required {
				continue
			}
			if err == nil {
				err = known(p.whole(), found)
			}
			if err != nil {
				return nil, err
			}
			files = append(files, found)
			break
		}
	}
	return files, nil
}

// known reports the first setting that no command takes.
func known(root *cobra.Command, settings []config.Setting) error {
	for _, s := range settings {
		of, ok := command(root, s.Command)
		if !ok {
			name := s.Command[len(s.Command)-1]
			return s.Section.Mistake(didYouMean(name, commandNames(of)), "there is no command %q", strings.Join(s.Command, " "))
		}
		if keys := keysOf(of); !slices.Contains(keys, s.Key) {
			whose := ""
			if of != root {
				whose = of.Name() + ": "
			}
			return s.At.Mistake(didYouMean(s.Key, keys), "%sthere is no setting %q", whose, s.Key)
		}
	}
	return nil
}

func didYouMean(name string, candidates []string) string {
	if near := catalog.Nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return "retrohunt config show lists the settings"
}

// command returns the command of those names, or, if there is none, the last that there is.
func command(root *cobra.Command, names []string) (of *cobra.Command, ok bool) {
	of = root
	for _, name := range names {
		i := slices.IndexFunc(of.Commands(), func(c *cobra.Command) bool { return c.Name() == name })
		if i < 0 {
			return of, false
		}
		of = of.Commands()[i]
	}
	return of, true
}

func commandNames(cmd *cobra.Command) (names []string) {
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return names
}

// keysOf returns the settings that a command takes, and those that any command below it takes.
func keysOf(cmd *cobra.Command) (keys []string) {
	add := func(f *pflag.Flag) {
		if configurable(f) && !slices.Contains(keys, f.Name) {
			keys = append(keys, f.Name)
		}
	}
	cmd.LocalFlags().VisitAll(add)
	cmd.InheritedFlags().VisitAll(add)
	for _, c := range cmd.Commands() {
		for _, key := range keysOf(c) {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// fromFile sets the flags that a file has settings for: those below the command's own name count first, then those of the
// commands above it.
func (p *program) fromFile(cmd *cobra.Command, settings []config.Setting) error {
	path := strings.Fields(cmd.CommandPath())[1:]
	for depth := len(path); depth >= 0; depth-- {
		for _, s := range settings {
			f := cmd.Flags().Lookup(s.Key)
			if f == nil || f.Changed || !slices.Equal(s.Command, path[:depth]) {
				continue
			}
			if err := set(f, s.Values, s.List); err != nil {
				return s.At.Mistake("", "%s", err)
			}
			p.origins[f] = s.At.String()
		}
	}
	return nil
}

// origin is where a flag's value comes from.
func (p *program) origin(f *pflag.Flag) string {
	if from, ok := p.origins[f]; ok {
		return from
	}
	if f.Changed {
		return "flag"
	}
	return fromDefault
}

// flagNames are the flags that a mistake names.
var flagNames = pattern.New(`(?:^|[ (])--?([a-z][a-z0-9-]*)`)

// whence says of a mistake that names flags which of them the command line did not give, and where they come from.
func (p *program) whence(mistake error) string {
	var from []string
	for _, m := range flagNames().FindAllStringSubmatch(mistake.Error(), -1) {
		for f, origin := range p.origins {
			if said := fmt.Sprintf("--%s is from %s", f.Name, origin); (f.Name == m[1] || f.Shorthand == m[1]) && !slices.Contains(from, said) {
				from = append(from, said)
			}
		}
	}
	if len(from) == 0 {
		return ""
	}
	slices.Sort(from)
	return " (" + strings.Join(from, ", ") + ")"
}

// valueText is a flag's value as config show prints it.
func valueText(f *pflag.Flag) string {
	if secret(f.Name) && f.Value.String() != "" {
		return "********"
	}
	many, ok := f.Value.(pflag.SliceValue)
	if !ok {
		return quoted(f.Value.String())
	}
	var items []string
	for _, item := range many.GetSlice() {
		items = append(items, quoted(item))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// quoted puts in quotes what would not be seen as it is.
func quoted(s string) string {
	if q := strconv.Quote(s); s == "" || q != `"`+s+`"` || strings.ContainsAny(s, " ,") {
		return q
	}
	return s
}
