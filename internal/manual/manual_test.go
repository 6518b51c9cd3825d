package manual

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

// tool is a command line with what pages have trouble with: dots and backslashes that roff would read, stars that Markdown
// would.
func tool() *cobra.Command {
	run := func(*cobra.Command, []string) {}
	root := &cobra.Command{Use: "tool", Short: "Do things", Long: "Do things:\n.not a request, C:\\n", Run: run}
	root.PersistentFlags().BoolP("loud", "l", false, "say more")
	one := &cobra.Command{Use: "one FILE", Short: "Do one", Example: "  tool one a.txt\n  tool one -n 2 b.txt", Run: run}
	one.Flags().IntP("number", "n", 3, "`N` times; * counts <all>")
	root.AddCommand(one, &cobra.Command{Use: "secret", Short: "Hidden", Hidden: true, Run: run})
	return root
}

const manPage = `.TH "TOOL\-ONE" 1 "" "tool 1.2"
.SH NAME
tool\-one \- Do one
.SH SYNOPSIS
.B tool one FILE [flags]
.SH DESCRIPTION
.nf
Do one
.fi
.SH OPTIONS
.TP
.B \-n, \-\-number N
N times; * counts <all> (default 3)
.SH OPTIONS OF EVERY COMMAND
.TP
.B \-l, \-\-loud
say more
.SH EXAMPLES
.nf
tool one a.txt
tool one \-n 2 b.txt
.fi
.SH SEE ALSO
.BR tool (1)
`

const markdownPage = "# tool one\n\nDo one\n\n```\ntool one FILE [flags]\n```\n\n## Examples\n\n```sh\ntool one a.txt\ntool one -n 2 b.txt\n```\n\n" +
	"## Flags\n\n- `-n, --number N`: N times; \\* counts &lt;all> (default 3)\n\n## Flags of every command\n\n- `-l, --loud`: say more\n\n## See also\n\n- [tool](tool.md)\n"

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	if err := Write(dir, tool(), "1.2"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"man1/tool-one.1": manPage, "markdown/tool-one.md": markdownPage} {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if hidden, _ := filepath.Glob(filepath.Join(dir, "*", "tool-secret.*")); len(hidden) > 0 {
		t.Errorf("a hidden command has pages: %v", hidden)
	}
}

func TestWhatRoffWouldRead(t *testing.T) {
	for in, want := range map[string]string{
		".nf":      `\&.nf`,
		"'quoted'": `\&'quoted'`,
		`C:\new`:   `C:\enew`,
		"--jobs":   `\-\-jobs`,
	} {
		if got := literal(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}
