package rows

import (
	"iter"
	"slices"
)

// Sorter takes rows in any order and yields them in the order of a comparison, equal ones as they came.
type Sorter struct {
	most    int // of the first rows that are wanted; 0: all
	account Account
	rows    []Row
	runs    Runs
	count   int64
}

// NewSorter returns an empty sorter. Without a comparison rows stay as they come.
func NewSorter(compare Compare, m *Memory) *Sorter {
	if compare == nil {
		compare = func(Row, Row) int { return 0 }
	}
	return &Sorter{account: NewAccount(m), runs: Runs{Compare: compare}}
}

// Keep says that only the first n rows are wanted: the others need not be kept.
func (s *Sorter) Keep(n int) { s.most = n }

// Add takes a row, which is the sorter's from then on.
func (s *Sorter) Add(row Row) {
	s.rows = append(s.rows, row)
	s.count++
	room := s.account.Take(cost(row))
	switch {
	case s.most > 0 && len(s.rows) > 2*s.most && (!room || len(s.rows) > 2*s.most+portionOfRows):
		s.sort()
	case !room:
		s.spill()
	}
}

// portionOfRows is how many rows more than twice the wanted ones are kept before they are sorted and cut, where there is room.
const portionOfRows = 1024

// sort brings the rows in memory into order, and drops those that are not wanted.
func (s *Sorter) sort() {
	slices.SortStableFunc(s.rows, s.runs.Compare)
	if s.most == 0 || len(s.rows) <= s.most {
		return
	}
	clear(s.rows[s.most:])
	s.rows = s.rows[:s.most]
	s.account.Release()
	for _, row := range s.rows {
		s.account.Take(cost(row))
	}
}

func (s *Sorter) spill() {
	s.sort()
	s.runs.Write(slices.Values(s.rows))
	clear(s.rows)
	s.rows = s.rows[:0]
	s.account.Release()
}

// Absorb takes over the rows of another sorter of the same comparison, behind its own.
func (s *Sorter) Absorb(other *Sorter) {
	s.count += other.count
	if s.runs.Empty() && other.runs.Empty() {
		s.rows = append(s.rows, other.rows...)
		s.account.Absorb(&other.account)
		return
	}
	s.spill()
	other.spill()
	s.runs.Absorb(&other.runs)
}

// Rows returns all rows in order, nil if they are not in memory.
func (s *Sorter) Rows() []Row {
	if !s.runs.Empty() {
		return nil
	}
	s.sort()
	return s.rows
}

// All yields all rows in order, as often as it is asked to. Rows in memory are yielded themselves, not copies.
func (s *Sorter) All() iter.Seq[Row] {
	s.sort()
	all := slices.Values(s.rows)
	if !s.runs.Empty() {
		all = s.runs.Merged(s.rows)
	}
	return func(yield func(Row) bool) {
		n := 0
		for row := range all {
			if n++; s.most > 0 && n > s.most || !yield(row) {
				return
			}
		}
	}
}

// Drain yields all rows in order, once: then the sorter is closed.
func (s *Sorter) Drain() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		defer s.Close()
		for row := range s.All() {
			if !yield(row) {
				return
			}
		}
	}
}

// Len is how many rows All yields.
func (s *Sorter) Len() int64 {
	if s.most > 0 {
		return min(s.count, int64(s.most))
	}
	return s.count
}

// Spilled reports whether rows are in a file.
func (s *Sorter) Spilled() bool { return !s.runs.Empty() }

// Err is the first error of a temporary file: rows are missing then.
func (s *Sorter) Err() error { return s.runs.Err() }

// Close gives back memory and files. A sorter may be closed twice.
func (s *Sorter) Close() {
	s.runs.Close()
	s.rows = nil
	s.account.Release()
}
