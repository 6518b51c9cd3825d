package sources_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/ulikunitz/xz"

	"retrohunt/sources"
	"retrohunt/sources/archive"
)

// packed is a member to put into an archive.
type packed struct {
	name    string
	content []byte
}

func zipOf(method uint16, members ...packed) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: method})
		if err != nil {
			panic(err)
		}
		f.Write(m.content)
	}
	w.Close()
	return out.Bytes()
}

func tarOf(members ...packed) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, m := range members {
		if err := w.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.content))}); err != nil {
			panic(err)
		}
		w.Write(m.content)
	}
	w.Close()
	return out.Bytes()
}

func xzOf(b []byte) []byte {
	var out bytes.Buffer
	w, err := xz.NewWriter(&out)
	if err != nil {
		panic(err)
	}
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func gzipOf(b []byte) []byte { return inBlocks(b, newGzipWriter) }

func zstdOf(b []byte) []byte { return inBlocks(b, newZstdWriter) }

// utf16Of is text in UTF-16, with a byte order mark if there is one in it.
func utf16Of(order binary.AppendByteOrder, text string) []byte {
	var out []byte
	for _, c := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, c)
	}
	return out
}

// vector is a file that another tool made of the events in a.json.
func vector(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("archive", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSameEventsFromEveryContainer reads one file of events through everything that may hold it, from disk and from standard
// input.
func TestSameEventsFromEveryContainer(t *testing.T) {
	plain := vector(t, "a.json")
	a := packed{"logs/a.json", plain}
	want := frame(bytes.NewReader(plain), sources.Options{})
	if len(want.events) != 20 {
		t.Fatal(want.text())
	}
	for _, c := range []struct {
		name     string
		src      []byte
		member   string
		encoding string
	}{
		{"plain", plain, "", ""},
		{"gzip", gzipOf(plain), "", "gzip"},
		{"zstd", zstdOf(plain), "", "zstd"},
		{"bzip2", vector(t, "a.json.bz2"), "", "bzip2"},
		{"xz", xzOf(plain), "", "xz"},
		{"tar", tarOf(a), "!logs/a.json", "tar"},
		{"tar.gz", gzipOf(tarOf(a)), "!logs/a.json", "gzip+tar"},
		{"tar.xz of another tool", vector(t, "v7.tar.xz"), "!logs/a.json", "xz+tar"},
		{"stored zip", zipOf(zip.Store, a), "!logs/a.json", "zip"},
		{"deflated zip", zipOf(zip.Deflate, a), "!logs/a.json", "zip"},
		{"zip64", vector(t, "zip64.zip"), "!logs/a.json", "zip"},
		{"encrypted zip", vector(t, "aes256.zip"), "!logs/a.json", "zip"},
		{"7z", vector(t, "encrypted.7z"), "!logs/a.json", "7z"},
		{"zip of gzip", zipOf(zip.Store, packed{"a.json.gz", gzipOf(plain)}), "!a.json.gz", "zip+gzip"},
		{"zip of tar.gz of json.gz", zipOf(zip.Deflate, packed{"logs/a.tar.gz", gzipOf(tarOf(packed{"b.json.gz", gzipOf(plain)}))}), "!logs/a.tar.gz!b.json.gz", "zip+gzip+tar+gzip"},
		{"7z in a zip", zipOf(zip.Store, packed{"x.7z", vector(t, "encrypted.7z")}), "!x.7z!logs/a.json", "zip+7z"},
		{"gzip of zip", gzipOf(zipOf(zip.Deflate, a)), "!logs/a.json", "gzip+zip"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "case")
			if err := os.WriteFile(path, c.src, 0o666); err != nil {
				t.Fatal(err)
			}
			options := sources.Options{Stdin: bytes.NewReader(c.src), Archive: archive.Options{Password: "secret"}}
			r := sources.NewReader(options)
			for _, in := range []sources.Input{{Name: path, Size: int64(len(c.src))}, stdin} {
				streams := readStreams(t, r, in)
				if streams[0].name != in.Name+c.member {
					t.Errorf("%s is named %s", in.Name, streams[0].name)
				}
				if diff := cmp.Diff(want.lines, streams[0].lines); diff != "" {
					t.Errorf("%s: events (-want +got):\n%s", in.Name, diff)
				}
				if got := streams[0].stats; got.Encoding != c.encoding || got.Decoded != int64(len(plain)) || got.Framing != "lines" {
					t.Errorf("%s: %+v", in.Name, got)
				}
				var stored int64
				for _, s := range streams {
					stored += s.stats.Stored
				}
				if c.encoding == "" && stored != int64(len(c.src)) || stored < int64(len(c.src))*9/10 {
					t.Errorf("%s: %d of %d stored bytes are counted", in.Name, stored, len(c.src))
				}
			}
		})
	}
}

