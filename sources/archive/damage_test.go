package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"strings"
	"testing"
)

// directory is the place of a zip archive's directory.
func directory(src []byte) int { return bytes.Index(src, []byte("PK\x01\x02")) }

// flipped is src with a bit turned.
func flipped(src []byte, at int) []byte {
	out := bytes.Clone(src)
	out[at] ^= 4
	return out
}

func TestDamagedArchives(t *testing.T) {
	long := string(text(3000))
	a, b, c := file{"a", "AAAA"}, file{"b", long}, file{"c", "CCCC"}
	stored, deflated := zipped(zip.Store, a, b, c), zipped(zip.Deflate, a, b, c)
	plainTar := tarred(tar.FormatUSTAR, a, b, c)
	const noDirectory = "damaged: zip: the directory at the end is damaged or cut off; the members were read by their own headers"
	for _, test := range []struct {
		name string
		src  []byte
		want string
	}{
		{"zip with a damaged member", flipped(stored, bytes.Index(stored, []byte("AAAA"))), `
			a zip "EAAA", damaged: zip: the checksum is wrong: some of the bytes before are not what was compressed
			b zip 3000 bytes
			c zip "CCCC"`},
		{"zip with a damaged header", flipped(stored, bytes.Index(stored, []byte("CCCC"))-31), `
			a zip "AAAA"
			b zip 3000 bytes
			c damaged: zip: the member's header is damaged, or not where the directory says
			damaged: zip: the directory at the end does not fit the members; those not at their place were looked for by their own headers`},
		{"zip cut in its directory", deflated[:directory(deflated)+20], `
			a zip "AAAA"
			b zip 3000 bytes
			c zip "CCCC"
			` + noDirectory},
		{"zip with a damaged directory", flipped(deflated, directory(deflated)+1), `
			a zip "AAAA"
			b zip 3000 bytes
			c zip "CCCC"
			` + noDirectory},
		{"stored zip cut in its last member", zipCutInLast(stored), `
			a zip "AAAA"
			b zip 3000 bytes
			c zip "CC"
			` + noDirectory},
		{"tar cut in a member", plainTar[:2048], `
			a tar "AAAA"
			b tar 512 bytes, damaged: tar: the stream is cut off: unexpected EOF
			damaged: tar: the stream is cut off: unexpected EOF`},
		{"tar with a damaged header", flipped(plainTar, 1024+100), `
			a tar "AAAA"
			damaged: tar: a damaged header: the members behind it cannot be found`},
		{"tar without its end", plainTar[:len(plainTar)-1024], `
			a tar "AAAA"
			b tar 3000 bytes
			c tar "CCCC"
			damaged: tar: the blocks at the end are missing: the archive may be cut off`},
		{"cut tar.gz", cutBehind(t, gzippedInBlocks(plainTar, 512), 1024), `
			a gzip+tar "AAAA"
			damaged: tar: the stream is cut off: unexpected EOF`},
		{"7z cut off", testdata(t, "events.7z")[:300], "damaged: 7z: the directory is damaged or cut off: unexpected EOF"},
		{"a damaged zip in a tar", tarred(tar.FormatPAX, file{"x.zip", string(stored[:200])}, c), `
			x.zip!a tar+zip "AAAA"
			x.zip!b tar+zip 118 bytes
			x.zip ` + noDirectory + `
			c tar "CCCC"`},
	} {
		t.Run(test.name, func(t *testing.T) { holdsListing(t, Options{}, test.src, test.want) })
	}
}

// zipCutInLast cuts a stored archive within the content of its last member.
func zipCutInLast(src []byte) []byte { return src[:bytes.LastIndex(src, []byte("CCCC"))+2] }

// cutBehind cuts a compressed stream just behind what holds its first n decoded bytes.
func cutBehind(t *testing.T, src []byte, n int) []byte {
	t.Helper()
	for at := 10; at < len(src); at++ {
		r, err := gzip.NewReader(bytes.NewReader(src[:at]))
		if err != nil {
			continue
		}
		if got, _ := io.ReadAll(r); len(got) >= n {
			return src[:at+2]
		}
	}
	t.Fatal("too short")
	return nil
}

// bomb is a zip of zips of zeros: each level holds the one below so often.
func bomb(levels, width int) []byte {
	member := string(zipped(zip.Deflate, file{"zeros", strings.Repeat("\x00", 1<<20)}))
	for range levels {
		var files []file
		for i := range width {
			files = append(files, file{string(rune('a' + i)), member})
		}
		member = string(zipped(zip.Deflate, files...))
	}
	return []byte(member)
}

func TestBombs(t *testing.T) {
	src := bomb(4, 16) // 64 GiB of zeros in some kilobytes
	got := listing(New(Options{}), fromFile(src))
	if !strings.Contains(got, "a guard against bombs: more than 1000 bytes decoded for each byte stored; --max-ratio raises it") {
		t.Errorf("the ratio guard is silent:\n%s", got)
	}
	if n := strings.Count(got, "1048576 bytes"); n > 200 {
		t.Errorf("%d members of 1 MiB were read of %d bytes", n, len(src))
	}
	got = listing(New(Options{MaxDecoded: 10 << 20}), fromFile(src))
	if !strings.Contains(got, "more than 10485760 bytes decoded; --max-decoded raises it") || strings.Count(got, "1048576 bytes") > 10 {
		t.Errorf("the guard of decoded bytes is silent:\n%s", got)
	}
	got = listing(New(Options{MaxMembers: 3}), fromFile(tarred(tar.FormatUSTAR, file{"a", "1"}, file{"b", "2"}, file{"c", "3"}, file{"d", "4"})))
	want := "a tar \"1\"\nb tar \"2\"\nc tar \"3\"\ndamaged: a guard against bombs: more than 3 members; --max-members raises it"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestOverlappingMembers reads a zip whose directory names one stretch of data over and over.
func TestOverlappingMembers(t *testing.T) {
	src := zipped(zip.Deflate, file{"zeros", strings.Repeat("\x00", 8<<20)})
	at := directory(src)
	end := bytes.Index(src, []byte("PK\x05\x06"))
	entry, tail := src[at:end], bytes.Clone(src[end:])
	const entries = 1000
	binary.LittleEndian.PutUint16(tail[8:], entries)
	binary.LittleEndian.PutUint16(tail[10:], entries)
	binary.LittleEndian.PutUint32(tail[12:], uint32(entries*len(entry)))
	src = append(append(bytes.Clone(src[:at]), bytes.Repeat(entry, entries)...), tail...)
	got := listing(New(Options{}), fromFile(src))
	if n := strings.Count(got, "zeros zip 8388608 bytes\n"); n > 10 || !strings.Contains(got, "--max-ratio raises it") {
		t.Errorf("the ratio guard is silent, %d members were read", n)
	}
}

// TestEndlessNesting reads members in each other, as those of an archive that holds itself: to no end.
func TestEndlessNesting(t *testing.T) {
	got := listing(New(Options{}), fromBytes(nested([]byte("{}"), 40)))
	if got != "damaged: in more than 8 compressions and archives" {
		t.Error(got)
	}
}
