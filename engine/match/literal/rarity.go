package literal

import "math"

// byFrequency are the bytes of logs, the most frequent first.
const byFrequency = `"e,:tiaonr0s-1cdl2 p4m53u8679.fbhg{}_vyk/w\TSIEAxCDPRNMUWjzLqOFBVHGKXQYJZ()=$@+*;&%#?!~|[]<>^`

// shares is how many of the bytes of logs are one byte, estimated: each has about a twentieth less than the one before it.
var shares = func() (out [256]float64) {
	for c := range out {
		out[c] = 0.045 * math.Pow(0.95, float64(len(byFrequency)))
	}
	for rank, c := range []byte(byFrequency) {
		out[c] = 0.045 * math.Pow(0.95, float64(rank))
	}
	return out
}()

// rarest returns where the n bytes of a literal begin that logs hold least, and how likely they stand at a place in logs.
func (l Literal) rarest(n int) (start int, likely float64) {
	likely = math.Inf(1)
	for i := 0; i+n <= len(l.Text); i++ {
		p := 1.0
		for _, c := range []byte(l.Text[i : i+n]) {
			share := shares[c]
			if l.Fold && isLower(c) {
				share += shares[c-'a'+'A']
			}
			p *= share
		}
		if p < likely {
			start, likely = i, p
		}
	}
	return start, likely
}
