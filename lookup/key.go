package lookup

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"

	"retrohunt/engine/value"
)

// appendKey appends what is the same for keys of the same texts, false if one is null. Numbers compare by their text, for of
// events and of CSV everything is text.
func appendKey(dst []byte, keys []value.Value, fold bool) ([]byte, bool) {
	for _, k := range keys {
		if k.IsNull() {
			return dst, false
		}
		start := len(dst)
		dst = append(dst, 0, 0, 0, 0) // the length, so that ("a", "bc") is not ("ab", "c")
		dst = k.AppendText(dst)
		if fold {
			dst = foldFrom(dst, start+4)
		}
		binary.LittleEndian.PutUint32(dst[start:], uint32(len(dst)-start-4))
	}
	return dst, true
}

// foldFrom turns the text from start on into lower case, in place where it is ASCII.
func foldFrom(dst []byte, start int) []byte {
	for i := start; i < len(dst); i++ {
		c := dst[i]
		if c >= utf8.RuneSelf {
			return foldRunes(dst, i)
		}
		if 'A' <= c && c <= 'Z' {
			dst[i] = c | 0x20
		}
	}
	return dst
}

func foldRunes(dst []byte, start int) []byte {
	rest := string(dst[start:])
	dst = dst[:start]
	for _, r := range rest {
		dst = utf8.AppendRune(dst, unicode.ToLower(unicode.ToUpper(r)))
	}
	return dst
}
