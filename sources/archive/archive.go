// Package archive opens what is stored in other streams: it knows compressions and archives by their magic bytes, never by a
// name, and yields the streams inside, one after another, however they are nested. A file for each kind.
//
// It does not look at what the bytes mean, and it extracts nothing: the names of members are for showing only. Archives that
// need random access and come through a pipe, or from another archive, are kept in memory or in a temporary file of bounded
// size that is gone when the Opener is closed. Budgets guard against archives that were made to burst.
//
// An Opener belongs to one goroutine; it lends its decoders to the stream that it opened last and uses them again for the
// next one.
package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"retrohunt/sources/archive/inflate"
)

// Defaults of Options.
const (
	DefaultSpoolLimit = 4 << 30 // a disk's worth of zip in zip is rare, and /tmp often memory
	DefaultMaxDecoded = 1 << 40 // far above the largest export that fits a workstation's disk
	DefaultMaxRatio   = 1000    // logs reach 10 to 200; deflate alone can do no more than 1,032
	DefaultMaxMembers = 1_000_000
)

// maxStray is how many bytes behind the end of a stream are taken for a writer's slip rather than for lost data.
const maxStray = 512

// maxLevels is how many compressions and archives may be open one in the other.
const maxLevels = 8

// ErrTooDeep is a stream inside of more than eight compressions and archives.
var ErrTooDeep = fmt.Errorf("in more than %d compressions and archives", maxLevels)

var errChecksum = errors.New("the checksum is wrong: some of the bytes before are not what was compressed")

// Options limit what is opened. Zero values are the defaults.
type Options struct {
	Password   string // for encrypted members; "" is none
	SpoolLimit int64  // bytes of an archive that is kept in a temporary file
	MaxDecoded int64  // bytes decoded from one input
	MaxRatio   int64  // bytes decoded for each byte stored, once they are more than 64 MiB
	MaxMembers int    // members of all archives of one input
	Inflate    string // InflateOwn or InflateLibrary
	Ahead      int    // cores that would be idle: with one, what an input is compressed with is decoded on a goroutine of its own
}

// What inflates gzip, and the deflated members of zip archives.
const (
	InflateOwn     = "own"     // our decoder, the default
	InflateLibrary = "library" // klauspost/compress, for comparison
)

// SkipError says that a member is not read, by a rule.
type SkipError struct{ Reason string }

func (e *SkipError) Error() string { return e.Reason }

// Source is what an Opener opens.
type Source struct {
	Reader io.Reader
	At     io.ReaderAt // the same bytes, nil if they cannot be read at any place
	Size   int64       // bytes, -1 if unknown
	Shared bool        // several goroutines may read At at once
}

// decoder is one kind of compression: a stream in, a stream out.
type decoder interface {
	io.Reader
	// reset makes the decoder read a new stream.
	reset(r *bufio.Reader) error
	// notes are oddities of the stream met so far that cost nothing.
	notes() []string
}

// lender is a decoder that can lend what it decodes where it lies.
type lender interface {
	// lend returns the last keep bytes that were read or lent, at most inflate.MaxKeep, and behind them at least one more or an error;
	// nothing at all if it must be read instead. They are valid until the next call of lend or Read.
	lend(keep int) ([]byte, error)
}

// container is one kind of archive: a stream in, members out.
type container interface {
	// open begins with the archive of a level.
	open(o *Opener, l *level) error
	// next returns the next member, and ends the use of the one before. Its error ends the archive; io.EOF ends it well.
	next() (member, error)
}

// member is what an archive holds under a name: a stream, or why there is none.
type member struct {
	name string
	r    io.Reader
	err  error // a *SkipError, or damage
}

// kind is a kind of compression or archive.
type kind[T any] struct {
	name    string                 // as coverage shows it
	matches func(head []byte) bool // whether a stream that begins with these bytes is of this kind
	make    func(*Options) T
}

var (
	compressions = []kind[decoder]{
		{"gzip", isGzip, newGzip},
		{"zstd", isZstd, func(*Options) decoder { return &zstdDecoder{} }},
		{"bzip2", isBzip2, func(*Options) decoder { return &bzip2Decoder{} }},
		{"xz", isXz, func(*Options) decoder { return &xzDecoder{} }},
	}
	archives = []kind[container]{
		{"zip", isZip, func(*Options) container { return &zipArchive{} }},
		{"7z", isSevenZip, func(*Options) container { return &sevenZip{} }},
		{"rar", isRar, func(*Options) container { return &rarArchive{} }},
		{"tar", isTar, func(*Options) container { return &tarArchive{} }},
	}
)

