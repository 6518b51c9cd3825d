package sevenzip

import "fmt"

// What parts of a directory begin with. 7zFormat.txt of the LZMA SDK describes them all.
const (
	idEnd               = 0x00
	idHeader            = 0x01
	idArchiveProperties = 0x02
	idMainStreams       = 0x04
	idFiles             = 0x05
	idPackInfo          = 0x06
	idUnpackInfo        = 0x07
	idSubStreams        = 0x08
	idSize              = 0x09
	idCRC               = 0x0a
	idFolder            = 0x0b
	idUnpackSizes       = 0x0c
	idStreamCounts      = 0x0d
	idEmptyStream       = 0x0e
	idEmptyFile         = 0x0f
	idAnti              = 0x10
	idNames             = 0x11
	idAttributes        = 0x15
	idEncodedHeader     = 0x17
)

// directory is where the parts of an archive's directory are in its bytes. Nothing is taken out of them before it is asked for,
// so that a directory needs no more memory than its bytes, whatever they say. Copies of it are read independently.
type directory struct {
	streams streams
	files   files
}

// streams says what is packed where, and how.
type streams struct {
	position    int64 // of the first packed stream, behind the start header
	packs       int
	packSizes   fields
	folders     int
	coders      fields
	unpackSizes fields // of each coder of each folder
	folderSums  values
	counts      fields // of the streams of each folder; of one each without
	counted     bool
	sizes       fields // of all streams but the last of each folder
	sums        values // of all streams but those that are a folder whose checksum is known
	total       uint64 // streams of all folders
}

// files says what the streams are.
type files struct {
	count      uint64
	names      fields // in UTF-16, each with a zero behind it
	named      bool
	empty      flags // of each file: it has no stream
	emptyFile  flags // of each of those: it is no directory
	anti       flags // of each of those: it is there to be deleted
	attributes values
}

// parseDirectory reads what is behind idHeader, as far as it takes to know that all of it can be read.
func parseDirectory(b []byte) (directory, error) {
	var d directory
	f := &fields{b: b}
	id := f.byte()
	if id == idArchiveProperties {
		for f.byte() != idEnd {
			f.take(f.number())
		}
		id = f.byte()
	}
	if id == idMainStreams {
		d.streams.parse(f)
		id = f.byte()
	}
	if id == idFiles {
		d.files.parse(f)
		id = f.byte()
	}
	f.end(id)
	if len(f.b) > 0 {
		f.fail("%d bytes behind its end", len(f.b))
	}
	if f.err != nil {
		return d, f.err
	}
	return d, d.check()
}

// end tells of a part that ends with something else than its end.
func (f *fields) end(id byte) {
	if id != idEnd {
		f.fail("a part %#02x where none is expected", id)
	}
}

func (s *streams) parse(f *fields) {
	id := f.byte()
	if id == idPackInfo {
		s.parsePacks(f)
		id = f.byte()
	}
	if id == idUnpackInfo {
		s.parseFolders(f)
		id = f.byte()
	}
	s.total = uint64(s.folders)
	if id == idSubStreams {
		s.parseStreams(f)
		id = f.byte()
	}
	f.end(id)
}

func (s *streams) parsePacks(f *fields) {
	s.position = f.size()
	s.packs = f.count("packed streams")
	id := f.byte()
	if id == idSize {
		s.packSizes = f.numbers(uint64(s.packs))
		id = f.byte()
	}
	if id == idCRC {
		f.values(uint64(s.packs), false)
		id = f.byte()
	}
	f.end(id)
}

func (s *streams) parseFolders(f *fields) {
	if id := f.byte(); id != idFolder {
		f.fail("a part %#02x where folders are expected", id)
	}
	s.folders = f.count("folders")
	f.inside()
	start, coders := f.b, 0
	var scratch folder
	for range s.folders {
		scratch.parse(f)
		coders += len(scratch.coders)
	}
	s.coders.b = start[:len(start)-len(f.b)]
	if id := f.byte(); id != idUnpackSizes {
		f.fail("a part %#02x where sizes are expected", id)
	}
	s.unpackSizes = f.numbers(uint64(coders))
	id := f.byte()
	if id == idCRC {
		s.folderSums = f.values(uint64(s.folders), false)
		id = f.byte()
	}
	f.end(id)
}

func (s *streams) parseStreams(f *fields) {
	id := f.byte()
	if id == idStreamCounts {
		s.counts, s.counted = f.numbers(uint64(s.folders)), true
		id = f.byte()
	}
	sized, summed := s.tally(f)
	if id == idSize {
		s.sizes = f.numbers(sized)
		id = f.byte()
	} else if sized > 0 {
		f.fail("streams without a size")
	}
	if id == idCRC {
		s.sums = f.values(summed, false)
		id = f.byte()
	}
	f.end(id)
}

// tally counts the streams of all folders, and of them those whose size and whose checksum are told.
func (s *streams) tally(f *fields) (sized, summed uint64) {
	s.total = 0
	twin := *s
	for range s.folders {
		n := twin.count()
		_, known := twin.folderSums.next()
		if n > 1 && n-1 > uint64(len(f.b)) {
			f.fail("%d streams in %d bytes", n, len(f.b))
			return 0, 0
		}
		s.total += n
		sized += max(n, 1) - 1
		if n != 1 || !known {
			summed += n
		}
	}
	return sized, summed
}

// count returns how many streams the next folder has.
func (s *streams) count() uint64 {
	if !s.counted {
		return 1
	}
	return s.counts.number()
}

func (l *files) parse(f *fields) {
	l.count = uint64(f.count("files"))
	var empty uint64
	for {
		id := f.byte()
		if id == idEnd {
			return
		}
		part := fields{b: f.take(f.number())}
		switch id {
		case idEmptyStream:
			l.empty = part.flags(l.count)
			empty = l.empty.set(l.count)
		case idEmptyFile:
			l.emptyFile = part.flags(empty)
		case idAnti:
			l.anti = part.flags(empty)
		case idNames:
			part.inside()
			l.names, l.named = part, true
		case idAttributes:
			l.attributes = part.values(l.count, true)
		}
		if part.err != nil {
			f.fail("in part %#02x: %w", id, part.err)
		}
	}
}

// set returns how many of the first n flags are set.
func (f flags) set(n uint64) (count uint64) {
	for range n {
		if f.next() {
			count++
		}
	}
	return count
}

// check reads the whole directory.
func (d directory) check() error {
	if with := d.files.count - d.files.empty.set(d.files.count); with > d.streams.total {
		return fmt.Errorf("%d files with content, but %d streams", with, d.streams.total)
	}
	w := walk{directory: d}
	for range d.files.count {
		if _, err := w.next(); err != nil {
			return err
		}
	}
	return nil
}
