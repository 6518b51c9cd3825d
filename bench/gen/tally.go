package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"retrohunt/bench/synth"
)

// summary is what a corpus holds.
type summary struct {
	Bytes      int64            `json:"bytes"` // decoded
	Events     int64            `json:"events"`
	Hits       int64            `json:"hits"`
	Categories map[string]int64 `json:"categories"`
}

// tally counts what is written.
type tally struct {
	summary
	rows map[synth.Row]found
}

// found is what a row counts, and when.
type found struct {
	count       int64
	first, last time.Time
}

func (f found) add(o found) found {
	if f.count == 0 {
		return o
	}
	if o.first.Before(f.first) {
		f.first = o.first
	}
	if o.last.After(f.last) {
		f.last = o.last
	}
	f.count += o.count
	return f
}

func newTally() *tally { return &tally{summary{Categories: map[string]int64{}}, map[synth.Row]found{}} }

// event counts an event, and if it is a hit the row that it belongs to.
func (t *tally) event(e synth.Event, row synth.Row, at time.Time) {
	t.Events++
	t.Categories[e.Category()]++
	if row == (synth.Row{}) {
		return
	}
	if row.Category == "AWS/CloudTrail" {
		at = at.Truncate(time.Second) // its events say no more
	}
	t.rows[row] = t.rows[row].add(found{1, at, at})
}

func (t *tally) add(o *tally) {
	t.Bytes += o.Bytes
	t.Events += o.Events
	for name, n := range o.Categories {
		t.Categories[name] += n
	}
	for row, f := range o.rows {
		t.rows[row] = t.rows[row].add(f)
		t.Hits += f.count
	}
}

// millis is how retrohunt writes times.
const millis = "2006-01-02T15:04:05.000Z07:00"

// expected returns the rows as retrohunt hunt prints them: those with the highest count first, then by their columns.
func (t *tally) expected() ([]byte, error) {
	type row struct {
		synth.Row
		Count int64  `json:"_count"`
		First string `json:"first_seen"`
		Last  string `json:"last_seen"`
	}
	type line struct {
		Detection string `json:"detection"`
		Severity  string `json:"severity"`
		Row       row    `json:"row"`
	}
	order := slices.SortedFunc(maps.Keys(t.rows), func(a, b synth.Row) int {
		return cmp.Or(
			cmp.Compare(t.rows[b].count, t.rows[a].count), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Address, b.Address),
			cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Detection, b.Detection), cmp.Compare(a.Command, b.Command))
	})
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, r := range order {
		f := t.rows[r]
		if err := encoder.Encode(line{"t1021.007", "high", row{r, f.count, f.first.Format(millis), f.last.Format(millis)}}); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// write writes what is expected of the corpus.
func (t *tally) write(dir string) error {
	rows, err := t.expected()
	if err != nil {
		return err
	}
	counts, err := json.MarshalIndent(t.summary, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "expected.jsonl"), rows, 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "corpus.json"), append(counts, '\n'), 0o666)
}
