package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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

// TestTheFirstCollectionEndsTheWait: the garbage collector is put off once, and not for those who set it.
func TestTheFirstCollectionEndsTheWait(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(77))
	t.Setenv("GOGC", "77")
	if waitToCollect(); percent() != 77 {
		t.Errorf("it is %d, and GOGC says 77", percent())
	}
	t.Setenv("GOGC", "")
	runtime.GC() // so that none is under way
	if waitToCollect(); percent() != 800 {
		t.Errorf("it is %d, and should wait", percent())
	}
	for percent() != 100 {
		runtime.GC()
	}
}

// percent returns what the garbage collector is set to.
func percent() uint64 {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
