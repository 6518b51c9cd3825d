package remote_test

import (
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/sources/remote"
)

// oddKeys are keys that want care in URLs, in signatures or in XML.
var oddKeys = []string{
	"plain.json", "a b.json", "a+b.json", "100%.json", "x=1/y=2&z.json", "q?x#y.json", "ümlaut/日本.json", "a//b.json",
	"(it's)!*.json", "semi;colon,comma@at:colon.json", "tilde~.json", "[brackets].json", "a&amp;b<c>.json", "%2F.json",
}

func TestObjectsWithOddKeysAreListedAndRead(t *testing.T) {
	server := newS3(t)
	for i, key := range oddKeys {
		server.put(t, key, noise(uint64(i), 1000+i))
	}
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	objects, err := c.List(t.Context(), "s3://"+bucket)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{}
	for _, key := range oddKeys {
		want = append(want, "s3://"+bucket+"/"+key)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, names(objects)); diff != "" {
		t.Fatal(diff)
	}
	for i, key := range oddKeys {
		name := "s3://" + bucket + "/" + key
		content := noise(uint64(i), 1000+i)
		got, err := readAll(c, name)
		if err != nil || !slices.Equal(got, content) {
			t.Errorf("%s: %d bytes and %v", name, len(got), err)
		}
		o := objects[slices.Index(want, name)]
		if o.Size != int64(len(content)) || o.ETag != fmt.Sprintf("%x", md5.Sum(content)) || o.Modified.IsZero() {
			t.Errorf("%+v", o)
		}
	}
}

func TestAListOfManyPagesIsWhole(t *testing.T) {
	server := newS3(t)
	var want []string
	for i := range 2345 {
		key := fmt.Sprintf("AWSLogs/111122223333/CloudTrail/%04d.json.gz", i)
		server.put(t, key, []byte("x"))
		want = append(want, "s3://"+bucket+"/"+key)
	}
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	objects, err := c.List(t.Context(), "s3://"+bucket+"/AWSLogs")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, names(objects)); diff != "" {
		t.Error(diff)
	}
	if n := server.count(); n != 3 {
		t.Errorf("%d requests, want 3", n)
	}
	// Each page fails once: with a status, without an answer, in its middle.
	server.fault = func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
		switch server.count() {
		case 4:
			w.WriteHeader(http.StatusServiceUnavailable)
			return nil
		case 6:
			hangUp()
		case 8:
			return &cutting{w, 10_000}
		}
		return w
	}
	if objects, err = c.List(t.Context(), "s3://"+bucket+"/AWSLogs"); err != nil {
		t.Fatal(err)
	}
	if n := server.count(); !slices.Equal(want, names(objects)) || n != 3+3+3 {
		t.Errorf("%d objects by %d requests", len(objects), n)
	}
}

func TestAURLMeansObjects(t *testing.T) {
	server := newS3(t)
	for _, key := range []string{
		"logs/a.json", "logs/a.json.gz", "logs/b.json", "logs/2024-01/x.json", "logs/2024-02/y.json", "logs/2024-02/z/w.json",
		"logs-old/a.json", "logs", "[odd].json", "p/one/q/1.json", "p/two/q/2.json", "p/two/r/3.json",
	} {
		server.put(t, key, []byte("{}"))
	}
	server.put(t, "logs/2024-03/", nil)
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	for _, test := range []struct {
		what, key, want string
		err             error
	}{
		{"an object", "logs/a.json", "logs/a.json", nil},
		{"a folder", "logs/2024-02", "logs/2024-02/y.json logs/2024-02/z/w.json", nil},
		{"a folder with its slash", "logs/2024-02/", "logs/2024-02/y.json logs/2024-02/z/w.json", nil},
		{
			"an object and the folder of its name, not its namesakes", "logs",
			"logs logs/2024-01/x.json logs/2024-02/y.json logs/2024-02/z/w.json logs/a.json logs/a.json.gz logs/b.json", nil,
		},
		{"a folder with a namesake", "logs-old", "logs-old/a.json", nil},
		{"what begins so, if nothing else", "logs/2024", "logs/2024-01/x.json logs/2024-02/y.json logs/2024-02/z/w.json", nil},
		{"a glob of objects", "logs/*.json", "logs/a.json logs/b.json", nil},
		{"a glob of folders", "logs/2024-0[23]", "logs/2024-02/y.json logs/2024-02/z/w.json", nil},
		{"a glob in the middle", "p/*/q/?.json", "p/one/q/1.json p/two/q/2.json", nil},
		{"a glob that stops at a slash", "log*/a.json", "logs-old/a.json logs/a.json", nil},
		{"an object with a name like a glob", "[odd].json", "[odd].json", nil},
		{"the mark of a folder", "logs/2024-03/", "", remote.ErrNone},
		{"nothing", "none", "", remote.ErrNone},
		{"a glob of nothing", "logs/*.csv", "", remote.ErrNone},
		{"a broken glob", "logs/[", "", remote.ErrNone},
	} {
		t.Run(test.what, func(t *testing.T) {
			objects, err := c.List(t.Context(), "s3://"+bucket+"/"+test.key)
			got := strings.ReplaceAll(strings.Join(names(objects), " "), "s3://"+bucket+"/", "")
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("got %s and %v", got, err)
			}
		})
	}
}

