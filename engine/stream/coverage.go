package stream

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"retrohunt/sources"
)

// firstMalformed is how many malformed events a coverage keeps with their place; all are counted.
const firstMalformed = 10

// Coverage is what a run read, and what it did not. It is the same for any number of workers, but for the times.
type Coverage struct {
	Inputs      int             // streams opened and read, whole or up to their damage: files, and members of archives
	Unread      int             // not reached before the run ended early
	Cut         []string        // streams, or archives between their members, in whose middle the run ended early, in the order of inputs
	Stored      int64           // bytes as they lie on disk
	Decoded     int64           // bytes after decompression
	Events      int64           // framed events, but for those that were looked into and found malformed
	Prefiltered bool            // there was a prefilter: what follows is of the events that were looked into
	Filtered    int64           // events that the prefilter turned away
	Undated     int64           // events without a message time; counted only where a window asks for it
	UndatedOut  bool            // they were left out
	Outside     int64           // events left out because their time is not in the window
	Duplicates  int64           // events left out because one with the same values came before
	Forgotten   int64           // events of which Dedup forgot, for lack of memory, that it had seen them
	Queries     int             // that were asked
	Candidates  int64           // events in the scope of at least one query
	Hits        int64           // events that reached the rows of at least one query
	Categories  []CategoryCount // events per source category, most first
	Malformed   int64           // events and stretches of bytes that are not one JSON object
	Lost        int64           // bytes of the malformed
	First       []Malformed     // the first malformed, in the order of inputs
	Skipped     []sources.Skip  // entries, inputs and members not read by a rule, in the order of names
	Damaged     []Damage        // streams and archives that could not be read whole, in the order of inputs
	Notes       []Note          // oddities that cost nothing, e.g. a stray byte after the last gzip member
	Elapsed     time.Duration
	Partial     bool // the run was interrupted or stopped at the first damage
}

// CategoryCount is the number of events of one source category.
type CategoryCount struct {
	Category string
	Events   int64
}

// Malformed is a malformed event with its place. Line and Offset are of its start in the decoded stream.
type Malformed struct {
	Input  string
	Line   int64
	Offset int64
	Reason string
}

// Damage is an input that could not be read whole.
type Damage struct {
	Input  string
	Offset int64 // in the decoded stream: everything before it was read
	Err    string
}

// String says where and why, without the input.
func (d Damage) String() string { return fmt.Sprintf("from byte %d on: %s", d.Offset, d.Err) }

// Note is an oddity of an input.
type Note struct {
	Input string
	Text  string
}

// Whole reports whether every input was read to its end.
func (c *Coverage) Whole() bool { return len(c.Damaged) == 0 && !c.Partial }

// add adds the coverage of one input; called in the order of inputs.
func (c *Coverage) add(o *inputCoverage) {
	c.Stored += o.stored
	c.Decoded += o.decoded
	c.Events += o.events
	c.Undated += o.undated
	c.Outside += o.outside
	c.Duplicates += o.duplicates
	c.Filtered += o.filtered
	c.Candidates += o.candidates
	c.Hits += o.hits
	c.Malformed += o.malformed
	c.Lost += o.lost
	c.First = append(c.First, o.first[:min(len(o.first), firstMalformed-len(c.First))]...)
	c.Notes = append(c.Notes, o.notes...)
	c.Skipped = append(c.Skipped, o.skipped...)
	c.Damaged = append(c.Damaged, o.damaged...)
	c.Inputs += o.inputs
	if o.cut != "" {
		c.Cut = append(c.Cut, o.cut)
	}
	if !o.read {
		c.Unread++
	}
}

// sortedCategories orders counts by number, then name.
func sortedCategories(counts map[string]int64) []CategoryCount {
	out := make([]CategoryCount, 0, len(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, CategoryCount{name, counts[name]})
	}
	slices.SortStableFunc(out, func(a, b CategoryCount) int { return cmp.Compare(b.Events, a.Events) })
	return out
}
