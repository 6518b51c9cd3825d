package remote_test

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"retrohunt/sources/remote"
)

// site is a web server that breaks off its first answers.
type site struct {
	content [][]byte // for each answer; the last for all further ones
	cut     []int    // where each answer breaks off
	header  []http.Header
	ranges  bool
	chunked bool

	mu    sync.Mutex
	asked int
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.asked
	s.asked++
	for name, values := range s.header[min(n, len(s.header)-1)] {
		w.Header()[name] = values
	}
	content := s.content[min(n, len(s.content)-1)]
	if n < len(s.cut) {
		w = &cutting{w, s.cut[n]}
	}
	if start := rangeStart(r); s.ranges && start > 0 {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", start, len(content)-1, len(content)))
		w.WriteHeader(http.StatusPartialContent)
		w.Write(content[start:])
		return
	}
	if !s.chunked {
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
	}
	w.Write(content)
}

func headers(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

func TestWebServers(t *testing.T) {
	one, two := noise(1, 300_000), noise(2, 300_000)
	const (
		early = "Mon, 06 May 2024 07:00:00 GMT"
		late  = "Mon, 06 May 2024 08:00:00 GMT"
	)
	for _, test := range []struct {
		what string
		site *site
		n    int    // bytes of one that are delivered
		err  string // what the error contains
	}{
		{"ranges and a strong ETag", &site{header: []http.Header{headers("ETag", `"1"`)}, ranges: true}, 300_000, ""},
		{"ranges, a strong ETag, no length", &site{header: []http.Header{headers("ETag", `"1"`)}, ranges: true, chunked: true}, 300_000, ""},
		{"ranges and a date", &site{header: []http.Header{headers("Last-Modified", early)}, ranges: true}, 300_000, ""},
		{"no ranges and a strong ETag", &site{header: []http.Header{headers("ETag", `"1"`)}}, 300_000, ""},
		{"no ranges, a weak ETag and a date", &site{header: []http.Header{headers("ETag", `W/"1"`, "Last-Modified", early)}}, 300_000, ""},
		{"no ranges and a date", &site{header: []http.Header{headers("Last-Modified", early)}}, 300_000, ""},
		{
			"nothing to tell it by",
			&site{header: []http.Header{{}}, ranges: true},
			100_000,
			"hung up; it cannot be taken up after byte 100000: the server gives neither ETag nor Last-Modified",
		},
		{"a weak ETag only", &site{header: []http.Header{headers("ETag", `W/"1"`)}}, 100_000, "neither ETag nor Last-Modified"},
		{"a date but no length", &site{header: []http.Header{headers("Last-Modified", early)}, chunked: true}, 100_000, "neither ETag nor length"},
		{
			"another ETag",
			&site{content: [][]byte{one, two}, header: []http.Header{headers("ETag", `"1"`), headers("ETag", `"2"`)}, ranges: true},
			100_000, "after byte 100000: its ETag is another one",
		},
		{
			"another ETag, no ranges",
			&site{content: [][]byte{one, two}, header: []http.Header{headers("ETag", `"1"`), headers("ETag", `"2"`)}},
			100_000, "its ETag is another one",
		},
		{
			"another date",
			&site{content: [][]byte{one, two}, header: []http.Header{headers("Last-Modified", early), headers("Last-Modified", late)}},
			100_000, "its Last-Modified is another one",
		},
		{
			"no ETag any more",
			&site{content: [][]byte{one, two}, header: []http.Header{headers("ETag", `"1"`), headers("Last-Modified", late)}},
			100_000, "its ETag is another one",
		},
		{
			"another length",
			&site{content: [][]byte{one, two[:299_000]}, header: []http.Header{headers("Last-Modified", early)}},
			100_000,
			"it had 300000 bytes and has 299000",
		},
		{
			"a shorter one to the same ETag", &site{content: [][]byte{one, one[:50_000]}, header: []http.Header{headers("ETag", `"1"`)}, chunked: true}, 100_000,
			"the server sent less than it said (tried 6 times)",
		},
		{"an empty object", &site{content: [][]byte{{}}, cut: []int{}, header: []http.Header{{}}}, 0, ""},
	} {
		t.Run(test.what, func(t *testing.T) {
			s := test.site
			if s.content == nil {
				s.content = [][]byte{one}
			}
			if s.cut == nil {
				s.cut = []int{100_000, 0, 150_000}
			}
			server := httptest.NewServer(s)
			defer server.Close()
			c, _ := newClient(t, remote.Options{})
			got, err := readAll(c, server.URL+"/export.json?x=1")
			if len(got) != test.n || !bytes.HasPrefix(one, got) {
				t.Errorf("%d bytes", len(got))
			}
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Errorf("error: %v", err)
			}
		})
	}
}

