package sources

import (
	"bufio"
	"errors"
	"io"
	"os"

	"retrohunt/sources/archive"
	"retrohunt/sources/decode"
	"retrohunt/sources/disk"
	"retrohunt/sources/window"
)

// DefaultMaxEvent is the longest event that is read unless Options say otherwise: 64 MiB.
const DefaultMaxEvent = 64 << 20

// Options are what reading needs to know beside the inputs.
type Options struct {
	MaxEvent int             // bytes; a longer event is passed over and counted. 0 is DefaultMaxEvent
	Stdin    io.Reader       // what the input "-" reads
	Archive  archive.Options // password and limits of archives
	Remote   Remote          // what inputs with a URL are read by
	Filter   Filter          // turns events away, but for a sample; nil: every event is wanted
	// Many says that there are so many inputs that the beginnings of a few are sample enough.
	Many bool
}

// Stats is what was read of the open stream so far.
type Stats struct {
	Stored   int64  // bytes as they are stored, with those of the archive since the stream before
	Decoded  int64  // bytes after decompression, in UTF-8
	Encoding string // "gzip", "zstd", one in the other as "zip+gzip", "" for none
	Charset  string // "UTF-16LE", "UTF-16BE", "" for UTF-8
	Framing  string // "lines", "array", "envelope", "objects"; of what is no JSON its format: "evtx", "event xml", "key=value", "csv"
	Notes    []Note // oddities that cost nothing, met since the last look at the statistics
}

// Note is an oddity of a stream, such as a stray byte behind its end.
type Note struct {
	Name string // of the input or member
	Text string
}

// Reader reads one input after another, with the same memory. An input is one stream, or an archive of many.
type Reader struct {
	options Options
	opener  *archive.Opener
	input   string
	stream  string // the stream's name
	members memberNames
	file    io.Closer // nil for standard input
	disk    disk.Reader
	before  int64 // stored bytes of the streams before
	utf16   utf16Reader
	w       window.Window
	framing framing
	charset string
	ordinal int64
	done    error // what Next returns from now on

	turnedAway int64 // events
	bare       bool  // the stream's beginning is not in the sample
	ahead      ahead

	// Of framings but lines:
	nest    []nesting
	gap     []byte // what stood between the element before and this one
	joint   joint
	checked int64 // bytes that were looked at for swallowed events

	decoded decoding // of streams that are no JSON
}

// NewReader returns a reader that is not open.
func NewReader(o Options) *Reader {
	if o.MaxEvent <= 0 {
		o.MaxEvent = DefaultMaxEvent
	}
	return &Reader{options: o, opener: archive.New(o.Archive)}
}

// Open opens an input. Its error is a *DamageError. A Reader may be opened again without being closed.
func (r *Reader) Open(in Input) error {
	r.Close()
	r.input, r.before, r.members = in.Name, 0, nil
	if in.Name == "-" {
		r.opener.Open(archive.Source{Reader: r.options.Stdin, Size: -1})
		return nil
	}
	if in.URL != "" {
		return r.openRemote(in)
	}
	if in.Size < 0 {
		return r.openPipe(in)
	}
	if err := r.disk.Open(in.Name, in.Size); err != nil {
		return &DamageError{Err: reason(err)}
	}
	r.file = &r.disk
	r.opener.Open(archive.Source{Reader: &r.disk, At: &r.disk, Size: in.Size, Shared: true})
	return nil
}

// openPipe opens a file that is no regular one: a pipe or a device, which may keep whoever reads it waiting.
func (r *Reader) openPipe(in Input) error {
	file, err := os.Open(in.Name)
	if err != nil {
		return &DamageError{Err: reason(err)}
	}
	r.file = file
	r.opener.Open(archive.Source{Reader: file, Size: -1})
	return nil
}

