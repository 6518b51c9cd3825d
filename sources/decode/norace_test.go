//go:build !race

package decode

const poolsForget = false