func TestAServerThatSendsOtherBytesIsNotBelieved(t *testing.T) {
	content := noise(1, 300_000)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		start := rangeStart(r)
		if start == 0 {
			w.Header().Set("Content-Length", "300000")
			(&cutting{w, 100_000}).Write(content)
		}
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-299999/300000", start-1))
		w.WriteHeader(http.StatusPartialContent)
		w.Write(content[start-1:])
	}))
	defer server.Close()
	c, _ := newClient(t, remote.Options{})
	got, err := readAll(c, server.URL)
	want := "the server sent other bytes than it was asked for (tried 6 times)"
	if err == nil || err.Error() != want || !bytes.Equal(got, content[:100_000]) {
		t.Errorf("%d bytes and %v", len(got), err)
	}
}

func TestARedirectTakesNoSecretAlong(t *testing.T) {
	var second http.Header
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		second = r.Header.Clone()
		fmt.Fprint(w, "content")
	}))
	defer other.Close()
	var first http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first = r.Header.Clone()
		http.Redirect(w, r, other.URL+"/there", http.StatusFound)
	}))
	defer server.Close()
	c, _ := newClient(t, remote.Options{})
	got, err := readAll(c, strings.Replace(server.URL, "://", "://hunter:secret@", 1)+"/here?sig=secret")
	if err != nil || string(got) != "content" {
		t.Fatalf("%q and %v", got, err)
	}
	if first.Get("Authorization") == "" {
		t.Error("the first host gets no password")
	}
	for _, header := range []string{"Authorization", "Referer", "Cookie"} {
		if second.Get(header) != "" {
			t.Errorf("the other host gets %s: %s", header, second.Get(header))
		}
	}
}

func TestABucketFollowsNoRedirect(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the other host is asked") }))
	defer other.Close()
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	for _, scheme := range []string{"s3", "gs", "azblob"} {
		c, naps := newClient(t, remote.Options{Endpoint: server.URL})
		_, err := readAll(c, scheme+"://bucket/x")
		if err == nil || err.Error() != "the server answered 307 Temporary Redirect" || len(naps.waits) != 0 {
			t.Errorf("%s: %v", scheme, err)
		}
	}
}

func TestRedirectsThatAreNotFollowed(t *testing.T) {
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the plain host is asked") }))
	defer plain.Close()
	for _, test := range []struct{ to, want string }{
		{plain.URL, "redirected from https to http, which is not followed"},
		{"file:///etc/passwd", "redirected to what is neither http nor https"},
		{"/again", "stopped after 10 redirects"},
	} {
		server := httptest.NewUnstartedServer(http.RedirectHandler(test.to, http.StatusFound))
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		waits := &naps{}
		c := remote.New(remote.Options{Transport: server.Client().Transport, Sleep: waits.sleep})
		_, err := readAll(c, server.URL)
		if err == nil || err.Error() != test.want || len(waits.waits) != 0 {
			t.Errorf("%s: %v", test.to, err)
		}
		untrusting, waits := newClient(t, remote.Options{})
		if _, err := readAll(untrusting, server.URL); err == nil || !strings.Contains(err.Error(), "certificate") || len(waits.waits) != 0 {
			t.Errorf("a certificate of nobody's: %v", err)
		}
		server.Close()
	}
}

func TestAURLIsOneObject(t *testing.T) {
	c, _ := newClient(t, remote.Options{})
	objects, err := c.List(t.Context(), "https://example.com/*.json?a=b")
	if err != nil || len(objects) != 1 || objects[0] != (remote.Object{Name: "https://example.com/*.json?a=b", Size: -1}) {
		t.Errorf("%v and %v", objects, err)
	}
}

func TestShownNamesHoldNoSecret(t *testing.T) {
	for name, want := range map[string]string{
		"https://hunter:secret@example.com/a%20b?X-Amz-Signature=secret#secret": "https://example.com/a%20b",
		"http://example.com/a":       "http://example.com/a",
		"https://[secret":            "https://…",
		"s3://trails/a?b=c@d":        "s3://trails/a?b=c@d",
		"logs/https://example?x.txt": "logs/https://example?x.txt",
	} {
		if got := remote.Shown(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestIs(t *testing.T) {
	for path, want := range map[string]bool{
		"s3://b": true, "gs://b/c": true, "azblob://c": true, "http://x": true, "https://x": true,
		"": false, "-": false, "s3": false, "s3:/b": false, "logs/s3://b": false, "ftp://x": false, `C:\logs`: false,
	} {
		if remote.Is(path) != want {
			t.Errorf("%q", path)
		}
	}
	c, _ := newClient(t, remote.Options{})
	for _, name := range []string{"logs/a.json", "s3://", "gs:///x", "http://%zz"} {
		if _, err := c.Open(t.Context(), name); err == nil {
			t.Errorf("%s can be opened", name)
		}
	}
}
