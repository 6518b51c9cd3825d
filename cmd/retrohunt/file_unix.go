//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// hold locks a file for as long as it is open. Where the disk knows no locks it is not, and no file is taken for left there.
func hold(f *os.File) {
	for unix.Flock(int(f.Fd()), unix.LOCK_EX) == unix.EINTR {
	}
}

// removeLeft takes away a file that nobody holds; errHeld if somebody does.
func removeLeft(name string) error {
	file, err := os.OpenFile(name, os.O_RDWR|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return unsure(name, err)
	}
	defer file.Close()
	switch err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
	case err == unix.EWOULDBLOCK:
		return errHeld
	case err != nil:
		return unsure(name, err)
	case !isNamed(file):
		return nil
	}
	return os.Remove(name)
}

// renameHeld gives a file its name and lets it go, in this order, so that it is at no moment taken for left.
func renameHeld(f *os.File, name string) error {
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	return f.Close()
}

// removeHeld takes a file away and lets it go, in this order, so that it is not another's of the same name.
func removeHeld(f *os.File) {
	os.Remove(f.Name())
	f.Close()
}
