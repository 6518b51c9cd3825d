package archive

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// tarArchive reads tar archives as they flow: of the seventh Unix, ustar, PAX and GNU. Behind a damaged header nothing says where
// the next member starts, so that the archive ends there.
type tarArchive struct {
	input tarInput
	tar   *tar.Reader
}

// tarInput counts the zeros that it ended with: an archive ends with blocks of them.
type tarInput struct {
	r     io.Reader
	zeros int64
}

func (in *tarInput) Read(p []byte) (int, error) {
	n, err := in.r.Read(p)
	other := len(bytes.TrimRight(p[:n], "\x00"))
	if other > 0 {
		in.zeros = 0
	}
	in.zeros += int64(n - other)
	return n, err
}

// isTar looks for the checksum of the first header: old archives have no magic bytes.
func isTar(head []byte) bool {
	const at, size = 148, 8
	if len(head) < headSize || head[0] == 0 {
		return false
	}
	want, ok := octal(bytes.Trim(head[at:at+size], " \x00"))
	if !ok {
		return false
	}
	var sum, signed int64 // old archives took the bytes for signed
	for i, c := range head[:headSize] {
		if i >= at && i < at+size {
			c = ' '
		}
		sum += int64(c)
		signed += int64(int8(c))
	}
	return want == sum || want == signed
}

// octal returns the number that a short text is.
func octal(text []byte) (n int64, ok bool) {
	for _, c := range text {
		if c < '0' || c > '7' {
			return 0, false
		}
		n = n<<3 | int64(c-'0')
	}
	return n, len(text) > 0
}

func (a *tarArchive) open(_ *Opener, l *level) error {
	a.input = tarInput{r: l.input}
	a.tar = tar.NewReader(&a.input)
	return nil
}

func (a *tarArchive) next() (member, error) {
	for {
		h, err := a.tar.Next()
		if err == io.EOF && a.input.zeros < headSize {
			return member{}, errors.New("tar: the blocks at the end are missing: the archive may be cut off")
		}
		if err == io.EOF {
			return member{}, a.rest()
		}
		if errors.Is(err, tar.ErrHeader) {
			return member{}, errors.New("tar: a damaged header: the members behind it cannot be found")
		}
		if err != nil {
			return member{}, namedAs("tar", err)
		}
		switch h.Typeflag {
		case tar.TypeDir, tar.TypeXGlobalHeader:
			continue
		case tar.TypeReg, tar.TypeGNUSparse, tar.TypeCont:
			return member{name: h.Name, r: tarMember{a.tar}, err: leftOut(h.Name)}, nil
		case tar.TypeLink, tar.TypeSymlink:
			return member{name: h.Name, err: errLink}, nil
		}
		return member{name: h.Name, err: &SkipError{"neither a file nor a directory"}}, nil
	}
}

// rest reads what stands behind the end of the archive: zeros, and the end of a compression with its checksum.
func (a *tarArchive) rest() error {
	var length int64
	var block [4096]byte
	for {
		n, err := a.input.Read(block[:])
		if length > 0 || len(bytes.Trim(block[:n], "\x00")) > 0 {
			length += int64(n)
		}
		switch {
		case err == io.EOF && length > maxStray:
			return fmt.Errorf("tar: %d bytes behind the end of the archive are not read", length)
		case err != nil:
			return err
		}
	}
}

type tarMember struct{ tar *tar.Reader }

func (m tarMember) Read(p []byte) (int, error) {
	n, err := m.tar.Read(p)
	return n, namedAs("tar", err)
}
