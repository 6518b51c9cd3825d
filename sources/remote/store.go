package remote

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// store is one protocol: where its objects are and how requests for them are signed.
type store interface {
	// object is the signed GET of an object, with these headers.
	object(ctx context.Context, l location, header http.Header) (*http.Request, error)
}

// lister is a store that can name its objects.
type lister interface {
	store
	// page is the signed GET of a page of names that begin with prefix: the first for "", else the one that names said is next.
	page(ctx context.Context, l location, prefix, next string) (*http.Request, error)
	// names reads a page. Objects are named by their keys. next is "" on the last page.
	names(body []byte) (objects []Object, next string, err error)
}

// mover is a store whose answers can tell that a bucket is elsewhere.
type mover interface {
	// moved reports whether an answer taught the store a new place of the bucket, so that the same request will be another one.
	moved(l location, answer *http.Response) bool
}

// newGet builds a GET of base, with segments behind its path and with that query. Everything but unreserved characters is
// escaped, as the signatures of S3 want it, and Azure for a space in the query; a slash stays, for it parts a key.
func newGet(ctx context.Context, base string, query url.Values, segments ...string) (*http.Request, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("the endpoint %q is no URL", base)
	}
	plain, escaped := strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.EscapedPath(), "/")
	for _, s := range segments {
		plain += "/" + s
		escaped += "/" + escape(s)
	}
	u.Path, u.RawPath, u.RawQuery = plain, escaped, strings.ReplaceAll(query.Encode(), "+", "%20")
	return http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
}

func escape(key string) string {
	var b strings.Builder
	for i := range len(key) {
		switch c := key[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// add puts further headers on a request.
func add(r *http.Request, header http.Header) {
	for name, values := range header {
		r.Header[name] = values
	}
}
