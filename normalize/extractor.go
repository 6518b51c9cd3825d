package normalize

import (
	"bytes"
	"errors"

	"retrohunt/normalize/wire"
)

// ErrNoJSON is a text that holds no JSON object.
var ErrNoJSON = errors.New("no JSON object in the text")

// Extractor takes the fields of a projection out of a text that is JSON, or ends with JSON: json auto field=x.
type Extractor struct{ walker *wire.Walker }

// NewExtractor returns an extractor for a projection, which must not grow any more.
func NewExtractor(p *Projection) *Extractor {
	wanted := make([]wire.Field, len(p.fields))
	for i, f := range p.fields {
		wanted[i] = f.wire()
	}
	return &Extractor{wire.NewWalker(wire.NewTree(wanted))}
}

// Extract sets the slots of dst to what the JSON object in text holds, nil for what it does not. The texts are valid until
// the next call and while text is. Where there is no JSON, or it is malformed, all slots are nil.
func (e *Extractor) Extract(text []byte, dst [][]byte) error {
	start := bytes.IndexByte(text, '{')
	if start < 0 {
		clear(dst)
		return ErrNoJSON
	}
	if err := e.walker.Walk(text[start:], dst); err != nil {
		return &MalformedError{start + err.Offset, err.Reason}
	}
	return nil
}
