package main

import (
	"fmt"
	"io"
	"sync/atomic"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"retrohunt/report"
)

// How many columns there are for the bar itself, at least and at most, and for the percent beside it.
const (
	leastBar       = 10
	mostBar        = 24
	percentColumns = 6
)

// barRoom is how wide a terminal must be for a bar beside the words; in a narrower one there are only words.
const barRoom = 60

// barProgress shows a bar that is drawn anew each time, with what is being read below it, and at the end is gone.
type barProgress struct {
	*program
	bars    *mpb.Progress // nil before the first time
	bar     *mpb.Bar
	refresh chan any
	gone    chan any // closed when nothing can be drawn any more
	at      atomic.Pointer[report.Progress]
}

func (b *barProgress) show(at report.Progress) {
	b.at.Store(&at)
	if b.bars == nil {
		b.begin()
	}
	select {
	case b.refresh <- nil:
	case <-b.gone: // the terminal is
	}
}

func (b *barProgress) begin() {
	b.refresh, b.gone = make(chan any), make(chan any)
	b.bars = mpb.New(mpb.WithOutput(b.stderr), mpb.WithManualRefresh(b.refresh), mpb.WithShutdownNotifier(b.gone))
	// The bar has no total of its own, for it would end with it, while the rows are still to be made.
	b.bar = b.bars.New(0, mpb.BarStyle(), mpb.BarFillerMiddleware(b.fill), mpb.BarFillerTrim(),
		mpb.AppendDecorators(decor.Any(b.words)), mpb.BarBtmExtender(mpb.BarFillerFunc(b.reading)))
}

func (b *barProgress) end() {
	if b.bars != nil {
		b.bar.Abort(true)
		b.bars.Wait()
	}
}

// fill draws the bar and the percent where the end is known, and as far as there is room.
func (b *barProgress) fill(bar mpb.BarFiller) mpb.BarFiller {
	return mpb.BarFillerFunc(func(w io.Writer, s decor.Statistics) error {
		at := b.at.Load()
		percent, ok := at.Percent()
		if !ok || s.AvailableWidth < percentColumns {
			return nil
		}
		if room := s.AvailableWidth - percentColumns; room >= leastBar {
			s.Current, s.Total, s.RequestedWidth = at.Stored, at.Total, min(mostBar, room)
			if err := bar.Fill(w, s); err != nil {
				return err
			}
		}
		_, err := fmt.Fprintf(w, "%4d%% ", percent)
		return err
	})
}

// words are beside the bar, and leave room for it.
func (b *barProgress) words(s decor.Statistics) string {
	at := b.at.Load()
	room := s.AvailableWidth - 1
	if _, ok := at.Percent(); ok {
		room -= percentColumns
		if s.AvailableWidth >= barRoom {
			room -= leastBar
		}
	}
	return at.Words(max(room, 1))
}

// reading is the line below the bar.
func (b *barProgress) reading(w io.Writer, s decor.Statistics) error {
	_, err := fmt.Fprintln(w, b.at.Load().Reading(max(s.AvailableWidth-1, 1)))
	return err
}
