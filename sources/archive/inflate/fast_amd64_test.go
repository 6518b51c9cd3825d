//go:build !purego

package inflate

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// inGo decodes a stream with the fast loop in Go.
func inGo(r *Reader) ([]byte, error) {
	before := accelerated
	accelerated = false
	defer func() { accelerated = before }()
	return drain(r)
}

// TestTheAssemblyDoesWhatTheGoDoes holds the bytes, and the error with its place, to those of the loop in Go.
func TestTheAssemblyDoesWhatTheGoDoes(t *testing.T) {
	if !accelerated {
		t.Skip("this processor has no BMI2")
	}
	rng := rand.New(rand.NewPCG(3, 4))
	inAssembly, other := NewReader(nil), NewReader(nil)
	for name, content := range contents {
		for encoder, encode := range encoders {
			stream := encode(content)
			for i := range 20 {
				if i > 0 {
					stream = mutated(rng, stream)
				}
				inAssembly.Reset(bytes.NewReader(stream))
				other.Reset(bytes.NewReader(stream))
				got, err := drain(inAssembly)
				want, wantErr := inGo(other)
				if !bytes.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
					t.Fatalf("%s of %s, mutation %d: %d bytes, want %d; %v, want %v", encoder, name, i, len(got), len(want), err, wantErr)
				}
			}
		}
	}
}
