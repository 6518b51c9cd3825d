package sevenzip

import (
	"fmt"
	"math"
	"unicode/utf16"
)

// Member is one entry of an archive.
type Member struct {
	Name string
	Size int64 // bytes
	Dir  bool  // a directory, or a note that something was deleted
	Link bool  // a symbolic link: its content is a path

	folder int    // counted from 1; 0 without content
	start  int64  // in what flows out of the folder
	sum    uint32 // CRC-32
	summed bool
}

// walk goes through the entries of a directory in their order, which is that of their contents.
type walk struct {
	directory
	folder folder // of the entry
	at     int    // folders so far
	left   uint64 // streams of the folder that are to come
	count  uint64 // streams of the folder
	start  int64  // of the next one
	place  uint64 // of the next folder's first packed stream
}

// next returns the next entry. There must be one.
func (w *walk) next() (Member, error) {
	m := Member{Name: w.name()}
	attributes, _ := w.files.attributes.next()
	m.Dir, m.Link = kindOf(attributes)
	if w.files.empty.next() {
		noDirectory := w.files.emptyFile.next()
		anti := w.files.anti.next()
		m.Dir = m.Dir || !noDirectory || anti
		return m, w.err()
	}
	for w.left == 0 {
		if err := w.nextFolder(); err != nil {
			return m, err
		}
	}
	m.Dir = false
	w.stream(&m)
	return m, w.err()
}

// err returns what is wrong with what was read so far.
func (w *walk) err() error {
	for _, f := range []*fields{
		&w.files.names, &w.files.attributes.fields, &w.streams.packSizes, &w.streams.coders, &w.streams.unpackSizes,
		&w.streams.folderSums.fields, &w.streams.counts, &w.streams.sizes, &w.streams.sums.fields,
	} {
		if f.err != nil {
			return f.err
		}
	}
	return nil
}

// kindOf returns what attributes say: those of Unix, if they are there, are in the upper half.
func kindOf(attributes uint32) (dir, link bool) {
	const windowsDir, unixKind, unixDir, unixLink = 0x10, 0xf000, 0x4000, 0xa000
	if kind := attributes >> 16 & unixKind; kind != 0 {
		return kind == unixDir, kind == unixLink
	}
	return attributes&windowsDir != 0, false
}

// name returns the next name.
func (w *walk) name() string {
	if !w.files.named {
		return ""
	}
	var name []uint16
	for {
		b := w.files.names.take(2)
		if b == nil {
			return ""
		}
		if b[0]|b[1] == 0 {
			return string(utf16.Decode(name))
		}
		name = append(name, uint16(b[0])|uint16(b[1])<<8)
	}
}

// nextFolder goes on to the next folder.
func (w *walk) nextFolder() error {
	s, o := &w.streams, &w.folder
	if w.at == s.folders {
		return fmt.Errorf("more files with content than streams")
	}
	if w.at == 0 {
		w.place = uint64(s.position)
	}
	w.at++
	o.parse(&s.coders)
	o.sizes, o.packSizes = o.sizes[:0], o.packSizes[:0]
	for range o.coders {
		o.sizes = append(o.sizes, s.unpackSizes.size())
	}
	o.place = w.place
	for range o.packed {
		size := s.packSizes.size()
		if w.place += uint64(size); w.place > math.MaxInt64 {
			s.packSizes.fail("packed streams of more than %d bytes", math.MaxInt64)
		}
		o.packSizes = append(o.packSizes, size)
	}
	o.sum, o.summed = s.folderSums.next()
	w.count = s.count()
	w.left, w.start = w.count, 0
	return w.err()
}

// stream says where the next stream of the folder is.
func (w *walk) stream(m *Member) {
	s, o := &w.streams, &w.folder
	w.left--
	m.folder, m.start = w.at, w.start
	rest := o.sizes[o.main()] - w.start
	m.Size = rest
	if w.left > 0 {
		m.Size = s.sizes.size()
	}
	if m.Size > rest {
		s.sizes.fail("a stream of %d bytes where %d are left", m.Size, rest)
	}
	w.start += m.Size
	if w.count == 1 && o.summed {
		m.sum, m.summed = o.sum, true
		return
	}
	m.sum, m.summed = s.sums.next()
}
