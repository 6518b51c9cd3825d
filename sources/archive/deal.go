package archive

import (
	"archive/zip"
	"math"
	"sync"
)

// deal is how the budget of an input is dealt out among the members that the directory of its archive lists, so that it does not
// depend on who reads which of them when. A half goes to all by their stored sizes: no log needs as much. What a member, and what is
// nested in it, decodes to beyond that, it takes from the other half, when its turn has come: behind all members before.
//
// A member that bursts ends. The others still have what they were dealt.
type deal struct {
	options *Options
	perByte int64   // what a member is dealt for a byte that it has stored
	stored  []int64 // bytes of each member

	mu      sync.Mutex
	turned  sync.Cond
	turn    int         // members before are through
	through map[int]int // runs of members behind: from the first to behind the last
	rest    int64       // bytes that nobody was dealt
	members int         // that archives within members may have
	spent   error       // what is told where the rest is spent
}

// newDeal deals out the budget of an input that is an archive of so many bytes.
func newDeal(b *budget, files []*zip.File, size int64) *deal {
	d := &deal{options: b.options, through: map[int]int{}, members: b.options.MaxMembers - len(files), spent: b.options.tooDense()}
	d.turned.L = &d.mu
	d.rest = int64(math.MaxInt64)
	if stored := b.source.stored() + 1; stored <= math.MaxInt64/b.options.MaxRatio {
		d.rest = max(freeDecoded, b.options.MaxRatio*stored-1)
	}
	if b.options.MaxDecoded < d.rest {
		d.rest, d.spent = b.options.MaxDecoded, b.options.tooMuch()
	}
	sum := int64(1)
	for _, f := range files {
		stored := min(int64(f.CompressedSize64&math.MaxInt64), size) // no more than there is, whatever the directory says
		d.stored = append(d.stored, stored)
		sum += stored
	}
	d.perByte = d.rest / 2 / sum
	d.rest -= d.perByte * sum
	return d
}

// dealt begins with a member that is listed.
func (b *budget) dealt(d *deal, member int) error {
	b.deal, b.turn, b.own = d, member, d.perByte*d.stored[member]
	b.decoded, b.spent = 0, nil
	if member >= b.options.MaxMembers {
		b.spent = b.options.tooMany()
	}
	return b.spent
}

// undealt begins with members that are not listed. They come last, and were dealt nothing.
func (b *budget) undealt(d *deal) {
	b.deal, b.turn, b.own, b.decoded, b.spent = d, len(d.stored), 0, 0, nil
}

// decode takes bytes of the rest for a member.
func (d *deal) decode(member int, n int64) error {
	d.await(member)
	defer d.mu.Unlock()
	if d.rest -= n; d.rest < 0 {
		return d.spent
	}
	return nil
}

// member takes one of the members of archives within a member.
func (d *deal) member(member int) error {
	d.await(member)
	defer d.mu.Unlock()
	if d.members--; d.members < 0 {
		return d.options.tooMany()
	}
	return nil
}

// await returns with the lock, once the turn of a member has come.
func (d *deal) await(member int) {
	d.mu.Lock()
	for d.turn < member {
		d.turned.Wait()
	}
}

// end says that members from one up to, but not including, another are through.
func (d *deal) end(from, to int) {
	if from == to {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.through[from] = to
	for next, ok := d.through[d.turn]; ok; next, ok = d.through[d.turn] {
		delete(d.through, d.turn)
		d.turn = next
	}
	d.turned.Broadcast()
}
