package remote

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

// stream reads an object from its start, over as many transfers as it takes.
type stream struct {
	object
	body   io.ReadCloser // nil between transfers
	offset int64         // of the next byte to deliver
	broken error         // why the last transfer ended
	tries  patience
}

// stream opens an object.
func (c *Client) stream(ctx context.Context, name string) (*stream, error) {
	o, err := c.object(ctx, name)
	if err != nil {
		return nil, err
	}
	s := &stream{object: o, tries: patience{client: c}}
	return persist(ctx, c, func() (*stream, error) { return s, s.start() })
}

// start starts the first transfer, or another one when the ones before delivered nothing.
func (s *stream) start() error {
	answer, err := s.get(http.Header{})
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return &unretryable{errOtherRange}
	}
	s.body, s.version = answer.Body, versionOf(answer)
	return nil
}

// Read delivers the object's next bytes. Its error is final.
func (s *stream) Read(p []byte) (int, error) {
	for {
		n, err := s.next(p)
		if n > 0 {
			s.offset += int64(n)
			s.tries.failures = 0
			return n, nil // an error comes again
		}
		switch {
		case err == io.EOF, len(p) == 0:
			return 0, err
		case err == nil:
			continue
		}
		s.drop()
		s.broken = err
		if err := s.tries.after(s.ctx, err); err != nil {
			return 0, err
		}
	}
}

// next reads from the transfer that goes on, or from a new one.
func (s *stream) next(p []byte) (int, error) {
	switch {
	case s.version.size >= 0 && s.offset >= s.version.size:
		return 0, io.EOF
	case s.body == nil:
		if err := s.resume(); err != nil {
			return 0, err
		}
	}
	if left := s.version.size - s.offset; s.version.size >= 0 && left < int64(len(p)) {
		p = p[:left]
	}
	n, err := s.body.Read(p)
	if n == 0 && err == io.EOF && s.version.size >= 0 {
		err = errShort
	}
	return n, err
}

// resume starts a transfer where the one before broke off. A server that knows no ranges sends what was delivered once
// more, and it is passed over.
func (s *stream) resume() error {
	if s.offset == 0 {
		return s.start()
	}
	if missing := s.version.differs(s.version); missing != "" {
		return &unretryable{fmt.Errorf("%w; it cannot be taken up after byte %d: %s", final(s.broken), s.offset, missing)}
	}
	answer, err := s.again(fmt.Sprintf("bytes=%d-", s.offset), s.offset)
	if err != nil {
		return err
	}
	s.body = answer.Body
	if difference := s.version.differs(versionOf(answer)); difference != "" {
		return &ChangedError{Offset: s.offset, Reason: difference}
	}
	if s.version.size < 0 {
		s.version.size = versionOf(answer).size
	}
	if answer.StatusCode != http.StatusPartialContent {
		return passOver(s.body, s.offset)
	}
	if first, _, ok := contentRange(answer); !ok || first != s.offset {
		return errOtherRange
	}
	return nil
}

// passOver reads so many bytes for nothing.
func passOver(r io.Reader, n int64) error {
	_, err := io.CopyN(io.Discard, r, n)
	if err == io.EOF {
		return errShort
	}
	return err
}

// drop ends the transfer.
func (s *stream) drop() {
	if s.body != nil {
		s.body.Close()
		s.body = nil
	}
}