// kindOf returns the kind of a stream that begins with head, nil if it is none of them.
func kindOf[T any](kinds []kind[T], head []byte) *kind[T] {
	for i := range kinds {
		if kinds[i].matches(head) {
			return &kinds[i]
		}
	}
	return nil
}

// headSize is how many bytes tell a kind: tar's first header.
const headSize = 512

// Opener opens inputs, one after another.
type Opener struct {
	options Options
	source  counted
	budget  budget
	begun   bool
	levels  []*level
	open    int                  // levels in use
	spare   map[string][]decoder // by kind
	notes   []memberNote
	ahead   ahead
	members *zipArchive // by which members of the archives of others are read; nil before the first
}

// New returns an opener that has nothing open.
func New(options Options) *Opener {
	setDefault(&options.SpoolLimit, DefaultSpoolLimit)
	setDefault(&options.MaxDecoded, DefaultMaxDecoded)
	setDefault(&options.MaxRatio, DefaultMaxRatio)
	setDefault(&options.MaxMembers, DefaultMaxMembers)
	return &Opener{options: options, spare: map[string][]decoder{}}
}

func setDefault[T int | int64](v *T, to T) {
	if *v <= 0 {
		*v = to
	}
}

// Open begins with a new input. It ends the use of the one before.
func (o *Opener) Open(src Source) {
	o.Close()
	o.source = counted{Source: src}
	o.budget = budget{options: &o.options, source: &o.source}
	o.begun, o.notes = false, nil
}

// Close gives back what the input needed on disk. The input itself stays open.
func (o *Opener) Close() { o.closeTo(0) }

// Next returns the next stream of the input: the input itself, decompressed, or if that is an archive each member, at any
// depth, in the order of the archives. name leads to the member, "" is the input itself: "logs/a.tar.gz!b.json".
//
// An error is io.EOF at the end of the input. Others are of what name says, and Next goes on behind it: a *SkipError for what
// is left out by a rule, any other for what cannot be opened, or for an archive that cannot be read further. Next ends the
// use of the reader before.
func (o *Opener) Next() (name string, r *bufio.Reader, err error) {
	if !o.begun {
		o.begun = true
		if r, err := o.enter("", o.source.whole()); r != nil || err != nil {
			return "", r, err
		}
	}
	for {
		l := o.innermost()
		if l == nil {
			return "", nil, io.EOF
		}
		m, err := o.member(l)
		if err != nil {
			o.closeTo(o.open - 1)
			if err != io.EOF {
				return l.name, nil, err
			}
			continue
		}
		name := memberName(l.name, m.name)
		if m.err != nil {
			return name, nil, m.err
		}
		if r, err := o.enter(name, Source{Reader: m.r, Size: -1}); r != nil || err != nil {
			return name, r, err
		}
	}
}

// Lend returns the last keep bytes that were read or lent of the open stream, and behind them at least one more, or the error that
// there are no more. It returns nothing at all where the stream must be read instead, this time. The bytes are valid until the next
// call, or until the stream is read, and must not be written to.
func (o *Opener) Lend(keep int) ([]byte, error) {
	if o.open == 0 || keep > inflate.MaxKeep || o.levels[o.open].input.Buffered() > 0 {
		return nil, nil
	}
	l := o.levels[o.open-1]
	if l.lender == nil {
		return nil, nil
	}
	return l.decoded.lend(l.lender, keep)
}

// Behind reports whether the input is decoded ahead, and no more of it is decoded than was asked for.
func (o *Opener) Behind() bool { return o.source.ahead != nil && o.source.ahead.behind() }

// innermost closes what is open inside of the innermost archive, and returns that, nil if no archive is open.
func (o *Opener) innermost() *level {
	for o.open > 0 && o.levels[o.open-1].archive == nil {
		o.closeTo(o.open - 1)
	}
	if o.open == 0 {
		return nil
	}
	return o.levels[o.open-1]
}

// member returns the next member of an archive.
func (o *Opener) member(l *level) (m member, err error) {
	dealt := l.deals()
	if o.budget.spent != nil && !dealt {
		return m, fmt.Errorf("%s: no further members are read: %w", l.kind, o.budget.spent)
	}
	m, err = l.nextMember()
	if err == io.EOF && l.damage != nil {
		return m, l.damage
	}
	if err == nil && !dealt {
		err = o.budget.member()
	}
	return m, err
}

