package remote_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/sources/remote"
)

const (
	accountName = "acmelogs"
	accountKey  = "bm90LWEtcmVhbC1rZXk=" // not-a-real-key
)

// azure is a server with one container, logs, that checks Shared Key signatures and lists three names to a page.
type azure struct {
	*httptest.Server
	mu     sync.Mutex
	blobs  map[string][]byte
	refuse string              // what was wrong with the last request
	fault  func(*http.Request) // may hang up
	cut    int                 // where answers with a blob break off; 0 is nowhere
	sas    string              // the signature that is let in without a key
}

func newAzure(t *testing.T) *azure {
	s := &azure{blobs: map[string][]byte{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *azure) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault != nil {
		s.fault(r)
	}
	if s.refuse = checkSharedKey(r); s.refuse != "" && (s.sas == "" || r.URL.Query().Get("sig") != s.sas) {
		w.Header().Set("X-Ms-Error-Code", "AuthenticationFailed")
		w.WriteHeader(http.StatusForbidden)
		return
	}
	if r.URL.Query().Get("comp") == "list" {
		s.list(w, r.URL.Query())
		return
	}
	content, ok := s.blobs[strings.TrimPrefix(r.URL.Path, "/logs/")]
	etag := fmt.Sprintf(`"0x%x"`, sha256.Sum256(content))
	switch {
	case !ok:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "\ufeff"+`<?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code><Message>The specified blob does not exist.`+
			"\nRequestId:1</Message></Error>")
		return
	case r.Header.Get("If-Match") != "" && r.Header.Get("If-Match") != etag:
		w.WriteHeader(http.StatusPreconditionFailed)
		return
	}
	w.Header().Set("ETag", etag)
	start := rangeStart(r)
	w.Header().Set("Content-Length", fmt.Sprint(len(content)-start))
	if start > 0 {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", start, len(content)-1, len(content)))
		w.WriteHeader(http.StatusPartialContent)
	}
	if s.cut > 0 {
		w = &cutting{w, s.cut}
	}
	w.Write(content[start:])
}

