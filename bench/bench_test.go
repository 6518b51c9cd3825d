// Package bench_test measures the stations of the data path one by one, over the same 8 MiB of mixed logs:
// go test -run '^$' -bench . ./bench
package bench_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"retrohunt/bench/synth"
	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/normalize"
	"retrohunt/sources"
	"retrohunt/sources/archive"
)

// logs are the events that all benchmarks read, one to a line, with the hits of a corpus.
var logs = func() (out []byte) {
	m := synth.New(1, 1)
	for len(out) < 8<<20 {
		e := m.Background()
		if m.Chance(0.001) {
			e, _ = m.Hit()
		}
		out = append(m.Append(out, e), '\n')
	}
	return out
}()

// events are the logs taken apart.
var events = bytes.Split(bytes.TrimSpace(logs), []byte("\n"))

func query(tb testing.TB) *engine.Query {
	tb.Helper()
	all, err := detections.Load("../detections/t1021.007.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	q, err := engine.Compile(all[0].Query)
	if err != nil {
		tb.Fatal(err)
	}
	return q.WithSeen()
}

func compressed(tb testing.TB, w io.WriteCloser, out *bytes.Buffer) []byte {
	tb.Helper()
	if _, err := w.Write(logs); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func gzipped(tb testing.TB) []byte {
	var out bytes.Buffer
	return compressed(tb, gzip.NewWriter(&out), &out)
}

// decompress measures what sources/archive makes of a compressed stream.
func decompress(b *testing.B, data []byte) {
	opener := archive.New(archive.Options{})
	block := make([]byte, 256<<10)
	b.SetBytes(int64(len(logs)))
	for b.Loop() {
		opener.Open(archive.Source{Reader: bytes.NewReader(data), Size: -1})
		_, r, err := opener.Next()
		if err != nil {
			b.Fatal(err)
		}
		total := 0
		for err == nil {
			var n int
			n, err = r.Read(block)
			total += n
		}
		if err != io.EOF || total != len(logs) {
			b.Fatal(total, err)
		}
	}
}

func BenchmarkGunzip(b *testing.B) { decompress(b, gzipped(b)) }

func BenchmarkUnzstd(b *testing.B) {
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out)
	if err != nil {
		b.Fatal(err)
	}
	decompress(b, compressed(b, w, &out))
}

// BenchmarkFrame reads a file's lines; BenchmarkFrameEnvelope the records of one long line.
func BenchmarkFrame(b *testing.B) { frame(b, logs) }

func BenchmarkFrameEnvelope(b *testing.B) {
	frame(b, append(append([]byte(`{"Records":[`), bytes.Join(events, []byte(","))...), "]}"...))
}

func frame(b *testing.B, data []byte) {
	in := file(b, "logs.json", data)
	reader := sources.NewReader(sources.Options{})
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := reader.Open(in); err != nil {
			b.Fatal(err)
		}
		if _, err := reader.NextInput(); err != nil {
			b.Fatal(err)
		}
		n := 0
		for {
			if _, err := reader.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != len(events) {
			b.Fatalf("%d events, not %d", n, len(events))
		}
	}
	reader.Close()
}

func file(b *testing.B, name string, data []byte) sources.Input {
	path := filepath.Join(b.TempDir(), name)
	if err := os.WriteFile(path, data, 0o666); err != nil {
		b.Fatal(err)
	}
	return sources.Input{Name: path, Size: int64(len(data))}
}

// BenchmarkPrefilter looks for what T1021.007 needs of an event.
func BenchmarkPrefilter(b *testing.B) {
	filter := engine.NewPrefilter([]*engine.Query{query(b)})
	b.SetBytes(int64(len(logs)))
	for b.Loop() {
		passed := 0
		for _, e := range events {
			if filter.Passes(e) {
				passed++
			}
		}
		if passed == 0 || passed == len(events) {
			b.Fatalf("%d events of %d pass", passed, len(events))
		}
	}
}

// BenchmarkNormalize extracts what T1021.007 needs.
func BenchmarkNormalize(b *testing.B) {
	var projection normalize.Projection
	query(b).NewWorker(&projection)
	n := normalize.New(&projection, normalize.Options{})
	origin := &normalize.Origin{Name: "bench"}
	b.SetBytes(int64(len(logs)))
	for b.Loop() {
		for _, e := range events {
			if _, err := n.Normalize(e, e, origin); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkNewNormalizer makes what BenchmarkNormalize uses, which a run does before it reads.
func BenchmarkNewNormalizer(b *testing.B) {
	var projection normalize.Projection
	query(b).NewWorker(&projection)
	b.ReportAllocs()
	for b.Loop() {
		normalize.New(&projection, normalize.Options{})
	}
}

// BenchmarkNormalizeAndRun takes the records through T1021.007 as well.
func BenchmarkNormalizeAndRun(b *testing.B) { normalizeAndRun(b, query(b)) }

// BenchmarkNormalizeAndGroup counts every event in one of some thousand groups.
func BenchmarkNormalizeAndGroup(b *testing.B) {
	q, err := engine.Compile("* | json auto | if (isBlank(Hostname), eventName, Hostname) as name | count by _sourceCategory, name")
	if err != nil {
		b.Fatal(err)
	}
	normalizeAndRun(b, q)
}

func normalizeAndRun(b *testing.B, q *engine.Query) {
	var projection normalize.Projection
	worker := q.NewWorker(&projection)
	n := normalize.New(&projection, normalize.Options{})
	origin := &normalize.Origin{Name: "bench"}
	b.SetBytes(int64(len(logs)))
	hits := 0
	for b.Loop() {
		for _, e := range events {
			record, err := n.Normalize(e, e, origin)
			if err != nil {
				b.Fatal(err)
			}
			if worker.Add(record) == engine.Hit {
				hits++
			}
		}
	}
	if hits == 0 {
		b.Fatal("no hits")
	}
}

// BenchmarkHunt is the whole way, from a file to the table, on one core.
func BenchmarkHunt(b *testing.B) { hunt(b, file(b, "logs.jsonl", logs)) }

func BenchmarkHuntGzip(b *testing.B) { hunt(b, file(b, "logs.jsonl.gz", gzipped(b))) }

func hunt(b *testing.B, in sources.Input) {
	q := query(b)
	b.SetBytes(int64(len(logs)))
	for b.Loop() {
		result := stream.Run(context.Background(), stream.Job{Inputs: []sources.Input{in}, Queries: []*engine.Query{q}, Prefilter: true, Workers: 1})
		if result.Coverage.Events != int64(len(events)) || len(result.Tables[0].Rows) == 0 {
			b.Fatalf("%+v", result.Coverage)
		}
	}
}

// BenchmarkRead is the floor under all of them: the file's bytes, read in blocks and not looked at.
func BenchmarkRead(b *testing.B) {
	in := file(b, "logs.jsonl", logs)
	block := make([]byte, 256<<10)
	b.SetBytes(int64(len(logs)))
	for b.Loop() {
		f, err := os.Open(in.Name)
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = f.Read(block)
		}
		f.Close()
	}
}
