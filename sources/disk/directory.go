package disk

import (
	"cmp"
	"io/fs"
	"os"
	"slices"
)

// Directory is a directory that is being listed.
type Directory struct{ file *os.File }

// Info is what is to be known of a file before it is opened.
type Info struct {
	Type fs.FileMode // the bits of its type: 0 for a regular file, fs.ModeDir, or others
	Size int64       // bytes
}

// OpenDirectory opens a directory, which is to be closed.
func OpenDirectory(name string) (Directory, error) {
	file, err := openDirectory(name)
	return Directory{file}, err
}

// Entries returns what is in the directory, by name. With an error it returns what could be listed.
func (d Directory) Entries() ([]fs.DirEntry, error) {
	entries, err := d.file.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries, err
}

// Stat returns what an entry is, or what it leads to if it is a link. Several goroutines may call it.
func (d Directory) Stat(base string) (Info, error) { return stat(d.file, base) }

// Close ends the use of the directory.
func (d Directory) Close() error { return d.file.Close() }
