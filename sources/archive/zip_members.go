package archive

import (
	"archive/zip"
	"hash/maphash"
	"slices"
	"strings"
)

// This file cuts members off a zip archive that is being read, so that another Opener can read them at the same time. The directory
// says where each is, and nothing that is read of one depends on another: a name that came before, a header that is not where the
// directory says, and the budget would. So archives with such names or headers are read by one Opener, and the budget is dealt out.

// Members are some members of an archive, one behind the other, that an Opener reads in the place of the one that has it open.
type Members struct {
	source   Source
	files    []*zip.File // of the whole archive, with starts; nobody writes to them any more
	starts   []int64
	from, to int
	deal     *deal
}

// Cut cuts the next members off the input if that is an archive whose members can be read at once, as many as together have least bytes
// stored, but for the last. It returns nil if there are none. They are to be opened, or nobody's turn comes behind them, and the input
// stays open until they are read.
func (o *Opener) Cut(least int64) *Members {
	if o.open == 0 || !o.source.Shared {
		return nil
	}
	a, ok := o.levels[0].archive.(*zipArchive)
	if !ok || a.from >= a.end() || !a.mayCut(&o.source) {
		return nil
	}
	m := &Members{source: o.source.Source, files: a.files, starts: a.starts, from: a.from, deal: a.deal}
	for stored := int64(0); stored < least && a.from < a.end(); a.from++ {
		stored += a.deal.stored[a.from]
	}
	m.to = a.from
	return m
}

// Leave ends the use of the open member: nobody waits for it any more. The input stays open for those who read members of it; Next must
// not be called.
func (o *Opener) Leave() {
	if o.open > 0 {
		o.levels[0].leave()
	}
}

// Member returns the number of the open stream among the members that an archive lists, which is that of the member around it; 0 for
// what is no such archive.
func (o *Opener) Member() int { return o.budget.turn }

// OpenMembers begins with members of an archive, as if they were an input. It ends the use of the one before.
func (o *Opener) OpenMembers(m *Members) {
	o.Open(m.source)
	o.begun, o.source.Shared = true, false
	l := o.level()
	l.begin("", Source{})
	if o.members == nil {
		o.members = &zipArchive{}
		o.members.prepare(o)
	}
	a := o.members
	a.level, a.at, a.files, a.starts, a.from, a.to, a.deal = l, countedAt{&o.source}, m.files, m.starts, m.from, m.to, m.deal
	l.kind, l.archive = "zip", a
	o.open = 1
}

// end is behind the last member that may be read.
func (a *zipArchive) end() int { return min(a.to, a.options.MaxMembers) }

// mayCut reports whether members can be read at once. It looks up where the data of those begins that are still to be read.
func (a *zipArchive) mayCut(source *counted) bool {
	if a.looked || a.deal == nil {
		return a.starts != nil
	}
	a.looked = true
	if a.misplaced || !distinct(a.files) {
		return false
	}
	before, starts := source.n, make([]int64, len(a.files))
	for i := a.from; i < a.end(); i++ {
		start, err := a.files[i].DataOffset()
		if err != nil {
			source.n = before // for it is read again
			return false
		}
		starts[i] = start
	}
	a.starts = starts
	return true
}

// distinct reports whether no name is another's, with or without what is nested in a member.
func distinct(files []*zip.File) bool {
	seed := maphash.MakeSeed()
	names := make([]uint64, len(files))
	for i, f := range files {
		if strings.Contains(f.Name, "!") {
			return false
		}
		names[i] = maphash.String(seed, f.Name)
	}
	slices.Sort(names)
	return len(slices.Compact(names)) == len(files)
}

// leave ends the use of the member that was read last.
func (a *zipArchive) leave() {
	if a.reading >= 0 && a.deal != nil {
		a.deal.end(a.reading, a.reading+1)
	}
	a.reading = -1
}

// close ends the use of all members.
func (a *zipArchive) close() {
	a.leave()
	if a.deal != nil {
		a.deal.end(a.from, a.to)
	}
}
