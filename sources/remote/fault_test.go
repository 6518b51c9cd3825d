package remote_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"
	"time"

	"retrohunt/sources/remote"
)

const name = "s3://" + bucket + "/big.json"

// Each transfer is cut at a random place, or refused for now, or not answered at all; what arrives is the object.
func TestABrokenTransferIsTakenUpWhereItBrokeOff(t *testing.T) {
	content := noise(1, 700_000)
	for seed := range uint64(60) {
		server := newS3(t)
		server.put(t, "big.json", content)
		random := rand.New(rand.NewPCG(seed, 0))
		server.fault = func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
			switch random.IntN(8) {
			case 0:
				w.WriteHeader(http.StatusServiceUnavailable)
				return nil
			case 1:
				hangUp()
			case 2:
				return w
			case 3:
				return &cutting{w, 0}
			}
			return &cutting{w, random.IntN(len(content) / 4)}
		}
		c, _ := newClient(t, remote.Options{Endpoint: server.URL, MaxRetries: 30})
		got, err := readAll(c, name)
		if err != nil || !bytes.Equal(got, content) {
			t.Fatalf("seed %d: %d bytes and %v", seed, len(got), err)
		}
		for _, r := range server.requests {
			if rangeStart(r) > 0 && r.Header.Get("If-Match") == "" {
				t.Fatal("a range without If-Match")
			}
		}
		server.Close()
	}
}

// At a random moment the object becomes another one, of the same length. No byte of that is delivered.
func TestAnObjectThatChangesIsAnErrorAndNoMixture(t *testing.T) {
	before, after := noise(1, 700_000), noise(2, 700_000)
	for seed := range uint64(40) {
		server := newS3(t)
		server.put(t, "big.json", before)
		random := rand.New(rand.NewPCG(seed, 0))
		cuts := 0
		server.fault = func(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
			if cuts++; cuts == 3 {
				server.put(t, "big.json", after)
				if random.IntN(2) == 0 { // what a server says that knows If-Match; the other one leaves it to us
					w.WriteHeader(http.StatusPreconditionFailed)
					return nil
				}
			}
			return &cutting{w, 1 + random.IntN(len(before)/4)}
		}
		c, _ := newClient(t, remote.Options{Endpoint: server.URL})
		got, err := readAll(c, name)
		var changed *remote.ChangedError
		if !errors.As(err, &changed) || changed.Offset != int64(len(got)) || changed.Reason != "its ETag is another one" {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if len(got) == 0 || !bytes.HasPrefix(before, got) {
			t.Fatalf("seed %d: %d bytes that are not the object's", seed, len(got))
		}
		server.Close()
	}
}

func TestAnObjectThatGoesAwayIsAnError(t *testing.T) {
	server := newS3(t)
	server.put(t, "big.json", noise(1, 700_000))
	server.fault = func(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
		if rangeStart(r) > 0 {
			server.store.DeleteObject(bucket, "big.json")
			return w
		}
		return &cutting{w, 300_000}
	}
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	got, err := readAll(c, name)
	if err == nil || err.Error() != "the object changed while it was read, after byte 300000: it is no longer there" || len(got) != 300_000 {
		t.Errorf("%d bytes and %v", len(got), err)
	}
}

func TestPatienceRunsOut(t *testing.T) {
	server := newS3(t)
	server.put(t, "big.json", noise(1, 700_000))
	c, naps := newClient(t, remote.Options{Endpoint: server.URL, MaxRetries: 3})
	server.fault = func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
		w.Header().Set("Retry-After", "45")
		w.WriteHeader(http.StatusTooManyRequests)
		return nil
	}
	_, err := c.Open(t.Context(), name)
	if err == nil || err.Error() != "the server answered 429 Too Many Requests (tried 4 times)" {
		t.Errorf("at once: %v", err)
	}
	if want := slices.Repeat([]time.Duration{45 * time.Second}, 3); !slices.Equal(naps.waits, want) {
		t.Errorf("waits: %v", naps.waits)
	}

	server.fault = func(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
		if rangeStart(r) > 0 {
			hangUp()
		}
		return &cutting{w, 123_456}
	}
	got, err := readAll(c, name)
	if err == nil || err.Error() != "the server hung up (tried 4 times)" || len(got) != 123_456 {
		t.Errorf("midway: %d bytes and %v", len(got), err)
	}
	for i, wait := range naps.waits[3:] {
		if most := time.Second / 2 << i; wait < most/2 || wait > most {
			t.Errorf("wait %d is %v", i, wait)
		}
	}
	if never, naps := newClient(t, remote.Options{Endpoint: server.URL, MaxRetries: -1}); true {
		got, err := readAll(never, name)
		if err == nil || err.Error() != "the server hung up" || len(got) != 123_456 || len(naps.waits) != 0 {
			t.Errorf("never: %d bytes and %v", len(got), err)
		}
	}
}

func TestAServerThatFallsSilentIsAskedAgain(t *testing.T) {
	content := noise(1, 700_000)
	server := newS3(t)
	server.put(t, "big.json", content)
	server.fault = func(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
		if n := server.count(); n == 1 || n == 3 { // before an answer, and in one
			if n == 3 {
				w.Header().Set("Content-Length", "700000")
				w.WriteHeader(http.StatusOK)
				w.(http.Flusher).Flush()
			}
			<-r.Context().Done()
			return nil
		} else if n == 2 {
			w.WriteHeader(http.StatusBadGateway)
			return nil
		}
		return w
	}
	c, naps := newClient(t, remote.Options{Endpoint: server.URL, IdleTimeout: 300 * time.Millisecond, MaxRetries: 50})
	got, err := readAll(c, name)
	if err != nil || !bytes.Equal(got, content) || len(naps.waits) < 3 {
		t.Errorf("%d bytes and %v after %d waits", len(got), err, len(naps.waits))
	}
}

func TestCancelledReadingEnds(t *testing.T) {
	server := newS3(t)
	server.put(t, "big.json", noise(1, 700_000))
	server.fault = func(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
		w.Header().Set("Content-Length", "700000")
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return nil
	}
	c, naps := newClient(t, remote.Options{Endpoint: server.URL})
	ctx, cancel := context.WithCancel(t.Context())
	body, err := c.Open(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := io.ReadAll(body); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
	if err := body.Close(); err != nil || len(naps.waits) != 0 {
		t.Errorf("close: %v after %d waits", err, len(naps.waits))
	}
	if _, err := body.Read(make([]byte, 1)); err == nil {
		t.Error("a closed stream can be read")
	}
}
