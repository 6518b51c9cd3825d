package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// newFile is a file that appears whole or not at all. It is made before the run, so that a folder that cannot be written to
// shows at once. Until it is finished it has a hidden name beside its own, and is held, which tells what another run is writing
// from what a killed one left.
type newFile struct {
	name      string
	temporary *os.File
	settled   bool // it has its name, or was abandoned
}

// create begins a file. One that exists is replaced only by force, one that is being written not even so, and no device, pipe or folder
// ever: what takes the place of /dev/null is missed by everybody.
func create(name string, force bool) (*newFile, error) {
	if is, err := os.Stat(name); err == nil && !is.Mode().IsRegular() {
		return nil, usageError("%s is no regular file, and is not replaced by one", name)
	}
	if _, err := os.Lstat(name); err == nil && !force {
		return nil, usageError("%s exists; --force replaces it", name)
	}
	for {
		temporary, err := os.OpenFile(unfinished(name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			if err := clearLeft(name); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, &exit{exitUsage, err}
		}
		if hold(temporary); isNamed(temporary) {
			return &newFile{name: name, temporary: temporary}, nil
		}
		temporary.Close() // another run took it for left before it was held
	}
}

// unfinished is the name of a file until it is finished.
func unfinished(name string) string {
	return filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".unfinished")
}

// clearLeft takes away what a killed run left of a file, and makes sure that nobody is writing it.
func clearLeft(name string) error {
	err := removeLeft(unfinished(name))
	if errors.Is(err, errHeld) {
		return usageError("%s is being written already: here or by another run", name)
	}
	if err != nil {
		return &exit{exitUsage, err}
	}
	return nil
}

// errHeld says that a file is being written.
var errHeld = errors.New("somebody is writing it")

// isNamed reports whether an open file still has the name that it was opened by.
func isNamed(f *os.File) bool {
	is, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(is, named)
}

// finish writes the file and gives it its name. It is on the disk before, for what it takes the place of goes then.
func (f *newFile) finish(write func(io.Writer) error) error {
	if err := errors.Join(write(f.temporary), f.temporary.Chmod(0o644), f.temporary.Sync()); err != nil {
		return err
	}
	if err := renameHeld(f.temporary, f.name); err != nil {
		return err
	}
	f.settled = true
	return nil
}

// abandon takes away what was not finished.
func (f *newFile) abandon() {
	if !f.settled {
		removeHeld(f.temporary)
		f.settled = true
	}
}

// unsure says of an unfinished file why it stays.
func unsure(name string, err error) error {
	return fmt.Errorf("%s was left, or another run is writing it: %w", name, err)
}
