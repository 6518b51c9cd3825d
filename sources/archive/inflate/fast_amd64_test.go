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

// TestTheAssemblyDoesWhatTheGoDoes holds the bytes, and the error with its place, to those of the loop in Go. What every encoder
// makes of every content is damaged more and more, in the same way each time.
func TestTheAssemblyDoesWhatTheGoDoes(t *testing.T) {
	if !accelerated {
		t.Skip("this processor has no BMI2")
	}
	inAssembly, other := NewReader(nil), NewReader(nil)
	rounds := max(20, mutations(t)/len(contents)/len(encoders)/4)
	for i, name := range sorted(contents) {
		for k, encoder := range sorted(encoders) {
			rng := rand.New(rand.NewPCG(uint64(i), uint64(k)))
			whole := encoders[encoder](contents[name])
			stream := whole
			for round := range rounds {
				inAssembly.Reset(bytes.NewReader(stream))
				other.Reset(bytes.NewReader(stream))
				got, err := drain(inAssembly)
				want, wantErr := inGo(other)
				if !bytes.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
					t.Fatalf("%s of %s, mutation %d: %d bytes, want %d; %v, want %v", encoder, name, round, len(got), len(want), err, wantErr)
				}
				if round%20 == 19 {
					stream = whole
				}
				stream = mutated(rng, stream)
			}
		}
	}
}
