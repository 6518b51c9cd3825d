//go:build !unix

package main

import (
	"errors"
	"io/fs"
	"os"
)

// hold does nothing: Windows removes no file that is open.
func hold(*os.File) {}

// removeLeft takes away a file that nobody holds.
func removeLeft(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unsure(name, err)
	}
	return nil
}

// renameHeld lets a file go and gives it its name: Windows renames none that is open.
func renameHeld(f *os.File, name string) error {
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// removeHeld lets a file go and takes it away: Windows removes none that is open, so never another's of the same name.
func removeHeld(f *os.File) {
	f.Close()
	os.Remove(f.Name())
}