// stream is the outcome of one stream of an input. The last one has no name: it counts what is read behind the others.
type stream struct {
	name string
	*outcome
}

func readStreams(t testing.TB, r *sources.Reader, in sources.Input) []stream {
	t.Helper()
	if err := r.Open(in); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []stream
	for range 10_000 {
		name, err := r.NextInput()
		if err == io.EOF {
			return append(out, stream{"", &outcome{stats: r.Stats()}})
		}
		o := &outcome{}
		if err != nil {
			o.add(sources.Event{}, err)
			o.stats = r.Stats()
		} else {
			o.readEvents(r)
		}
		out = append(out, stream{name, o})
	}
	t.Fatal("no end")
	return nil
}

func TestTextInUTF16(t *testing.T) {
	const text = "{\"a\":\"zero 0\"}\r\n{\"a\":\"é € 😀 日本\"}\r\n{\"a\":3}"
	want := frameString(strings.TrimPrefix(text, "\ufeff"))
	for name, src := range map[string][]byte{
		"UTF-16LE": utf16Of(binary.LittleEndian, text),
		"UTF-16BE": utf16Of(binary.BigEndian, text),
	} {
		for piece, arrive := range pieces {
			got := frame(arrive(src), sources.Options{})
			if diff := cmp.Diff(want.lines, got.lines); diff != "" {
				t.Errorf("%s %s (-UTF-8 +UTF-16):\n%s", name, piece, diff)
			}
			if got.stats.Charset != name {
				t.Errorf("%s: charset %q", name, got.stats.Charset)
			}
		}
	}
	for name, src := range map[string][]byte{
		"UTF-16LE": utf16Of(binary.LittleEndian, "\ufeff"+text),
		"UTF-16BE": utf16Of(binary.BigEndian, "\ufeff"+text),
	} {
		got := frame(bytes.NewReader(gzipOf(src)), sources.Options{})
		if diff := cmp.Diff(want.events, got.events); diff != "" || got.stats.Charset != name || got.stats.Encoding != "gzip" {
			t.Errorf("%s with a mark: %q in %q (-UTF-8 +UTF-16):\n%s", name, got.stats.Charset, got.stats.Encoding, diff)
		}
	}
}

func TestDamagedUTF16(t *testing.T) {
	lone := utf16Of(binary.LittleEndian, `{"a":"x"}`)
	binary.LittleEndian.PutUint16(lone[12:], 0xd83d)
	for _, c := range []struct {
		name string
		src  []byte
		want string
	}{
		{"half a pair", lone, "1 line 1 at 0: {\"a\":\"\ufffd\"}"},
		{"half a pair at the end", append(utf16Of(binary.LittleEndian, `{"a":1}`), 0x3d, 0xd8), "1 line 1 at 0: {\"a\":1}\nmalformed line 1 at 7+3: not JSON"},
		{"half a character", append(utf16Of(binary.LittleEndian, "{\"a\":1}\n{\"a\":2}\n"), 'x'), "1 line 1 at 0: {\"a\":1}\n2 line 2 at 8: {\"a\":2}\ndamaged: UTF-16: the stream ends inside a character at byte 16"},
	} {
		for piece, arrive := range pieces {
			if got := frame(arrive(c.src), sources.Options{}).text(); got != c.want {
				t.Errorf("%s, %s: got\n%s\nwant\n%s", c.name, piece, got, c.want)
			}
		}
	}
}
