package sources_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/sources"
)

// tree makes files, and the directories that lead to them, in a new directory and goes there. A name with " -> " is a link.
func tree(t *testing.T, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range names {
		name, target, isLink := strings.Cut(name, " -> ")
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		var err error
		if isLink {
			err = os.Symlink(target, name)
		} else {
			err = os.WriteFile(name, []byte("{}\n"), 0o666)
		}
		if err != nil {
			t.Skip("this system cannot make", name, err)
		}
	}
}

// walked is a walk's outcome, a line for each input, skip and error.
func walked(paths ...string) []string {
	inputs, skips, err := sources.Walk(paths, sources.Remote{})
	var out []string
	for _, in := range inputs {
		out = append(out, fmt.Sprintf("%s %d", filepath.ToSlash(in.Name), in.Size))
	}
	for _, s := range skips {
		out = append(out, fmt.Sprintf("skip %s: %s", filepath.ToSlash(s.Name), s.Reason))
	}
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			out = append(out, "error "+strings.TrimSpace(line))
		}
	}
	return out
}

func TestWalk(t *testing.T) {
	for _, c := range []struct {
		name  string
		tree  []string
		paths []string
		want  []string
	}{
		{"a file", []string{"a.json"}, []string{"a.json"}, []string{"a.json 3"}},
		{
			"directories, all below them, by name",
			[]string{"d/b.json", "d/a/z.log", "d/a.json", "e/x"},
			[]string{"e", "d"},
			[]string{"d/a.json 3", "d/a/z.log 3", "d/b.json 3", "e/x 3"},
		},
		{"each once", []string{"d/a", "d/b"}, []string{"d", "d/a", "./d/../d/b", "d/*"}, []string{"d/a 3", "d/b 3"}},
		{"a glob", []string{"d/a.json", "d/b.json", "d/c.txt"}, []string{"d/*.json"}, []string{"d/a.json 3", "d/b.json 3"}},
		{"a glob of directories", []string{"d1/a", "d2/b", "e/c"}, []string{"d?"}, []string{"d1/a 3", "d2/b 3"}},
		{"a name that reads like a glob", []string{"d/a[1].json", "d/a1.json"}, []string{"d/a[1].json"}, []string{"d/a[1].json 3"}},
		{"standard input", []string{"a"}, []string{"-", "a", "-"}, []string{"- -1", "a 3"}},
		{
			"hidden entries",
			[]string{"d/.git/x", "d/.a.json", "d/a.json"},
			[]string{"d"},
			[]string{"d/a.json 3", "skip d/.a.json: hidden", "skip d/.git: hidden"},
		},
		{"hidden entries asked for by name", []string{".d/a", ".b"}, []string{".d", ".b"}, []string{".b 3", ".d/a 3"}},
		{
			"macOS metadata",
			[]string{"d/__MACOSX/._a.json", "d/a.json"},
			[]string{"d"},
			[]string{"d/a.json 3", "skip d/__MACOSX: macOS metadata"},
		},
		{
			"a missing path beside others",
			[]string{"a"},
			[]string{"b", "a", "c/*.json"},
			[]string{"a 3", "error b: no such file or directory", "error c/*.json: no such file or directory"},
		},
		{"a glob that is none", []string{"a"}, []string{"[a"}, []string{"error [a: no such file or directory"}},
		{"an empty directory", []string{"d/.x"}, []string{"d"}, []string{"skip d/.x: hidden"}},
		{"links to files and directories", []string{"d/a", "e/f -> ../d/a", "e/g -> ../d"}, []string{"e"}, []string{"e/f 3", "e/g/a 3"}},
		{
			"a link to a directory above",
			[]string{"d/e/a", "d/e/up -> ..", "d/self -> ."},
			[]string{"d"},
			[]string{"d/e/a 3", "skip d/e/up: a link to a directory above it", "skip d/self: a link to a directory above it"},
		},
		{
			"a link to nothing",
			[]string{"d/a", "d/b -> nowhere"},
			[]string{"d"},
			[]string{"d/a 3", "skip d/b: cannot be opened: no such file or directory"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if runtime.GOOS == "windows" {
				t.Skip("the messages are those of Unix")
			}
			tree(t, c.tree...)
			if diff := cmp.Diff(c.want, walked(c.paths...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAWalkOnManyCoresFindsTheSame walks directories of more entries than one goroutine takes.
func TestAWalkOnManyCoresFindsTheSame(t *testing.T) {
	var names []string
	for i := range 1300 {
		names = append(names, fmt.Sprintf("d/flat/%d.json", i), fmt.Sprintf("d/deep/%d/%d/a.json", i%7, i%40), fmt.Sprintf("d/deep/%d/.b", i%30))
	}
	tree(t, append(names, "d/flat/z -> ../deep/1", "d/deep/2/up -> ../..", "d/flat/0 -> nowhere")...)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := walked("d", "d/flat", "no", "d/deep/3", "nor")
	if len(want) < 1300+280+30 {
		t.Fatalf("%d lines", len(want))
	}
	runtime.GOMAXPROCS(4)
	for range 5 {
		if diff := cmp.Diff(want, walked("d", "d/flat", "no", "d/deep/3", "nor")); diff != "" {
			t.Fatalf("(-one core +four):\n%s", diff)
		}
	}
}

func TestAnInputThatIsGoneIsDamaged(t *testing.T) {
	o := readAll(sources.NewReader(sources.Options{}), sources.Input{Name: filepath.Join(t.TempDir(), "gone")})
	if o.damage == nil || o.damage.Err.Error() != "no such file or directory" {
		t.Errorf("%v", o.damage)
	}
}
