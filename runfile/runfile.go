// Package runfile keeps a run in a file: what was asked, what the queries gathered, what was read of each input, and samples, so
// that the run can be printed again, and be merged with others. While a run lasts, a journal keeps parts of it, so that it can be
// gone on with.
//
// It runs nothing and does not look into partial results. A file is a line with the version, the SHA-256 of all that follows, and
// then, compressed with zstd, a JSON text and the partial results, each behind its length. Names that are no UTF-8 lose the bytes
// that are none. What Read returns belongs to the caller.
package runfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/klauspost/compress/zstd"

	"retrohunt/detections"
	"retrohunt/engine/stream"
	"retrohunt/sources"
)

// head starts a file; its number is the version of the form.
const head = "retrohunt run 1\n"

// mostBytes is how large a file may be when it is unpacked, in bytes.
const mostBytes = 8 << 30

// Run is a run as it is kept.
type Run struct {
	Version  string // of the retrohunt that made it
	Started  time.Time
	Paths    []string // as they were asked for
	Missing  []string // what was wrong with those that could not be found
	Clock    Clock
	Settings []string // what else decides rows and coverage, a flag with its value each
	Shard    int      // from 1 on
	Shards   int      // of which this run is one; 1: it read all inputs
	Inputs   string   // a hash of the names and sizes of the inputs of all shards
	Accounts []stream.Account
	Skipped  []sources.Skip  // inputs that were left out by name
	Coverage stream.Coverage // of all inputs
	Queries  []Query
	Samples  []Sample
}

// Clock is what the run knew of time; see engine.Clock.
type Clock struct {
	Now, From, To time.Time
	Zone          string
}

// Query is a detection, and what it gathered.
type Query struct {
	Detection *detections.Detection
	Hash      string // of the query's text
	// Severity is what the run's tuning made of the detection's, which has its own; and Exclusions what it left out of the rows, of
	// which nothing is missing here.
	Severity   string
	Exclusions []Exclusion
	Found      []byte `json:",omitempty"` // by its subqueries, see engine.Query.AppendFound
	Partial    []byte `json:"-"`          // see engine.Query.AppendPartial
}

// Exclusion is a reason for which rows were left out.
type Exclusion struct {
	Where   string // a boolean expression over the row's columns
	Reason  string
	Expires string // the last day on which it applies; "" for no such day
}

// Sample is an event of a row, in the form of whoever keeps it.
type Sample struct {
	Input  int // number
	Record json.RawMessage
}

// HashQuery is the hash of a query's text.
func HashQuery(text string) string { return hash([]byte(text)) }

// HashInputs is the hash of names and sizes of inputs, in their order.
func HashInputs(inputs []sources.Input) string {
	var all []byte
	for _, in := range inputs {
		all = fmt.Appendf(all, "%q %d\n", in.Name, in.Size)
	}
	return hash(all)
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Write writes a run.
func Write(w io.Writer, r *Run) error {
	var partials [][]byte
	for _, q := range r.Queries {
		partials = append(partials, q.Partial)
	}
	packed, err := pack(r, partials)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(packed)
	_, err = w.Write(slices.Concat([]byte(head), sum[:], packed))
	return err
}

// pack returns something's JSON text and partial results as they are kept.
func pack(about any, partials [][]byte) ([]byte, error) {
	text, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	body := frame(nil, text)
	for _, p := range partials {
		body = frame(body, p)
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return packer.EncodeAll(body, nil), nil
}

func frame(dst, b []byte) []byte { return append(binary.AppendUvarint(dst, uint64(len(b))), b...) }

// errDamaged says that a file is not as it was written.
var errDamaged = errors.New("the saved run is damaged")

// Read reads a run that Write wrote. Anything else is an error.
func Read(r io.Reader) (*Run, error) {
	all, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(all, []byte(head))
	switch {
	case !ok && bytes.HasPrefix(all, []byte("retrohunt run ")):
		return nil, errors.New("a saved run of another version of retrohunt")
	case !ok:
		return nil, errors.New("not a saved run")
	case len(rest) < sha256.Size || sha256.Sum256(rest[sha256.Size:]) != [sha256.Size]byte(rest):
		return nil, errDamaged
	}
	return unpack(rest[sha256.Size:])
}

// unpack reads what stands behind the checksum.
func unpack(packed []byte) (*Run, error) {
	run := &Run{}
	rest, err := unpackText(packed, run)
	if err != nil {
		return nil, err
	}
	partials, err := cutPartials(rest, len(run.Queries))
	if err != nil || !run.sound() {
		return nil, errDamaged
	}
	for i, p := range partials {
		run.Queries[i].Partial = p
	}
	return run, nil
}

// unpackText reads the text into about, and returns the partial results behind it.
func unpackText(packed []byte, about any) (rest []byte, err error) {
	unpacker, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer unpacker.Close()
	body, err := io.ReadAll(io.LimitReader(unpacker, mostBytes))
	if err != nil {
		return nil, errDamaged
	}
	text, rest, ok := cutFrame(body)
	if !ok || json.Unmarshal(text, about) != nil {
		return nil, errDamaged
	}
	return rest, nil
}

// cutPartials takes so many partial results apart, behind which nothing stands.
func cutPartials(body []byte, n int) (out [][]byte, err error) {
	for range n {
		one, rest, ok := cutFrame(body)
		if !ok {
			return nil, errDamaged
		}
		out, body = append(out, one), rest
	}
	if len(body) > 0 {
		return nil, errDamaged
	}
	return out, nil
}

// sound reports whether what is counted on is there.
func (r *Run) sound() bool {
	without := func(q Query) bool { return q.Detection == nil || q.Hash != HashQuery(q.Detection.Query) }
	return r.Shards >= 1 && r.Shard >= 1 && r.Shard <= r.Shards && !slices.ContainsFunc(r.Queries, without)
}

func cutFrame(b []byte) (one, rest []byte, ok bool) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, false
	}
	end := n + int(size)
	return b[n:end], b[end:], true
}
