package wire

import "retrohunt/internal/jsonquote"

// maxNesting is how deep an event may be nested; a deeper one is malformed.
const maxNesting = 1000

// Error is an event that is not one JSON object.
type Error struct {
	Offset int // in the event
	Reason string
}

func (e *Error) Error() string { return e.Reason }

// Walker walks events for the fields of a tree.
type Walker struct {
	tree    *Tree
	src     []byte
	out     [][]byte
	scratch []byte // unescaped and compacted texts of this event
	name    []byte // an unescaped key
	index   index
	known   skeletons
	flat    bool // the values are elements of an array of plain values, which are fields only where arrays are extracted
	err     Error
}

// NewWalker returns a walker for a tree.
func NewWalker(t *Tree) *Walker { return &Walker{tree: t} }

// Walk sets out, by slot, to the texts of the wanted fields, nil where the event has none, and checks the whole event: its
// error is valid until the next Walk. A field that occurs twice has its last text; null is no text.
func (w *Walker) Walk(src []byte, out [][]byte) *Error {
	w.start(src, out)
	if !canIndex || len(src) > maxFollowed || !w.known.try() {
		w.index.make(src)
		return w.walk()
	}
	known := w.follow()
	w.known.count(known)
	if known {
		return nil
	}
	return w.learn()
}

// ASCII reports whether the event of the last Walk is known to be ASCII. Of one that is malformed it may be known, too.
func (w *Walker) ASCII() bool { return w.index.ascii }

func (w *Walker) start(src []byte, out [][]byte) {
	w.src, w.out, w.scratch = src, out, w.scratch[:0]
	clear(out)
}

// walk walks the event that it was started with, along the index if that has one.
func (w *Walker) walk() *Error {
	src := w.src
	i := scanSpace(src, 0)
	if i == len(src) || src[i] != '{' {
		w.fail(i, "not a JSON object")
	} else if i = w.object(w.tree.root, i+1, 1); i >= 0 {
		if i = scanSpace(src, i); i == len(src) {
			return nil
		}
		w.fail(i, "more text behind the object")
	}
	clear(w.out)
	return &w.err
}

// fail notes what is wrong and returns -1, which every function of the descent passes up.
func (w *Walker) fail(offset int, reason string) int {
	w.err = Error{offset, reason}
	return -1
}

// value walks the value that starts at i and returns its end. Its name is n; nil means that nothing in it is wanted. Its
// depth is the number of keys and indexes that lead to it.
func (w *Walker) value(n *node, i, depth int) int {
	src := w.src
	if i >= len(src) {
		return w.fail(i, "the event ends where a value should stand")
	}
	switch c := src[i]; {
	case c == '"':
		end, kind := w.stringEnd(i + 1)
		if kind&broken != 0 {
			return w.fail(end, brokenString(src, end))
		}
		if n != nil {
			w.setString(n, depth, i+1, end, kind)
		}
		return end + 1
	case c == '{' || c == '[':
		return w.container(n, i, depth)
	}
	end, ok := scanPlain(src, i)
	switch {
	case ok && n != nil:
		w.set(n, depth, i, end)
	case !ok && (src[i] == '-' || isDigit(src[i])):
		return w.fail(end, "invalid number")
	case !ok:
		return w.fail(i, "not a JSON value")
	}
	return end
}

// set gives a plain value's text to the slots of its name, as far as they reach this deep. Null is no text.
func (w *Walker) set(n *node, depth, start, end int) {
	for _, s := range n.slots {
		if !s.reaches(depth) || w.flat && !s.extractArrays {
			continue
		}
		if w.src[start] != 'n' {
			w.out[s.index] = w.src[start:end]
		}
		w.known.note(s.index, unlessNull, start, end)
	}
}

// setString gives the string src[start:end], without its quotes, to the slots of its name.
func (w *Walker) setString(n *node, depth, start, end int, kind stringKind) {
	var text []byte
	for _, s := range n.slots {
		switch {
		case !s.reaches(depth) || w.flat && !s.extractArrays:
		case s.verbatim:
			w.out[s.index] = w.src[start-1 : end+1]
			w.known.note(s.index, asIs, start-1, end+1)
		default:
			if text == nil {
				text = w.src[start:end]
				if kind != unseen || w.index.isOdd(start, end) {
					text = w.text(text, kind)
				}
			}
			w.out[s.index] = text
			w.known.note(s.index, unquoted, start, end)
		}
	}
}

// text returns the text of a string.
func (w *Walker) text(s []byte, kind stringKind) []byte {
	if kind == unseen {
		kind = kindOf(s)
	}
	if kind&escaped == 0 {
		return s
	}
	start := len(w.scratch)
	w.scratch = jsonquote.AppendUnquoted(w.scratch, s)
	return w.scratch[start:]
}

// stringEnd finds the end of a string as scanString does: in the index, if the event has one.
func (w *Walker) stringEnd(i int) (end int, kind stringKind) {
	if x := &w.index; x.next < len(x.closed) {
		end = int(x.closed[x.next])
		x.next++
		return end, unseen
	}
	return scanString(w.src, i)
}

