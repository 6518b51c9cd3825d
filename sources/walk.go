package sources

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"retrohunt/sources/disk"
	"retrohunt/sources/remote"
)

// Walk finds the inputs below paths: a file is one, a directory all files below it, a glob what it matches, "-" standard
// input. Inputs come sorted by name, each once. Entries that begin with a dot, __MACOSX, and what is neither file nor
// directory are skipped and named; a path that was given by name is read whatever it is called. A URL is listed by Remote. The
// error joins those of the paths that could not be found or listed; the inputs of the others are returned all the same.
func Walk(paths []string, r Remote) ([]Input, []Skip, error) {
	w := &walker{remote: r, others: make(chan struct{}, runtime.GOMAXPROCS(0)-1)}
	for _, p := range paths {
		w.path(p)
	}
	slices.SortFunc(w.inputs, func(a, b Input) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.URL, b.URL))
	})
	inputs := slices.CompactFunc(w.inputs, func(a, b Input) bool { return a.Name == b.Name && a.URL == b.URL })
	slices.SortFunc(w.skips, func(a, b Skip) int { return strings.Compare(a.Name, b.Name) })
	return inputs, w.skips, errors.Join(w.errs...)
}

type walker struct {
	inputs []Input // with cleaned names; one that was found twice is there twice
	skips  []Skip
	errs   []error
	remote Remote
	others chan struct{} // holds one for each goroutine beside the first that walks branches; as many as may
}

// entriesAtOnce is how many entries of a directory are worth a goroutine.
const entriesAtOnce = 512

// branch walks n branches, as many at once as cores are free, each by a walker of its own, and takes what they found in the
// order of branches: the same as if they had been walked one after another.
func (w *walker) branch(n int, walk func(w *walker, i int)) {
	if n == 1 {
		walk(w, 0)
		return
	}
	branches := make([]walker, n)
	var others sync.WaitGroup
	for i := range branches {
		b := &branches[i]
		b.remote, b.others = w.remote, w.others
		select {
		case w.others <- struct{}{}:
			others.Go(func() {
				walk(b, i)
				<-w.others
			})
		default:
			walk(b, i)
		}
	}
	others.Wait()
	for i := range branches {
		w.inputs = append(w.inputs, branches[i].inputs...)
		w.skips = append(w.skips, branches[i].skips...)
		w.errs = append(w.errs, branches[i].errs...)
	}
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
	w.add(filepath.Clean(p), size)
}

func (w *walker) add(name string, size int64) {
	w.inputs = append(w.inputs, Input{Name: name, Size: size})
}

func (w *walker) skip(name, reason string) {
	w.skips = append(w.skips, Skip{Name: name, Reason: reason})
}

// directory takes everything below a directory that may be a link. above are the real paths of the directories that lead here:
// a link to one of them would go round for ever.
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
	w.list(dir, append(slices.Clip(above), real))
}

// list takes everything below a directory, whose own real path is the last of above.
func (w *walker) list(dir string, above []string) {
	prefix, _ := filepath.Split(filepath.Join(dir, "x"))
	below := w.entries(dir, prefix)
	w.branch(len(below), func(w *walker, i int) {
		name := prefix + below[i].Name()
		if below[i].IsDir() { // and no link, so that nothing is to be resolved
			w.list(name, append(slices.Clip(above), filepath.Join(above[len(above)-1], below[i].Name())))
		} else {
			w.directory(name, above)
		}
	})
}

// entries takes the entries of a directory, whose names begin with prefix, and returns those that are directories. It has closed
// the directory by then: how deep a tree is, is not bounded.
func (w *walker) entries(dir, prefix string) []fs.DirEntry {
	d, err := disk.OpenDirectory(dir)
	if err != nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", dir, reason(err)))
		return nil
	}
	defer d.Close()
	all, err := d.Entries()
	if err != nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", dir, reason(err)))
	}
	parts := slices.Collect(slices.Chunk(all, entriesAtOnce))
	below := make([][]fs.DirEntry, len(parts))
	w.branch(len(parts), func(w *walker, i int) {
		for _, e := range parts[i] {
			if w.entry(d, prefix+e.Name(), e.Name()) {
				below[i] = append(below[i], e)
			}
		}
	})
	return slices.Concat(below...)
}

// entry takes an entry of a directory, unless it is one itself, which it reports.
func (w *walker) entry(d disk.Directory, name, base string) (isDir bool) {
	if strings.HasPrefix(base, ".") {
		w.skip(name, "hidden")
		return false
	}
	if base == "__MACOSX" {
		w.skip(name, "macOS metadata")
		return false
	}
	info, err := d.Stat(base)
	switch {
	case err != nil:
		w.skip(name, fmt.Sprintf("cannot be opened: %v", reason(err)))
	case info.Type.IsRegular():
		w.add(name, info.Size)
	case !info.Type.IsDir():
		w.skip(name, "neither a file nor a directory")
	}
	return err == nil && info.Type.IsDir()
}
