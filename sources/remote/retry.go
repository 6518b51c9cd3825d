package remote

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// refused is a StatusError with the headers of its answer, while it is not decided what it means.
type refused struct {
	*StatusError
	header http.Header
}

func (e *refused) Unwrap() error { return e.StatusError }

// unretryable is an error that comes again at each try.
type unretryable struct{ error }

func (e *unretryable) Unwrap() error { return e.error }

// patience counts the failures in a row of one transfer.
type patience struct {
	client   *Client
	failures int
}

// after waits before another try. It returns an error if err is one that no other try will help, or if there were enough.
func (p *patience) after(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !passing(err) {
		return final(err)
	}
	p.failures++
	if p.failures > p.client.options.MaxRetries {
		if p.failures == 1 {
			return final(err)
		}
		return fmt.Errorf("%w (tried %d times)", final(err), p.failures)
	}
	return p.client.options.Sleep(ctx, max(backoff(p.failures), retryAfter(err)))
}

// persist tries until it succeeds, or fails for good.
func persist[T any](ctx context.Context, c *Client, try func() (T, error)) (T, error) {
	tries := patience{client: c}
	for {
		got, err := try()
		if err == nil {
			return got, nil
		}
		if err := tries.after(ctx, err); err != nil {
			return got, err
		}
	}
}

// passing reports whether an error may be gone at another try.
func passing(err error) bool {
	var (
		refusal  *refused
		own      *unretryable
		changed  *ChangedError
		unknown  *net.DNSError
		untrusty *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &refusal):
		return refusal.Status >= 500 || refusal.Status == http.StatusTooManyRequests || refusal.Status == http.StatusRequestTimeout
	case errors.As(err, &unknown):
		return !unknown.IsNotFound
	case errors.As(err, &own), errors.As(err, &changed), errors.As(err, &untrusty):
		return false
	}
	return true
}

// final is an error as callers get it.
func final(err error) error {
	var refusal *refused
	var own *unretryable
	switch {
	case errors.As(err, &refusal):
		return refusal.StatusError
	case errors.As(err, &own):
		return own.error
	}
	return err
}

// retryAfter is how long a server asks to be left alone, up to a minute.
func retryAfter(err error) time.Duration {
	var refusal *refused
	if !errors.As(err, &refusal) {
		return 0
	}
	seconds, err := strconv.Atoi(refusal.header.Get("Retry-After"))
	if err != nil {
		return 0
	}
	return time.Duration(min(max(seconds, 0), 60)) * time.Second
}
