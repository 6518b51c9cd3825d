package archive

import (
	"bytes"
	"errors"
	"io"

	"github.com/nwaples/rardecode/v2"
)

// rarArchive reads rar archives of versions 1.5 to 5 as they flow.
type rarArchive struct {
	rar      *rardecode.Reader
	password string
	budget   *budget
}

func isRar(head []byte) bool { return bytes.HasPrefix(head, []byte("Rar!\x1a\x07")) }

func (a *rarArchive) open(o *Opener, l *level) (err error) {
	a.password, a.budget = o.options.Password, &o.budget
	options := []rardecode.Option{rardecode.MaxDictionarySize(maxWindow)}
	if a.password != "" {
		options = append(options, rardecode.Password(a.password))
	}
	a.rar, err = rardecode.NewReader(l.input, options...)
	return a.named(err)
}

// named makes an error of the library one that says what to do.
func (a *rarArchive) named(err error) error {
	if errors.Is(err, rardecode.ErrArchiveEncrypted) || errors.Is(err, rardecode.ErrArchivedFileEncrypted) {
		return errEncrypted
	}
	return namedAs("rar", err)
}

func (a *rarArchive) next() (member, error) {
	for {
		h, err := a.rar.Next()
		if err != nil {
			return member{}, a.named(err)
		}
		if h.IsDir {
			continue
		}
		m := member{name: h.Name, r: &decoded{r: rarMember{a}, kind: "rar", budget: a.budget}, err: leftOut(h.Name)}
		switch {
		case m.err != nil:
		case h.LinkType != 0:
			m.err = errLink
		case h.Encrypted && a.password == "":
			m.err = errEncrypted
		}
		return m, nil
	}
}

type rarMember struct{ archive *rarArchive }

func (m rarMember) Read(p []byte) (int, error) {
	n, err := m.archive.rar.Read(p)
	if err == io.EOF {
		return n, err
	}
	return n, m.archive.named(err)
}
