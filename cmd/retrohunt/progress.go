package main

import (
	"sync"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"retrohunt/engine/stream"
	"retrohunt/report"
)

// progressKinds are what --progress takes.
var progressKinds = []string{"auto", "bar", "json", "none"}

// How often the progress is shown, and what is done before anything is.
const (
	barEvery  = 200 * time.Millisecond
	jsonEvery = time.Second
	lineEvery = 10 * time.Second
	quickRun  = time.Second
)

// barColumns is how wide a terminal must be for a bar, unless the user asks for one.
const barColumns = 40

// progressDisplay shows how far a run is, again and again.
type progressDisplay interface {
	show(report.Progress)
	end() // takes away what must not stay
}

// watch shows how far a job is, from now until the function that it returns is called.
func (p *program) watch(cmd *cobra.Command, f *readFlags, job *stream.Job) (stop func()) {
	display, every := p.progressDisplay(cmd, f)
	if display == nil {
		return func() {}
	}
	job.Progress = &stream.Progress{}
	pace := report.NewPace(p.now())
	times, stopTicks := p.ticks(every)
	stopped := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		defer display.end()
		for {
			select {
			case now := <-times:
				if at := pace.At(now, job.Progress.Snapshot()); at.Elapsed >= quickRun {
					display.show(at)
				}
			case <-stopped:
				return
			}
		}
	})
	gone := sync.OnceFunc(func() {
		stopTicks()
		close(stopped)
		watching.Wait()
	})
	p.shown.Store(&gone)
	return func() {
		gone()
		p.shown.Store(nil)
	}
}

// progressDisplay chooses how the progress is shown, and how often; nil for not at all. There is no bar among rows that are printed
// meanwhile.
func (p *program) progressDisplay(cmd *cobra.Command, f *readFlags) (progressDisplay, time.Duration) {
	width, onTerminal := terminal(p.stderr)
	fits := onTerminal && p.getenv("TERM") != "dumb" && !f.live
	switch {
	case f.progress == "none":
		return nil, 0
	case f.progress == "json":
		return jsonProgress{p}, jsonEvery
	case fits && (width >= barColumns || f.progress == "bar"):
		return &barProgress{program: p}, barEvery
	}
	return lineProgress{p.log(cmd).Level(zerolog.InfoLevel)}, lineEvery
}

// jsonProgress prints an object each time. That standard error goes away is no reason to stop reading.
type jsonProgress struct{ *program }

func (j jsonProgress) show(at report.Progress) { _ = at.JSON(j.stderr) }
func (j jsonProgress) end()                    {}

// lineProgress logs a line each time.
type lineProgress struct{ log zerolog.Logger }

func (l lineProgress) show(at report.Progress) {
	line := at.Words(0)
	if reading := at.Reading(0); reading != "" {
		line += "; " + reading
	}
	l.log.Info().Msg(line)
}

func (l lineProgress) end() {}
