package remote

import (
	"context"
	"io/fs"
	"sync"
)

const (
	blockSize   = 256 << 10
	aheadBlocks = 32 // 8 MiB
)

// block is what is handed from the transfer to the reader.
type block struct {
	bytes *[blockSize]byte
	n     int
	err   error // behind the bytes
}

// blockPool keeps the blocks of streams that were closed, for the next ones: most objects fill no more than one.
type blockPool struct{ pool sync.Pool }

func (p *blockPool) get() *[blockSize]byte {
	if b, ok := p.pool.Get().(*[blockSize]byte); ok {
		return b
	}
	return new([blockSize]byte)
}

func (p *blockPool) put(b block) {
	if b.bytes != nil {
		p.pool.Put(b.bytes)
	}
}

// ahead reads a stream in a goroutine of its own, up to 8 MiB before the caller.
type ahead struct {
	ctx    context.Context
	cancel context.CancelFunc
	blocks *blockPool
	filled chan block // closed by the goroutine
	block  block      // the one that is being delivered
	at     int        // how much of it was
}

func (c *Client) readAhead(s *stream, cancel context.CancelFunc) *ahead {
	// One block is the reader's and one the goroutine's.
	a := &ahead{ctx: s.ctx, cancel: cancel, blocks: &c.blocks, filled: make(chan block, aheadBlocks-2)}
	go a.fill(s)
	return a
}

func (a *ahead) fill(s *stream) {
	defer close(a.filled)
	defer s.drop()
	for {
		b := block{bytes: a.blocks.get()}
		for b.n < blockSize && b.err == nil {
			var n int
			n, b.err = s.Read(b.bytes[b.n:])
			b.n += n
		}
		select {
		case a.filled <- b:
		case <-a.ctx.Done():
			return
		}
		if b.err != nil {
			return
		}
	}
}

func (a *ahead) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for a.at == a.block.n {
		if a.block.err != nil {
			return 0, a.block.err
		}
		a.blocks.put(a.block)
		b, ok := <-a.filled
		if !ok {
			b = block{err: a.ctx.Err()}
		}
		a.block, a.at = b, 0
	}
	n := copy(p, a.block.bytes[a.at:a.block.n])
	a.at += n
	return n, nil
}

// Close ends the transfer, and returns when it has ended.
func (a *ahead) Close() error {
	a.cancel()
	a.blocks.put(a.block)
	a.block, a.at = block{err: fs.ErrClosed}, 0
	for b := range a.filled {
		a.blocks.put(b)
	}
	return nil
}
