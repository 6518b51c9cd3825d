//go:build !amd64 || purego

package wire

const canIndex = false

func closings(*byte, int, *uint32, *bool, *marking) int { panic("no vectors") }
