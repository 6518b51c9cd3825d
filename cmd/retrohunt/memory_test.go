package main

import (
	"runtime/debug"
	"testing"
)

func TestTheCollectorKeepsNearTheBudget(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	t.Setenv("GOMEMLIMIT", "")
	if _, err := budget("1GiB", 512<<20); err != nil {
		t.Fatal(err)
	}
	if got, want := debug.SetMemoryLimit(-1), int64(1<<30+1<<28+512<<20+beside); got != want {
		t.Errorf("the limit is %d, want %d", got, want)
	}
	t.Setenv("GOMEMLIMIT", "4GiB")
	debug.SetMemoryLimit(4 << 30)
	if _, err := budget("1MiB", 0); err != nil {
		t.Fatal(err)
	}
	if got := debug.SetMemoryLimit(-1); got != 4<<30 {
		t.Errorf("the limit that was set outside became %d", got)
	}
	if _, err := budget("much", 0); err == nil {
		t.Error("much is a size")
	}
}
