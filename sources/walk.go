package sources

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"retrohunt/sources/remote"
)

// Walk finds the inputs below paths: a file is one, a directory all files below it, a glob what it matches, "-" standard
// input. Inputs come sorted by name, each once. Entries that begin with a dot, __MACOSX, and what is neither file nor
// directory are skipped and named; a path that was given by name is read whatever it is called. A URL is listed by Remote. The
// error joins those of the paths that could not be found or listed; the inputs of the others are returned all the same.
func Walk(paths []string, r Remote) ([]Input, []Skip, error) {
	w := &walker{seen: map[string]bool{}, remote: r}
	for _, p := range paths {
		w.path(p)
	}
	slices.SortFunc(w.inputs, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(w.skips, func(a, b Skip) int { return strings.Compare(a.Name, b.Name) })
	return w.inputs, w.skips, errors.Join(w.errs...)
}

type walker struct {
	inputs []Input
	skips  []Skip
	errs   []error
	seen   map[string]bool // cleaned names
	remote Remote
}

// path takes what the user gave.
func (w *walker) path(p string) {
	if p == "-" {
		w.add(p, -1)
		return
	}
	if remote.Is(p) {
		w.objects(p)
		return
	}
	info, err := os.Stat(p)
	if err == nil {
		w.found(p, info)
		return
	}
	matches, globErr := filepath.Glob(p)
	if globErr != nil || len(matches) == 0 {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", p, reason(err)))
		return
	}
	for _, m := range matches {
		if info, err := os.Stat(m); err == nil {
			w.found(m, info)
		} else {
			w.errs = append(w.errs, fmt.Errorf("%s: %w", m, reason(err)))
		}
	}
}

// reason takes the path out of an error, for the message names it already.
func reason(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// found takes a path that exists and was asked for.
func (w *walker) found(p string, info fs.FileInfo) {
	if info.IsDir() {
		w.directory(p, nil)
		return
	}
	size := info.Size()
	if !info.Mode().IsRegular() {
		size = -1 // a pipe or a device
	}
	w.add(p, size)
}

func (w *walker) add(name string, size int64) {
	clean := name
	if name != "-" {
		clean = filepath.Clean(name)
	}
	if !w.seen[clean] {
		w.seen[clean] = true
		w.inputs = append(w.inputs, Input{Name: clean, Size: size})
	}
}

func (w *walker) skip(name, reason string) {
	w.skips = append(w.skips, Skip{Name: name, Reason: reason})
}

// directory takes everything below a directory. above are the real paths of the directories that lead here: a link to one
// of them would go round for ever.
func (w *walker) directory(dir string, above []string) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", dir, reason(err)))
		return
	}
	if slices.Contains(above, real) {
		w.skip(dir, "a link to a directory above it")
		return
	}
	above = append(slices.Clip(above), real)
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", dir, reason(err)))
	}
	for _, e := range entries {
		w.entry(dir, e.Name(), above)
	}
}

func (w *walker) entry(dir, base string, above []string) {
	name := filepath.Join(dir, base)
	if strings.HasPrefix(base, ".") {
		w.skip(name, "hidden")
		return
	}
	if base == "__MACOSX" {
		w.skip(name, "macOS metadata")
		return
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		w.skip(name, fmt.Sprintf("cannot be opened: %v", reason(err)))
	case info.IsDir():
		w.directory(name, above)
	case info.Mode().IsRegular():
		w.add(name, info.Size())
	default:
		w.skip(name, "neither a file nor a directory")
	}
}
