package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"retrohunt/engine"
)

// beside is what a run takes at most beside the memory that flags bound, in bytes: blocks, tables of detections, events of some length.
const beside = 128 << 20

// beginning is how much heap there is before garbage is collected for the first time, in bytes: a short run is through by then.
const beginning = 32 << 20

// waitToCollect puts the first collection off until the heap has the size of a beginning, from 4 MiB; from then on all is as it would
// be otherwise. So this takes that much more memory at most, however large a run becomes. Who sets GOGC knows better.
func waitToCollect() {
	if os.Getenv("GOGC") != "" {
		return
	}
	const usual, least = 100, 4 << 20 // of the runtime: percent, and the heap that is collected first with them
	debug.SetGCPercent(usual * beginning / least)
	collected := new(*int) // a pointer's worth: what is smaller shares its place with others, and stays as long as they do
	runtime.AddCleanup(collected, func(int) { debug.SetGCPercent(usual) }, 0)
}

// budget parses --mem, and lets the garbage collector keep the program near it. Left alone, that waits until there is as much garbage
// as there is of what is kept, and a run takes twice what the flag says. The limit is soft: what a run needs, it gets. Other are bytes
// that other flags allow, and who sets GOMEMLIMIT knows better.
func budget(mem string, other int64) (*engine.Memory, error) {
	size, err := parseSize(mem)
	if err != nil {
		return nil, usageError("--mem: %w", err)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(size) + int64(size)/4 + other + beside)
	}
	return engine.NewMemory(int64(size)), nil
}
