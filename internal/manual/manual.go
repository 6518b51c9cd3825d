// Package manual writes the pages of a command line tool: for man, and in Markdown, a page for each command; and the page of the
// query language, from the catalog.
//
// It says what the commands say of themselves, and nothing else; the same commands are the same bytes. cobra/doc does as much
// and brings a Markdown parser with it, which is why it is not used.
package manual

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// page is what is told of a command.
type page struct {
	name        string // as it is called: retrohunt rules list
	short, long string
	usage       string
	example     string
	own, global []*pflag.Flag
	related     []string // the commands above and below
}

// pages returns the pages of a command and of all below it that are not hidden, those of cobra's help aside.
func pages(cmd *cobra.Command) []page {
	if cmd.Hidden || cmd.Name() == "help" {
		return nil
	}
	p := page{name: cmd.CommandPath(), short: cmd.Short, long: cmp.Or(cmd.Long, cmd.Short), usage: cmd.UseLine(), example: cmd.Example}
	p.own, p.global = flags(cmd.NonInheritedFlags()), flags(cmd.InheritedFlags())
	if cmd.HasParent() {
		p.related = append(p.related, cmd.Parent().CommandPath())
	}
	var below []page
	for _, c := range cmd.Commands() {
		more := pages(c)
		if len(more) > 0 {
			p.related = append(p.related, c.CommandPath())
		}
		below = append(below, more...)
	}
	return append([]page{p}, below...)
}

func flags(set *pflag.FlagSet) (out []*pflag.Flag) {
	set.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			out = append(out, f)
		}
	})
	return out
}

// head returns how a flag is given, and what it means.
func head(f *pflag.Flag) (call, meaning string) {
	name, meaning := pflag.UnquoteUsage(f)
	call = "--" + f.Name
	if f.Shorthand != "" {
		call = "-" + f.Shorthand + ", " + call
	}
	if name != "" {
		call += " " + name
	}
	if !slices.Contains([]string{"", "false", "0", "[]"}, f.DefValue) {
		meaning += " (default " + f.DefValue + ")"
	}
	return call, meaning
}

// file is the name of a command's page without its extension.
func file(name string) string { return strings.ReplaceAll(name, " ", "-") }

// Write writes the pages of a command and of those below it into two folders, which it makes: man1 for man, and markdown.
func Write(dir string, root *cobra.Command, version string) error {
	root.InitDefaultCompletionCmd()
	for _, p := range pages(root) {
		for name, text := range map[string]string{
			filepath.Join("man1", file(p.name)+".1"):      p.roff(version),
			filepath.Join("markdown", file(p.name)+".md"): p.markdown(),
		} {
			name = filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p page) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n```\n%s\n```\n", p.name, p.short, p.usage)
	if p.long != p.short {
		fmt.Fprintf(&b, "\n```text\n%s\n```\n", p.long)
	}
	if p.example != "" {
		fmt.Fprintf(&b, "\n## Examples\n\n```sh\n%s\n```\n", unindent(p.example))
	}
	for _, group := range []struct {
		title string
		flags []*pflag.Flag
	}{{"Flags", p.own}, {"Flags of every command", p.global}} {
		if len(group.flags) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", group.title)
		for _, f := range group.flags {
			call, meaning := head(f)
			fmt.Fprintf(&b, "- `%s`: %s\n", call, strings.NewReplacer("*", `\*`, "<", "&lt;").Replace(meaning))
		}
	}
	if len(p.related) > 0 {
		b.WriteString("\n## See also\n\n")
		for _, name := range p.related {
			fmt.Fprintf(&b, "- [%s](%s.md)\n", name, file(name))
		}
	}
	return b.String()
}

// unindent takes the two blanks away that examples begin with.
func unindent(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "  ")
	}
	return strings.Join(lines, "\n")
}
