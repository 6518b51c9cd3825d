//go:build !amd64 || purego

package wire

const canIndex = false

func closings(*byte, int, *uint32, *byte, *marking) int { panic("no vectors") }

func pass(*Walker, *node, int) int { panic("no vectors") }

func stride(*Walker, *track) { panic("no vectors") }
