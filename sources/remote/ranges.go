package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
)

const (
	rangeSize  = 1 << 20
	rangesKept = 8
)

// ranges reads an object at any place, a MiB at a time, and keeps the last few.
type ranges struct {
	object
	mu   sync.Mutex
	kept []span // the last used first
}

type span struct {
	first int64
	bytes []byte
}

// OpenAt opens an object to be read at any place, and returns its size in bytes. Small reads cost no request each: the MiB
// around them is asked for, and the last 8 are kept. Each request is retried like those of Open; ctx is for all of them. The
// error is ErrNoRanges if the server serves no ranges; Open works all the same then.
func (c *Client) OpenAt(ctx context.Context, name string) (io.ReaderAt, int64, error) {
	o, err := c.object(ctx, name)
	if err != nil {
		return nil, 0, err
	}
	r := &ranges{object: o}
	if _, err := r.span(0); err != nil {
		return nil, 0, err
	}
	return r, r.version.size, nil
}

func (r *ranges) ReadAt(p []byte, offset int64) (int, error) {
	if offset < 0 {
		return 0, errors.New("negative offset")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for n < len(p) {
		at := offset + int64(n)
		if at >= r.version.size {
			return n, io.EOF
		}
		s, err := r.span(at - at%rangeSize)
		if err != nil {
			return n, err
		}
		n += copy(p[n:], s.bytes[at-s.first:])
	}
	return n, nil
}

// span returns the one that starts at first, and keeps it.
func (r *ranges) span(first int64) (span, error) {
	for i, s := range r.kept {
		if s.first == first {
			copy(r.kept[1:i+1], r.kept[:i])
			r.kept[0] = s
			return s, nil
		}
	}
	s, err := persist(r.ctx, r.client, func() (span, error) { return r.fetch(first) })
	if err != nil {
		return span{}, err
	}
	r.kept = append([]span{s}, r.kept[:min(len(r.kept), rangesKept-1)]...)
	return s, nil
}

// fetch asks for the span that starts at first.
func (r *ranges) fetch(first int64) (span, error) {
	bytes := fmt.Sprintf("bytes=%d-%d", first, first+rangeSize-1)
	ask := func() (*http.Response, error) { return r.again(bytes, first) }
	if r.version.size < 0 {
		ask = func() (*http.Response, error) { return r.get(http.Header{"Range": {bytes}}) }
	}
	answer, err := ask()
	if refusal, ok := err.(*refused); ok && refusal.Status == http.StatusRequestedRangeNotSatisfiable {
		r.version.size = 0 // only an empty object has no first byte
		return span{}, nil
	}
	if err != nil {
		return span{}, err
	}
	defer answer.Body.Close()
	if err := r.check(answer, first); err != nil {
		return span{}, err
	}
	s := span{first, make([]byte, min(rangeSize, r.version.size-first))}
	if _, err = io.ReadFull(answer.Body, s.bytes); err == io.EOF || err == io.ErrUnexpectedEOF {
		err = errShort
	}
	return s, err
}

// check holds an answer against the question and against the version of the object, which the first answer tells.
func (r *ranges) check(answer *http.Response, first int64) error {
	start, size, ok := contentRange(answer)
	v := versionOf(answer)
	if r.version.size < 0 {
		if !ok || size < 0 || v.differs(v) != "" {
			return &unretryable{ErrNoRanges}
		}
		r.version = v
	}
	if difference := r.version.differs(v); difference != "" {
		return &ChangedError{Offset: first, Reason: difference}
	}
	if !ok || start != first {
		return errOtherRange
	}
	return nil
}
