package remote

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"unicode"
)

var (
	// ErrNone says that a URL means no object.
	ErrNone = errors.New("no such object, and none below it")
	// ErrNoRanges says that a server gives its objects only from start to end, so that OpenAt is of no use.
	ErrNoRanges = errors.New("the server serves no ranges")

	errStalled    = errors.New("the server sent nothing more")
	errHungUp     = errors.New("the server hung up")
	errShort      = errors.New("the server sent less than it said")
	errOtherRange = errors.New("the server sent other bytes than it was asked for")

	errDowngrade = &unretryable{errors.New("redirected from https to http, which is not followed")}
	errElsewhere = &unretryable{errors.New("redirected to what is neither http nor https")}
	errLoop      = &unretryable{errors.New("stopped after 10 redirects")}

	errCircle   = errors.New("the server's list of names goes in circles")
	errLongPage = errors.New("the server's list of names is too long")
)

// StatusError is an answer other than the object. 4xx but 408 and 429 were not retried, others were to no avail. Code and
// Message are the server's own words, made fit to be printed.
type StatusError struct {
	Status   int    // 404
	Code     string // "NoSuchKey"; "" if the server gives none
	Message  string
	Unsigned bool // the request was sent without credentials
}

func (e *StatusError) Error() string {
	s := fmt.Sprintf("the server answered %d %s", e.Status, http.StatusText(e.Status))
	if e.Code != "" {
		s += ", " + e.Code
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	if e.Unsigned && (e.Status == http.StatusForbidden || e.Status == http.StatusUnauthorized) {
		s += " (asked without credentials)"
	}
	return s
}

// Is makes a StatusError the fs error that says the same.
func (e *StatusError) Is(target error) bool {
	switch e.Status {
	case http.StatusNotFound, http.StatusGone:
		return target == fs.ErrNotExist
	case http.StatusForbidden, http.StatusUnauthorized:
		return target == fs.ErrPermission
	}
	return false
}

// ChangedError says that an object was changed, or can no longer be told to be the same, while it was read. What was delivered
// before is the object as it was.
type ChangedError struct {
	Offset int64  // how much was delivered
	Reason string // e.g. "its ETag is another one"
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("the object changed while it was read, after byte %d: %s", e.Offset, e.Reason)
}

// statusError reads what a server says about its refusal. S3, Google and Azure say it in the same XML.
func statusError(answer *http.Response) *StatusError {
	body, _ := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	var said struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
		Message string
	}
	if xml.NewDecoder(bytes.NewReader(body)).Decode(&said) != nil {
		said.Code, said.Message = answer.Header.Get("X-Ms-Error-Code"), ""
	}
	return &StatusError{Status: answer.StatusCode, Code: printable(said.Code), Message: printable(said.Message)}
}

// printable is the first line of a server's words, up to 200 characters, without what a terminal would act on.
func printable(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, s)
	if runes := []rune(s); len(runes) > 200 {
		return string(runes[:200]) + "…"
	}
	return s
}
