package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

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
	to         string     // the file or the folder
	files      []*newFile // one, or in a folder one for each of asks
	spool      *stream.Spool
	counts     []atomic.Int64 // of the events, by query
	writeEmpty bool
	folder     bool  // records stand behind the queries and rows that they are of
	tuned      bool  // they do so, too, and say whether those are left out
	untold     []int // of which queries that is not known, for all events
	suppressed int64 // events that are marked
	failed     bool  // to write the file
}

// evidence makes what --events asks for, nil if it asks for nothing.
func (p *program) evidence(f *runFlags, asks []ask) (*evidence, error) {
	if f.events == "" {
		return nil, nil
	}
	e := &evidence{asks: asks, to: f.events, counts: make([]atomic.Int64, len(asks)), writeEmpty: f.writeEmpty, pack: unpacked, tuned: f.tuning != nil}
	if isFolder(f.events) {
		return e.inFolder(f)
	}
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
		return nil, usageError("--events takes a folder, or a file whose name ends with .parquet, or with .jsonl or .csv, also with .zst behind it, not %q", f.events)
	}
	file, err := create(f.events, f.force)
	if err != nil {
		return nil, err
	}
	e.files, e.spool = []*newFile{file}, stream.NewSpool(eventsMemory)
	return e, nil
}

// isFolder reports whether a name is of a folder, which need not be there yet.
func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir() || name != "" && os.IsPathSeparator(name[len(name)-1])
}

// inFolder begins a file for each detection.
func (e *evidence) inFolder(f *runFlags) (*evidence, error) {
	if err := os.MkdirAll(f.events, 0o777); err != nil {
		return nil, &exit{exitUsage, err}
	}
	e.folder, e.format, e.spool = true, report.EventsJSONLines, stream.NewSpool(eventsMemory)
	for _, a := range e.asks {
		file, err := create(filepath.Join(f.events, fileOf(&a.result)), f.force)
		if err != nil {
			e.abandon()
			return nil, err
		}
		e.files = append(e.files, file)
	}
	return e, nil
}

// fileOf is the name of the file for the events of a result, of letters that any disk takes.
func fileOf(r *report.Result) string {
	id := "query"
	if r.Detection != nil {
		id = r.Detection.ID
	}
	plain := func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, c) || c < ' ' {
			return '_'
		}
		return c
	}
	return strings.TrimLeft(strings.Map(plain, id), ".") + ".jsonl"
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
	row      []byte
}

// Hit writes the event once for each row that it was counted in.
func (s *eventSink) Hit(h *stream.Hit) {
	for _, key := range h.Worker.Groups() {
		s.record.Reset()
		s.evidence.counts[h.Query].Add(1)
		if s.evidence.tuned || s.evidence.folder {
			s.row = report.AppendKey(s.row[:0], key)
			s.record.Write(binary.AppendUvarint(s.record.AvailableBuffer(), uint64(h.Query)))
			s.record.Write(binary.AppendUvarint(s.record.AvailableBuffer(), uint64(len(s.row))))
			s.record.Write(s.row)
		}
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
	if e.tuned {
		if err := e.tell(); err != nil {
			return err
		}
	}
	of := report.EventsOf{Hunt: len(e.asks) > 0 && e.asks[0].result.Detection != nil, Partial: partial, Tuned: e.tuned}
	var errs []error
	for i, file := range e.files {
		switch {
		case !e.folder:
			errs = append(errs, e.writeTo(file, of, e.records(-1)))
		case e.writeEmpty || e.counts[i].Load() > 0:
			errs = append(errs, e.writeTo(file, of, e.records(i)))
		}
	}
	err := errors.Join(errs...)
	e.failed = err != nil
	return err
}

// writeTo writes records to a file.
func (e *evidence) writeTo(file *newFile, of report.EventsOf, records records) error {
	return file.finish(func(w io.Writer) error {
		out, err := e.pack(w)
		if err != nil {
			return err
		}
		if err := e.format.Write(out, of, records); err != nil {
			return err
		}
		return out.Close()
	})
}

// records gives each record, with the reason for which its row is left out.
type records func(do func(record []byte, suppressed string) error) error

// records returns the records of a query, of all if it is below 0.
func (e *evidence) records(of int) records {
	if !e.tuned && !e.folder {
		return func(do func([]byte, string) error) error {
			return e.spool.Each(func(record []byte) error { return do(record, "") })
		}
	}
	return func(do func([]byte, string) error) error {
		return e.spool.Each(func(spooled []byte) error {
			query, row, record, err := e.cutRow(spooled)
			if err != nil || of >= 0 && query != of {
				return err
			}
			reason := e.asks[query].tuning.reason(row)
			if slices.Contains(e.untold, query) {
				reason = report.UntoldSuppressed
			}
			if reason != "" {
				e.suppressed++
			}
			return do(record, reason)
		})
	}
}

// tell finds the queries whose rows do not tell which events are theirs: they lack the columns of their keys, or these have other
// values than events were grouped by, so that a row that was left out has no event.
func (e *evidence) tell() error {
	without := make([]map[string]bool, len(e.asks)) // rows that were left out and of which no event was met
	for i, a := range e.asks {
		if a.tuning == nil {
			continue
		}
		if a.tuning.untold {
			e.untold = append(e.untold, i)
		}
		without[i] = map[string]bool{}
		for key := range a.tuning.reasons {
			without[i][key] = true
		}
	}
	err := e.spool.Each(func(spooled []byte) error {
		query, row, _, err := e.cutRow(spooled)
		if err == nil {
			delete(without[query], string(row))
		}
		return err
	})
	for i, left := range without {
		if len(left) > 0 {
			e.untold = append(e.untold, i)
		}
	}
	return err
}

// cutRow takes apart what the sink wrote: the query and the row's key before the record.
func (e *evidence) cutRow(spooled []byte) (query int, row, record []byte, err error) {
	q, n := binary.Uvarint(spooled)
	size, m := binary.Uvarint(spooled[max(n, 0):])
	start := n + m
	if n <= 0 || m <= 0 || q >= uint64(len(e.asks)) || size > uint64(len(spooled)-start) {
		return 0, nil, nil, io.ErrUnexpectedEOF // somebody else wrote to the spool's file
	}
	end := start + int(size)
	return int(q), spooled[start:end], spooled[end:], nil
}

// wanted reports whether there is to be a file: an empty one only where it is asked for.
func (e *evidence) wanted() bool { return e.writeEmpty || e.spool.Records() > 0 }

// summarize says where the events are.
func (e *evidence) summarize(p *program, cmd *cobra.Command, f *readFlags) {
	if e == nil || e.failed || f.summary != "text" {
		return
	}
	o := p.display(cmd, p.stderr)
	report.EventsSummary(p.stderr, e.to, e.spool.Records(), e.wanted(), o)
	if e.suppressed > 0 {
		report.EventsSuppressed(p.stderr, e.suppressed, o)
	}
	for _, query := range e.untold {
		report.EventsUntold(p.stderr, e.asks[query].result, o)
	}
}

// abandon takes away what was not finished.
func (e *evidence) abandon() {
	if e != nil {
		for _, file := range e.files {
			file.abandon()
		}
		e.spool.Close()
	}
}