// enter opens src through all compressions. It returns nothing at all if that is an archive, whose members come next.
func (o *Opener) enter(name string, src Source) (*bufio.Reader, error) {
	for {
		l := o.level()
		l.begin(name, src)
		head, _ := l.input.Peek(headSize) // what cannot be read shows again when it is read
		compression, archive := kindOf(compressions, head), (*kind[container])(nil)
		if compression == nil {
			archive = kindOf(archives, head)
		}
		if compression == nil && archive == nil {
			return l.input, nil
		}
		if o.open == maxLevels {
			return nil, ErrTooDeep
		}
		o.open++
		if compression == nil {
			l.kind, l.archive = archive.name, archive.make(&o.options)
			if err := l.openArchive(o); err != nil {
				o.closeTo(o.open - 1)
				return nil, err
			}
			return nil, nil
		}
		l.kind, l.decoder = compression.name, o.decoder(compression)
		if g, ok := l.decoder.(*gzipDecoder); ok && o.open == 1 {
			g.atOnce(&o.source, o.options.Ahead)
		}
		if err := l.decoder.reset(l.input); err != nil {
			return nil, err
		}
		l.decoded = decoded{r: l.decoder, kind: l.kind, budget: l.budget}
		l.lender, _ = l.decoder.(lender)
		if o.options.Ahead > 0 && o.open == 1 {
			l.ahead = &o.ahead
			l.ahead.start(l.kind, l.decoder, &o.source)
			l.decoded.r, l.lender = l.ahead, l.ahead
		}
		src = Source{Reader: &l.decoded, Size: -1}
	}
}

// level returns the level behind those in use.
func (o *Opener) level() *level {
	if o.open == len(o.levels) {
		o.levels = append(o.levels, &level{input: bufio.NewReaderSize(nil, 64<<10), budget: &o.budget})
	}
	return o.levels[o.open]
}

// closeTo closes all levels but the first n.
func (o *Opener) closeTo(n int) {
	for ; o.open > n; o.open-- {
		l := o.levels[o.open-1]
		l.endAhead()
		o.takeNotes(l)
		if l.decoder != nil {
			o.spare[l.kind] = append(o.spare[l.kind], l.decoder)
		}
		l.close()
	}
}

// decoder returns a decoder of a kind, one that was used before if there is one.
func (o *Opener) decoder(k *kind[decoder]) decoder {
	spare := o.spare[k.name]
	if len(spare) == 0 {
		return k.make(&o.options)
	}
	last := len(spare) - 1
	o.spare[k.name] = spare[:last]
	return spare[last]
}

// Kind returns the compressions and archives around the stream that is open, the outer first: "gzip", "zip+gzip", "" for
// none.
func (o *Opener) Kind() string {
	name := ""
	for _, l := range o.levels[:o.open] {
		if name != "" {
			name += "+"
		}
		name += l.kind
	}
	return name
}

// Note is an oddity of a stream that costs nothing, such as a stray byte behind its end.
type Note struct{ Name, Text string }

// memberNote is a note of a member of the input, as Member numbers them.
type memberNote struct {
	Note
	member int
}

// Notes returns the oddities met since the last call.
func (o *Opener) Notes() []Note {
	for _, l := range o.levels[:o.open] {
		o.takeNotes(l)
	}
	var out []Note
	for _, n := range o.notes {
		out = append(out, n.Note)
	}
	o.notes = nil
	return out
}

// NotesOf returns those of a member that is not open any more.
func (o *Opener) NotesOf(member int) (out []Note) {
	o.notes = slices.DeleteFunc(o.notes, func(n memberNote) bool {
		if n.member == member {
			out = append(out, n.Note)
		}
		return n.member == member
	})
	return out
}

func (o *Opener) takeNotes(l *level) {
	if l.decoder == nil || l.ahead != nil && !l.ahead.ended {
		return
	}
	notes := l.decoder.notes()
	for _, text := range notes[l.noted:] {
		o.notes = append(o.notes, memberNote{Note{l.name, text}, o.Member()})
	}
	l.noted = len(notes)
}

// Stored returns how many bytes of the input were read as it is stored.
func (o *Opener) Stored() int64 { return o.source.read() }

// pathless takes the path out of an error: it is of a temporary file, or named anyway.
func pathless(err error) error {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
