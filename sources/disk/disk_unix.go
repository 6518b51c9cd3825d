//go:build unix

package disk

import (
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// relative says that files can be opened relative to their directory.
const relative = true

// file is an open file; its zero value is none.
type file struct {
	descriptor int
	open       bool
}

func open(name string) (file, error) { return openAt(unix.AT_FDCWD, name, 0) }

func openIn(dir *os.File, base string) (file, error) { return openAt(int(dir.Fd()), base, 0) }

func openAt(dir int, name string, flags int) (file, error) {
	descriptor, err := uninterrupted(func() (int, error) {
		return unix.Openat(dir, name, unix.O_RDONLY|unix.O_CLOEXEC|flags, 0)
	})
	return file{descriptor, err == nil}, err
}

func openDirectory(name string) (*os.File, error) {
	f, err := openAt(unix.AT_FDCWD, name, unix.O_DIRECTORY)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(f.descriptor), name), nil
}

func (f *file) read(p []byte) (int, error) {
	return ended(uninterrupted(func() (int, error) { return unix.Read(f.descriptor, p) }))
}

func (f *file) readAt(p []byte, offset int64) (int, error) {
	return ended(uninterrupted(func() (int, error) { return unix.Pread(f.descriptor, p, offset) }))
}

// ended makes what the system says of a read what an io.Reader says.
func ended(n int, err error) (int, error) {
	if err == nil && n == 0 {
		err = io.EOF
	}
	return max(0, n), err
}

func (f *file) close() error {
	if !f.open {
		return nil
	}
	f.open = false
	return unix.Close(f.descriptor)
}

func stat(dir *os.File, base string) (Info, error) {
	var s unix.Stat_t
	_, err := uninterrupted(func() (int, error) { return 0, unix.Fstatat(int(dir.Fd()), base, &s, 0) })
	info := Info{Type: fs.ModeIrregular, Size: s.Size}
	switch s.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		info.Type = 0
	case unix.S_IFDIR:
		info.Type = fs.ModeDir
	}
	return info, err
}

// uninterrupted calls the system until no signal interrupts it; the runtime sends some.
func uninterrupted(call func() (int, error)) (int, error) {
	for {
		if n, err := call(); err != unix.EINTR {
			return n, err
		}
	}
}
