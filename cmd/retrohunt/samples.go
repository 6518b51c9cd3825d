package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"retrohunt/engine/stream"
	"retrohunt/report"
	"retrohunt/runfile"
)

const (
	samplesMemory = 16 << 20 // of samples in memory, before they go to a temporary file
	sampleBytes   = 2_000    // of an event that is shown
	sampledRows   = 200      // of a table, the first, whose events are shown
)

// samples keeps the first events of each row, in the order of inputs and of their events. What it keeps of a part of an
// input has the first that are wanted, so that the samples are the same for any number of workers. Its memory grows with the groups,
// as that of the rows does, and a sample of raw bytes that are no UTF-8 loses them.
type samples struct {
	n     int
	spool *stream.Spool

	mu      sync.Mutex
	journal map[int][]runfile.Sample // by input, those that no checkpoint has; nil: nobody asks
}

// spooled is a sample as the spool has it, and a saved run.
type spooled struct {
	Input  int
	Query  int
	Key    []byte
	Sample report.Sample
}

// newSamples keeps samples if an output shows them or the run is saved, nil otherwise.
func newSamples(f *runFlags, out *output) *samples {
	if f.sample == 0 || !out.wantsSamples() && f.save == "" {
		return nil
	}
	return &samples{n: f.sample, spool: stream.NewSpool(samplesMemory)}
}

// sinks returns what makes the sinks of a job, nil for no samples.
func (s *samples) sinks() func(input, part int) stream.HitSink {
	if s == nil {
		return nil
	}
	return func(input, part int) stream.HitSink {
		return &sampleSink{samples: s, input: input, to: s.spool.Writer(input, part), seen: map[string]int{}}
	}
}

// sampleSink keeps the first events of each row in one part of an input.
type sampleSink struct {
	samples *samples
	input   int
	to      *stream.SpoolWriter
	seen    map[string]int // events kept, by query and key
	key     []byte
	journal []runfile.Sample
}

func (s *sampleSink) Hit(h *stream.Hit) {
	for _, key := range h.Worker.Groups() {
		s.key = report.AppendKey(append(s.key[:0], byte(h.Query), byte(h.Query>>8)), key)
		if s.seen[string(s.key)] >= s.samples.n {
			continue
		}
		s.seen[string(s.key)]++
		s.keep(h)
	}
}

// keep writes an event under the key that the sink has just made.
func (s *sampleSink) keep(h *stream.Hit) {
	e := report.Event{Hit: h}
	raw := h.Event.Raw
	record, err := json.Marshal(spooled{s.input, h.Query, s.key[2:], report.Sample{
		Place: e.Place(), Time: e.Time(), Text: string(raw[:min(len(raw), sampleBytes)]), Cut: len(raw) > sampleBytes,
	}})
	if err != nil {
		panic("samples: " + err.Error()) // texts and numbers alone
	}
	s.to.Write(record)
	if s.samples.journal != nil {
		s.journal = append(s.journal, runfile.Sample{Input: s.input, Record: record})
	}
}

func (s *sampleSink) Close() {
	s.to.Close()
	if len(s.journal) == 0 {
		return
	}
	s.samples.mu.Lock()
	defer s.samples.mu.Unlock()
	s.samples.journal[s.input] = append(s.samples.journal[s.input], s.journal...)
}

// keepForCheckpoints makes take ready.
func (s *samples) keepForCheckpoints() {
	if s != nil {
		s.journal = map[int][]runfile.Sample{}
	}
}

// take returns the samples of inputs for a checkpoint.
func (s *samples) take(of []stream.Account) (out []runfile.Sample) {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, in := range of {
		out = append(out, s.journal[in.Number]...)
		delete(s.journal, in.Number)
	}
	return out
}

// refill takes over samples that were saved.
func (s *samples) refill(saved []runfile.Sample) {
	if s == nil {
		return
	}
	for i, sample := range saved {
		w := s.spool.Writer(sample.Input, i)
		w.Write(sample.Record)
		w.Close()
	}
}

// list returns the samples to save: the first of each key. Which of the others there are depends on who read what.
func (s *samples) list() (out []runfile.Sample, err error) {
	if s == nil {
		return nil, nil
	}
	seen := map[string]int{}
	err = s.spool.Each(func(record []byte) error {
		var one spooled
		if err := json.Unmarshal(record, &one); err != nil {
			return err
		}
		key := fmt.Sprint(one.Query, " ", string(one.Key))
		if seen[key]++; seen[key] <= s.n {
			out = append(out, runfile.Sample{Input: one.Input, Record: slices.Clone(record)})
		}
		return nil
	})
	return out, err
}

// give puts the samples to their rows.
func (s *samples) give(results []report.Result) error {
	if s == nil {
		return nil
	}
	slots := make([]map[string]int, len(results)) // by query: the row of a key
	bySlot := make([]map[int][]report.Sample, len(results))
	for i, r := range results {
		slots[i], bySlot[i] = rowsByKey(r), map[int][]report.Sample{}
	}
	err := s.spool.Each(func(record []byte) error {
		var k spooled
		if err := json.Unmarshal(record, &k); err != nil {
			return err
		}
		if k.Query < 0 || k.Query >= len(results) {
			return errors.New("a saved sample is of no query")
		}
		row, ok := -1, true // of a table that does not tell, the first events of all
		if slots[k.Query] != nil {
			row, ok = slots[k.Query][string(k.Key)]
		}
		if k.Sample.Row = row; ok && len(bySlot[k.Query][row]) < s.n {
			bySlot[k.Query][row] = append(bySlot[k.Query][row], k.Sample)
		}
		return nil
	})
	for i := range results {
		for row := -1; row < min(results[i].Table.Len(), sampledRows); row++ {
			results[i].Samples = append(results[i].Samples, bySlot[i][row]...)
		}
	}
	return err
}

// rowsByKey returns the first rows by their keys, nil if the columns do not tell them.
func rowsByKey(r report.Result) map[string]int {
	keys := report.RowKeys(r.Table, r.Keys)
	if keys == nil {
		return nil
	}
	out := map[string]int{}
	for row, key := range keys[:min(len(keys), sampledRows)] {
		if _, taken := out[key]; !taken {
			out[key] = row
		}
	}
	return out
}

// close gives back memory and file.
func (s *samples) close() {
	if s != nil {
		s.spool.Close()
	}
}

// sinksOf gives each hit to the sinks that there are.
func sinksOf(makers ...func(input, part int) stream.HitSink) func(input, part int) stream.HitSink {
	var wanted []func(input, part int) stream.HitSink
	for _, m := range makers {
		if m != nil {
			wanted = append(wanted, m)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	return func(input, part int) stream.HitSink {
		var all sinks
		for _, m := range wanted {
			all = append(all, m(input, part))
		}
		return all
	}
}

type sinks []stream.HitSink

func (s sinks) Hit(h *stream.Hit) {
	for _, sink := range s {
		sink.Hit(h)
	}
}

func (s sinks) Close() {
	for _, sink := range s {
		sink.Close()
	}
}
