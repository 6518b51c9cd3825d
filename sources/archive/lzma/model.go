package lzma

import "io"

// model is what decides how bits are read, and what they mean.
type model struct {
	lc, lp, pb int
	state      int       // of the last symbols: 0 to 6 behind a literal, 7 to 11 behind a match
	reps       [4]uint32 // distances of the last matches, less one
	left       int       // of the last match, that is still to be copied

	literals  []uint16            // a tree of 256 leaves, and two for what a match says, for each context
	isMatch   [states * 16]uint16 // for each position state
	isRep     [states]uint16
	isRep0    [states]uint16 // turned round: 0 is the last distance
	isRep1    [states]uint16
	isRep2    [states]uint16
	isLonger  [states * 16]uint16 // than a single byte, at the last distance
	slots     [4][64]uint16       // by length
	low       [14][32]uint16      // bits of distances, by slot from 4 on
	aligned   [16]uint16          // the lowest four bits of long distances
	lengths   lengths
	repLength lengths
}

const (
	states       = 12
	firstMatched = 7 // state
	literalOdds  = 3 << 8
	even         = 1 << 10 // of 2048
	minMatch     = 2
)

// lengths are odds of a match's length, less two.
type lengths struct {
	beyondLow, beyondMid uint16
	low, mid             [16][8]uint16 // by position state
	high                 [256]uint16
}

// set begins with other properties.
func (m *model) set(properties byte) error {
	if properties >= 9*5*5 {
		return ErrDamaged
	}
	m.lc, m.lp, m.pb = int(properties%9), int(properties/9%5), int(properties/9/5)
	if n := literalOdds << (m.lc + m.lp); n != len(m.literals) {
		m.literals = make([]uint16, n)
	}
	m.reset()
	return nil
}

// reset forgets what was learnt.
func (m *model) reset() {
	*m = model{lc: m.lc, lp: m.lp, pb: m.pb, literals: m.literals}
	for _, odds := range [][]uint16{
		m.literals, m.isMatch[:], m.isRep[:], m.isRep0[:], m.isRep1[:], m.isRep2[:], m.isLonger[:], m.aligned[:],
	} {
		reset(odds)
	}
	for i := range m.slots {
		reset(m.slots[i][:])
	}
	for i := range m.low {
		reset(m.low[i][:])
	}
	for _, l := range []*lengths{&m.lengths, &m.repLength} {
		l.beyondLow, l.beyondMid = even, even
		reset(l.high[:])
		for i := range l.low {
			reset(l.low[i][:])
			reset(l.mid[i][:])
		}
	}
}

func reset(odds []uint16) {
	for i := range odds {
		odds[i] = even
	}
}

// symbol decodes one: a literal into the window, or a match, of which the length is left to be copied.
func (m *model) symbol(r *rangeDecoder, w *window) error {
	at := int(w.pos) & (1<<m.pb - 1)
	if r.bit(&m.isMatch[m.state<<4|at]) == 0 {
		m.literal(r, w)
		return nil
	}
	if r.bit(&m.isRep[m.state]) == 0 {
		m.match(r, at)
		if m.reps[0] == 1<<32-1 && r.err == nil {
			return io.ErrUnexpectedEOF // a mark of the end, before it
		}
	} else if m.rep(r, at) {
		m.left = 1
	} else {
		m.left = minMatch + m.repLength.next(r, at)
		m.behind(8, 11)
	}
	if int64(m.reps[0]) >= w.have && r.err == nil {
		m.left = 0
		return ErrDamaged
	}
	return nil
}

// behind sets the state, by what came before.
func (m *model) behind(literal, match int) {
	if m.state < firstMatched {
		m.state = literal
	} else {
		m.state = match
	}
}

func (m *model) literal(r *rangeDecoder, w *window) {
	before := 0
	if w.have > 0 {
		before = int(w.back(1))
	}
	context := int(w.pos)&(1<<m.lp-1)<<m.lc | before>>(8-m.lc)
	odds := m.literals[literalOdds*context:][:literalOdds]
	at := uint32(1)
	if m.state >= firstMatched && int64(m.reps[0]) < w.have {
		matched := uint32(w.back(int64(m.reps[0]) + 1))
		for at < 1<<8 {
			want := matched >> 7 & 1
			matched <<= 1
			bit := r.bit(&odds[(1+want)<<8|at])
			at = at<<1 | bit
			if bit != want {
				break
			}
		}
	}
	for at < 1<<8 {
		at = at<<1 | r.bit(&odds[at])
	}
	w.put(byte(at))
	switch {
	case m.state < 4:
		m.state = 0
	case m.state < 10:
		m.state -= 3
	default:
		m.state -= 6
	}
}

// match reads a match with a distance of its own.
func (m *model) match(r *rangeDecoder, at int) {
	length := m.lengths.next(r, at)
	m.left = minMatch + length
	m.reps = [4]uint32{m.distance(r, min(length, 3)), m.reps[0], m.reps[1], m.reps[2]}
	m.behind(7, 10)
}

// distance reads a distance, less one: the two highest bits and how many follow are a slot.
func (m *model) distance(r *rangeDecoder, length int) uint32 {
	const withOdds, lowest = 14, 4
	slot := r.tree(m.slots[length][:])
	if slot < 4 {
		return slot
	}
	n := slot>>1 - 1
	distance := (2 | slot&1) << n
	if slot < withOdds {
		return distance + r.reversed(m.low[slot][:], n)
	}
	return distance + r.even(n-lowest)<<lowest + r.reversed(m.aligned[:], lowest)
}

// rep reads which of the last distances a match has, and reports whether it is a single byte at the last one.
func (m *model) rep(r *rangeDecoder, at int) bool {
	d := &m.reps
	switch {
	case r.bit(&m.isRep0[m.state]) == 0:
		if r.bit(&m.isLonger[m.state<<4|at]) == 0 {
			m.behind(9, 11)
			return true
		}
	case r.bit(&m.isRep1[m.state]) == 0:
		d[0], d[1] = d[1], d[0]
	case r.bit(&m.isRep2[m.state]) == 0:
		d[0], d[1], d[2] = d[2], d[0], d[1]
	default:
		d[0], d[1], d[2], d[3] = d[3], d[0], d[1], d[2]
	}
	return false
}

func (l *lengths) next(r *rangeDecoder, at int) int {
	if r.bit(&l.beyondLow) == 0 {
		return int(r.tree(l.low[at][:]))
	}
	if r.bit(&l.beyondMid) == 0 {
		return 8 + int(r.tree(l.mid[at][:]))
	}
	return 16 + int(r.tree(l.high[:]))
}
