package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ulikunitz/xz"
)

// file is a member to put into an archive.
type file struct{ name, content string }

func zipped(method uint16, files ...file) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		m, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: method})
		if err != nil {
			panic(err)
		}
		io.WriteString(m, f.content)
	}
	w.Close()
	return out.Bytes()
}

func tarred(format tar.Format, files ...file) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range files {
		h := &tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.content)), Typeflag: tar.TypeReg, Format: format}
		switch {
		case strings.HasSuffix(f.name, "/"):
			h.Typeflag = tar.TypeDir
		case strings.HasPrefix(f.content, "-> "):
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, f.content[3:], 0
		}
		if err := w.WriteHeader(h); err != nil {
			panic(err)
		}
		if h.Size > 0 {
			io.WriteString(w, f.content)
		}
	}
	w.Close()
	return out.Bytes()
}

func xzipped(b []byte) []byte {
	var out bytes.Buffer
	w, err := xz.NewWriter(&out)
	if err != nil {
		panic(err)
	}
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// listing is what came of an input: a line for each stream, with its content if that is short.
func listing(o *Opener, src Source) string {
	o.Open(src)
	defer o.Close()
	return strings.Join(lines(o, func() []string { return nil }), "\n")
}

// lines are the lines of a listing, from where the opener is. Before each of them others may be put in.
func lines(o *Opener, others func() []string) (out []string) {
	for range 10_000 {
		name, r, err := o.Next()
		if err == io.EOF {
			return out
		}
		out = append(out, others()...)
		var skip *SkipError
		switch {
		case errors.As(err, &skip):
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s skipped: %v", name, err)))
		case err != nil:
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s damaged: %v", name, err)))
		default:
			kind := o.Kind()
			content, err := io.ReadAll(io.LimitReader(r, 20))
			text := fmt.Sprintf("%q", content)
			if len(content) == 20 {
				var n int64
				n, err = io.Copy(io.Discard, r)
				text = fmt.Sprintf("%d bytes", n+20)
			}
			if err != nil {
				text += fmt.Sprintf(", damaged: %v", err)
			}
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", name, kind, text)))
		}
	}
	return append(out, "no end")
}

func fromBytes(b []byte) Source { return Source{Reader: bytes.NewReader(b), Size: -1} }

func fromFile(b []byte) Source {
	return Source{Reader: bytes.NewReader(b), At: bytes.NewReader(b), Size: int64(len(b))}
}

// holdsListing compares what comes of an input as a file and as a stream.
func holdsListing(t *testing.T, options Options, src []byte, want string) {
	t.Helper()
	want = strings.TrimSpace(strings.ReplaceAll(want, "\t", ""))
	o := New(options)
	for name, source := range map[string]func([]byte) Source{"file": fromFile, "stream": fromBytes} {
		if got := listing(o, source(src)); got != want {
			t.Errorf("as a %s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestMembers(t *testing.T) {
	a, b := file{"a.json", "{}"}, file{"logs/b.json", "[]"}
	for _, c := range []struct {
		name string
		src  []byte
		want string
	}{
		{"a plain stream", []byte("{}"), `"{}"`},
		{"stored zip", zipped(zip.Store, a, b), "a.json zip \"{}\"\nlogs/b.json zip \"[]\""},
		{"deflated zip", zipped(zip.Deflate, a, b), "a.json zip \"{}\"\nlogs/b.json zip \"[]\""},
		{"empty zip", zipped(zip.Store), "skipped: an empty archive"},
		{"tar of USTAR", tarred(tar.FormatUSTAR, a, b), "a.json tar \"{}\"\nlogs/b.json tar \"[]\""},
		{"tar of PAX", tarred(tar.FormatPAX, file{strings.Repeat("é/", 90) + "a", "{}"}, b), strings.Repeat("é/", 90) + "a tar \"{}\"\nlogs/b.json tar \"[]\""},
		{"tar of GNU", tarred(tar.FormatGNU, file{strings.Repeat("x/", 90) + "a", "{}"}), strings.Repeat("x/", 90) + `a tar "{}"`},
		{"tar.gz", gzipped(tarred(tar.FormatPAX, a, b)), "a.json gzip+tar \"{}\"\nlogs/b.json gzip+tar \"[]\""},
		{"tar.gz with a stray byte", append(gzipped(tarred(tar.FormatPAX, a)), '\n'), `a.json gzip+tar "{}"`},
		{"tar.zst", zstandard(tarred(tar.FormatPAX, a)), `a.json zstd+tar "{}"`},
		{"xz", xzipped([]byte("{}")), `xz "{}"`},
		{"xz streams", append(xzipped([]byte("{}")), xzipped([]byte("[]"))...), `xz "{}[]"`},
		{
			"zip of tar.gz of json.gz",
			zipped(zip.Deflate, a, file{"logs/x.tar.gz", string(gzipped(tarred(tar.FormatPAX, file{"b.json", string(gzipped([]byte("[]")))}, a)))}, b),
			`a.json zip "{}"
			logs/x.tar.gz!b.json zip+gzip+tar+gzip "[]"
			logs/x.tar.gz!a.json zip+gzip+tar "{}"
			logs/b.json zip "[]"`,
		},
		{
			"zip in zip in tar",
			tarred(tar.FormatPAX, file{"1.zip", string(zipped(zip.Deflate, file{"2.zip", string(zipped(zip.Store, a))}, a))}, b),
			`1.zip!2.zip!a.json tar+zip+zip "{}"
			1.zip!a.json tar+zip "{}"
			logs/b.json tar "[]"`,
		},
		{
			"what is no log of its own",
			tarred(tar.FormatPAX, file{"d/", ""}, file{"./d/.x", "1"}, file{"__MACOSX/._a.json", "2"}, file{"d/l", "-> a"}, file{"./d/a.json", "{}"}, file{"../../etc/x", "3"}),
			`./d/.x skipped: hidden
			__MACOSX/._a.json skipped: macOS metadata
			d/l skipped: a link
			./d/a.json tar "{}"
			../../etc/x tar "3"`,
		},
		{"hidden members of zip", zipped(zip.Store, file{"d/", ""}, file{"__MACOSX/._a", "1"}, file{".git/x", "2"}, a), `
			__MACOSX/._a skipped: macOS metadata
			.git/x skipped: hidden
			a.json zip "{}"`},
		{"something behind tar", append(tarred(tar.FormatPAX, a), bytes.Repeat([]byte("x"), 600)...), "a.json tar \"{}\"\ndamaged: tar: 600 bytes behind the end of the archive are not read"},
		{"nested too deep", nested(zipped(zip.Store, a), 8), "damaged: in more than 8 compressions and archives"},
		{"a member nested too deep", zipped(zip.Store, file{"x.gz", string(nested([]byte("{}"), 8))}, a), "x.gz damaged: in more than 8 compressions and archives\na.json zip \"{}\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			holdsListing(t, Options{}, c.src, c.want)
		})
	}
}

// TestLargeDirectory reads an archive that says that its directory is too large to be held.
func TestLargeDirectory(t *testing.T) {
	src := zipped(zip.Deflate, file{"a", "1"}, file{"b", "2"})
	end := bytes.LastIndex(src, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint32(src[end+12:], maxDirectory+1)
	holdsListing(t, Options{}, src, "a zip \"1\"\nb zip \"2\"")
}

// TestNotesAreToldOnce looks for the stray byte behind an archive of many members.
func TestNotesAreToldOnce(t *testing.T) {
	inner := append(gzipped(tarred(tar.FormatUSTAR, file{"a", "1"}, file{"b", "2"}, file{"c", string(noise(200_000))})), '\n')
	o := New(Options{})
	o.Open(fromBytes(zipped(zip.Store, file{"x.tar.gz", string(inner)})))
	var notes []Note
	for {
		_, r, err := o.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Fatal(err)
		}
		notes = append(notes, o.Notes()...)
	}
	notes = append(notes, o.Notes()...)
	if len(notes) != 1 || notes[0] != (Note{"x.tar.gz", "1 stray byte behind the last gzip member"}) {
		t.Errorf("%v", notes)
	}
}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestArchivesOfOtherTools(t *testing.T) {
	for _, c := range []struct{ name, password, want string }{
		{"a.json.bz2", "", "bzip2 2250 bytes"},
		{"two.bz2", "", "bzip2 2810 bytes"},
		{"v7.tar.xz", "", "logs/a.json xz+tar 2250 bytes"},
		{"gnu.tar.xz", "", `
			logs/a.json xz+tar 2250 bytes
			logs/b.json xz+tar 560 bytes
			logs/link.json skipped: a link`},
		{"events.7z", "", `
			.hidden.json skipped: hidden
			logs/a.json 7z 2250 bytes
			logs/b.json 7z 560 bytes
			logs/link.json skipped: a link`},
		{"encrypted.7z", "", "logs/a.json skipped: encrypted: --archive-password opens it"},
		{"encrypted.7z", "secret", "logs/a.json 7z 2250 bytes"},
		{"headers.7z", "", "skipped: encrypted: --archive-password opens it"},
		{"headers.7z", "secret", "logs/a.json 7z 2250 bytes"},
		{"aes256.zip", "", `
			logs/a.json skipped: encrypted: --archive-password opens it
			logs/b.json skipped: encrypted: --archive-password opens it`},
		{"aes256.zip", "secret", `
			logs/a.json zip 2250 bytes
			logs/b.json zip 560 bytes`},
		{"aes256.zip", "wrong", `
			logs/a.json damaged: zip: the password is wrong
			logs/b.json damaged: zip: the password is wrong`},
		{"aes128-stored.zip", "secret", "logs/a.json zip 2250 bytes"},
		{"zipcrypto.zip", "", `
			logs/a.json skipped: encrypted: --archive-password opens it
			logs/b.json skipped: encrypted: --archive-password opens it`},
		{"zipcrypto.zip", "secret", `
			logs/a.json zip 2250 bytes
			logs/b.json zip 560 bytes`},
		{"zipcrypto.zip", "wrong", `
			logs/a.json damaged: zip: the password is wrong
			logs/b.json damaged: zip: the password is wrong`},
		{"zipcrypto-stream.zip", "secret", "- zip 2250 bytes"},
		{"links.zip", "", `
			logs/a.json zip 2250 bytes
			logs/link.json skipped: a link
			.hidden.json skipped: hidden`},
		{"streamed.zip", "", "- zip 2250 bytes"},
		{"zip64.zip", "", "logs/a.json zip 2250 bytes"},
		{"deflate64.zip", "", "logs/a.json skipped: zip compression method 9 cannot be read"},
		{"bzip2.zip", "", "logs/a.json zip 2250 bytes"},
		{"xz.zip", "", "logs/a.json zip 2250 bytes"},
		{"../sevenzip/testdata/deflate64.7z", "", "logs/a.json skipped: 7z: compressed with the method 040109, which is not supported"},
	} {
		t.Run(c.name+" "+c.password, func(t *testing.T) {
			holdsListing(t, Options{Password: c.password}, testdata(t, c.name), c.want)
		})
	}
}

// TestContentOfOtherTools compares the bytes where there is but one member.
func TestContentOfOtherTools(t *testing.T) {
	want := testdata(t, "a.json")
	for _, name := range []string{"a.json.bz2", "v7.tar.xz", "encrypted.7z", "headers.7z", "aes256.zip", "aes128-stored.zip", "zipcrypto.zip", "zipcrypto-stream.zip", "links.zip", "streamed.zip", "zip64.zip", "bzip2.zip", "xz.zip"} {
		o := New(Options{Password: "secret"})
		o.Open(fromFile(testdata(t, name)))
		_, r, err := o.Next()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes and %v", name, len(got), err)
		}
	}
}
