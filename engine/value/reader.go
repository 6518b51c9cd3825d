package value

// Reader reads values that AppendBinary wrote one after the other. Behind the first mistake it yields null and zeros. What it
// reads borrows the text.
type Reader struct {
	rest string
	bad  bool
}

// NewReader returns a reader of a text.
func NewReader(s string) *Reader { return &Reader{rest: s} }

// Value reads a value.
func (r *Reader) Value() Value {
	v, rest, err := ReadBinary(r.rest)
	r.rest = rest
	if err != nil {
		r.Fail()
	}
	return v
}

// Long reads a long.
func (r *Reader) Long() int64 { return r.of(Long).Long() }

// Count reads a number of things, of which each takes a byte at least.
func (r *Reader) Count() int {
	n := r.Long()
	if n < 0 || n > int64(len(r.rest)) {
		r.Fail()
		return 0
	}
	return int(n)
}

// Text reads a string.
func (r *Reader) Text() string { return r.of(String).Str() }

// More reads the boolean that stands before each of several things, and behind the last.
func (r *Reader) More() bool { return r.of(Bool).Bool() }

func (r *Reader) of(kind Kind) Value {
	v := r.Value()
	if v.kind != kind {
		r.Fail()
		return Value{}
	}
	return v
}

// Fail says that what was read makes no sense.
func (r *Reader) Fail() { r.rest, r.bad = "", true }

// Err is the first mistake.
func (r *Reader) Err() error {
	if r.bad {
		return errBinary
	}
	return nil
}

// Close is Err, and a mistake if there is more to read.
func (r *Reader) Close() error {
	if r.rest != "" {
		r.Fail()
	}
	return r.Err()
}
