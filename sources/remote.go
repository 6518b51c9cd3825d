package sources

import (
	"context"
	"errors"
	"fmt"
	"io"

	"retrohunt/sources/archive"
	"retrohunt/sources/remote"
)

// Remote reads inputs that lie elsewhere: in buckets, behind URLs. The zero value reads none.
type Remote struct {
	Client  *remote.Client  // shared by all readers: it keeps connections, and what it learned of buckets
	Context context.Context // ends listings and transfers
}

var errNoRemote = errors.New("remote inputs are not read here")

// objects lists what a URL names.
func (w *walker) objects(url string) {
	if w.remote.Client == nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", remote.Shown(url), errNoRemote))
		return
	}
	found, err := w.remote.Client.List(w.remote.Context, url)
	if err != nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", remote.Shown(url), err))
	}
	for _, o := range found {
		w.inputs = append(w.inputs, Input{Name: remote.Shown(o.Name), Size: o.Size, URL: o.Name})
	}
}

// openRemote opens a remote input: as a stream, and for archives that need it at any place as well, where the server can.
func (r *Reader) openRemote(in Input) error {
	from := r.options.Remote
	if from.Client == nil {
		return &DamageError{Err: errNoRemote}
	}
	body, err := from.Client.Open(from.Context, in.URL)
	if err != nil {
		return &DamageError{Err: err}
	}
	r.file = body
	src := archive.Source{Reader: body, Size: -1}
	if in.Size >= 0 {
		src.At, src.Size = &lateRanges{from: from, url: in.URL}, in.Size
	}
	r.opener.Open(src)
	return nil
}

// lateRanges asks for ranges of an object only when somebody wants one: most inputs are read from front to back.
type lateRanges struct {
	from Remote
	url  string
	at   io.ReaderAt
	err  error
}

func (l *lateRanges) ReadAt(p []byte, offset int64) (int, error) {
	if l.at == nil && l.err == nil {
		l.at, _, l.err = l.from.Client.OpenAt(l.from.Context, l.url)
	}
	if l.err != nil {
		return 0, l.err
	}
	return l.at.ReadAt(p, offset)
}
