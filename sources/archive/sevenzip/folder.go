package sevenzip

import "bytes"

// maxCoders is how many coders, and how many streams between them, a folder may have: as many as 7-Zip lets it have.
const maxCoders = 32

// folder is how some packed streams become one.
type folder struct {
	coders []coder
	bonds  []bond
	packed []int // inputs of the coders, counted through, that a packed stream flows into
	inputs int   // of all coders

	packSizes []int64 // of each packed stream
	sizes     []int64 // of what flows out of each coder
	place     uint64  // of the first packed stream, behind the start header
	sum       uint32
	summed    bool
}

// coder is one step of a folder, with one output.
type coder struct {
	method     []byte
	properties []byte
	inputs     int
	first      int // input of the folder's
}

// bond is where the output of a coder flows.
type bond struct{ input, coder int }

// parse reads the next folder, with the memory of the one before. What it does not find it takes for damage, so that what
// follows can rely on it.
func (o *folder) parse(f *fields) {
	o.coders, o.bonds, o.packed, o.inputs = o.coders[:0], o.bonds[:0], o.packed[:0], 0
	n := f.few("coders")
	if n == 0 {
		f.fail("a folder without coders")
	}
	for range n {
		o.coders = append(o.coders, parseCoder(f, o.inputs))
		o.inputs += o.coders[len(o.coders)-1].inputs
	}
	if o.inputs > maxCoders {
		f.fail("a folder with %d streams", o.inputs)
	}
	for range n - 1 {
		o.bonds = append(o.bonds, bond{f.index(o.inputs), f.index(n)})
	}
	packs := o.inputs - max(n-1, 0)
	if packs < 1 {
		f.fail("a folder without a packed stream")
	}
	for range packs {
		if packs > 1 {
			o.packed = append(o.packed, f.index(o.inputs))
		}
	}
	if f.err == nil {
		o.complete(f)
	}
}

// complete sees to it that every input is fed once, and that all but one output feed one.
func (o *folder) complete(f *fields) {
	fed, feeds := make([]bool, maxCoders), make([]bool, maxCoders)
	for _, b := range o.bonds {
		if fed[b.input] || feeds[b.coder] {
			f.fail("coders that are bound twice")
			return
		}
		fed[b.input], feeds[b.coder] = true, true
	}
	for _, input := range o.packed {
		if fed[input] {
			f.fail("coders that are bound twice")
			return
		}
		fed[input] = true
	}
	if len(o.packed) == 0 {
		for input := range o.inputs {
			if !fed[input] {
				o.packed = append(o.packed, input)
			}
		}
	}
}

func parseCoder(f *fields, first int) coder {
	const lengthMask, complex, hasProperties, reserved = 0x0f, 0x10, 0x20, 0xc0
	kind := f.byte()
	if kind&reserved != 0 {
		f.fail("a coder of a kind %#02x", kind)
	}
	c := coder{method: f.take(uint64(kind & lengthMask)), inputs: 1, first: first}
	if kind&complex != 0 {
		c.inputs = f.few("streams")
		if outputs := f.number(); outputs != 1 && f.err == nil {
			f.fail("a coder with %d outputs", outputs)
		}
	}
	if kind&hasProperties != 0 {
		c.properties = f.take(f.number())
	}
	return c
}

// few returns a number that is no larger than maxCoders.
func (f *fields) few(what string) int {
	n := f.number()
	if n > maxCoders {
		f.fail("a folder with %d %s", n, what)
		return 0
	}
	return int(n)
}

// index returns the place of one of n things.
func (f *fields) index(n int) int {
	i := f.number()
	if i >= uint64(n) {
		f.fail("the %d. of %d streams", i, n)
		return 0
	}
	return int(i)
}

// main returns the coder whose output is the folder's.
func (o *folder) main() int {
	for i := range o.coders {
		if o.feeds(i) < 0 {
			return i
		}
	}
	return 0
}

// feeds returns the input that a coder's output flows into, -1 if it is the folder's.
func (o *folder) feeds(coder int) int {
	for _, b := range o.bonds {
		if b.coder == coder {
			return b.input
		}
	}
	return -1
}

// encrypted reports whether it takes a password.
func (o *folder) encrypted() bool {
	for _, c := range o.coders {
		if bytes.Equal(c.method, methodAES) {
			return true
		}
	}
	return false
}
