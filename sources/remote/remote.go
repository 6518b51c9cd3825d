// Package remote reads objects that are not on this machine's disks: in S3 and what speaks its protocol (s3://bucket/key),
// in Google Cloud Storage (gs://bucket/key), in Azure Blob Storage (azblob://container/blob) and behind http(s):// URLs. It
// lists them, streams them, and goes on where a transfer broke off.
//
// It does not decompress, does not look into what it delivers, writes nothing anywhere and knows no identity but what the
// environment holds (see Options.Getenv). An object that changes while it is read is an error, never a mixture.
//
// A Client is for any number of goroutines. What Open returns belongs to one of them, which must close it; what OpenAt
// returns may be read by several and holds no connection. Each open stream holds up to 8 MiB, each ReaderAt too.
package remote

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"time"
)

// Object is one thing that can be opened.
type Object struct {
	Name     string    // as Open takes it: the whole URL, with the key as it is, not percent-encoded
	Size     int64     // bytes as stored; -1 if unknown (http and https)
	ETag     string    // without quotes; "" if unknown
	Modified time.Time // zero if unknown
}

// Options are what a Client needs to know; the zero value is that of a program on a user's machine.
type Options struct {
	Endpoint    string        // where buckets and containers are, instead of their provider's own address, e.g. "http://192.0.2.7:9000"
	Region      string        // of S3 buckets; "" asks the environment, and corrects itself by what S3 answers
	PathStyle   bool          // the bucket in the path of the URL also at AWS; another endpoint always gets it there
	Anonymous   bool          // use no credentials even if there are some
	MaxRetries  int           // how often in a row a request may fail before that counts. 0 is 5, less is never
	IdleTimeout time.Duration // without a byte from the server before that is a failed request. 0 is a minute

	Transport http.RoundTripper                          // nil is one like http.DefaultTransport, with the proxies of the environment
	Getenv    func(string) string                        // nil is os.Getenv
	Now       func() time.Time                           // what requests are signed with; nil is time.Now
	Sleep     func(context.Context, time.Duration) error // between retries; nil sleeps
}

// Client reads from remote places.
type Client struct {
	options Options
	buckets *http.Client // follows nothing: a signature is for one host
	web     *http.Client
	stores  map[string]store // by scheme
	blocks  blockPool
}

// New returns a client. It asks no server anything, and reads no environment before it is needed.
func New(o Options) *Client {
	if o.MaxRetries == 0 {
		o.MaxRetries = 5
	}
	if o.IdleTimeout <= 0 {
		o.IdleTimeout = time.Minute
	}
	if o.Transport == nil {
		o.Transport = transport()
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	return &Client{
		options: o,
		buckets: &http.Client{Transport: o.Transport, CheckRedirect: stay},
		web:     &http.Client{Transport: o.Transport, CheckRedirect: follow},
		stores: map[string]store{
			"s3":     newAmazon(o),
			"gs":     newGoogle(o),
			"azblob": newAzure(o),
			"http":   web{},
			"https":  web{},
		},
	}
}

// transport is http.DefaultTransport with a connection for each of many workers, and with bodies left as they are stored.
func transport() http.RoundTripper {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	t.DisableCompression = true
	return t
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// backoff is how long to wait after so many failures in a row: half a second, twice that for each further one, at most half
// a minute, and each time only a random part of it, so that workers do not come back all at once.
func backoff(failures int) time.Duration {
	most := min(time.Second<<min(failures-1, 10)/2, 30*time.Second)
	return most/2 + rand.N(most/2)
}

// Open streams an object from its start. It reads ahead, so that the transfer goes on while the caller works on what it has.
// Errors of the first request are Open's own: a *StatusError if the server does not give the object. Later ones come from
// Read: a transfer that breaks off is taken up where it broke off, with If-Match on the ETag, and ends with a *ChangedError
// if the object is no longer the one that was opened.
func (c *Client) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancel(ctx)
	s, err := c.stream(ctx, name)
	if err != nil {
		cancel()
		return nil, err
	}
	return c.readAhead(s, cancel), nil
}
