package archive

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// spoolMemory is how much of an archive is kept in memory rather than in a file.
const spoolMemory = 1 << 20

// spool keeps a stream so that it can be read at any place.
type spool struct {
	head []byte // the first bytes
	file *os.File
	name string // of a file that is still to be removed
	size int64
}

// fill reads a stream to its end, whose error it returns. More than limit bytes are a *SkipError.
func (s *spool) fill(r io.Reader, limit int64) error {
	var head bytes.Buffer
	n, err := io.Copy(&head, io.LimitReader(r, min(spoolMemory, limit)))
	s.head, s.size = head.Bytes(), n
	if err != nil || n < min(spoolMemory, limit) {
		return err
	}
	if limit > spoolMemory {
		if err := s.create(); err != nil {
			return err
		}
		n, err = io.Copy(s.file, io.LimitReader(r, limit-s.size))
		s.size += n
		if err != nil {
			return pathless(err)
		}
	}
	if n, err = io.CopyN(io.Discard, r, 1); n > 0 {
		return &SkipError{fmt.Sprintf("an archive in a stream, larger than %d bytes: --spool-limit raises it", limit)}
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// create makes the file, and takes its name away where a file without a name lives on: nothing stays behind even if the
// process is killed. Elsewhere close removes it.
func (s *spool) create() error {
	file, err := os.CreateTemp("", "retrohunt-*")
	if err != nil {
		return pathless(err)
	}
	s.file = file
	if os.Remove(file.Name()) != nil {
		s.name = file.Name()
	}
	return nil
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
	}
	if s.name != "" {
		os.Remove(s.name)
	}
	*s = spool{}
}

func (s *spool) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, os.ErrInvalid
	}
	if off < int64(len(s.head)) {
		n = copy(p, s.head[off:])
	}
	if n == len(p) {
		return n, nil
	}
	if s.file == nil {
		return n, io.EOF
	}
	more, err := s.file.ReadAt(p[n:], off+int64(n)-int64(len(s.head)))
	return n + more, err
}
