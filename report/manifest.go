package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"time"

	"retrohunt/engine/stream"
)

// Manifest is the account of a run: what read what, and when.
type Manifest struct {
	Version string // of retrohunt
	Started time.Time
	Ended   time.Time
	Partial bool
	Asked   []Asked
	Inputs  []stream.Custody
	Tuning  *Tuning  // nil: none
	Results []Result // for what the tuning did
}

// Asked is a query that was run: of a detection, or one of the user's own.
type Asked struct {
	Detection string // its id, "" for a query of the user's own
	Query     string // its text
}

// ManifestJSON prints a manifest as indented JSON.
func ManifestJSON(w io.Writer, m *Manifest) error {
	out := manifestObject{
		Tool: "retrohunt", Version: m.Version, Started: m.Started.UTC(), Ended: m.Ended.UTC(), Partial: m.Partial,
		Queries: []askedObject{}, Inputs: []custodyObject{},
	}
	for _, a := range m.Asked {
		sum := sha256.Sum256([]byte(a.Query))
		out.Queries = append(out.Queries, askedObject{a.Detection, hex.EncodeToString(sum[:]), a.Query})
	}
	for _, c := range m.Inputs {
		out.Inputs = append(out.Inputs, newCustodyObject(c))
	}
	if m.Tuning != nil {
		out.Tuning = &tuningObject{m.Tuning.File, m.Tuning.SHA256, suppressedSummaries(m.Results), retunedSummaries(m.Results)}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

// manifestObject is a manifest under the names that machines read; they are part of the interface.
type manifestObject struct {
	Tool    string          `json:"tool"`
	Version string          `json:"version"`
	Started time.Time       `json:"started"`
	Ended   time.Time       `json:"ended"`
	Partial bool            `json:"partial"`
	Queries []askedObject   `json:"queries"`
	Tuning  *tuningObject   `json:"tuning,omitempty"`
	Inputs  []custodyObject `json:"inputs"`
}

// tuningObject is a tuning, with each of its exclusions for each detection that it means: how many rows that left out, and whether
// it is expired.
type tuningObject struct {
	File       string              `json:"file"`
	SHA256     string              `json:"sha256"`
	Suppressed []suppressedSummary `json:"suppressed,omitempty"`
	Retuned    []retunedSummary    `json:"severities,omitempty"`
}

type askedObject struct {
	Detection string `json:"detection,omitempty"`
	SHA256    string `json:"sha256"` // of the query's text
	Query     string `json:"query"`
}

type custodyObject struct {
	Name    string         `json:"name"`
	Size    int64          `json:"size"`
	SHA256  string         `json:"sha256,omitempty"`
	Error   string         `json:"error,omitempty"`
	Streams []streamObject `json:"streams"`
}

type streamObject struct {
	Name      string  `json:"name"`
	Encoding  string  `json:"encoding,omitempty"`
	Charset   string  `json:"charset,omitempty"`
	Framing   string  `json:"framing,omitempty"`
	Decoded   int64   `json:"bytes_decoded"`
	Events    int64   `json:"events"`
	Malformed int64   `json:"malformed"`
	Lost      int64   `json:"bytes_lost"`
	Undated   int64   `json:"undated"`
	First     *string `json:"first"` // null if no event has a time
	Last      *string `json:"last"`
	Skipped   string  `json:"skipped,omitempty"`
	Damage    string  `json:"damage,omitempty"`
}

func newCustodyObject(c stream.Custody) custodyObject {
	out := custodyObject{Name: c.Name, Size: c.Size, SHA256: c.SHA256, Error: c.Err, Streams: []streamObject{}}
	for _, s := range c.Streams {
		object := streamObject{
			Name: s.Name, Encoding: s.Encoding, Charset: s.Charset, Framing: s.Framing, Decoded: s.Decoded,
			Events: s.Events, Malformed: s.Malformed, Lost: s.Lost, Undated: s.Undated, Skipped: s.Skipped, Damage: s.Damage,
		}
		if s.Timed {
			first, last := instant(s.First), instant(s.Last)
			object.First, object.Last = &first, &last
		}
		out.Streams = append(out.Streams, object)
	}
	return out
}
