//go:build !unix

package disk

import (
	"io/fs"
	"os"
	"path/filepath"
)

// relative says that files can be opened relative to their directory.
const relative = false

// file is an open file; its zero value is none.
type file struct{ *os.File }

func open(name string) (file, error) {
	f, err := os.Open(name)
	return file{f}, err
}

func openDirectory(name string) (*os.File, error) { return os.Open(name) }

func openIn(dir *os.File, base string) (file, error) { return open(filepath.Join(dir.Name(), base)) }

func (f *file) read(p []byte) (int, error) { return f.Read(p) }

func (f *file) readAt(p []byte, offset int64) (int, error) { return f.ReadAt(p, offset) }

func (f *file) close() error {
	if f.File == nil {
		return nil
	}
	err := f.Close()
	f.File = nil
	return err
}

func stat(dir *os.File, base string) (Info, error) {
	info, err := os.Stat(filepath.Join(dir.Name(), base))
	if err != nil {
		return Info{}, err
	}
	return Info{Type: info.Mode() & fs.ModeType, Size: info.Size()}, nil
}
