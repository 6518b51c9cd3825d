// Package sevenzip reads 7z archives: their directory, which may be compressed and encrypted itself, and their members in the order
// in which they are packed. It is made for archives that somebody made to break what reads them: nothing is allocated on the
// word of the archive beyond limits that are stated here, and what is decoded without being handed out is told to the caller.
//
// It does not read archives behind other content, such as self-extracting ones, nor those that are split into volumes. Times are
// skipped. Reading a member again, or out of order, is not possible: members are packed together.
//
// A Reader belongs to one goroutine; what Open returns is valid until the next call of Next.
package sevenzip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"retrohunt/sources/archive/crc"
)

// Limits of what is read.
const (
	// MaxDirectory is the largest directory, in bytes as it is decoded: of about half a million members. It is held in memory.
	MaxDirectory = 64 << 20
	// MaxMemory is how much memory the coders of a member may need together: 7-Zip's highest level asks for a dictionary of 256 MiB.
	MaxMemory = 320 << 20
)

// memoryShare is what part of the memory that coders need counts as decoded. Clearing memory takes the time of decoding some
// percents of it: archives that do nothing but ask for memory are to end as soon as those that decode to a lot.
const memoryShare = 64

// maxEncodings is how often a directory may be packed.
const maxEncodings = 4

var (
	// ErrEncrypted says that a password is needed.
	ErrEncrypted = errors.New("encrypted, and there is no password")
	// ErrChecksum says that what was decoded is not what was packed.
	ErrChecksum = errors.New("the checksum is wrong")
)

// EncryptedError is an error of content that is encrypted: the password may be wrong.
type EncryptedError struct{ Err error }

func (e *EncryptedError) Error() string {
	return "the password is wrong, or the archive is damaged: " + e.Err.Error()
}
func (e *EncryptedError) Unwrap() error { return e.Err }

// UnsupportedError says why something is not read that may be whole.
type UnsupportedError struct{ Reason string }

func (e *UnsupportedError) Error() string { return e.Reason }

// Options say how an archive is read.
type Options struct {
	Password string
	// Decoded is told of bytes that were decoded, but are not handed out: of members that were not read, and between two coders.
	// Its error ends the reading of what they were decoded for.
	Decoded func(n int64) error
}

// Reader reads one archive.
type Reader struct {
	options Options
	at      io.ReaderAt
	size    int64
	walk    walk
	left    uint64 // members to come
	keys    keys
	zstd    zstdDecoders

	content *content // of the folder that is open; nil for none
	opened  int      // that folder
	failed  error    // why it could not be opened
}

const startHeader = 32

// signature is what an archive begins with.
var signature = []byte("7z\xbc\xaf\x27\x1c")

// NewReader reads the directory of an archive of size bytes. Its error says what is wrong with it, without a prefix.
func NewReader(at io.ReaderAt, size int64, options Options) (*Reader, error) {
	if options.Decoded == nil {
		options.Decoded = func(int64) error { return nil }
	}
	r := &Reader{options: options, at: at, size: size}
	b, err := r.storedDirectory()
	for range maxEncodings {
		if err != nil || len(b) == 0 || b[0] != idEncodedHeader {
			break
		}
		b, err = r.decodedDirectory(b[1:])
	}
	switch {
	case err != nil:
		return nil, err
	case len(b) == 0:
		return r, nil
	case b[0] != idHeader:
		return nil, fmt.Errorf("a directory of a kind %#02x", b[0])
	}
	d, err := parseDirectory(b[1:])
	r.walk, r.left = walk{directory: d}, d.files.count
	return r, err
}

// storedDirectory returns the directory as it is stored.
func (r *Reader) storedDirectory() ([]byte, error) {
	var head [startHeader]byte
	if _, err := r.at.ReadAt(head[:min(r.size, startHeader)], 0); err != nil && err != io.EOF {
		return nil, err
	}
	le := binary.LittleEndian
	offset, size, sum := le.Uint64(head[12:]), le.Uint64(head[20:]), le.Uint32(head[28:])
	behind := uint64(max(0, r.size-startHeader))
	switch {
	case r.size < startHeader:
		return nil, io.ErrUnexpectedEOF
	case !bytes.HasPrefix(head[:], signature):
		return nil, errors.New("no 7z archive")
	case crc32.ChecksumIEEE(head[12:]) != le.Uint32(head[8:]):
		return nil, ErrChecksum
	case size > MaxDirectory:
		return nil, &UnsupportedError{fmt.Sprintf("its directory of %d bytes is larger than %d", size, MaxDirectory)}
	case offset > behind || size > behind-offset:
		return nil, io.ErrUnexpectedEOF
	}
	b := make([]byte, size)
	if _, err := r.at.ReadAt(b, startHeader+int64(offset)); err != nil && err != io.EOF {
		return nil, err
	}
	if crc32.ChecksumIEEE(b) != sum {
		return nil, ErrChecksum
	}
	return b, nil
}

