package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// newFile is a file that appears whole or not at all. It is made before the run, so that a folder that cannot be written to
// shows at once.
type newFile struct {
	name      string
	temporary *os.File
}

// create begins a file. One that exists is replaced only by force.
func create(name string, force bool) (*newFile, error) {
	if _, err := os.Lstat(name); err == nil && !force {
		return nil, usageError("%s exists; --force replaces it", name)
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	return &newFile{name, temporary}, nil
}

// finish writes the file and gives it its name.
func (f *newFile) finish(write func(io.Writer) error) error {
	if err := errors.Join(write(f.temporary), f.temporary.Chmod(0o644), f.temporary.Close()); err != nil {
		return err
	}
	return os.Rename(f.temporary.Name(), f.name)
}

// abandon takes away what was not finished.
func (f *newFile) abandon() {
	f.temporary.Close()
	os.Remove(f.temporary.Name()) // gone already if it was renamed
}
