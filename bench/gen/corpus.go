package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"retrohunt/bench/synth"
)

// chunkSize is the size from which a chunk is full. A corpus is a sequence of chunks, each made of the seed and its number
// alone, so that every spread over files holds the same events.
const chunkSize = 256 << 10

// corpus says what to write.
type corpus struct {
	dir      string
	size     int64 // decoded bytes, rounded up to whole chunks
	hits     float64
	seed     uint64
	files    int
	compress string
	level    int
	objects  int
}

// write writes the logs, as many files at a time as there are cores, and what is expected of them.
func (c *corpus) write() error {
	if c.dir == "" {
		return errors.New("-dir says where to write")
	}
	logs := filepath.Join(c.dir, "logs")
	if _, err := os.Stat(logs); err == nil {
		return fmt.Errorf("%s exists", logs)
	}
	jobs := c.spread()
	if c.objects > 0 {
		jobs = c.bucket()
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	var errs []error
	all := newTally()
	next := make(chan job)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			t := newTally()
			for j := range next {
				if err := c.file(filepath.Join(logs, j.name), j, t); err != nil {
					mu.Lock()
					errs = append(errs, err)
					mu.Unlock()
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all.add(t)
		})
	}
	for _, j := range jobs {
		next <- j
	}
	close(next)
	wg.Wait()
	return errors.Join(append(errs, all.write(c.dir))...)
}

// job is a file to write: the chunks [from, to).
type job struct {
	name     string
	from, to uint64
	append   func(c *corpus, dst []byte, number uint64, t *tally) []byte
	compress string
}

// spread returns the files of the mixed corpus.
func (c *corpus) spread() []job {
	chunks := uint64((c.size + chunkSize - 1) / chunkSize)
	n := uint64(max(1, c.files))
	jobs := make([]job, n)
	extension := map[string]string{"gzip": ".gz", "zstd": ".zst"}[c.compress]
	for i := range n {
		name := fmt.Sprintf("%03d.jsonl%s", i, extension)
		jobs[i] = job{name, chunks * i / n, chunks * (i + 1) / n, (*corpus).appendLines, c.compress}
	}
	return jobs
}

// appendLines appends a chunk of the mixed corpus, an event to a line.
func (c *corpus) appendLines(dst []byte, number uint64, t *tally) []byte {
	m := synth.New(c.seed, number)
	for end := len(dst) + chunkSize; len(dst) < end; {
		e, row := m.Background(), synth.Row{}
		if m.Chance(c.hits) {
			e, row = m.Hit()
		}
		dst = append(m.Append(dst, e), '\n')
		t.event(e, row, m.Time())
	}
	return dst
}

// bucket returns the objects of a trail.
func (c *corpus) bucket() []job {
	jobs := make([]job, c.objects)
	for i := range jobs {
		at := synth.New(c.seed, uint64(i)).Time()
		name := fmt.Sprintf("AWSLogs/111122223333/CloudTrail/us-east-1/%s/111122223333_CloudTrail_us-east-1_%s_%016X.json.gz",
			at.Format("2006/01/02"), at.Format("20060102T1504Z"), uint64(i+1)*0x9e3779b97f4a7c15)
		jobs[i] = job{name, uint64(i), uint64(i) + 1, (*corpus).appendObject, "gzip"}
	}
	return jobs
}

// appendObject appends what one object of a trail holds: the records of a few minutes, in one line.
func (c *corpus) appendObject(dst []byte, number uint64, t *tally) []byte {
	m := synth.New(c.seed, number)
	before := `{"Records":[`
	for range 3 + number%4 {
		e, row := m.BackgroundOf("cloudtrail"), synth.Row{}
		if m.Chance(c.hits) {
			e, row = m.HitOf("cloudtrail")
		}
		dst = m.Append(append(dst, before...), e)
		t.event(e, row, m.Time())
		before = ","
	}
	return append(dst, "]}"...)
}

// file writes a file.
func (c *corpus) file(path string, j job, t *tally) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriterSize(f, 1<<20)
	w, err := c.compressor(j.compress, out)
	if err != nil {
		return err
	}
	var buf []byte
	for number := j.from; number < j.to; number++ {
		buf = j.append(c, buf[:0], number, t)
		t.Bytes += int64(len(buf))
		if _, err := w.Write(buf); err != nil {
			return err
		}
	}
	return errors.Join(w.Close(), out.Flush(), f.Close())
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

func (c *corpus) compressor(kind string, w io.Writer) (io.WriteCloser, error) {
	switch kind {
	case "none":
		return plain{w}, nil
	case "gzip":
		return gzip.NewWriterLevel(w, c.level)
	case "zstd":
		return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(c.level)), zstd.WithEncoderConcurrency(1))
	}
	return nil, fmt.Errorf("-compress is none, gzip or zstd, not %q", kind)
}
