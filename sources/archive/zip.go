package archive

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/klauspost/compress/zstd"

	"retrohunt/sources/archive/crc"
	"retrohunt/sources/archive/inflate"
)

// zipArchive reads zip archives by the directory at their end. Where that is damaged or cut off, it reads the members by
// their own headers, in zip_local.go.
type zipArchive struct {
	level     *level
	local     zipLocal
	at        io.ReaderAt
	files     []*zip.File    // of the directory, without directories
	starts    []int64        // places of their data, if these were looked up beforehand
	from, to  int            // files[from:to] are still to be read here
	reading   int            // of files, the one that is being read; -1 for none
	deal      *deal          // of the budget among files; nil for an archive in another
	looked    bool           // whether its members can be cut off
	opened    map[int64]bool // places of members that were read by the directory
	misplaced bool           // the directory does not lead to a member
	lost      bool           // there is no directory, or no more of it
	options   *Options
	budget    *budget
	input     *bufio.Reader // of the member
	inflate   inflater      // for all members, made once
	decoded   decoded
}

func isZip(head []byte) bool {
	for _, magic := range []string{"PK\x03\x04", "PK\x05\x06", "PK\x07\x08PK\x03\x04"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}

// maxDirectory is the largest directory that is held in memory, of about half a million members. The members of an archive
// with a larger one are read by their own headers.
const maxDirectory = 64 << 20

func (a *zipArchive) open(o *Opener, l *level) error {
	at, size, err := l.randomAccess(o)
	if err != nil {
		return err
	}
	a.prepare(o)
	a.level, a.at, a.local, a.opened = l, at, zipLocal{at: at, size: size}, map[int64]bool{}
	if directorySize(at, size) > maxDirectory {
		a.lost = true
		return nil
	}
	r, err := zip.NewReader(at, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		a.lost = true
		a.damaged("the directory at the end is damaged or cut off; the members were read by their own headers")
		return nil
	}
	if len(r.File) == 0 {
		return &SkipError{"an empty archive"}
	}
	a.files = slices.DeleteFunc(r.File, func(f *zip.File) bool { return f.Mode().IsDir() && f.UncompressedSize64 == 0 })
	if a.to = len(a.files); o.open == 1 {
		a.deal = newDeal(&o.budget, a.files, size)
	}
	return nil
}

// prepare sets what an archive needs to read members, whosever they are.
func (a *zipArchive) prepare(o *Opener) {
	a.input, a.options, a.budget = bufio.NewReaderSize(nil, 64<<10), &o.options, &o.budget
	a.decoded, a.reading = decoded{kind: "zip", budget: a.budget}, -1
}

// damaged sets what is told behind the members, unless there is something already.
func (a *zipArchive) damaged(what string) {
	if a.level.damage == nil {
		a.level.damage = errors.New("zip: " + what)
	}
}

func (a *zipArchive) next() (member, error) {
	a.leave()
	if a.from < a.to {
		if a.deal != nil {
			if err := a.budget.dealt(a.deal, a.from); err != nil {
				return member{}, err
			}
		}
		a.reading = a.from
		a.from++
		return a.member(a.listed(a.reading)), nil
	}
	if !a.lost && a.misplaced {
		if a.lost = true; a.deal != nil {
			a.budget.undealt(a.deal)
		}
		a.damaged("the directory at the end does not fit the members; those not at their place were looked for by their own headers")
	}
	for a.lost {
		m, err := a.local.next()
		if err != nil {
			return member{}, err
		}
		if !a.opened[m.start] {
			return a.member(m), nil
		}
	}
	return member{}, io.EOF
}

// zipMember is what the headers say of a member.
type zipMember struct {
	name   string
	mode   fs.FileMode
	method uint16
	flags  uint16
	extra  []byte
	time   uint16
	crc    uint32
	stored uint64 // bytes as stored
	size   int64  // bytes decoded; -1 with an unknown checksum
	start  int64  // place of the data
	raw    io.Reader
	err    error
}

const (
	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3 // checksum and sizes follow the data
)

// listed returns a member that the directory lists.
func (a *zipArchive) listed(i int) *zipMember {
	f := a.files[i]
	m := &zipMember{
		name: f.Name, mode: f.Mode(), method: f.Method, flags: f.Flags, extra: f.Extra, time: f.ModifiedTime, crc: f.CRC32,
		stored: f.CompressedSize64, size: int64(f.UncompressedSize64), //nolint:staticcheck // ZipCrypto checks the raw time
	}
	if a.starts != nil {
		m.start = a.starts[i]
	} else if m.start, m.err = f.DataOffset(); m.err != nil {
		a.misplaced = true
		return m
	} else {
		a.opened[m.start] = true
	}
	m.raw = io.NewSectionReader(a.at, m.start, int64(m.stored))
	return m
}

// member opens a member.
func (a *zipArchive) member(m *zipMember) member {
	out := member{name: m.name, err: leftOut(m.name)}
	if out.err == nil && m.mode.Type()&fs.ModeSymlink != 0 {
		out.err = errLink
	}
	if out.err == nil && m.err != nil {
		out.err = errors.New("zip: the member's header is damaged, or not where the directory says")
	}
	if out.err == nil {
		out.r, out.err = a.reader(m)
	}
	return out
}

// reader returns the decrypted and decompressed bytes of a member.
func (a *zipArchive) reader(m *zipMember) (io.Reader, error) {
	check := &zipCheck{crc: m.crc, size: m.size}
	if m.flags&flagEncrypted != 0 {
		if a.options.Password == "" {
			return nil, errEncrypted
		}
		if err := m.decrypt(a.options.Password, check); err != nil {
			return nil, err
		}
	}
	a.input.Reset(m.raw)
	r, err := a.decompress(m.method)
	if err != nil {
		return nil, err
	}
	check.r = r
	a.decoded.r, a.decoded.err = check, nil
	return &a.decoded, nil
}

// Compression methods, by the numbers of the zip specification, 4.4.5.
const (
	methodBzip2 = 12
	methodZstd  = 93
	methodXz    = 95
	methodAES   = 99 // the true one is in the extra field
)

func (a *zipArchive) decompress(method uint16) (io.Reader, error) {
	switch method {
	case zip.Store:
		return a.input, nil
	case zip.Deflate:
		if a.inflate == nil {
			a.inflate = newInflater(a.options)
		}
		a.inflate.Reset(a.input)
		return a.inflate, nil
	case methodBzip2:
		return bzip2.NewReader(a.input), nil
	case methodZstd:
		return zstd.NewReader(a.input, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	case methodXz:
		d := &xzDecoder{}
		return d, d.reset(a.input)
	}
	return nil, &SkipError{fmt.Sprintf("zip compression method %d cannot be read", method)}
}

// inflater decodes deflated members.
type inflater interface {
	io.Reader
	// Reset makes the inflater read another stream.
	Reset(src io.Reader)
}

func newInflater(o *Options) inflater {
	if o.Inflate == InflateLibrary {
		return newDeflateLibrary(nil)
	}
	return inflate.NewDeflateReader(nil)
}

// zipCheck compares what is read through it with size and checksum.
type zipCheck struct {
	r      io.Reader
	crc    uint32
	size   int64 // -1: neither is known
	sum    uint32
	n      int64
	verify func() error // of an encrypted member, at its end, instead of the checksum; nil if there is none
}

func (c *zipCheck) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.sum = crc.Update(c.sum, p[:n])
	if err != nil {
		err = c.end(err)
	}
	return n, err
}

// end returns how a member ends whose reader ended with an error.
func (c *zipCheck) end(err error) error {
	var damage *inflate.Error
	switch {
	case errors.As(err, &damage):
		return &inflate.Error{Format: "zip", Offset: damage.Offset, Err: damage.Err}
	case err != io.EOF:
		return namedAs("zip", err)
	case c.size >= 0 && c.n < c.size:
		return namedAs("zip", io.ErrUnexpectedEOF)
	case c.verify != nil:
		if wrong := c.verify(); wrong != nil {
			return wrong
		}
	case c.size >= 0 && (c.n != c.size || c.sum != c.crc):
		return fmt.Errorf("zip: %w", errChecksum)
	}
	return io.EOF
}