func TestARefusalIsNamedAndNotRepeated(t *testing.T) {
	server := newS3(t)
	c, naps := newClient(t, remote.Options{Endpoint: server.URL})
	_, err := readAll(c, "s3://"+bucket+"/none.json")
	var status *remote.StatusError
	if !errors.As(err, &status) || status.Status != 404 || status.Code != "NoSuchKey" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no object: %v", err)
	}
	_, err = c.List(t.Context(), "s3://no-such-bucket")
	if !errors.As(err, &status) || status.Code != "NoSuchBucket" {
		t.Errorf("no bucket: %v", err)
	}
	anonymous, _ := newClient(t, remote.Options{Endpoint: server.URL, Anonymous: true})
	_, err = anonymous.List(t.Context(), "s3://"+bucket)
	want := "the server answered 403 Forbidden, SignatureDoesNotMatch: not signed (asked without credentials)"
	if err == nil || err.Error() != want || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("no credentials: %v", err)
	}
	if len(naps.waits) != 0 {
		t.Errorf("%d waits", len(naps.waits))
	}
}

func TestTheServersWordsAreMadeFitToPrint(t *testing.T) {
	server := newS3(t)
	server.fault = func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "<Error><Code>No\u202eCode</Code><Message>one\u009b31m%s\ntwo</Message></Error>", strings.Repeat("x", 1000))
		return nil
	}
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	_, err := readAll(c, "s3://"+bucket+"/x")
	want := "the server answered 403 Forbidden, NoCode: one31m" + strings.Repeat("x", 194) + "…"
	if err == nil || err.Error() != want {
		t.Errorf("got %q", err)
	}
}

func TestABucketElsewhereIsAskedThere(t *testing.T) {
	server := newS3(t)
	server.put(t, "x", []byte("content"))
	server.region = "ap-southeast-2"
	c, naps := newClient(t, remote.Options{Endpoint: server.URL})
	for range 2 {
		if got, err := readAll(c, "s3://"+bucket+"/x"); err != nil || string(got) != "content" {
			t.Fatalf("%q and %v", got, err)
		}
	}
	if n := server.count(); n != 3 || len(naps.waits) != 0 { // the first is refused, and teaches
		t.Errorf("%d requests and %d waits", n, len(naps.waits))
	}
	server.region = "evil.example.com/"
	if _, err := readAll(c, "s3://"+bucket+"/x"); err == nil {
		t.Error("a region that is none")
	}
}

// asked returns the URL that a client asks first.
type asked struct{ request *http.Request }

func (a *asked) RoundTrip(r *http.Request) (*http.Response, error) {
	a.request = r
	return nil, errors.New("not sent")
}

func TestAddresses(t *testing.T) {
	for _, test := range []struct {
		name string
		env  environment
		path bool
		want string
	}{
		{"s3://trails/a b", environment{"AWS_REGION": "eu-west-1"}, false, "https://trails.s3.eu-west-1.amazonaws.com/a%20b"},
		{"s3://trails/a", nil, false, "https://trails.s3.us-east-1.amazonaws.com/a"},
		{"s3://trails/a", environment{"AWS_DEFAULT_REGION": "cn-north-1"}, false, "https://trails.s3.cn-north-1.amazonaws.com.cn/a"},
		{"s3://trails/a", nil, true, "https://s3.us-east-1.amazonaws.com/trails/a"},
		{"s3://my.trails/a", nil, false, "https://s3.us-east-1.amazonaws.com/my.trails/a"},
		{"s3://evil@example.com#/a", nil, false, "https://s3.us-east-1.amazonaws.com/evil%40example.com%23/a"},
		{"s3://trails/a", environment{"AWS_ENDPOINT_URL": "http://192.0.2.7:9000/"}, false, "http://192.0.2.7:9000/trails/a"},
		{
			"s3://trails/a",
			environment{"AWS_ENDPOINT_URL_S3": "https://s.example.com/x", "AWS_ENDPOINT_URL": "http://192.0.2.7"},
			false,
			"https://s.example.com/x/trails/a",
		},
		{"gs://trails/a", nil, false, "https://storage.googleapis.com/trails/a"},
		{"azblob://logs/a/b", environment{"AZURE_STORAGE_ACCOUNT": "acme"}, false, "https://acme.blob.core.windows.net/logs/a/b"},
		{
			"azblob://logs/a",
			environment{"AZURE_STORAGE_CONNECTION_STRING": "AccountName=acme;EndpointSuffix=core.chinacloudapi.cn"},
			false,
			"https://acme.blob.core.chinacloudapi.cn/logs/a",
		},
		{
			"azblob://logs/a",
			environment{"AZURE_STORAGE_CONNECTION_STRING": "BlobEndpoint=https://b.example.com/;SharedAccessSignature=sv=1&sig=x"},
			false, "https://b.example.com/logs/a?sv=1&sig=x",
		},
		{"https://example.com/a?b=c", nil, false, "https://example.com/a?b=c"},
	} {
		first := &asked{}
		c := remote.New(remote.Options{
			Transport: first, Getenv: test.env.get, MaxRetries: -1, PathStyle: test.path,
		})
		if _, err := c.Open(context.Background(), test.name); err == nil || first.request == nil {
			t.Errorf("%s: %v", test.name, err)
		} else if got := first.request.URL.String(); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
