package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// table prints what was measured for the eye.
func (m *measured) table(w io.Writer) error {
	fmt.Fprintf(w, "%d inputs, %.1f MB stored, %.1f MB decoded, %d events; %d workers, medians of %d rounds in turn\n\n",
		m.passed.Streams, float64(m.passed.Stored)/1e6, float64(m.passed.Decoded)/1e6, m.passed.Events, m.workers, m.rounds)
	out := columns(w)
	fmt.Fprint(out, "pass\tseconds\tGB/s decoded\tof the floor's rate\n")
	for _, p := range m.passes {
		fmt.Fprintf(out, "%s\t%.3f\t%.2f\t%.2f\n", p.name, p.median().Seconds(), m.rate(p), m.ratio(p))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n", m.verdict())
	return err
}

// passJSON is a pass as JSON has it.
type passJSON struct {
	Name    string    `json:"pass"`
	Seconds []float64 `json:"seconds"` // of each round
	Median  float64   `json:"median"`
	Rate    float64   `json:"gb_per_second"`
	OfFloor float64   `json:"of_floor"`
}

func (m *measured) json(w io.Writer) error {
	out := struct {
		Workers     int        `json:"workers"`
		Rounds      int        `json:"rounds"`
		Inputs      int        `json:"inputs"`
		Stored      int64      `json:"stored"`
		Decoded     int64      `json:"decoded"`
		Events      int64      `json:"events"`
		Failed      int        `json:"failed"`
		Prefiltered bool       `json:"prefiltered"`
		Passes      []passJSON `json:"passes"`
		Binds       string     `json:"binds"`
		Verdict     string     `json:"verdict"`
	}{m.workers, m.rounds, m.passed.Streams, m.passed.Stored, m.passed.Decoded, m.passed.Events, m.passed.Failed, m.prefiltered, nil, m.shares()[0].name, m.verdict()}
	for _, p := range m.passes {
		j := passJSON{Name: p.name, Median: p.median().Seconds(), Rate: m.rate(p), OfFloor: m.ratio(p)}
		for _, d := range p.took {
			j.Seconds = append(j.Seconds, d.Seconds())
		}
		out.Passes = append(out.Passes, j)
	}
	return json.NewEncoder(w).Encode(out)
}

// median returns the median of the rounds, of an even number the mean of the two in the middle.
func (p *pass) median() time.Duration {
	sorted := slices.Sorted(slices.Values(p.took))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// rate is in GB of decoded bytes a second.
func (m *measured) rate(p pass) float64 {
	return float64(m.passed.Decoded) / 1e9 / max(p.median(), 1).Seconds()
}

// ratio is the rate of a pass to that of the floor.
func (m *measured) ratio(p pass) float64 {
	return m.median(passDecode).Seconds() / max(p.median(), 1).Seconds()
}

// median returns the median of the pass of a name.
func (m *measured) median(name string) time.Duration {
	i := slices.IndexFunc(m.passes, func(p pass) bool { return p.name == name })
	return m.passes[i].median()
}

// share is a part of a hunt and the time that it adds.
type share struct {
	name string
	took time.Duration
}

// shares returns the parts of a hunt, the longest first. With the prefilter events are framed only where one may be that
// reaches the rows, so there the pass that frames all says nothing of it.
func (m *measured) shares() []share {
	decode, hunt := m.median(passDecode), m.median(passHunt)
	floor := share{"decoding", decode}
	if m.passed.Stored == m.passed.Decoded {
		floor.name = "reading"
	}
	parts := []share{floor, {"searching the bytes and looking into candidates", hunt - decode}}
	if !m.prefiltered {
		frame := m.median(passFrame)
		parts = []share{floor, {"cutting into events", frame - decode}, {"looking into events", hunt - frame}}
	}
	slices.SortStableFunc(parts, func(a, b share) int { return int(b.took - a.took) })
	return parts
}

// verdict says what binds.
func (m *measured) verdict() string {
	most := m.shares()[0]
	hunt := max(m.median(passHunt), 1)
	percent := min(100, 100*most.took.Seconds()/hunt.Seconds()) // noise can make a part longer than the whole
	return fmt.Sprintf("What binds is %s: %.0f %% of the %.3f s of a hunt.", most.name, percent, hunt.Seconds())
}
