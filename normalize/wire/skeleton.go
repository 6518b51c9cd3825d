package wire

import "bytes"

// A source writes its events by few templates: the same keys in the same order, and only the values differ. What is left of an event without
// the values of its strings, numbers, booleans and nulls is its skeleton. Which names an event has, where, and whether it is well-formed is all in its
// skeleton and in each value by itself, so an event with a skeleton that was walked before is not walked again: its bytes are
// compared to the skeleton's, and the texts are taken where they stand.

const (
	maxStretch   = 32   // bytes: what one vector compares
	maxStretches = 4096 // that are remembered
	maxPlaces    = 512  // stretches of one event
	maxOthers    = 64   // stretches that may stand at one place
	maxTexts     = 4 * maxStretches
	maxFollowed  = 1 << 30 // bytes of an event
	hasEscapes   = 1 << 31
)

// stretch is a part of a skeleton, and what stands behind it in the event.
type stretch struct {
	text   [maxStretch]byte
	next   uint16 // the first of those that may follow; of the last one, its place in endings
	other  uint16 // the next of those that may stand here instead, 0 if there is none
	length uint8
	behind gap
	size   uint8 // bytes of the last string behind it, or of the last of its parts of 32 bytes
	steady uint8 // how often that was so in a row
}

// gap is what stands between two stretches.
type gap uint8

const (
	noGap   gap = iota // the next one goes on with the same text
	aString            // whose quotes belong to the stretches
	aPlain             // a number, true, false or null
	theEnd
)

// noted is a text of a wanted field that a walk found in an event.
type noted struct {
	slot     int
	form     form
	from, to int
}

// found is the same in all events of a skeleton.
type found struct {
	slot     uint32
	form     form
	from, to place
}

// form is how a text is made of its bytes.
type form uint8

const (
	asIs       form = iota // it is its bytes
	unquoted               // a string without its quotes
	unlessNull             // a plain value
	compacted              // a container
)

// place is so many bytes behind the beginning of a stretch.
type place struct {
	stretch uint16 // of those of the event
	beyond  uint16
}

// skeletons are those of events that a Walker walked: a tree, for they begin alike.
type skeletons struct {
	stretches []stretch // the first one is none, and leads to those at the beginnings of events
	endings   [][]found // by skeleton, in the order in which a walk finds them
	places    []uint32  // of the stretches of this event; with hasEscapes, the string behind it has some
	texts     int       // in all endings
	cuts      []cut     // of an event that is being learnt
	noted     []noted   // in it
	noting    bool      // the walk notes what it finds
	luck      int       // how well it goes
	rest      int       // events that are walked before skeletons are tried again
}

// cut is a stretch of an event that is being learnt.
type cut struct {
	from, to int
	behind   gap
}

// Skeletons are worth what they cost where most events have one that is known. Where they have not, such as those with keys in random order, events
// are walked as if there were none.
const (
	mostLuck = 1024
	someLuck = 256
	tooRare  = 3 // how many events a missed one outweighs
	longRest = 16384
)

// try reports whether an event should be compared to the skeletons.
func (k *skeletons) try() bool {
	switch {
	case k.rest > 0:
		k.rest--
		return false
	case k.luck < 0 || k.stretches == nil:
		k.forget()
	}
	return true
}

func (k *skeletons) forget() {
	if k.stretches == nil {
		k.places = make([]uint32, maxPlaces)
	}
	k.stretches, k.endings, k.texts, k.luck = append(k.stretches[:0], stretch{}), append(k.endings[:0], nil), 0, someLuck
}

// count counts an event that was compared.
func (k *skeletons) count(known bool) {
	if known {
		k.luck = min(k.luck+1, mostLuck)
	} else if k.luck -= tooRare; k.luck < 0 {
		k.rest = longRest
	}
}

// track is how far an event was followed. What the assembly reads is in words.
type track struct {
	stretch uint64 // the first of those that may stand at at
	at      uint64
	passed  uint64 // stretches before it
	ended   uint64 // 1: the event ended with the stretch
	beyond  uint64 // not 0: there may have been a byte beyond ASCII
}

// follow takes the wanted texts of an event whose skeleton is known, and reports whether it is.
func (w *Walker) follow() bool {
	k := &w.known
	t := track{stretch: uint64(k.stretches[0].next)}
	for t.ended == 0 {
		if int(t.at)+maxStretch <= cap(w.src) {
			stride(w, &t)
		}
		if t.ended == 0 && !w.step(&t) {
			return false
		}
	}
	w.index.ascii = t.beyond == 0
	w.take(k.endings[k.stretches[t.stretch].next])
	return true
}

