package main

import (
	"fmt"
	"io"
	"os"
	"strings"
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
		for i := range 5 {
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
