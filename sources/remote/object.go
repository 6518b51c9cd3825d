package remote

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// object is one that is being read, in whatever order.
type object struct {
	client  *Client
	ctx     context.Context
	l       location
	version version // as the first answer tells it
}

func (c *Client) object(ctx context.Context, name string) (object, error) {
	l, err := parse(name)
	return object{client: c, ctx: ctx, l: l, version: version{size: -1}}, err
}

// get asks for the object once.
func (o *object) get(header http.Header) (*http.Response, error) {
	return o.client.send(o.ctx, o.l, func(ctx context.Context) (*http.Request, error) {
		return o.client.stores[o.l.scheme].object(ctx, o.l, header)
	})
}

// again asks once for a range of the version that is known, behind the bytes that were delivered.
func (o *object) again(bytes string, delivered int64) (*http.Response, error) {
	header := http.Header{"Range": {bytes}}
	if o.version.etag != "" {
		header.Set("If-Match", o.version.etag)
	}
	answer, err := o.get(header)
	refusal, ok := err.(*refused)
	if !ok {
		return answer, err
	}
	switch refusal.Status {
	case http.StatusPreconditionFailed:
		err = &ChangedError{Offset: delivered, Reason: "its ETag is another one"}
	case http.StatusRequestedRangeNotSatisfiable:
		err = &ChangedError{Offset: delivered, Reason: "it has become shorter"}
	case http.StatusNotFound, http.StatusGone:
		err = &ChangedError{Offset: delivered, Reason: "it is no longer there"}
	}
	return nil, err
}

// version is by what an object is known to be the same. Either string may be missing.
type version struct {
	etag     string // a strong one: the same ETag, the same bytes
	modified string
	size     int64 // of the whole object; -1 if not told
}

func versionOf(answer *http.Response) version {
	v := version{etag: answer.Header.Get("ETag"), modified: answer.Header.Get("Last-Modified"), size: answer.ContentLength}
	if strings.HasPrefix(v.etag, "W/") {
		v.etag = ""
	}
	if _, size, ok := contentRange(answer); ok {
		v.size = size
	}
	return v
}

// differs says how another version is another one, or why it cannot be told to be the same; "" if it is the same.
func (v version) differs(other version) string {
	switch {
	case v.etag == "" && v.modified == "":
		return "the server gives neither ETag nor Last-Modified to tell it by"
	case v.etag != other.etag:
		return "its ETag is another one"
	case v.etag == "" && v.modified != other.modified:
		return "its Last-Modified is another one"
	case v.etag == "" && v.size < 0:
		return "the server gives neither ETag nor length to tell it by"
	case v.size >= 0 && other.size >= 0 && v.size != other.size:
		return fmt.Sprintf("it had %d bytes and has %d", v.size, other.size)
	}
	return ""
}

// contentRange reads "bytes 5-9/100" of an answer: where it starts, and the size of the whole, -1 if not told.
func contentRange(answer *http.Response) (first, size int64, ok bool) {
	if answer.StatusCode != http.StatusPartialContent {
		return 0, 0, false
	}
	text, ok := strings.CutPrefix(answer.Header.Get("Content-Range"), "bytes ")
	span, total, _ := strings.Cut(text, "/")
	start, _, _ := strings.Cut(span, "-")
	first, err := strconv.ParseInt(start, 10, 64)
	if !ok || err != nil {
		return 0, 0, false
	}
	if size, err = strconv.ParseInt(total, 10, 64); err != nil {
		size = -1
	}
	return first, size, true
}
