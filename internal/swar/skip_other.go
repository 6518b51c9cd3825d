//go:build !amd64 || purego

package swar

const canSkip = false

func skip(*byte, int, int, uint64, uint64) (passed, depthAfter int, inStringAfter, escapedAfter uint64) {
	panic("no vectors")
}
