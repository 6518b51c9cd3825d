package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// testTime is the time that tests run at.
func testTime() time.Time { return time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC) }

// never is a clock that does not tick.
func never(time.Duration) (<-chan time.Time, func()) { return nil, func() {} }

// run runs the program in process.
func run(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := &program{
		stdin: strings.NewReader(stdin), stdout: &out, stderr: &errs,
		getenv:    func(string) string { return "" },
		now:       testTime,
		interrupt: context.WithCancel, ticks: never,
	}
	code = p.run(args)
	return code, out.String(), errs.String()
}

func TestExitCodes(t *testing.T) {
	const (
		hit       = `{"Channel":"Security","CommandLine":"az login"}` + "\n"
		cut       = `[{"Channel":"Security","CommandLine":"az login"},{"Chan`
		malformed = "{broken\n" + hit
	)
	cases := []struct {
		name, stdin string
		args        []string
		want        int
	}{
		{"hits", hit, []string{"hunt", "-"}, 0},
		{"no hits", "{}\n", []string{"hunt", "-"}, 0},
		{"nothing at all", "", []string{"hunt", "-"}, 0},
		{"hits that fail", hit, []string{"hunt", "--fail-on-hit", "-"}, 1},
		{"no hits to fail on", "{}\n", []string{"hunt", "--fail-on-hit", "-"}, 0},
		{"a query's rows are hits", "{}\n", []string{"query", "--fail-on-hit", "* | count", "-"}, 1},
		{"a mistake in a query", hit, []string{"query", "* | where", "-"}, 2},
		{"an operator that is not built", hit, []string{"query", "* | join", "-"}, 2},
		{"a detection that is not there", hit, []string{"hunt", "-r", "nosuch.yaml", "-"}, 2},
		{"no path", "", []string{"hunt"}, 3},
		{"no such command", "", []string{"hutn"}, 3},
		{"no such flag", "", []string{"hunt", "--frob", "-"}, 3},
		{"no such path", "", []string{"hunt", filepath.Join("no", "such", "path")}, 3},
		{"damage", cut, []string{"hunt", "-"}, 4},
		{"damage comes before hits", cut, []string{"hunt", "--fail-on-hit", "-"}, 4},
		{"a missing path beside others", hit, []string{"hunt", "-", "nosuch.json"}, 4},
		{"malformed events do not change it", malformed, []string{"hunt", "-"}, 0},
		{"what is no log does not change it", "\x00\x01\x02\x03", []string{"hunt", "-"}, 0},
		{"an inventory", hit, []string{"inventory", "-"}, 0},
		{"an inventory of damage", cut, []string{"inventory", "-"}, 4},
		{"an inventory of no such path", "", []string{"inventory", filepath.Join("no", "such", "path")}, 3},
		{"a missing path beside an inventory's", hit, []string{"inventory", "-", "nosuch.json"}, 4},
		{"help", "", []string{"hunt", "--help"}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if code, _, stderr := run(t, c.stdin, c.args...); code != c.want {
				t.Errorf("exit code %d, want %d; standard error:\n%s", code, c.want, stderr)
			}
		})
	}
}

// TestRowsBeforeACut: a gzip that is cut off anywhere gives the rows before the cut.
func TestRowsBeforeACut(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 2000 {
		io.WriteString(z, `{"Channel":"Security","SubjectUserName":"ada","CommandLine":"az login"}`+"\n")
	}
	z.Close()
	path := filepath.Join(t.TempDir(), "cut.json.gz")
	if err := os.WriteFile(path, packed.Bytes()[:packed.Len()-20], 0o666); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run(t, "", "hunt", path)
	if code != exitDamage || !strings.Contains(stdout, `"actor":"ada"`) || !strings.Contains(stderr, "gzip: the stream is cut off") {
		t.Errorf("exit code %d, rows\n%s\nstandard error\n%s", code, stdout, stderr)
	}
}

// TestInterrupt: Ctrl-C while standard input has something to say yet.
func TestInterrupt(t *testing.T) {
	stdin, feed := io.Pipe()
	defer feed.Close()
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		io.WriteString(feed, strings.Repeat(`{"Channel":"Security","CommandLine":"az login"}`+"\n", 10_000))
		cancel()
	}()
	var out, errs bytes.Buffer
	p := &program{
		stdin: stdin, stdout: &out, stderr: &errs,
		getenv:    func(string) string { return "" },
		now:       testTime,
		interrupt: func(context.Context) (context.Context, context.CancelFunc) { return ctx, cancel }, ticks: never,
	}
	if code := p.run([]string{"hunt", "-"}); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if !strings.Contains(out.String(), `"partial":true,"row":{`) {
		t.Errorf("the rows are not there, or not marked as partial:\n%s", out.String())
	}
	if !strings.Contains(errs.String(), "the run ended early") {
		t.Errorf("the summary does not say so:\n%s", errs.String())
	}
}

// closedPipe is the standard output of a program whose reader went away.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

func TestAClosedPipeIsSuccess(t *testing.T) {
	for _, args := range [][]string{
		{"hunt", "-"},
		{"hunt", "-t", "table", "-"},
		{"hunt", "-t", "csv", "-"},
		{"hunt", "-t", "json", "-"},
		{"hunt", "-t", "md", "-"},
		{"inventory", "-"},
		{"inventory", "-t", "table", "--fields", "--inputs", "-"},
		{"rules", "list"},
		{"rules", "show", "t1021.007"},
		{"rules", "test"},
		{"ops"},
		{"ops", "where"},
		{"version"},
		{"explain", "* | count"},
	} {
		var errs bytes.Buffer
		p := &program{
			stdin:  strings.NewReader(`{"Channel":"Security","CommandLine":"az login"}` + "\n"),
			stdout: closedPipe{}, stderr: &errs,
			getenv:    func(string) string { return "" },
			now:       testTime,
			interrupt: context.WithCancel, ticks: never,
		}
		if code := p.run(args); code != exitDone {
			t.Errorf("%v: exit code %d\n%s", args, code, errs.String())
		}
	}
}
