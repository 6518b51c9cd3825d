package remote_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"

	"retrohunt/sources/remote"
)

func TestAnObjectIsReadAtAnyPlace(t *testing.T) {
	content := noise(1, 11<<20+12345)
	server := newS3(t)
	server.put(t, "big.json", content)
	random := rand.New(rand.NewPCG(1, 2))
	server.fault = func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
		switch random.IntN(6) {
		case 0:
			w.WriteHeader(http.StatusInternalServerError)
			return nil
		case 1:
			return &cutting{w, random.IntN(1 << 20)}
		}
		return w
	}
	c, _ := newClient(t, remote.Options{Endpoint: server.URL, MaxRetries: 20})
	r, size, err := c.OpenAt(t.Context(), name)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("%d bytes and %v", size, err)
	}
	want := bytes.NewReader(content)
	for range 60 {
		offset := random.Int64N(size + 100)
		p, q := make([]byte, random.IntN(3<<20)), make([]byte, 3<<20)
		n, err := r.ReadAt(p, offset)
		m, wantErr := want.ReadAt(q[:len(p)], offset)
		if n != m || err != wantErr || !bytes.Equal(p[:n], q[:m]) {
			t.Fatalf("%d bytes at %d: %d and %v, want %d and %v", len(p), offset, n, err, m, wantErr)
		}
	}
	if _, err := r.ReadAt(make([]byte, 1), -1); err == nil {
		t.Error("a negative offset")
	}
}

func TestSmallReadsCostNoRequestEach(t *testing.T) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for i := range 200 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: string(rune('a'+i%26)) + ".json", Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		w.Write(noise(uint64(i), 10_000))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	server := newS3(t)
	server.put(t, "big.json", file.Bytes())
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	r, size, err := c.OpenAt(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range archive.File {
		member, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(member); err != nil || !bytes.Equal(got, noise(uint64(i), 10_000)) {
			t.Fatalf("member %d: %d bytes and %v", i, len(got), err)
		}
	}
	if n := server.count(); n != 2 { // two MiB
		t.Errorf("%d requests", n)
	}
}

func TestTheLastRangesAreKept(t *testing.T) {
	server := newS3(t)
	server.put(t, "big.json", noise(1, 10<<20))
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	r, _, err := c.OpenAt(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ mib, requests int }{
		{0, 1},
		{1, 2},
		{2, 3},
		{3, 4},
		{4, 5},
		{5, 6},
		{6, 7},
		{7, 8},
		{0, 8}, // all eight are there
		{8, 9}, // in place of 1
		{0, 9},
		{2, 9},
		{1, 10},
	} {
		if _, err := r.ReadAt(make([]byte, 10), int64(step.mib)<<20); err != nil || server.count() != step.requests {
			t.Fatalf("MiB %d: %d requests and %v", step.mib, server.count(), err)
		}
	}
}

func TestWhatCannotBeReadAtAnyPlace(t *testing.T) {
	server := newS3(t)
	server.put(t, "big.json", noise(1, 3<<20))
	server.put(t, "empty.json", nil)
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	r, size, err := c.OpenAt(t.Context(), "s3://"+bucket+"/empty.json")
	if err != nil || size != 0 {
		t.Fatalf("an empty object: %d and %v", size, err)
	}
	if n, err := r.ReadAt(make([]byte, 1), 0); n != 0 || err != io.EOF {
		t.Errorf("an empty object: %d and %v", n, err)
	}

	if _, _, err := c.OpenAt(t.Context(), "s3://"+bucket+"/none"); err == nil {
		t.Error("no object")
	}

	r, _, err = c.OpenAt(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	server.put(t, "big.json", noise(2, 3<<20))
	if n, err := r.ReadAt(make([]byte, 100), 0); n != 100 || err != nil { // kept
		t.Errorf("%d and %v", n, err)
	}
	var changed *remote.ChangedError
	if n, err := r.ReadAt(make([]byte, 100), 1<<20-10); n != 10 || !errors.As(err, &changed) {
		t.Errorf("a changed object: %d and %v", n, err)
	}

	plain := httptest.NewServer(&site{content: [][]byte{noise(1, 1000)}, header: []http.Header{headers("ETag", `"1"`)}})
	defer plain.Close()
	if _, _, err := c.OpenAt(t.Context(), plain.URL); !errors.Is(err, remote.ErrNoRanges) {
		t.Errorf("a server without ranges: %v", err)
	}
}
