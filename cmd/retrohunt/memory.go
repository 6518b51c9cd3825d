package main

import (
	"os"
	"runtime/debug"

	"retrohunt/engine"
)

// beside is what a run takes at most beside the memory that flags bound, in bytes: blocks, tables of detections, events of some length.
const beside = 128 << 20

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
