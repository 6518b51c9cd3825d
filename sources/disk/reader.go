package disk

import (
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Reader reads one file after another, with the same memory. Its zero value is ready.
type Reader struct {
	file file
	size int64 // as expected; 0: unknown
	at   int64 // what Read has read

	dir  string   // of the file that was opened last, with the separator behind it
	in   *os.File // dir, from its second file on; nil: not open. It is an os.File so that the last is closed with the Reader gone
	many bool     // a second file of dir came
}

// Open closes the file that is open, and opens another, which is expected to have so many bytes. One that has more or less is
// read to its end all the same.
func (r *Reader) Open(name string, size int64) (err error) {
	r.Close()
	r.size, r.at = size, 0
	dir, base := split(name)
	r.enter(dir)
	if r.in != nil {
		r.file, err = openIn(r.in, base)
	} else {
		r.file, err = open(name)
	}
	return err
}

// split splits a name behind its last separator.
func split(name string) (dir, base string) {
	i := strings.LastIndexByte(name, filepath.Separator) + 1
	return name[:i], name[i:]
}

// enter opens a directory when its second file in a row comes: the first may be its only one.
func (r *Reader) enter(dir string) {
	switch {
	case dir != r.dir:
		r.leave()
		r.dir = dir
	case relative && dir != "" && !r.many:
		r.many = true
		r.in, _ = openDirectory(dir) // one whose files may be read need not be readable itself
	}
}

func (r *Reader) leave() {
	if r.in != nil {
		r.in.Close()
	}
	r.dir, r.in, r.many = "", nil, false
}

// Read reads on. It tells the end with the last of the bytes that were expected, so that nobody needs to ask for it.
func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := r.file.read(p)
	r.at += int64(n)
	if err == nil && n < len(p) && r.at == r.size {
		err = io.EOF
	}
	return n, err
}

// ReadAt reads at any place, as an io.ReaderAt.
func (r *Reader) ReadAt(p []byte, offset int64) (n int, err error) {
	for n < len(p) && err == nil {
		var more int
		more, err = r.file.readAt(p[n:], offset+int64(n))
		n += more
	}
	return n, err
}

// Close closes the file, if one is open.
func (r *Reader) Close() error { return r.file.close() }
