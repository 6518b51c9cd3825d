package remote

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// stay follows no redirect: the answer itself is what the caller gets.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// follow follows redirects, but not out of https, and without telling where from: that URL may hold a signature. A password
// stays behind by itself, for it is in the URL too.
func follow(next *http.Request, before []*http.Request) error {
	last := before[len(before)-1].URL
	switch {
	case len(before) >= 10:
		return errLoop
	case next.URL.Scheme != "https" && next.URL.Scheme != "http":
		return errElsewhere
	case last.Scheme == "https" && next.URL.Scheme == "http":
		return errDowngrade
	}
	next.Header.Del("Referer")
	return nil
}

// build makes a request for one try.
type build func(context.Context) (*http.Request, error)

// send makes one request and returns its answer if that has a good status. Errors do not name the URL, which may hold a
// signature.
func (c *Client) send(ctx context.Context, l location, b build) (*http.Response, error) {
	guarded, cancel := context.WithCancelCause(ctx)
	idle := time.AfterFunc(c.options.IdleTimeout, func() { cancel(errStalled) })
	answer, signed, err := c.roundTrip(guarded, l, b)
	idle.Stop()
	if err != nil {
		err = cause(guarded, err)
		cancel(nil)
		return nil, err
	}
	answer.Body = &guardedBody{answer.Body, guarded, cancel, idle, c.options.IdleTimeout}
	if answer.StatusCode == http.StatusOK || answer.StatusCode == http.StatusPartialContent {
		return answer, nil
	}
	defer answer.Body.Close()
	refusal := statusError(answer)
	refusal.Unsigned = !signed
	return nil, &refused{refusal, answer.Header}
}

// roundTrip sends a request, and once more if the answer says that the bucket is elsewhere.
func (c *Client) roundTrip(ctx context.Context, l location, b build) (answer *http.Response, signed bool, err error) {
	client := c.buckets
	if l.bucket == "" {
		client = c.web
	}
	for first := true; ; first = false {
		request, err := b(ctx)
		if err != nil {
			return nil, false, &unretryable{err}
		}
		signed = l.bucket == "" || request.Header.Get("Authorization") != "" || request.URL.Query().Has("sig")
		if request.Header.Get("Accept-Encoding") == "" {
			request.Header.Set("Accept-Encoding", "identity")
		}
		answer, err := client.Do(request)
		if err != nil {
			return nil, false, err
		}
		m, ok := c.stores[l.scheme].(mover)
		if !first || !ok || !m.moved(l, answer) {
			return answer, signed, nil
		}
		answer.Body.Close()
	}
}

// cause is why a request really failed, without its URL. It is never io.EOF, which would be the end of the object.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errHungUp
	}
	return err
}

// guardedBody is a body whose reads end when nothing comes for too long.
type guardedBody struct {
	body   io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	idle   *time.Timer
	limit  time.Duration
}

func (b *guardedBody) Read(p []byte) (int, error) {
	b.idle.Reset(b.limit)
	n, err := b.body.Read(p)
	b.idle.Stop()
	if err != nil && err != io.EOF {
		err = cause(b.ctx, err)
	}
	return n, err
}

func (b *guardedBody) Close() error {
	b.idle.Stop()
	b.cancel(nil)
	return b.body.Close()
}
