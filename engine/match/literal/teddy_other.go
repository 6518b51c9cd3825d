//go:build !amd64 || purego

package literal

// Available returns that there is nothing that Teddy is written for.
func Available() Vectors { return None }

// step is how many places are looked at from one on before the next are.
func (t *Teddy) step() int { return 64 }

// candidates returns that all places are candidates.
func (t *Teddy) candidates(b []byte, from int, _ *lineEnds) (at int, found uint64) {
	return everyPlace(b, from)
}
