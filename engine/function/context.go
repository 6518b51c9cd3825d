package function

import (
	"time"

	"retrohunt/engine/value"
	"retrohunt/internal/view"
)

// Clock is what a run knows of time. All of it stands still, so that a query over the same events has the same rows.
type Clock struct {
	Now      time.Time      // of now()
	From, To time.Time      // the searched range: To is not in it; the zero Time if the run has no such bound
	Zone     *time.Location // for formatDate and parseDate without a zone; nil is UTC
}

// Context is what a call needs besides its arguments. The zero Context has a clock that stands at the year 1.
type Context struct {
	Clock
	memory memory
	zones  map[string]*time.Location // by name; nil for a name that is none
}

// Reset takes back the memory of all results so far. It is called between rows, where results need not outlive their row.
func (c *Context) Reset() { c.memory.reset() }

// Renew lets all results so far live on by themselves, and begins new memory. It is called between rows that outlive each other.
func (c *Context) Renew() { c.memory = memory{} }

// zone returns the run's zone.
func (c *Context) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// text returns a value's text without allocating. It may use the Context's memory: call it before start.
func (c *Context) text(v value.Value) string {
	if v.Kind() == value.String {
		return v.Str()
	}
	return c.keep(v.AppendText(c.start()))
}

// start returns the empty end of the memory, to which one result is appended; keep then makes it a text. Nothing else may
// use the memory in between.
func (c *Context) start() []byte { return c.memory.free }

func (c *Context) keep(b []byte) string { return c.memory.keep(b) }

// made is a text value of what was appended to start().
func (c *Context) made(b []byte) value.Value { return value.OfString(c.keep(b)) }

// memory is where results lie until reset. It grows to what a row needs and then allocates no more.
type memory struct {
	chunk []byte
	free  []byte // the end of chunk, or of a larger piece when chunk is full; its length is 0
	used  int    // since the last reset
}

func (m *memory) keep(b []byte) string {
	m.used += len(b)
	m.free = b[len(b):]
	return view.String(b)
}

func (m *memory) reset() {
	if m.used > cap(m.chunk) {
		m.chunk = make([]byte, 0, 2*m.used)
	}
	m.free, m.used = m.chunk[:0], 0
}
