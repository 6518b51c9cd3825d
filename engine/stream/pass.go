package stream

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"retrohunt/sources"
)

// Pass is a way through inputs that does less than a run, to measure what a run stands on.
type Pass int

// The passes, each with what the one before does.
const (
	Decode Pass = iota // inputs are opened and decoded
	Frame              // and cut into events
)

// Passed is what a pass went through.
type Passed struct {
	Streams  int   // inputs, and members of archives
	Stored   int64 // bytes
	Decoded  int64 // bytes
	Events   int64 // of Frame alone
	Inflated bool  // whether a stream was compressed with what Options.Inflate of archives says
	Failed   int   // streams that could not be read whole
	Elapsed  time.Duration
}

// Through passes through the inputs of a job as Run does, with as many workers, in the same order, by the same decoders, and looks
// into nothing. An input is read by one worker: what Run shares of a large one is not there. It ends early with the context.
func Through(ctx context.Context, job Job, pass Pass) Passed {
	start := time.Now()
	job.Sources.Archive.Ahead = idleCores(job)
	queue := order(job)
	var next atomic.Int64
	parts := make([]Passed, max(1, min(wanted(job), len(job.Inputs))))
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() {
			p := passer{ctx: ctx, pass: pass, reader: sources.NewReader(job.Sources)}
			for at := next.Add(1); at <= int64(len(queue)) && ctx.Err() == nil; at = next.Add(1) {
				p.input(job.Inputs[queue[at-1]])
			}
			parts[i] = p.passed
		})
	}
	wg.Wait()
	var out Passed
	for _, p := range parts {
		out.add(p)
	}
	out.Elapsed = time.Since(start)
	return out
}

func (p *Passed) add(o Passed) {
	p.Streams += o.Streams
	p.Stored += o.Stored
	p.Decoded += o.Decoded
	p.Events += o.Events
	p.Inflated = p.Inflated || o.Inflated
	p.Failed += o.Failed
}

// passer is a worker of a pass.
type passer struct {
	ctx    context.Context
	pass   Pass
	reader *sources.Reader
	passed Passed
}

// input passes through all streams of an input.
func (p *passer) input(in sources.Input) {
	if err := p.reader.Open(in); err != nil {
		p.passed.Failed++
		return
	}
	defer p.reader.Close()
	for p.ctx.Err() == nil {
		_, err := p.reader.NextInput()
		if err == io.EOF {
			break
		}
		if err == nil {
			p.passed.Streams++
			err = p.stream()
		}
		var skip *sources.SkipError
		if err != nil && !errors.As(err, &skip) {
			p.passed.Failed++
		}
		p.take(p.reader.Stats())
	}
	p.passed.Stored += p.reader.Stats().Stored // what stands behind the last stream
}

func (p *passer) take(s sources.Stats) {
	p.passed.Stored += s.Stored
	p.passed.Decoded += s.Decoded
	p.passed.Inflated = p.passed.Inflated || strings.Contains(s.Encoding, "zip") && !strings.Contains(s.Encoding, "bzip2")
}

// stream passes through a stream. Its error says that the stream could not be read whole.
func (p *passer) stream() error {
	if p.pass == Decode {
		return p.reader.Discard()
	}
	for p.ctx.Err() == nil {
		_, err := p.reader.Next()
		var malformed *sources.MalformedError
		switch {
		case err == nil:
			p.passed.Events++
		case err == io.EOF:
			return nil
		case !errors.As(err, &malformed):
			return err
		}
	}
	return nil
}
