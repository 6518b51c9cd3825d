package archive

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"

	"github.com/bodgit/sevenzip"
)

// sevenZip reads 7z archives. Their directory stands at their end, and their members are compressed together: behind damage
// in the directory nothing can be read, and behind damage in a block no member of it.
type sevenZip struct {
	files    []*sevenzip.File
	password string
	current  io.Closer
	budget   *budget
}

func isSevenZip(head []byte) bool { return bytes.HasPrefix(head, []byte("7z\xbc\xaf\x27\x1c")) }

func (a *sevenZip) open(o *Opener, l *level) error {
	at, size, err := l.randomAccess(o)
	if err != nil {
		return err
	}
	a.password, a.budget = o.options.Password, &o.budget
	r, err := sevenzip.NewReaderWithPassword(at, size, a.password)
	if err != nil {
		if l.damage != nil {
			return l.damage
		}
		if err = a.named(err); err == errEncrypted {
			return err
		}
		return fmt.Errorf("7z: the directory is damaged or cut off: %w", errors.Unwrap(err))
	}
	if a.files = r.File; len(a.files) == 0 {
		return &SkipError{"an empty archive"}
	}
	return nil
}

// named makes an error of the library one that says what to do.
func (a *sevenZip) named(err error) error {
	var read *sevenzip.ReadError
	switch {
	case errors.As(err, &read) && read.Encrypted && a.password == "":
		return errEncrypted
	case errors.As(err, &read) && read.Encrypted:
		return fmt.Errorf("7z: the password is wrong, or the archive is damaged: %w", read.Err)
	}
	return namedAs("7z", noEOF(err))
}

func (a *sevenZip) next() (member, error) {
	if a.current != nil {
		a.current.Close() // an error of what was read has shown already
		a.current = nil
	}
	for len(a.files) > 0 {
		f := a.files[0]
		a.files = a.files[1:]
		if f.Mode().IsDir() && f.UncompressedSize == 0 {
			continue
		}
		return a.member(f), nil
	}
	return member{}, io.EOF
}

func (a *sevenZip) member(f *sevenzip.File) member {
	m := member{name: f.Name, err: leftOut(f.Name)}
	if m.err == nil && f.Mode().Type()&fs.ModeSymlink != 0 {
		m.err = errLink
	}
	if m.err != nil {
		return m
	}
	r, err := f.Open()
	if err != nil {
		m.err = a.named(err)
		return m
	}
	a.current = r
	first := make([]byte, 1) // an encrypted member shows at its first byte
	n, err := io.ReadFull(r, first)
	if err != nil && f.UncompressedSize > 0 {
		m.err = a.named(err)
		return m
	}
	check := &sevenZipCheck{archive: a, r: io.MultiReader(bytes.NewReader(first[:n]), r), crc: f.CRC32, left: int64(f.UncompressedSize)}
	m.r = &decoded{r: check, kind: "7z", budget: a.budget}
	return m
}

// sevenZipCheck compares what is read through it with the checksum.
type sevenZipCheck struct {
	archive *sevenZip
	r       io.Reader
	crc     uint32 // 0: there is none
	sum     uint32
	left    int64
}

func (c *sevenZipCheck) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.left -= int64(n)
	c.sum = crc32.Update(c.sum, crc32.IEEETable, p[:n])
	if err != nil {
		err = c.end(err)
	}
	return n, err
}

// end returns how a member ends whose reader ended with an error.
func (c *sevenZipCheck) end(err error) error {
	switch {
	case err != io.EOF:
		return c.archive.named(err)
	case c.left > 0:
		return c.archive.named(io.ErrUnexpectedEOF)
	case c.crc != 0 && c.sum != c.crc:
		return fmt.Errorf("7z: %w", errChecksum)
	}
	return io.EOF
}