func (w *Walker) container(n *node, i, depth int) int {
	if depth >= maxNesting {
		return w.fail(i, "nested deeper than 1,000")
	}
	if w.src[i] == '[' {
		return w.array(n, i, depth)
	}
	end := w.object(n, i+1, depth+1)
	if end >= 0 && n != nil {
		for _, s := range n.slots {
			if s.maxDepth == depth {
				w.setContainer(s, i, end)
			}
		}
	}
	return end
}

// setContainer gives a container's text to a slot.
func (w *Walker) setContainer(s slot, start, end int) {
	text, form := w.src[start:end], asIs
	if !s.verbatim {
		text, form = w.compact(text), compacted
	}
	w.out[s.index] = text
	w.known.note(s.index, form, start, end)
}

// compact returns a container's text without white space outside of its strings.
func (w *Walker) compact(json []byte) []byte {
	if spaceOutside(json) < 0 {
		return json
	}
	start := len(w.scratch)
	w.scratch = appendCompact(w.scratch, json)
	return w.scratch[start:]
}

// object walks an object from behind its brace. Its members have the given depth.
func (w *Walker) object(n *node, i, depth int) int {
	src, x := w.src, &w.index
	i = scanSpace(src, i)
	if i < len(src) && src[i] == '}' {
		return i + 1
	}
	wanted := n
	if n == nil {
		wanted = nothing
	}
	passing := x.closed != nil && wanted.any == nil
	for {
		if i >= len(src) || src[i] != '"' {
			return w.fail(i, "no key where one should stand")
		}
		start := i + 1
		end, kind := w.stringEnd(start)
		if kind&broken != 0 {
			return w.fail(end, brokenString(src, end))
		}
		var member *node
		switch {
		case n == nil:
		case kind == unseen && !x.isOdd(start, end):
			member = n.find(src, start, end)
		default:
			name := w.asName(src[start:end], kind)
			member = n.find(name, 0, len(name))
		}
		if i = end + 1; i+1 < len(src) && src[i] == ':' && src[i+1] > ' ' {
			i++
		} else if i = scanSpace(src, i); i < len(src) && src[i] == ':' {
			i = scanSpace(src, i+1)
		} else {
			return w.fail(i, "no colon behind a key")
		}
		if i < len(src) && src[i] == '"' { // by far the most frequent value
			if end, kind = w.stringEnd(i + 1); kind&broken != 0 {
				return w.fail(end, brokenString(src, end))
			}
			if member != nil {
				w.setString(member, depth, i+1, end, kind)
			}
			i = end + 1
		} else if i = w.value(member, i, depth); i < 0 {
			return i
		}
		i = scanSpace(src, i)
		switch {
		case i < len(src) && src[i] == ',':
			if i = scanSpace(src, i+1); passing && member == nil && i >= 8 && i < len(src) && src[i] == '"' {
				i = pass(w, wanted, i)
			}
		case i < len(src) && src[i] == '}':
			return i + 1
		default:
			return w.fail(i, "an object goes on with neither comma nor brace")
		}
	}
}

// asName returns a key as names have it: one of plain ASCII as it stands.
func (w *Walker) asName(key []byte, kind stringKind) []byte {
	if kind == unseen {
		kind = kindOf(key)
	}
	if kind == plain && isASCII(key) {
		return key
	}
	w.name = appendName(w.name[:0], w.text(key, kind))
	return w.name
}

// array walks an array that starts at i and whose own name is n. It is walked as a whole first, for whether it expands to
// its elements shows at its end only.
func (w *Walker) array(n *node, i, depth int) int {
	first := w.index.next
	end, flat := w.elements(nil, i+1, depth+1)
	if end < 0 || n == nil {
		return end
	}
	for _, s := range n.slots {
		if depth == s.maxDepth || flat && !s.extractArrays && s.reaches(depth) {
			w.setContainer(s, i, end)
		}
	}
	if len(n.indexes) > 0 {
		w.flat, w.index.next = flat, first
		w.elements(n, i+1, depth+1)
		w.flat = false
	}
	return end
}

// elements walks an array's elements from behind its bracket. It reports whether none of them is an object or an array.
func (w *Walker) elements(n *node, i, depth int) (end int, flat bool) {
	src, flat := w.src, true
	i = scanSpace(src, i)
	if i < len(src) && src[i] == ']' {
		return i + 1, true
	}
	for k := 0; ; k++ {
		flat = flat && !(i < len(src) && (src[i] == '{' || src[i] == '['))
		if i = w.value(n.at(k), i, depth); i < 0 {
			return i, flat
		}
		i = scanSpace(src, i)
		switch {
		case i < len(src) && src[i] == ',':
			i = scanSpace(src, i+1)
		case i < len(src) && src[i] == ']':
			return i + 1, flat
		default:
			return w.fail(i, "an array goes on with neither comma nor bracket"), flat
		}
	}
}
