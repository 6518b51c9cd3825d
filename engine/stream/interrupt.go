package stream

import (
	"context"
	"io"
)

// interruptible returns a reader of r that ends with the context's error as soon as the context does, even while r
// blocks: standard input may never say another word, and the rows so far are wanted all the same.
func interruptible(ctx context.Context, r io.Reader) io.Reader {
	pipe, w := io.Pipe()
	context.AfterFunc(ctx, func() { w.CloseWithError(context.Cause(ctx)) })
	go func() {
		_, err := io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{r}, make([]byte, 256<<10))
		w.CloseWithError(err)
	}()
	return pipe
}
