package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pseudoTerminal opens a terminal of so many columns: what is written to inside is read from outside.
func pseudoTerminal(t *testing.T, columns uint16) (outside, inside *os.File) {
	t.Helper()
	outside, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo terminals here:", err)
	}
	t.Cleanup(func() { outside.Close() })
	fd := int(outside.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	inside, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo terminals here:", err)
	}
	if err := unix.IoctlSetWinsize(int(inside.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: columns}); err != nil {
		t.Fatal(err)
	}
	return outside, inside
}

// onTerminal runs the program with a terminal of so many columns as standard error, and returns what it shows there.
func onTerminal(t *testing.T, columns uint16, getenv func(string) string, args ...string) string {
	t.Helper()
	outside, inside := pseudoTerminal(t, columns)
	shown := make(chan string)
	go func() {
		all, _ := io.ReadAll(outside) // ends with an error when the inside is closed
		shown <- string(all)
	}()
	code, _ := during(t, inside, getenv, args, func(tick func(time.Duration)) {
		tick(500 * time.Millisecond)
		for i := range 5 + 2 { // the end of the run may overtake the last two, which are on their way to be drawn
			tick(time.Duration(i+1) * 10 * time.Second)
		}
	})
	if code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	inside.Close()
	return <-shown
}

// erase is what a terminal is told to take the two lines of the progress away.
const erase = "\x1b[2A\x1b[J"

func TestABarIsGoneBeforeAnythingElseIsPrinted(t *testing.T) {
	shown := onTerminal(t, 100, noVariables, "hunt", "-")
	frames := strings.Split(shown, erase)
	if len(frames) < 6 {
		t.Fatalf("%d frames, want 5 and what follows:\n%q", len(frames), shown)
	}
	for _, frame := range frames[:len(frames)-1] {
		if !strings.Contains(frame, "of an unknown size") || !strings.HasSuffix(frame, "reading -\r\n") {
			t.Errorf("a frame is %q", frame)
		}
	}
	if last := frames[len(frames)-1]; !strings.HasPrefix(last, "partial ") || strings.Contains(last, "reading") {
		t.Errorf("behind the last frame stands %q", last)
	}
}

func TestNoBarInANarrowOrSimpleTerminal(t *testing.T) {
	dumb := func(name string) string { return map[string]string{"TERM": "dumb"}[name] }
	if shown := onTerminal(t, 39, noVariables, "hunt", "-"); strings.Contains(shown, erase) || !strings.Contains(shown, "INF") {
		t.Errorf("in 39 columns: %q", shown)
	}
	if shown := onTerminal(t, 100, dumb, "hunt", "--progress", "bar", "-"); strings.Contains(shown, erase) {
		t.Errorf("in a terminal that erases nothing: %q", shown)
	}
	if shown := onTerminal(t, 39, noVariables, "hunt", "--progress", "bar", "-"); !strings.Contains(shown, erase) {
		t.Errorf("in 39 columns, where a bar is asked for: %q", shown)
	}
}

// TestASecondInterruptLeavesTheTerminalClean: a run that waits for a pipe which nobody writes to does not end by the first; the
// second ends it at once, as the signal ends a program that does not listen, and takes the bar away before.
func TestASecondInterruptLeavesTheTerminalClean(t *testing.T) {
	stuck := filepath.Join(t.TempDir(), "stuck")
	if err := unix.Mkfifo(stuck, 0o600); err != nil {
		t.Fatal(err)
	}
	outside, inside := pseudoTerminal(t, 100)
	cmd := exec.Command("retrohunt", "hunt", "--progress", "bar", stuck)
	cmd.Stderr = inside
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	inside.Close()
	defer cmd.Process.Kill() // gone already unless the test fails
	var shown strings.Builder
	frame := func() {
		t.Helper()
		for n := strings.Count(shown.String(), "time left"); strings.Count(shown.String(), "time left") == n; {
			some := make([]byte, 4096)
			got, err := outside.Read(some)
			if err != nil {
				t.Fatalf("%v behind %q", err, shown.String())
			}
			shown.Write(some[:got])
		}
	}
	frame()
	cmd.Process.Signal(os.Interrupt)
	frame() // the first is seen to, or still on its way: both are before the second
	frame()
	cmd.Process.Signal(os.Interrupt)
	rest, _ := io.ReadAll(outside) // ends with an error when nobody has the inside any more
	shown.Write(rest)
	err := cmd.Wait()
	if state, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !state.Signaled() || state.Signal() != syscall.SIGINT {
		t.Errorf("the process ends with %v", err)
	}
	all := shown.String()
	if frames := strings.Count(all, "time left"); strings.Count(all, erase) != frames || !strings.HasSuffix(all, erase) || strings.Contains(all, "\x1b[?25l") {
		t.Errorf("of %d frames each is to be erased, and the cursor to be seen; the end is %q", frames, all[max(0, len(all)-300):])
	}
}

// TestATerminalIsShownNothingThatItObeys: an event keeps its lines there, and its escapes are seen; anywhere else it is as it stands.
func TestATerminalIsShownNothingThatItObeys(t *testing.T) {
	logs := filepath.Join(t.TempDir(), "a.csv")
	must(os.WriteFile(logs, []byte("user,text\nada,\"\x1b[2Jtwo\nlines\"\n"), 0o666))
	outside, inside := pseudoTerminal(t, 80)
	p := &program{stdin: strings.NewReader(""), stdout: inside, stderr: io.Discard, getenv: noVariables, now: testTime, interrupt: context.WithCancel, ticks: never}
	if code := p.run([]string{"show", logs + "#1"}); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	inside.Close()
	shown, _ := io.ReadAll(outside) // ends with an error when the inside is closed
	if want := `ada,"\x1b[2Jtwo` + "\r\n" + `lines"` + "\r\n"; string(shown) != want {
		t.Errorf("%q, want %q", shown, want)
	}
	if _, text, _ := run(t, "", "show", logs+"#1"); text != "ada,\"\x1b[2Jtwo\nlines\"\n" {
		t.Errorf("not on a terminal: %q", text)
	}
}