// decodedDirectory returns a directory that is packed in the way that b says.
func (r *Reader) decodedDirectory(b []byte) ([]byte, error) {
	f := &fields{b: b}
	w := walk{directory: directory{files: files{count: 1}}}
	if w.streams.parse(f); f.err != nil {
		return nil, f.err
	}
	if w.streams.folders != 1 || w.streams.total != 1 {
		return nil, fmt.Errorf("a directory in %d parts", w.streams.total)
	}
	m, err := w.next()
	if err != nil {
		return nil, err
	}
	if m.Size > MaxDirectory {
		return nil, &UnsupportedError{fmt.Sprintf("its directory of %d bytes is larger than %d", m.Size, MaxDirectory)}
	}
	content, err := r.open(&w.folder)
	if err != nil {
		return nil, err
	}
	defer r.zstd.release()
	out, err := io.ReadAll(&memberReader{m: m, content: content})
	if err == nil {
		err = r.options.Decoded(m.Size)
	}
	return out, err
}

// Members returns how many members are to come.
func (r *Reader) Members() uint64 { return r.left }

// Next returns the next member, io.EOF behind the last.
func (r *Reader) Next() (Member, error) {
	if r.left == 0 {
		return Member{}, io.EOF
	}
	r.left--
	return r.walk.next()
}

// Open returns the content of the member that Next returned last. It is checked while it is read: the last error but io.EOF is
// what is wrong with it.
func (r *Reader) Open(m Member) (io.Reader, error) {
	if m.folder == 0 {
		return bytes.NewReader(nil), nil
	}
	if m.folder != r.opened {
		r.zstd.release()
		r.opened = m.folder
		r.content, r.failed = r.open(&r.walk.folder)
	}
	if r.failed != nil {
		return nil, r.failed
	}
	if err := r.content.skipTo(m.start, r.options.Decoded); err != nil {
		return nil, err
	}
	return &memberReader{m: m, content: r.content}, nil
}

// content is what flows out of a folder. An error stays.
type content struct {
	r         io.Reader
	at        int64
	encrypted bool
	err       error
}

func (c *content) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.read(p)
	c.at += int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // who reads it knows where it ends
	}
	c.err = c.named(err)
	return n, c.err
}

func (c *content) read(p []byte) (n int, err error) {
	defer caught(&err)
	return c.r.Read(p)
}

// caught makes an error of a panic: some coders are libraries, which do not expect everything.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("a coder breaks: %v", p)
	}
}

// named makes an error one that tells of encryption.
func (c *content) named(err error) error {
	if err == nil || !c.encrypted {
		return err
	}
	return &EncryptedError{err}
}

// skipTo goes on to a place that was not read yet.
func (c *content) skipTo(start int64, decoded func(int64) error) error {
	var scratch [16 << 10]byte
	for c.at < start && c.err == nil {
		n, err := c.Read(scratch[:min(int64(len(scratch)), start-c.at)])
		if spent := decoded(int64(n)); spent != nil && err == nil {
			c.err = spent
		}
	}
	if c.at >= start {
		return nil
	}
	return c.err
}

// memberReader reads a member of what flows out of a folder.
type memberReader struct {
	m       Member
	content *content
	n       int64
	sum     uint32
}

func (r *memberReader) Read(p []byte) (n int, err error) {
	if left := r.m.Size - r.n; int64(len(p)) > left {
		p = p[:left]
	}
	if len(p) > 0 {
		n, err = r.content.Read(p)
	}
	r.n += int64(n)
	r.sum = crc.Update(r.sum, p[:n])
	switch {
	case r.n < r.m.Size:
		return n, err
	case r.m.summed && r.sum != r.m.sum:
		return n, r.content.named(ErrChecksum)
	}
	return n, io.EOF
}
