package sources_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"retrohunt/sources"
	"retrohunt/sources/archive"
)

// inflated are the streams of an input as they are read with some options.
func inflated(t *testing.T, o archive.Options, src []byte) []stream {
	r := sources.NewReader(sources.Options{Stdin: bytes.NewReader(src), Archive: o})
	return readStreams(t, r, stdin)
}

// TestTheLibraryInflatesTheSame reads the fixtures by both decoders.
func TestTheLibraryInflatesTheSame(t *testing.T) {
	read := 0
	err := filepath.WalkDir("../fixtures", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".gz") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		sameByBoth(t, path, src, true)
		return nil
	})
	if err != nil || read < 5 {
		t.Fatal(read, err)
	}
}

// TestTheLibraryFailsTheSame damages streams. Before the damage our decoder may come further.
func TestTheLibraryFailsTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	var text strings.Builder
	for i := range 60 {
		text.WriteString(oneLineEvent(r, i) + "\n")
	}
	members := []packed{{"a.json", []byte(text.String())}, {"b.json", []byte(text.String()[:3000])}}
	for name, src := range map[string][]byte{
		"gzip": gzipOf([]byte(text.String())), "zip": zipOf(zip.Deflate, members...), "tar.gz": gzipOf(tarOf(members...)),
	} {
		r := rand.New(rand.NewPCG(5, uint64(len(name))))
		sameByBoth(t, name, src, true)
		for range 400 {
			damaged, kind, at := damage(r, src)
			sameByBoth(t, fmt.Sprintf("%s, %s at %d of %d", name, kind, at, len(src)), damaged, kind == "cut")
		}
	}
}

// sameByBoth holds what our decoder makes of an input to what the library does: the streams' names and notes, and the events up to
// where the library's end; all of them if there is no damage. Alike is whether damage must be of the same kind. Decoded ahead, all is
// the same.
func sameByBoth(t *testing.T, name string, src []byte, alike bool) {
	t.Helper()
	own, library := inflated(t, archive.Options{}, src), inflated(t, archive.Options{Inflate: archive.InflateLibrary}, src)
	if ahead := inflated(t, archive.Options{Ahead: 1}, src); !reflect.DeepEqual(ahead, own) {
		t.Fatalf("%s: decoded ahead, something is different", name)
	}
	if len(own) != len(library) {
		t.Fatalf("%s: %d streams, by the library %d", name, len(own), len(library))
	}
	for i, a := range own {
		b := library[i]
		switch {
		case a.name != b.name || (a.skip == nil) != (b.skip == nil) || (a.damage == nil) != (b.damage == nil):
			t.Fatalf("%s: %q: %v, %v; by the library %q: %v, %v", name, a.name, a.skip, a.damage, b.name, b.skip, b.damage)
		case a.damage == nil && !slices.Equal(a.events, b.events), len(a.events) < len(b.events), !slices.Equal(a.events[:len(b.events)], b.events):
			t.Fatalf("%s: %q: %d events, by the library %d", name, a.name, len(a.events), len(b.events))
		case a.damage == nil && !slices.Equal(a.stats.Notes, b.stats.Notes):
			t.Fatalf("%s: %q: %v, by the library %v", name, a.name, a.stats.Notes, b.stats.Notes)
		case alike && a.damage != nil && errors.Is(a.damage, io.ErrUnexpectedEOF) != errors.Is(b.damage, io.ErrUnexpectedEOF):
			t.Fatalf("%s: %q: %v, by the library %v", name, a.name, a.damage, b.damage)
		}
	}
}
