package archive

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"
)

// rarred is a rar archive of version 5 whose members are stored: there is no free tool that makes one.
// https://www.rarlab.com/technote.htm
func rarred(files ...file) []byte {
	const (
		mainHeader, fileHeader, endHeader = 1, 2, 5
		hasData, hasChecksum, unix        = 2, 4, 1
	)
	out := []byte("Rar!\x1a\x07\x01\x00")
	block := func(fields []byte) {
		sized := append(binary.AppendUvarint(nil, uint64(len(fields))), fields...)
		out = append(binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(sized)), sized...)
	}
	block([]byte{mainHeader, 0, 0})
	for _, f := range files {
		size := uint64(len(f.content))
		h := binary.AppendUvarint([]byte{fileHeader, hasData}, size)
		h = binary.AppendUvarint(append(h, hasChecksum), size)
		h = binary.LittleEndian.AppendUint32(append(h, 0), crc32.ChecksumIEEE([]byte(f.content)))
		h = binary.AppendUvarint(append(h, 0, unix), uint64(len(f.name)))
		block(append(h, f.name...))
		out = append(out, f.content...)
	}
	block([]byte{endHeader, 0, 0})
	return out
}

func TestRar(t *testing.T) {
	src := rarred(file{"a.json", "{}"}, file{".x", "1"}, file{"logs/b.json.gz", string(gzipped([]byte("[]")))})
	holdsListing(t, Options{}, src, `
		a.json rar "{}"
		.x skipped: hidden
		logs/b.json.gz rar+gzip "[]"`)
	at := bytes.Index(src, []byte("{}"))
	holdsListing(t, Options{}, flipped(src, at), `
		a.json rar "\x7f}", damaged: rar: rardecode: bad file checksum
		.x skipped: hidden
		logs/b.json.gz rar+gzip "[]"`)
	holdsListing(t, Options{}, src[:at+1], `
		a.json rar "{", damaged: rar: the stream is cut off: unexpected EOF`)
	holdsListing(t, Options{}, src[:at+2], `
		a.json rar "{}"
		damaged: rar: the stream is cut off: unexpected EOF`)
}