// step goes on by a stretch and the value behind it, and reports whether it could.
func (w *Walker) step(t *track) bool {
	k := &w.known
	for ; t.stretch != 0; t.stretch = uint64(k.stretches[t.stretch].other) {
		s := &k.stretches[t.stretch]
		if !bytes.HasPrefix(w.src[t.at:], s.text[:s.length]) {
			continue
		}
		start, end := uint32(t.at), int(t.at)+int(s.length)
		switch s.behind {
		case aString:
			var kind stringKind
			if end, kind = scanString(w.src, end); kind&broken != 0 {
				continue
			}
			if kind&escaped != 0 {
				start |= hasEscapes
			}
		case aPlain:
			ok := end < len(w.src)
			if ok {
				end, ok = scanPlain(w.src, end)
			}
			if !ok {
				continue
			}
		case theEnd:
			if end < len(w.src) {
				continue
			}
			t.ended = 1
		}
		if !isASCII(w.src[t.at:end]) {
			t.beyond = 1
		}
		k.places[t.passed] = start
		t.at, t.passed = uint64(end), t.passed+1
		if t.ended == 0 {
			t.stretch = uint64(s.next)
		}
		return true
	}
	return false
}

// take sets the texts that an event of a skeleton has.
func (w *Walker) take(all []found) {
	places := w.known.places
	for i := range all {
		f := &all[i]
		from, to := places[f.from.stretch], places[f.to.stretch]
		text := w.src[from&^hasEscapes+uint32(f.from.beyond) : to&^hasEscapes+uint32(f.to.beyond)]
		switch f.form {
		case unquoted:
			if from&hasEscapes != 0 {
				text = w.text(text, escaped)
			}
		case unlessNull:
			if text[0] == 'n' {
				continue
			}
		case compacted:
			text = w.compact(text)
		}
		w.out[f.slot] = text
	}
}

// learn walks an event and remembers its skeleton, if there is room.
func (w *Walker) learn() *Error {
	k := &w.known
	w.index.make(w.src)
	if len(k.stretches) == maxStretches {
		return w.walk()
	}
	k.noted, k.noting = k.noted[:0], true
	err := w.walk()
	k.noting = false
	if err == nil && k.cut(w.src) {
		k.remember(w.src)
	}
	return err
}

// note notes a text that the walk found, for the skeleton of the event.
func (k *skeletons) note(slot int, f form, from, to int) {
	if k.noting {
		k.noted = append(k.noted, noted{slot, f, from, to})
	}
}

// cut cuts a well-formed event into stretches, and reports whether they are few enough.
func (k *skeletons) cut(src []byte) bool {
	k.cuts = k.cuts[:0]
	from := 0
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == '"':
			end, _ := scanString(src, i+1)
			if behind := scanSpace(src, end+1); behind == len(src) || src[behind] != ':' {
				k.add(from, i+1, aString)
				from = end
			}
			i = end + 1
		case c == '-' || isDigit(c) || 'a' <= c && c <= 'z':
			k.add(from, i, aPlain)
			i, _ = scanPlain(src, i)
			from = i
		default:
			i++
		}
	}
	k.add(from, len(src), theEnd)
	return len(k.cuts) <= maxPlaces
}

func (k *skeletons) add(from, to int, behind gap) {
	for ; to-from > maxStretch; from += maxStretch {
		k.cuts = append(k.cuts, cut{from, from + maxStretch, noGap})
	}
	k.cuts = append(k.cuts, cut{from, to, behind})
}

// remember adds what was cut to the tree, as far as there is room.
func (k *skeletons) remember(src []byte) {
	at := 0
	for _, c := range k.cuts {
		s := stretch{length: uint8(c.to - c.from), behind: c.behind}
		copy(s.text[:], src[c.from:c.to])
		if at = k.child(at, s); at == 0 {
			return
		}
	}
	if last := &k.stretches[at]; last.next == 0 {
		last.next = uint16(len(k.endings))
		k.endings = append(k.endings, k.placed())
		k.texts += len(k.noted)
	}
}

// child returns the stretch behind another, and makes it if there is none; 0 if there is no room.
func (k *skeletons) child(parent int, s stretch) int {
	before, others := 0, 0
	for i := int(k.stretches[parent].next); i != 0; i = int(k.stretches[i].other) {
		known := k.stretches[i]
		known.next, known.other, known.size, known.steady = 0, 0, 0, 0
		if known == s {
			return i
		}
		before, others = i, others+1
	}
	made := len(k.stretches)
	if made == maxStretches || others == maxOthers || k.texts+len(k.noted) > maxTexts {
		return 0
	}
	k.stretches = append(k.stretches, s)
	if before == 0 {
		k.stretches[parent].next = uint16(made)
	} else {
		k.stretches[before].other = uint16(made)
	}
	return made
}

// placed returns what was noted, with places in the stretches that were cut.
func (k *skeletons) placed() []found {
	all := make([]found, len(k.noted))
	for i, n := range k.noted {
		from := 0
		for n.from > k.cuts[from].to {
			from++
		}
		to := from
		for to+1 < len(k.cuts) && n.to >= k.cuts[to+1].from {
			to++
		}
		all[i] = found{uint32(n.slot), n.form, k.place(from, n.from), k.place(to, n.to)}
	}
	return all
}

func (k *skeletons) place(cut, offset int) place {
	return place{uint16(cut), uint16(offset - k.cuts[cut].from)}
}
