package main

import (
	"testing"
	"time"

	"retrohunt/engine/stream"
)

func TestVerdictNamesTheLongestPart(t *testing.T) {
	cases := []struct {
		name                string
		stored              int64
		prefiltered         bool
		decode, frame, hunt time.Duration
		want                string
	}{
		{"gzip", 10, true, 90, 120, 100, "What binds is decoding: 90 % of the 0.100 s of a hunt."},
		{"plain", 100, true, 60, 70, 100, "What binds is reading: 60 % of the 0.100 s of a hunt."},
		{"many candidates", 100, true, 20, 70, 100, "What binds is searching the bytes and looking into candidates: 80 % of the 0.100 s of a hunt."},
		{"no prefilter", 100, false, 10, 30, 100, "What binds is looking into events: 70 % of the 0.100 s of a hunt."},
		{"an envelope", 100, false, 10, 80, 100, "What binds is cutting into events: 70 % of the 0.100 s of a hunt."},
		{"noise", 10, true, 110, 120, 100, "What binds is decoding: 100 % of the 0.100 s of a hunt."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ms := func(d time.Duration) []time.Duration { return []time.Duration{time.Hour, d * time.Millisecond, 0} }
			m := &measured{passed: stream.Passed{Stored: c.stored, Decoded: 100}, prefiltered: c.prefiltered, passes: []pass{
				{name: passDecode, took: ms(c.decode)}, {name: passFrame, took: ms(c.frame)}, {name: passHunt, took: ms(c.hunt)},
			}}
			if got := m.verdict(); got != c.want {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle(t *testing.T) {
	p := pass{took: []time.Duration{40, 10, 30, 20}}
	if got := p.median(); got != 25 {
		t.Errorf("%d", got)
	}
}
