package inflate

import (
	"bufio"
	"bytes"
	stdflate "compress/flate"
	stdgzip "compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// logs makes n bytes or a few more of made-up log lines, always the same for a seed.
func logs(n int, seed uint64) []byte {
	rng := rand.New(rand.NewPCG(seed, 1))
	names := []string{"DescribeInstances", "GetObject", "AssumeRole", "Decrypt", "ConsoleLogin"}
	var b bytes.Buffer
	for b.Len() < n {
		fmt.Fprintf(&b, `{"eventTime":"2026-03-04T05:%02d:%02dZ","eventName":%q,"sourceIPAddress":"192.0.2.%d","requestID":"%016x",`+
			`"userIdentity":{"accountId":"111122223333","arn":"arn:aws:iam::111122223333:user/u%d"},"readOnly":%t}`+"\n",
			rng.IntN(60), rng.IntN(60), names[rng.IntN(len(names))], rng.IntN(256), rng.Uint64(), rng.IntN(50), rng.IntN(2) == 0)
	}
	return b.Bytes()
}

// contents are what the encoders are given.
var contents = map[string][]byte{
	"nothing":        {},
	"one byte":       {'x'},
	"logs":           logs(100_000, 1),
	"short logs":     logs(1500, 2),
	"one letter":     bytes.Repeat([]byte{'a'}, 70_000),
	"short periods":  periods(),
	"noise":          noise(80_000, 256),
	"four letters":   noise(50_000, 4),
	"rare bytes":     rare(60_000),
	"far repetition": append(append(noise(historySize, 256), noise(historySize, 256)...), logs(1000, 3)...),
	"long":           logs(3*windowSize, 4),
}

// sorted returns the names in a map, so that tests do the same things in the same order each time: a Reader remembers the stream
// before.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// noise is random bytes of the given number of values.
func noise(n, values int) []byte {
	rng := rand.New(rand.NewPCG(5, uint64(values)))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rng.IntN(values))
	}
	return b
}

// periods is runs that repeat themselves after 1 to 40 bytes.
func periods() []byte {
	var b bytes.Buffer
	for period := 1; period <= 40; period++ {
		for length := period; length < 400; length += 61 {
			unit := noise(period, 256)
			b.Write(bytes.Repeat(unit, length/period+1)[:length])
		}
	}
	return b.Bytes()
}

// rare is bytes of very uneven frequencies, so that codes become long.
func rare(n int) []byte {
	rng := rand.New(rand.NewPCG(6, 6))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(min(rng.ExpFloat64()*12, 255))
	}
	return b
}

// encoders write a gzip member of a content.
var encoders = func() map[string]func([]byte) []byte {
	all := map[string]func([]byte) []byte{
		"standard library, flushed": func(b []byte) []byte { return flushed(b, stdgzip.BestSpeed) },
	}
	for level := stdgzip.HuffmanOnly; level <= stdgzip.BestCompression; level++ {
		all[fmt.Sprintf("standard library, level %d", level)] = func(b []byte) []byte {
			var out bytes.Buffer
			w, _ := stdgzip.NewWriterLevel(&out, level)
			return written(w, &out, b)
		}
		all[fmt.Sprintf("klauspost, level %d", level)] = func(b []byte) []byte {
			var out bytes.Buffer
			w, _ := gzip.NewWriterLevel(&out, level)
			return written(w, &out, b)
		}
	}
	all["klauspost, stateless"] = func(b []byte) []byte {
		var out bytes.Buffer
		w, _ := gzip.NewWriterLevel(&out, gzip.StatelessCompression)
		return written(w, &out, b)
	}
	return all
}()

func written(w io.WriteCloser, out *bytes.Buffer, b []byte) []byte {
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

// flushed is a member with a flush marker after every 1000 bytes.
func flushed(b []byte, level int) []byte {
	var out bytes.Buffer
	w, _ := stdgzip.NewWriterLevel(&out, level)
	for len(b) > 0 {
		n := min(1000, len(b))
		_, _ = w.Write(b[:n])
		_ = w.Flush()
		b = b[n:]
	}
	_ = w.Close()
	return out.Bytes()
}

// zipped is a member by the standard library.
func zipped(b []byte) []byte { return encoders["standard library, level 6"](b) }

// deflated is a raw stream by the standard library.
func deflated(b []byte) []byte {
	var out bytes.Buffer
	w, _ := stdflate.NewWriter(&out, 6)
	return written(w, &out, b)
}

// drain reads blocks to the end.
func drain(r *Reader) (out []byte, err error) {
	for {
		p, err := r.Next()
		out = append(out, p...)
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		if len(p) == 0 {
			return out, errors.New("neither a byte nor an error")
		}
	}
}

// library decodes a gzip stream with one of the libraries, by the same rule for what stands behind the last member.
func library(stream []byte, standard bool) ([]byte, error) {
	in := bufio.NewReader(bytes.NewReader(stream))
	var out bytes.Buffer
	for {
		if err := libraryMember(in, &out, standard); err != nil {
			return out.Bytes(), err
		}
		magic, _ := in.Peek(2)
		if string(magic) == "\x1f\x8b" {
			continue
		}
		rest, _ := io.ReadAll(in)
		if len(rest) > maxStray && strings.Trim(string(rest), "\x00") != "" {
			return out.Bytes(), errors.New("stray bytes")
		}
		return out.Bytes(), nil
	}
}

func libraryMember(in *bufio.Reader, out *bytes.Buffer, standard bool) error {
	if standard {
		gz, err := stdgzip.NewReader(in)
		if err != nil {
			return err
		}
		gz.Multistream(false)
		_, err = out.ReadFrom(gz)
		return err
	}
	gz, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	gz.Multistream(false)
	_, err = out.ReadFrom(gz)
	return err
}

// libraryDeflate decodes a raw stream with one of the libraries.
func libraryDeflate(stream []byte, standard bool) ([]byte, error) {
	in := bytes.NewReader(stream)
	if standard {
		return io.ReadAll(stdflate.NewReader(in))
	}
	return io.ReadAll(flate.NewReader(in))
}

// want fails unless a stream decodes to these bytes.
func want(t *testing.T, r *Reader, content []byte) {
	t.Helper()
	got, err := drain(r)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, content) {
		t.Fatalf("%d bytes, want %d; the first that differs is %d", len(got), len(content), differs(got, content))
	}
}

// differs returns the first place where a and b differ.
func differs(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}
