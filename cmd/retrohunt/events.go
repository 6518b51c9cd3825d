package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"

	"retrohunt/engine/stream"
	"retrohunt/report"
)

// eventsMemory is how much of the events is kept in memory before they go to a temporary file.
const eventsMemory = 16 << 20

// evidence is where the events of the rows go.
type evidence struct {
	asks       []ask
	format     report.EventFormat
	pack       func(io.Writer) (io.WriteCloser, error)
	file       *newFile
	spool      *stream.Spool
	writeEmpty bool
	failed     bool // to write the file
}

// evidence makes what --events asks for, nil if it asks for nothing.
func (p *program) evidence(f *runFlags, asks []ask) (*evidence, error) {
	if f.events == "" {
		return nil, nil
	}
	e := &evidence{asks: asks, writeEmpty: f.writeEmpty, pack: unpacked}
	name, packed := strings.CutSuffix(f.events, ".zst")
	if packed {
		e.pack = zstdPacked
	}
	switch {
	case strings.HasSuffix(name, ".jsonl"), strings.HasSuffix(name, ".ndjson"):
		e.format = report.EventsJSONLines
	case strings.HasSuffix(name, ".csv"):
		e.format = report.EventsCSV
	case strings.HasSuffix(name, ".parquet") && packed:
		return nil, usageError("Parquet is compressed inside: --events takes %s, not %s", name, f.events)
	case strings.HasSuffix(name, ".parquet"):
		e.format = report.EventsParquet
	default:
		return nil, usageError("--events takes a file whose name ends with .parquet, or with .jsonl or .csv, also with .zst behind it, not %q", f.events)
	}
	var err error
	if e.file, err = create(f.events, f.force); err != nil {
		return nil, err
	}
	e.spool = stream.NewSpool(eventsMemory)
	return e, nil
}

// unpacked writes as it stands.
func unpacked(w io.Writer) (io.WriteCloser, error) { return nopCloser{w}, nil }

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// zstdPacked compresses on one core: so that the same events are the same bytes.
func zstdPacked(w io.Writer) (io.WriteCloser, error) {
	return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
}

// sinks returns what makes the sinks of a job, nil for no evidence.
func (e *evidence) sinks() func(input, part int) stream.HitSink {
	if e == nil {
		return nil
	}
	keys := make([][]string, len(e.asks))
	for i, a := range e.asks {
		keys[i] = a.query.Keys()
	}
	return func(input, part int) stream.HitSink {
		return &eventSink{evidence: e, keys: keys, to: e.spool.Writer(input, part)}
	}
}

// eventSink writes the events of one part of an input.
type eventSink struct {
	evidence *evidence
	keys     [][]string // by query
	to       *stream.SpoolWriter
	record   bytes.Buffer
}

// Hit writes the event once for each row that it was counted in.
func (s *eventSink) Hit(h *stream.Hit) {
	for _, key := range h.Worker.Groups() {
		s.record.Reset()
		s.evidence.format.Append(&s.record, &report.Event{
			Detection: s.evidence.asks[h.Query].result.Detection, Keys: s.keys[h.Query], Key: key, Hit: h,
		})
		s.to.Write(s.record.Bytes())
	}
}

func (s *eventSink) Close() { s.to.Close() }

// write writes the file, if there is anything to write.
func (e *evidence) write(partial bool) error {
	if e == nil || !e.wanted() {
		return nil
	}
	hunt := len(e.asks) > 0 && e.asks[0].result.Detection != nil
	err := e.file.finish(func(w io.Writer) error {
		out, err := e.pack(w)
		if err != nil {
			return err
		}
		if err := e.format.Write(out, hunt, partial, e.spool.Each); err != nil {
			return err
		}
		return out.Close()
	})
	e.failed = err != nil
	return err
}

// wanted reports whether there is to be a file: an empty one only where it is asked for.
func (e *evidence) wanted() bool { return e.writeEmpty || e.spool.Records() > 0 }

// summarize says where the events are.
func (e *evidence) summarize(p *program, cmd *cobra.Command, f *readFlags) {
	if e != nil && !e.failed && f.summary == "text" {
		report.EventsSummary(p.stderr, e.file.name, e.spool.Records(), e.wanted(), p.display(cmd, p.stderr))
	}
}

// abandon takes away what was not finished.
func (e *evidence) abandon() {
	if e != nil {
		e.file.abandon()
		e.spool.Close()
	}
}
