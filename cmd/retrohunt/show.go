package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/engine/stream"
	"retrohunt/report"
	"retrohunt/sources"
	"retrohunt/sources/remote"
)

// showFlags are the flags of show.
type showFlags struct {
	sourceFlags
	pretty  bool
	context int64
}

func (p *program) showCommand() *cobra.Command {
	var f showFlags
	cmd := &cobra.Command{
		Use:   "show ORIGIN",
		Short: "Show the very event that a place names",
		Long: `Show an event as it stands in its input, in UTF-8; a terminal is not shown what it would obey. Its place is INPUT#N, the N-th event, or INPUT@BYTE, the event
that holds that byte of the decoded input; a member of an archive is ARCHIVE!MEMBER.`,
		Example: `  retrohunt show 'case.zip!logs/a.tar.gz!b.json#12'
  retrohunt show --pretty --context 2 logs/security.jsonl@73211`,
		Args: exactly(1, "the place of an event: INPUT#N or INPUT@BYTE"),
		RunE: func(cmd *cobra.Command, args []string) error { return p.show(cmd, &f, args[0]) },
	}
	f.sourceFlags.register(cmd.Flags())
	cmd.Flags().BoolVar(&f.pretty, "pretty", false, "show the event's JSON over many lines; of what is no JSON, the JSON made of it")
	cmd.Flags().Int64Var(&f.context, "context", 0, "show `N` events before and behind it, too")
	return cmd
}

// place is what show looks for: an ordinal, or if that is 0 a byte.
type place struct {
	stream  string // the input, or ARCHIVE!MEMBER
	ordinal int64
	offset  int64
}

// parsePlace reads INPUT#N or INPUT@BYTE.
func parsePlace(s string) (place, error) {
	i := strings.LastIndexAny(s, "#@")
	if i <= 0 {
		return place{}, usageError("a place is INPUT#N or INPUT@BYTE, not %q", s)
	}
	n, err := strconv.ParseInt(s[i+1:], 10, 64)
	if err != nil || n < 0 || s[i] == '#' && n == 0 {
		return place{}, usageError("a place is INPUT#N, from 1 on, or INPUT@BYTE, not %q", s)
	}
	if s[i] == '#' {
		return place{stream: s[:i], ordinal: n}, nil
	}
	return place{stream: s[:i], offset: n}, nil
}

// input returns the input of a stream: the longest part of its name, up to an exclamation mark, that is a file.
func (at place) input() (sources.Input, error) {
	if at.stream == "-" || strings.HasPrefix(at.stream, "-!") {
		return sources.Input{Name: "-", Size: -1}, nil
	}
	if remote.Is(at.stream) {
		url, _, _ := strings.Cut(at.stream, "!")
		return sources.Input{Name: url, URL: url, Size: -1}, nil
	}
	for name := at.stream; ; {
		info, err := os.Stat(name)
		if err == nil && !info.IsDir() {
			return sources.Input{Name: name, Size: info.Size()}, nil
		}
		i := strings.LastIndexByte(name, '!')
		if i < 0 {
			return sources.Input{}, usageError("%s: no such file", at.stream)
		}
		name = name[:i]
	}
}

func (p *program) show(cmd *cobra.Command, f *showFlags, arg string) error {
	at, err := parsePlace(arg)
	if err != nil {
		return err
	}
	in, err := at.input()
	if err != nil {
		return err
	}
	options, err := f.options()
	if err != nil {
		return err
	}
	ctx, stop := p.interrupt(cmd.Context())
	defer stop()
	options.Stdin, options.Remote = p.stdin, p.remote(ctx)
	reader := sources.NewReader(options)
	if err := reader.Open(in); err != nil {
		return &exit{exitDamage, fmt.Errorf("%s: %w", in.Name, err)}
	}
	defer reader.Close()
	if err := findStream(reader, at.stream); err != nil {
		return err
	}
	return p.showEvents(f, reader, at)
}

// findStream moves a reader to the stream of a name.
func findStream(reader *sources.Reader, name string) error {
	for {
		found, err := reader.NextInput()
		switch {
		case err == io.EOF:
			return usageError("%s: there is no such member", name)
		case found != name:
		case err != nil:
			return &exit{exitDamage, fmt.Errorf("%s: %w", name, err)}
		default:
			return nil
		}
	}
}

// showEvents prints the event at a place, with those around it.
func (p *program) showEvents(f *showFlags, reader *sources.Reader, at place) error {
	var before []sources.Event // as many as the context wants
	left := int64(-1)          // events to print behind the one that was found
	for left != 0 {
		e, err := reader.Next()
		var malformed *sources.MalformedError
		switch {
		case errors.As(err, &malformed):
			continue
		case err == io.EOF && left > 0:
			return nil
		case err == io.EOF:
			return usageError("%s: there is no such event", at.stream)
		case err != nil:
			return &exit{exitDamage, fmt.Errorf("%s: %w", at.stream, err)}
		case left > 0:
			left--
		case !at.holds(e):
			before = f.remember(before, e)
			continue
		default:
			for _, b := range before {
				if err := p.showEvent(f, at.stream, b); err != nil {
					return err
				}
			}
			left = f.context
		}
		if err := p.showEvent(f, at.stream, e); err != nil {
			return err
		}
	}
	return nil
}

// holds reports whether an event is the one at a place.
func (at place) holds(e sources.Event) bool {
	if at.ordinal > 0 {
		return e.Ordinal == at.ordinal
	}
	return at.offset < e.Offset+int64(len(e.Raw))
}

// remember keeps a copy of an event for the context, of the last ones only.
func (f *showFlags) remember(kept []sources.Event, e sources.Event) []sources.Event {
	if f.context == 0 {
		return nil
	}
	if int64(len(kept)) == f.context {
		kept = kept[1:]
	}
	e.Raw, e.JSON = bytes.Clone(e.Raw), bytes.Clone(e.JSON)
	return append(kept, e)
}

// showEvent prints an event, as hits have it, and on a terminal nothing that this would obey; where there are several, with its place
// before it.
func (p *program) showEvent(f *showFlags, name string, e sources.Event) error {
	var out bytes.Buffer
	if f.context > 0 {
		fmt.Fprintf(&out, "# %s#%d, line %d, byte %d\n", name, e.Ordinal, e.Line, e.Offset)
	}
	e = stream.Readable(e)
	if !f.pretty || json.Indent(&out, e.JSON, "", "  ") != nil {
		out.Write(e.Raw)
	}
	out.WriteByte('\n')
	text := out.String()
	if _, onTerminal := terminal(p.stdout); onTerminal {
		text = report.VisibleLines(text)
	}
	_, err := io.WriteString(p.stdout, text)
	return err
}
