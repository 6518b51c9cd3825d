package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"testing"
	"time"
)

// lines is a standard error whose lines a test waits for.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
	came chan struct{} // something was written
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(b)
	select {
	case l.came <- struct{}{}:
	default:
	}
	return len(b), nil
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// during runs the program over a standard input that says something and then blocks, with a clock of the test's own, calls look,
// interrupts the program, and returns what it printed and its exit code.
func during(t *testing.T, stderr io.Writer, getenv func(string) string, args []string, look func(tick func(after time.Duration))) (code int, stdout string) {
	t.Helper()
	stdin, feed := io.Pipe()
	defer feed.Close()
	ctx, cancel := context.WithCancel(context.Background())
	clock := make(chan time.Time)
	var out bytes.Buffer
	p := &program{
		stdin: stdin, stdout: &out, stderr: stderr,
		getenv:    getenv,
		now:       testTime,
		ticks:     func(time.Duration) (<-chan time.Time, func()) { return clock, func() {} },
		interrupt: func(context.Context) (context.Context, context.CancelFunc) { return ctx, cancel },
	}
	done := make(chan int)
	go func() { done <- p.run(args) }()
	io.WriteString(feed, strings.Repeat(`{"Channel":"Security","CommandLine":"az login"}`+"\n", 20_000))
	look(func(after time.Duration) { clock <- testTime().Add(after) })
	cancel()
	return <-done, out.String()
}

func noVariables(string) string { return "" }

func TestProgressOfARun(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want string // in a line
	}{
		{"lines are logged where standard error is no terminal", []string{"hunt", "-"}, "INF "},
		{"a bar needs a terminal", []string{"hunt", "--progress", "bar", "-"}, " of an unknown size, "},
		{"what is read is named", []string{"query", "* | count", "-"}, "; reading -"},
		{"an inventory has no hits", []string{"inventory", "-"}, "time left unknown; reading -"},
	} {
		t.Run(c.name, func(t *testing.T) {
			stderr := &lines{came: make(chan struct{}, 1)}
			code, _ := during(t, stderr, noVariables, c.args, func(tick func(time.Duration)) {
				tick(900 * time.Millisecond)
				tick(999 * time.Millisecond) // taken when the one before was dealt with
				if got := stderr.String(); got != "" {
					t.Errorf("a run of less than a second prints %q", got)
				}
				tick(10 * time.Second)
				<-stderr.came
			})
			line, _, _ := strings.Cut(stderr.String(), "\n")
			if !strings.Contains(line, c.want) || code != exitInterrupted {
				t.Errorf("exit code %d, the first line is %q, without %q", code, line, c.want)
			}
		})
	}
}

func TestProgressForMachines(t *testing.T) {
	stderr := &lines{came: make(chan struct{}, 1)}
	code, stdout := during(t, stderr, noVariables, []string{"hunt", "--progress", "json", "--summary", "json", "-"}, func(tick func(time.Duration)) {
		for i := range 3 {
			tick(time.Duration(i+1) * time.Second)
			<-stderr.came
		}
	})
	if code != exitInterrupted || !strings.Contains(stdout, `"partial":true,"row":{`) {
		t.Errorf("exit code %d, rows\n%s", code, stdout)
	}
	said := strings.Split(strings.TrimSuffix(stderr.String(), "\n"), "\n")
	if len(said) != 4 {
		t.Fatalf("%d lines, want three of progress and the summary:\n%s", len(said), stderr)
	}
	var before int64
	for i, line := range said[:3] {
		var got struct {
			Progress struct {
				Seconds float64
				Inputs  int
				Stored  int64    `json:"bytes_stored"`
				Total   *int64   `json:"bytes_total"`
				Left    *float64 `json:"seconds_left"`
				Reading []string
			}
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		p := got.Progress
		if p.Seconds != float64(i+1) || p.Inputs != 1 || p.Total != nil || p.Left != nil || p.Stored < before {
			t.Errorf("line %d: %s", i+1, line)
		}
		before = p.Stored
	}
	if !strings.HasPrefix(said[3], `{"partial":true,`) || !strings.Contains(said[3], `"cut":["-"]`) {
		t.Errorf("the summary is %s", said[3])
	}
}

func TestNoProgress(t *testing.T) {
	var stderr bytes.Buffer
	p := &program{
		stdin: strings.NewReader("{}\n"), stdout: io.Discard, stderr: &stderr, getenv: noVariables, now: testTime, interrupt: context.WithCancel,
		ticks: func(time.Duration) (<-chan time.Time, func()) {
			t.Error("somebody asks for the time")
			return nil, func() {}
		},
	}
	if code := p.run([]string{"hunt", "--progress", "none", "--summary", "none", "-"}); code != exitDone || stderr.Len() > 0 {
		t.Errorf("exit code %d, standard error %q", code, stderr.String())
	}
}
