package remote_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"retrohunt/sources/remote"
)

const (
	keyID  = "AKIDEXAMPLE"
	secret = "not/a+real/secret"
)

// now is when all tests happen.
var now = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

// environment is a getenv.
type environment map[string]string

func (e environment) get(name string) string { return e[name] }

// loopback is a transport that reaches this machine only.
func loopback(t *testing.T) *http.Transport {
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(address)
		if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
			t.Errorf("a connection to %s", address)
			return nil, fmt.Errorf("%s is not this machine", address)
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

// naps are the waits between retries, which take no time.
type naps struct {
	mu    sync.Mutex
	waits []time.Duration
}

func (n *naps) sleep(ctx context.Context, d time.Duration) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.waits = append(n.waits, d)
	return ctx.Err()
}

// newClient is a client with S3 keys, for a server of this machine.
func newClient(t *testing.T, o remote.Options) (*remote.Client, *naps) {
	n := &naps{}
	o.Transport, o.Sleep, o.Now = loopback(t), n.sleep, func() time.Time { return now }
	if o.Getenv == nil {
		o.Getenv = environment{
			"AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": "the-token",
			"AWS_REGION": "eu-central-1", "AWS_CONFIG_FILE": "none", "AWS_SHARED_CREDENTIALS_FILE": "none",
		}.get
	}
	return remote.New(o), n
}

// s3 is an S3-compatible server on this machine that also checks signatures, and has faults.
type s3 struct {
	*httptest.Server
	store *s3mem.Backend

	mu       sync.Mutex
	requests []*http.Request
	region   string // of requests that are let in

	faults sync.Mutex // one at a time
	fault  func(w http.ResponseWriter, r *http.Request) http.ResponseWriter
}

const bucket = "trails"

func newS3(t *testing.T) *s3 {
	s := &s3{store: s3mem.New(), region: "eu-central-1"}
	if err := s.store.CreateBucket(bucket); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(s.store, gofakes3.WithTimeSkewLimit(0)).Server()
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r.Clone(context.Background()))
		fault, region := s.fault, s.region
		s.mu.Unlock()
		if refusal := checkSignature(r, region); refusal != "" {
			w.Header().Set("X-Amz-Bucket-Region", region)
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, "<Error><Code>SignatureDoesNotMatch</Code><Message>%s</Message></Error>", refusal)
			return
		}
		if fault != nil {
			if w = s.faulty(fault, w, r); w == nil {
				return
			}
		}
		fake.ServeHTTP(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of refusals that it makes after a first byte
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func (s *s3) faulty(
	fault func(http.ResponseWriter, *http.Request) http.ResponseWriter, w http.ResponseWriter, r *http.Request,
) http.ResponseWriter {
	s.faults.Lock()
	defer s.faults.Unlock()
	return fault(w, r)
}

func (s *s3) put(t *testing.T, key string, content []byte) {
	t.Helper()
	_, err := s.store.PutObject(bucket, key, map[string]string{}, bytes.NewReader(content), int64(len(content)), nil)
	if err != nil {
		t.Fatal(err)
	}
}

func (s *s3) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.requests)
}

// checkSignature holds a request against Signature Version 4, as the reference of S3 tells it. It returns what is wrong.
func checkSignature(r *http.Request, region string) string {
	fields := map[string]string{}
	method, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	for field := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		fields[name] = value
	}
	date := r.Header.Get("X-Amz-Date")
	if method != "AWS4-HMAC-SHA256" || len(date) < 8 {
		return "not signed"
	}
	scope := date[:8] + "/" + region + "/s3/aws4_request"
	if fields["Credential"] != keyID+"/"+scope {
		return "for " + fields["Credential"]
	}
	path, err := url.PathUnescape(r.URL.EscapedPath())
	if err != nil {
		return err.Error()
	}
	lines := []string{r.Method, strictly(path, "/"), canonicalQuery(r.URL.Query())}
	signed := strings.Split(fields["SignedHeaders"], ";")
	for _, must := range []string{"host", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"} {
		if !slices.Contains(signed, must) {
			return must + " is not signed"
		}
	}
	for _, name := range signed {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		lines = append(lines, name+":"+strings.TrimSpace(value))
	}
	lines = append(lines, "", fields["SignedHeaders"], r.Header.Get("X-Amz-Content-Sha256"))
	hash := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	text := "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + hex.EncodeToString(hash[:])
	key := []byte("AWS4" + secret)
	for _, part := range append(strings.Split(scope, "/"), text) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	if hex.EncodeToString(key) != fields["Signature"] {
		return "another signature"
	}
	return ""
}

func canonicalQuery(query url.Values) string {
	var pairs []string
	for name, values := range query {
		for _, v := range values {
			pairs = append(pairs, strictly(name, "")+"="+strictly(v, ""))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// strictly escapes all but unreserved characters and those of keep.
func strictly(s, keep string) string {
	out := url.QueryEscape(s) // escapes all but unreserved characters, and has + for a space
	out = strings.ReplaceAll(out, "+", "%20")
	if keep == "/" {
		out = strings.ReplaceAll(out, "%2F", "/")
	}
	return out
}

// cutting is an answer whose connection breaks after so many bytes.
type cutting struct {
	http.ResponseWriter
	left int
}

func (c *cutting) Write(p []byte) (int, error) {
	if len(p) < c.left {
		c.left -= len(p)
		return c.ResponseWriter.Write(p)
	}
	c.ResponseWriter.Write(p[:c.left])
	c.ResponseWriter.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

// hangUp ends a connection without an answer.
func hangUp() { panic(http.ErrAbortHandler) }

// noise is content in which every place is told from every other.
func noise(seed uint64, size int) []byte {
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	b := make([]byte, size)
	r.Read(b)
	return b
}

func readAll(c *remote.Client, name string) ([]byte, error) {
	body, err := c.Open(context.Background(), name)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

func names(objects []remote.Object) []string {
	var out []string
	for _, o := range objects {
		out = append(out, o.Name)
	}
	return out
}

// rangeStart is the first byte that a request asks for.
func rangeStart(r *http.Request) int {
	text, _, _ := strings.Cut(strings.TrimPrefix(r.Header.Get("Range"), "bytes="), "-")
	n, _ := strconv.Atoi(text)
	return n
}
