package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"retrohunt/sources/archive/sevenzip"
)

// sevenZip reads 7z archives. Their directory stands at their end, and their members are compressed together: behind damage
// in the directory nothing can be read, and behind damage in a block no member of it.
type sevenZip struct {
	r      *sevenzip.Reader
	budget *budget
}

func isSevenZip(head []byte) bool { return bytes.HasPrefix(head, []byte("7z\xbc\xaf\x27\x1c")) }

func (a *sevenZip) open(o *Opener, l *level) error {
	at, size, err := l.randomAccess(o)
	if err != nil {
		return err
	}
	a.budget = &o.budget
	a.r, err = sevenzip.NewReader(at, size, sevenzip.Options{
		Password: o.options.Password,
		Decoded:  func(n int64) error { return o.budget.decode(int(n)) },
	})
	if err == nil && a.r.Members() == 0 {
		return &SkipError{"an empty archive"}
	}
	if err == nil {
		return nil
	}
	if l.damage != nil {
		return l.damage
	}
	err = a.named(err)
	if _, skipped := err.(*SkipError); skipped || o.budget.spent != nil {
		return err
	}
	return fmt.Errorf("7z: the directory is damaged or cut off: %w", errors.Unwrap(err))
}

// named makes an error of the reader one that says what to do.
func (a *sevenZip) named(err error) error {
	var encrypted *sevenzip.EncryptedError
	var unsupported *sevenzip.UnsupportedError
	switch {
	case a.budget.spent != nil:
		return a.budget.spent
	case err == sevenzip.ErrEncrypted:
		return errEncrypted
	case errors.As(err, &unsupported):
		return &SkipError{"7z: " + unsupported.Reason}
	case errors.As(err, &encrypted):
		return fmt.Errorf("7z: %w", encrypted)
	case err == sevenzip.ErrChecksum:
		return fmt.Errorf("7z: %w", errChecksum)
	}
	return namedAs("7z", err)
}

func (a *sevenZip) next() (member, error) {
	for {
		m, err := a.r.Next()
		if err != nil {
			return member{}, err
		}
		if !m.Dir {
			return a.member(m), nil
		}
	}
}

func (a *sevenZip) member(m sevenzip.Member) member {
	out := member{name: m.Name, err: leftOut(m.Name)}
	if out.err == nil && m.Link {
		out.err = errLink
	}
	if out.err != nil {
		return out
	}
	r, err := a.r.Open(m)
	if err != nil {
		out.err = a.named(err)
		return out
	}
	first := make([]byte, 1) // a wrong password shows at the first byte
	n, err := io.ReadFull(r, first)
	if err != nil && err != io.EOF {
		out.err = a.named(err)
		return out
	}
	out.r = &decoded{r: &sevenZipMember{a, io.MultiReader(bytes.NewReader(first[:n]), r)}, kind: "7z", budget: a.budget}
	return out
}

type sevenZipMember struct {
	archive *sevenZip
	r       io.Reader
}

func (m *sevenZipMember) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil && err != io.EOF {
		err = m.archive.named(err)
	}
	return n, err
}
