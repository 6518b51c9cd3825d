package remote

import (
	"errors"
	"net/url"
	"path"
	"strings"
)

// schemes are what a remote path begins with.
var schemes = []string{"s3", "gs", "azblob", "http", "https"}

// Is reports whether a path names a remote place.
func Is(path string) bool {
	for _, s := range schemes {
		if strings.HasPrefix(path, s+"://") {
			return true
		}
	}
	return false
}

// Shown is a name as it may be printed: without the password and the query of an http(s) URL, for a presigned URL has its
// signature there. Names of other places hold no secret.
func Shown(name string) string {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		return name
	}
	u, err := url.Parse(name)
	if err != nil {
		scheme, _, _ := strings.Cut(name, "://")
		return scheme + "://…"
	}
	u.User, u.RawQuery, u.Fragment, u.RawFragment = nil, "", "", ""
	return u.String()
}

// location is a name taken apart.
type location struct {
	scheme string
	bucket string // or container; "" behind http(s)
	key    string // of the object, or what keys begin with; the whole URL behind http(s)
}

func parse(name string) (location, error) {
	scheme, rest, _ := strings.Cut(name, "://")
	switch {
	case !Is(name):
		return location{}, errors.New("no remote place")
	case scheme == "http" || scheme == "https":
		return location{scheme: scheme, key: name}, nil
	}
	bucket, key, _ := strings.Cut(rest, "/")
	if bucket == "" {
		return location{}, errors.New("the URL names no bucket")
	}
	return location{scheme: scheme, bucket: bucket, key: key}, nil
}

// name is the inverse of parse, for a key in the same bucket.
func (l location) name(key string) string { return l.scheme + "://" + l.bucket + "/" + key }

const wildcards = `*?[\`

// prefix is what all keys that the location may mean begin with.
func (l location) prefix() string {
	if i := strings.IndexAny(l.key, wildcards); i >= 0 {
		return l.key[:i]
	}
	return l.key
}

// means reports whether the location means a key like a path on disk means a file: by its name, as a folder above it, or as
// a glob of one of both.
func (l location) means(key string) bool {
	folder := strings.TrimSuffix(l.key, "/")
	return folder == "" || key == l.key || strings.HasPrefix(key, folder+"/") || globs(folder, key)
}

// globs reports whether a pattern matches the first parts of a key, part by part, so that * stops at a slash.
func globs(pattern, key string) bool {
	if !strings.ContainsAny(pattern, wildcards) {
		return false
	}
	for {
		p, patternRest, more := strings.Cut(pattern, "/")
		k, keyRest, deeper := strings.Cut(key, "/")
		if ok, err := path.Match(p, k); err != nil || !ok {
			return false
		}
		if !more {
			return true
		}
		if !deeper {
			return false
		}
		pattern, key = patternRest, keyRest
	}
}