// Close closes the input, and removes what it needed on disk.
func (r *Reader) Close() error {
	r.opener.Close()
	r.done = io.EOF
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

// NextInput moves to the next stream of the input: the input itself, or each member of an archive, at any depth, in the order
// of the archive. name is that of the input and, for a member, the names that lead to it: "case.zip!logs/a.tar.gz!b.json";
// the second of one name is "b.json (2)".
//
// An error is io.EOF behind the last stream. Others are of what name says, and the next call goes on behind it: a *SkipError
// for what is no log or is left out by a rule, a *DamageError for what cannot be opened, or for an archive that cannot be
// read further.
func (r *Reader) NextInput() (name string, err error) {
	r.before = r.opener.Stored()
	r.begin()
	member, stream, err := r.opener.Next()
	name = r.name(member)
	if err == nil && member != "" {
		if r.members == nil {
			r.members = memberNames{}
		}
		name = r.members.distinct(name)
	}
	r.stream = name
	r.bare = r.options.Many && !inSample(name)
	if err == nil {
		err = r.start(stream)
	}
	if err == nil {
		return name, nil
	}
	r.done = io.EOF
	return name, unopened(err)
}

// unopened returns why there is no stream, as NextInput has it.
func unopened(err error) error {
	var skip *archive.SkipError
	var noLog *SkipError
	switch {
	case err == io.EOF, errors.As(err, &noLog):
		return err
	case errors.As(err, &skip):
		return &SkipError{skip.Reason}
	}
	return &DamageError{Err: reason(err)}
}

// name returns the name of a member of the input, "" for the input itself.
func (r *Reader) name(member string) string {
	if member == "" {
		return r.input
	}
	return r.input + "!" + member
}

// begin forgets the stream before.
func (r *Reader) begin() {
	r.w.Reset(nil, nil)
	r.framing, r.charset, r.ordinal, r.done, r.checked = "", "", 0, nil, 0
	r.turnedAway, r.ahead.offset, r.ahead.found = 0, 0, false
	r.nest, r.gap, r.joint.text = r.nest[:0], r.gap[:0], r.joint.text[:0]
	r.decoded.current, r.decoded.stream, r.decoded.notes = nil, counter{}, nil
}

// start begins to frame a stream.
func (r *Reader) start(stream *bufio.Reader) error {
	head, _ := stream.Peek(charsetHead)
	if r.charset = charsetOf(head); r.charset == "" {
		r.w.Reset(stream, r.opener)
	} else {
		r.utf16.reset(stream, r.charset == utf16BE)
		r.w.Reset(&r.utf16, nil)
	}
	if f := detectDecoded(&r.w); f != decode.Unknown {
		r.startDecoder(f)
		return nil
	}
	framing, skip := detect(&r.w, r.options.MaxEvent)
	if skip != nil {
		return skip
	}
	r.framing = framing
	return nil
}

// Framing returns how the stream is cut into events, as Stats has it.
func (r *Reader) Framing() string { return string(r.framing) }

// Stats returns what was read of the stream so far. Notes are told once.
func (r *Reader) Stats() Stats {
	stored, decoded := r.Consumed()
	return Stats{
		Stored:   stored - r.before,
		Decoded:  decoded,
		Encoding: r.opener.Kind(),
		Charset:  r.charset,
		Framing:  string(r.framing),
		Notes:    r.notes(),
	}
}

// Consumed returns how many bytes were read of the open input as it is stored, and how many the open stream gave. It is cheap.
func (r *Reader) Consumed() (stored, decoded int64) {
	decoded = r.w.Total()
	if r.decoded.current != nil {
		decoded = r.decoded.stream.n
	}
	return r.opener.Stored(), decoded
}

func (r *Reader) notes() []Note {
	out := append(r.named(r.opener.Notes()), r.decoded.notes...)
	r.decoded.notes = nil
	return out
}

func (r *Reader) named(notes []archive.Note) (out []Note) {
	for _, n := range notes {
		out = append(out, Note{r.name(n.Name), n.Text})
	}
	return out
}

// Next returns the next event of the stream that Options.Filter does not turn away. Its error is io.EOF at the end of the stream, a *MalformedError for a stretch that
// is no event, behind which Next goes on, or a *DamageError where reading broke off.
func (r *Reader) Next() (Event, error) {
	for {
		e, err := r.next()
		if err != nil || r.wants(&e) {
			return e, err
		}
		r.turnedAway++
	}
}

// next returns the next event of the stream, but for lines that are surely turned away.
func (r *Reader) next() (Event, error) {
	switch {
	case r.done != nil:
		return Event{}, r.done
	case r.decoded.current != nil:
		return r.nextDecoded()
	case r.framing == lines:
		if r.options.Filter != nil {
			r.passLines()
		}
		return r.nextLine()
	}
	return r.nextElement()
}

// event returns the event that starts so many bytes behind what is consumed.
func (r *Reader) event(raw []byte, skipped int) Event {
	r.ordinal++
	return Event{Raw: raw, JSON: raw, Ordinal: r.ordinal, Line: r.w.Line(), Offset: r.w.Offset() + int64(skipped)}
}

// end ends the stream where it ends. The bytes from offset on were not delivered.
func (r *Reader) end(offset int64) error {
	r.done = r.w.Err()
	if r.done != io.EOF {
		r.done = &DamageError{Offset: offset, Err: reason(r.w.Err())}
	}
	return r.done
}

// breakOff ends the stream at offset, with its own error if it has one.
func (r *Reader) breakOff(offset int64, err error) error {
	if r.w.Err() != nil && r.w.Err() != io.EOF {
		err = reason(r.w.Err())
	}
	r.done = &DamageError{Offset: offset, Err: err}
	return r.done
}
