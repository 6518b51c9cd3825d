package remote

import (
	"context"
	"io"
	"testing"
)

// endless is a body that tells when so many bytes were read of it.
type endless struct {
	read   int
	full   int
	filled chan struct{}
	closed bool
}

func (e *endless) Read(p []byte) (int, error) {
	before := e.read
	e.read += len(p)
	if before < e.full && e.read >= e.full {
		close(e.filled)
	}
	return len(p), nil
}

func (e *endless) Close() error { e.closed = true; return nil }

func TestReadingAheadIsBounded(t *testing.T) {
	c := New(Options{})
	body := &endless{full: (aheadBlocks - 1) * blockSize, filled: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	a := c.readAhead(&stream{object: object{client: c, ctx: ctx, version: version{size: -1}}, body: body}, cancel)
	<-body.filled // without a reader
	if err := a.Close(); err != nil || !body.closed || body.read != body.full {
		t.Errorf("%v; closed: %v; %d bytes", err, body.closed, body.read)
	}
	if n, err := a.Read(make([]byte, 1)); n != 0 || err == nil || err == io.EOF {
		t.Errorf("read of a closed stream: %d and %v", n, err)
	}
}