// list answers with a byte order mark, as the service does.
func (s *azure) list(w http.ResponseWriter, query url.Values) {
	var keys []string
	for key := range s.blobs {
		if strings.HasPrefix(key, query.Get("prefix")) && hex.EncodeToString([]byte(key)) >= query.Get("marker") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	next := ""
	if len(keys) > 3 {
		keys, next = keys[:3], hex.EncodeToString([]byte(keys[3]))
	}
	fmt.Fprint(w, "\ufeff"+`<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="logs"><Blobs>`)
	for _, key := range keys {
		shown := "<Name>" + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(key) + "</Name>"
		if strings.Contains(key, "\ufffe") {
			shown = `<Name Encoded="true">` + url.PathEscape(key) + "</Name>"
		}
		fmt.Fprintf(w, "<Blob>%s<Properties><Last-Modified>Mon, 06 May 2024 07:00:00 GMT</Last-Modified><Etag>0x1</Etag>"+
			"<Content-Length>%d</Content-Length></Properties></Blob>", shown, len(s.blobs[key]))
	}
	fmt.Fprintf(w, "</Blobs><NextMarker>%s</NextMarker></EnumerationResults>", next)
}

// checkSharedKey holds a request against "Authorize with Shared Key". It returns what is wrong.
func checkSharedKey(r *http.Request) string {
	h := r.Header
	text := "GET\n\n\n\n\n\n\n\n" + h.Get("If-Match") + "\n\n\n" + h.Get("Range") + "\n" +
		"x-ms-date:" + h.Get("X-Ms-Date") + "\nx-ms-version:" + h.Get("X-Ms-Version") + "\n" +
		"/" + accountName + r.URL.EscapedPath()
	query := r.URL.Query()
	for _, name := range []string{"comp", "marker", "prefix", "restype"} { // all there are, in order
		if query.Has(name) {
			text += "\n" + name + ":" + query.Get(name)
		}
	}
	key, err := base64.StdEncoding.DecodeString(accountKey)
	if err != nil {
		return err.Error()
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	if h.Get("X-Ms-Date") != "Mon, 06 May 2024 07:08:09 GMT" || h.Get("X-Ms-Version") == "" {
		return "no date or version"
	}
	if h.Get("Authorization") != "SharedKey "+accountName+":"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		return "another signature"
	}
	return ""
}

func TestAzureContainersAreListedAndRead(t *testing.T) {
	server := newAzure(t)
	var want []string
	for i, key := range append([]string{"\ufffe.json", "y=2024/m=05/PT1H.json", "y=2024/m=06/PT1H.json"}, oddKeys...) {
		server.blobs[key] = noise(uint64(i), 200_000+i)
		want = append(want, "azblob://logs/"+key)
	}
	slices.Sort(want)
	requests := 0
	server.fault = func(r *http.Request) {
		if strings.Contains(r.URL.RawQuery, "+") {
			t.Errorf("a plus for a space: %s", r.URL.RawQuery)
		}
		if requests++; requests%5 == 0 {
			hangUp()
		}
	}
	server.cut = 90_000
	for what, e := range map[string]environment{
		"account and key":   {"AZURE_STORAGE_ACCOUNT": accountName, "AZURE_STORAGE_KEY": accountKey},
		"connection string": {"AZURE_STORAGE_CONNECTION_STRING": "DefaultEndpointsProtocol=https; AccountName=" + accountName + ";AccountKey=" + accountKey},
	} {
		c, _ := newClient(t, remote.Options{Endpoint: server.URL, Getenv: e.get})
		objects, err := c.List(t.Context(), "azblob://logs")
		if err != nil {
			t.Fatalf("%s: %v, %s", what, err, server.refuse)
		}
		if diff := cmp.Diff(want, names(objects)); diff != "" {
			t.Fatal(diff)
		}
		if o := objects[0]; o.ETag != "0x1" || o.Size < 200_000 || o.Modified.IsZero() {
			t.Errorf("%+v", o)
		}
		if objects, err := c.List(t.Context(), "azblob://logs/a b*"); err != nil || len(objects) != 1 {
			t.Errorf("%v and %v", names(objects), err)
		}
		for _, o := range objects {
			got, err := readAll(c, o.Name)
			if err != nil || !bytes.Equal(got, server.blobs[strings.TrimPrefix(o.Name, "azblob://logs/")]) {
				t.Errorf("%s: %d bytes and %v, %s", o.Name, len(got), err, server.refuse)
			}
		}
	}
}

func TestAzureBySharedAccessSignature(t *testing.T) {
	server := newAzure(t)
	server.blobs["a b.json"] = []byte("content")
	server.sas = "x/+=y"
	sas := "sv=2021-12-02&sp=rl&sig=x%2F%2B%3Dy"
	for _, e := range []environment{
		{"AZURE_STORAGE_ACCOUNT": accountName, "AZURE_STORAGE_SAS_TOKEN": "?" + sas},
		{"AZURE_STORAGE_CONNECTION_STRING": "BlobEndpoint=" + server.URL + ";SharedAccessSignature=" + sas},
	} {
		o := remote.Options{Getenv: e.get}
		if e["AZURE_STORAGE_ACCOUNT"] != "" {
			o.Endpoint = server.URL
		}
		c, _ := newClient(t, o)
		objects, err := c.List(t.Context(), "azblob://logs/*.json")
		if err != nil || len(objects) != 1 {
			t.Fatalf("%v and %v", objects, err)
		}
		if got, err := readAll(c, objects[0].Name); err != nil || string(got) != "content" {
			t.Errorf("%q and %v", got, err)
		}
		server.Server.CloseClientConnections()
	}
	closed := newAzure(t)
	address := closed.URL
	closed.Close()
	c, _ := newClient(t, remote.Options{Endpoint: address, Getenv: environment{
		"AZURE_STORAGE_ACCOUNT": accountName, "AZURE_STORAGE_SAS_TOKEN": sas,
	}.get})
	if _, err := c.List(t.Context(), "azblob://logs"); err == nil || strings.Contains(err.Error(), "sig=") {
		t.Errorf("an error with a secret: %v", err)
	}
}

func TestAzureRefusals(t *testing.T) {
	server := newAzure(t)
	e := environment{"AZURE_STORAGE_ACCOUNT": accountName, "AZURE_STORAGE_KEY": accountKey}
	c, _ := newClient(t, remote.Options{Endpoint: server.URL, Getenv: e.get})
	_, err := readAll(c, "azblob://logs/none")
	if err == nil || err.Error() != "the server answered 404 Not Found, BlobNotFound: The specified blob does not exist." {
		t.Errorf("no blob: %v", err)
	}
	c, _ = newClient(t, remote.Options{Endpoint: server.URL, Getenv: e.get, Anonymous: true})
	_, err = readAll(c, "azblob://logs/none")
	if err == nil || err.Error() != "the server answered 403 Forbidden, AuthenticationFailed (asked without credentials)" {
		t.Errorf("anonymous: %v", err)
	}
	for _, e := range []environment{
		{},
		{"AZURE_STORAGE_ACCOUNT": "evil.example.com/"},
		{"AZURE_STORAGE_ACCOUNT": accountName, "AZURE_STORAGE_KEY": "not base64"},
		{"AZURE_STORAGE_CONNECTION_STRING": "BlobEndpoint=" + server.URL + ";AccountKey=" + accountKey},
		{"AZURE_STORAGE_CONNECTION_STRING": "BlobEndpoint=nowhere"},
	} {
		c, naps := newClient(t, remote.Options{Getenv: e.get})
		_, err := c.List(t.Context(), "azblob://logs")
		var status *remote.StatusError
		if err == nil || errors.As(err, &status) || len(naps.waits) != 0 {
			t.Errorf("%v: %v", e, err)
		}
	}
}
