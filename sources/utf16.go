package sources

import (
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"retrohunt/sources/window"
)

// Names of character sets that are converted.
const (
	utf16LE = "UTF-16LE"
	utf16BE = "UTF-16BE"
)

// charsetHead is how many bytes of a stream tell its character set.
const charsetHead = 8

// charsetOf returns the character set of a stream that begins with head, "" for UTF-8 and what is like it. Without a byte order
// mark it must be plain: every second byte zero, the others a text's.
func charsetOf(head []byte) string {
	switch {
	case len(head) < 2:
		return ""
	case head[0] == 0xff && head[1] == 0xfe:
		return utf16LE
	case head[0] == 0xfe && head[1] == 0xff:
		return utf16BE
	case isWideASCII(head, 0):
		return utf16LE
	case isWideASCII(head, 1):
		return utf16BE
	}
	return ""
}

// isWideASCII reports whether the bytes are ASCII text and zeros by turns; low is the place of the first that is no zero.
func isWideASCII(head []byte, low int) bool {
	for i := 0; i+1 < len(head); i += 2 {
		c, zero := head[i+low], head[i+1-low]
		if zero != 0 || c >= utf8.RuneSelf || c < ' ' && !window.IsSpace(c) {
			return false
		}
	}
	return true
}

var errCutCharacter = errors.New("UTF-16: the stream ends inside a character")

// utf16Reader converts a stream to UTF-8. A surrogate without its other half becomes U+FFFD.
type utf16Reader struct {
	r       io.Reader
	big     bool // the big end comes first
	in      [4096]byte
	n       int    // bytes in `in`, before the end of a character
	out     []byte // converted and not yet read
	outFrom int
	err     error
}

func (u *utf16Reader) reset(r io.Reader, big bool) {
	u.r, u.big, u.n, u.out, u.outFrom, u.err = r, big, 0, u.out[:0], 0, nil
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for u.outFrom == len(u.out) {
		if u.err != nil {
			return 0, u.err
		}
		u.convert()
	}
	n := copy(p, u.out[u.outFrom:])
	u.outFrom += n
	return n, nil
}

// convert reads another piece and converts the whole characters in it.
func (u *utf16Reader) convert() {
	u.out, u.outFrom = u.out[:0], 0
	n, err := u.r.Read(u.in[u.n:])
	u.n += n
	u.err = err
	i := 0
	for i+2 <= u.n {
		c := u.unit(i)
		if !utf16.IsSurrogate(c) {
			u.out = utf8.AppendRune(u.out, c)
			i += 2
			continue
		}
		if i+4 > u.n && err == nil {
			break // the other half is not here yet
		}
		pair := rune(utf8.RuneError)
		if i+4 <= u.n {
			pair = utf16.DecodeRune(c, u.unit(i+2))
		}
		i += 2
		if pair != utf8.RuneError {
			i += 2
		}
		u.out = utf8.AppendRune(u.out, pair)
	}
	u.n = copy(u.in[:], u.in[i:u.n])
	if err == io.EOF && u.n > 0 {
		u.err = errCutCharacter
	}
}

func (u *utf16Reader) unit(i int) rune {
	if u.big {
		return rune(u.in[i])<<8 | rune(u.in[i+1])
	}
	return rune(u.in[i+1])<<8 | rune(u.in[i])
}
