package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// cleanTime is how long the second interrupt waits for a terminal that takes nothing, before it ends the process all the same.
const cleanTime = time.Second

// onSignal ends the context with the first interrupt. The second ends the process at once: the progress is taken from the terminal, and
// the rest is as if nobody listened.
func (p *program) onSignal(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	came := make(chan os.Signal, 2)
	signal.Notify(came, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case <-came:
			cancel()
		case <-done:
			return
		}
		select {
		case second := <-came:
			p.clean()
			end(second)
		case <-done:
		}
	}()
	return ctx, sync.OnceFunc(func() {
		signal.Stop(came)
		close(done)
		cancel()
	})
}

// clean takes the progress from the terminal.
func (p *program) clean() {
	gone := p.shown.Load()
	if gone == nil {
		return
	}
	cleaned := make(chan struct{})
	go func() {
		(*gone)()
		close(cleaned)
	}()
	select {
	case <-cleaned:
	case <-time.After(cleanTime):
	}
}

// end ends the process by a signal, so that whoever started it sees that; by its exit code where a process cannot do so.
func end(s os.Signal) {
	signal.Reset(s)
	if self, err := os.FindProcess(os.Getpid()); err == nil && self.Signal(s) == nil {
		time.Sleep(cleanTime) // the signal takes a moment
	}
	os.Exit(exitInterrupted)
}
