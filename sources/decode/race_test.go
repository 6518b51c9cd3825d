//go:build race

package decode

// poolsForget says that sync.Pool drops what it gets at random, as the race detector makes it.
const poolsForget = true
