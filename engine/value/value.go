// Package value holds Sumo's values and the rules for them: kinds, casts, comparison, order, arithmetic, text.
// These rules live here and nowhere else; the compiled engine and engine/naive both use them.
//
// It does not parse queries and does not match patterns. A Value borrows the text it was made from: one made from
// an event is valid as long as the event's bytes are, and whoever keeps it longer calls Clone.
package value

import (
	"math"
	"strconv"
	"strings"
)

// Kind is the type of a value.
type Kind uint8

// The kinds. The zero Value is Null.
const (
	Null Kind = iota
	Bool
	Long
	Double
	String
)

var kindNames = [...]string{"null", "boolean", "long", "double", "string"}

func (k Kind) String() string { return kindNames[k] }

// Value is one Sumo value. The zero Value is null.
type Value struct {
	kind Kind
	bits uint64 // Bool: 0 or 1; Long: the int64; Double: math.Float64bits
	text string // String only
}

// Of… make values. OfString borrows s.
func OfString(s string) Value { return Value{kind: String, text: s} }
func OfLong(n int64) Value    { return Value{kind: Long, bits: uint64(n)} }

// OfDouble makes one value of 0 and -0, which rows show alike, and one of all NaNs: so equal doubles are one group.
func OfDouble(f float64) Value {
	switch {
	case f == 0:
		f = 0
	case math.IsNaN(f):
		f = math.NaN()
	}
	return Value{kind: Double, bits: math.Float64bits(f)}
}

func OfBool(b bool) Value {
	if b {
		return Value{kind: Bool, bits: 1}
	}
	return Value{kind: Bool}
}

// Kind returns the value's kind.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether v is null.
func (v Value) IsNull() bool { return v.kind == Null }

// Clone returns v with text of its own.
func (v Value) Clone() Value {
	v.text = strings.Clone(v.text)
	return v
}

// Str returns the text of a String, and "" for any other kind.
func (v Value) Str() string { return v.text }

// Long returns the number of a Long; Double of a Double; Bool of a Bool. Asked of another kind they return zero.
func (v Value) Long() int64 {
	if v.kind != Long {
		return 0
	}
	return int64(v.bits)
}

func (v Value) Double() float64 {
	if v.kind != Double {
		return 0
	}
	return math.Float64frombits(v.bits)
}

func (v Value) Bool() bool { return v.kind == Bool && v.bits != 0 }

// Text returns v as Sumo prints it: "" for null, true or false, numbers as FormatDouble says.
func (v Value) Text() string {
	if v.kind == String {
		return v.text
	}
	return string(v.AppendText(nil))
}

// AppendText appends v.Text() to dst.
func (v Value) AppendText(dst []byte) []byte {
	switch v.kind {
	case Bool:
		return strconv.AppendBool(dst, v.bits != 0)
	case Long:
		return strconv.AppendInt(dst, int64(v.bits), 10)
	case Double:
		return AppendDouble(dst, v.Double())
	case String:
		return append(dst, v.text...)
	}
	return dst
}
