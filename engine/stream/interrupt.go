package stream

import "io"

// interruptible returns a reader of r, and a function that makes it end with an error at once, even while r blocks:
// standard input may never say another word, and the rows so far are wanted all the same.
func interruptible(r io.Reader) (out io.Reader, cut func(error) error) {
	pipe, w := io.Pipe()
	go func() {
		_, err := io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{r}, make([]byte, 256<<10))
		w.CloseWithError(err)
	}()
	return pipe, w.CloseWithError
}
