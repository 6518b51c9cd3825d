package archive

import (
	"io"

	"retrohunt/sources/archive/inflate"
)

const (
	aheadBlocks = 4
	aheadKeep   = inflate.MaxKeep
)

// giver is a decoder that decodes into memory that is handed over as it is: what is decoded by one core and copied by it, into memory that another
// has read, costs that a seventh of its time. It gives nothing, a nil window, where its bytes must be read instead.
type giver interface {
	give(spare *inflate.Window) (w *inflate.Window, from, end int, err error)
}

// ahead decodes a stream on a goroutine of its own, a few blocks before they are asked for. Each block is handed over and handed
// back, so it belongs to one goroutine at a time; what it was read with, decoder and source, belongs to the one that decodes, until
// that has ended.
type ahead struct {
	kind        string
	source      *counted
	empty, full chan *aheadBlock
	blocks      [aheadBlocks]*aheadBlock // made once
	current     *aheadBlock
	low, from   int // of the current block: [low:from) was read, [from:end) not yet
	ended       bool
	stored      int64 // bytes of the source that what was received so far took
}

// aheadBlock is mem[from:end]. In front of it there is room for what is kept of the block before.
type aheadBlock struct {
	mem       *inflate.Window
	from, end int
	err       error // behind these bytes
	stored    int64
}

// start begins to decode. Nothing else may use r or the source before stop has returned.
func (a *ahead) start(kind string, r io.Reader, source *counted) {
	a.kind, a.source, a.stored, a.ended = kind, source, source.n, false
	a.empty, a.full = make(chan *aheadBlock, aheadBlocks), make(chan *aheadBlock, aheadBlocks)
	for i := range a.blocks {
		if a.blocks[i] == nil {
			a.blocks[i] = &aheadBlock{mem: new(inflate.Window)}
		}
		if i > 0 {
			a.empty <- a.blocks[i]
		}
	}
	a.current, a.low, a.from = a.blocks[0], aheadKeep, aheadKeep
	a.current.end = aheadKeep
	source.ahead = a
	go a.decode(r, a.empty, a.full)
}

// stop waits until what is being decoded is done.
func (a *ahead) stop() {
	close(a.empty)
	for range a.full {
	}
	a.source.ahead, a.current = nil, nil
}

// decode fills blocks until the stream ends or no more are wanted. What comes is passed on at once: a pipe may be slow.
func (a *ahead) decode(r io.Reader, empty <-chan *aheadBlock, full chan<- *aheadBlock) {
	defer close(full)
	for b := range empty {
		a.fill(b, r)
		b.stored = a.source.n - a.source.unasked
		full <- b
		if b.err != nil {
			return
		}
	}
}

func (a *ahead) fill(b *aheadBlock, r io.Reader) {
	b.from, b.end, b.err = aheadKeep, aheadKeep, nil
	defer caught(a.kind, &b.err)
	if g, ok := r.(giver); ok {
		if w, from, end, err := g.give(b.mem); w != nil {
			*b = aheadBlock{mem: w, from: from, end: end, err: err}
			return
		}
	}
	n, err := r.Read(b.mem[aheadKeep:])
	b.end, b.err = aheadKeep+n, err
}

func (a *ahead) Read(p []byte) (int, error) {
	for a.from == a.current.end {
		if a.ended {
			return 0, a.current.err
		}
		a.receive(0)
	}
	n := copy(p, a.current.mem[a.from:a.current.end])
	a.from += n
	return n, nil
}

// behind reports whether who asks for more would have to wait.
func (a *ahead) behind() bool { return !a.ended && len(a.full) == 0 }

// receive goes on with the next block, and keeps the last bytes of this one in front of it.
func (a *ahead) receive(keep int) {
	next, last := <-a.full, a.current
	a.low = next.from - keep
	copy(next.mem[a.low:], last.mem[a.from-keep:a.from]) // of what was given it is there already
	a.current, a.from = next, next.from
	a.ended, a.stored = next.err != nil, next.stored
	a.empty <- last
}

func (a *ahead) lend(keep int) ([]byte, error) {
	if keep > min(aheadKeep, a.from-a.low) {
		return nil, nil
	}
	for a.from == a.current.end {
		if a.ended {
			return a.current.mem[a.from-keep : a.from], a.current.err
		}
		a.receive(keep)
	}
	block := a.current.mem[a.from-keep : a.current.end]
	a.from = a.current.end
	return block, nil
}
