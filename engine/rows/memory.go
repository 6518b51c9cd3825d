// Package rows keeps rows of values: in memory as long as a budget has room, and beyond it in sorted runs in temporary files,
// which are merged when the rows are read.
//
// It knows no queries and no events; what orders rows is given to it. A Sorter belongs to one goroutine and owns the rows
// that it is given; the rows that it yields belong to the receiver. A temporary file has no name where the system lets it
// live without one, so that nothing stays behind even if the process is killed; elsewhere Close removes it.
package rows

import "sync/atomic"

// DefaultMemory is what the rows of a run take unless the run says otherwise, in bytes.
const DefaultMemory = 1 << 30

// Memory is a budget in bytes that many goroutines share. A nil Memory has no end.
type Memory struct {
	limit int64
	used  atomic.Int64
}

// NewMemory returns a budget of so many bytes; 0 is DefaultMemory.
func NewMemory(limit int64) *Memory {
	if limit <= 0 {
		limit = DefaultMemory
	}
	return &Memory{limit: limit}
}

const (
	// portion is what an account takes of the budget at once, so that goroutines seldom meet.
	portion = 64 << 10
	// leastHeld is what an account may hold even if others hold everything: else it would write a run for every row.
	leastHeld = 1 << 20
)

// Account is one holder's part of a budget. The zero Account has no end.
type Account struct {
	memory *Memory
	held   int64 // by the holder
	taken  int64 // of the budget, in portions
}

// NewAccount returns an account that holds nothing.
func NewAccount(m *Memory) Account { return Account{memory: m} }

// Take notes that the holder keeps n bytes more. It reports whether there is room for more; if not, the holder should write
// what it keeps to a file, and Release it.
func (a *Account) Take(n int) bool {
	if a.memory == nil {
		return true
	}
	a.held += int64(n)
	if a.held > a.taken {
		more := max(portion, a.held-a.taken)
		a.taken += more
		a.memory.used.Add(more)
	}
	return a.memory.used.Load() <= a.memory.limit || a.held <= min(leastHeld, a.memory.limit/8)
}

// Release notes that the holder keeps nothing any more.
func (a *Account) Release() {
	if a.memory != nil {
		a.memory.used.Add(-a.taken)
	}
	a.held, a.taken = 0, 0
}

// Absorb takes over what another account holds.
func (a *Account) Absorb(other *Account) {
	a.held += other.held
	a.taken += other.taken
	other.held, other.taken = 0, 0
}
