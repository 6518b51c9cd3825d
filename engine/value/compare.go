package value

import (
	"cmp"
	"encoding/binary"
	"math"
	"strings"
)

// CompareOp is one of Sumo's comparisons.
type CompareOp uint8

// The comparisons.
const (
	Eq CompareOp = iota
	Ne
	Lt
	Le
	Gt
	Ge
)

var compareOps = [...]string{"=", "!=", "<", "<=", ">", ">="}

func (op CompareOp) String() string { return compareOps[op] }

// of reports whether the comparison holds for two values of which the first stands at c (<0, 0, >0) to the second.
func (op CompareOp) of(c int) bool {
	switch op {
	case Eq:
		return c == 0
	case Ne:
		return c != 0
	case Lt:
		return c < 0
	case Le:
		return c <= 0
	case Gt:
		return c > 0
	}
	return c >= 0
}

// Holds compares as Sumo's = != < <= > >= do (section 3 of the language reference). Null equals null only; against
// anything else it is unequal and no order holds. Two texts compare by code point, even if both are numbers: nothing says that a number
// is meant, and then "the data remains string data". If one side is a number the other is cast; one that does not cast is unequal and
// no order holds. A boolean compares as its text.
func Holds(op CompareOp, a, b Value) bool {
	switch {
	case a.kind == Null || b.kind == Null:
		same := a.kind == b.kind
		return op == Eq && same || op == Ne && !same || same && (op == Le || op == Ge)
	case isNumber(a) || isNumber(b):
		x, okA := ToNumber(a)
		y, okB := ToNumber(b)
		if !okA || !okB {
			return op == Ne
		}
		return holdsNumbers(op, x, y)
	case a.kind == String && b.kind == String:
		return holdsText(op, a.text, b.text)
	}
	return holdsText(op, a.Text(), b.Text()) // a boolean, whose text is a constant
}

// HoldsText compares the text of a with a string literal that is not a number. Null is unequal to it.
func HoldsText(op CompareOp, a Value, text string) bool {
	switch a.kind {
	case Null:
		return op == Ne
	case String:
		return holdsText(op, a.text, text)
	}
	var buf [32]byte
	return op.of(cmp.Compare(string(a.AppendText(buf[:0])), text))
}

func holdsText(op CompareOp, a, b string) bool {
	switch op { // equality need not look for the first difference
	case Eq:
		return a == b
	case Ne:
		return a != b
	}
	return op.of(strings.Compare(a, b))
}

func holdsNumbers(op CompareOp, a, b Value) bool {
	if isNaN(a) || isNaN(b) {
		return op == Ne
	}
	return op.of(compareNumbers(a, b))
}

// Compare is the total order of sort and of group keys: numbers by exact size, then texts by code point, then booleans, null
// last. A Long and a Double of one size are equal; NaN comes after all numbers.
func Compare(a, b Value) int {
	if c := cmp.Compare(rank(a), rank(b)); c != 0 {
		return c
	}
	switch a.kind {
	case Long, Double:
		return compareNumbers(a, b)
	case String:
		return strings.Compare(a.text, b.text)
	case Bool:
		return cmp.Compare(a.bits, b.bits)
	}
	return 0
}

// Prefix is the beginning of what Compare compares: of two values with different prefixes the one with the lower comes first, and equal
// values have the same. Sorting many looks at it instead of at texts that are somewhere in memory.
func Prefix(v Value) uint64 {
	const kinds = 2 // bits
	rank := uint64(rank(v)) << (64 - kinds)
	switch v.kind {
	case Long:
		return rank | orderedBits(float64(v.Long()))>>kinds
	case Double:
		return rank | orderedBits(v.Double())>>kinds
	case String:
		var first [8]byte
		copy(first[:], v.text)
		return rank | binary.BigEndian.Uint64(first[:])>>kinds
	case Bool:
		return rank | v.bits
	}
	return rank
}

// orderedBits returns numbers in the order of floating-point numbers, the greatest for NaN.
func orderedBits(f float64) uint64 {
	if math.IsNaN(f) {
		return math.MaxUint64
	}
	bits := math.Float64bits(f + 0) // -0 becomes 0
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

// rank orders the kinds for Compare.
func rank(v Value) int {
	switch v.kind {
	case Long, Double:
		return 0
	case String:
		return 1
	case Bool:
		return 2
	}
	return 3
}

func isNumber(v Value) bool { return v.kind == Long || v.kind == Double }

func isNaN(v Value) bool { return v.kind == Double && math.IsNaN(v.Double()) }

// compareNumbers compares exactly, also a Long with a Double; NaN is the largest.
func compareNumbers(a, b Value) int {
	switch {
	case a.kind == Long && b.kind == Long:
		return cmp.Compare(a.Long(), b.Long())
	case a.kind == Double && b.kind == Double:
		return -cmp.Compare(-a.Double(), -b.Double()) // cmp puts NaN first; negated it is last
	case a.kind == Long:
		return compareLongDouble(a.Long(), b.Double())
	}
	return -compareLongDouble(b.Long(), a.Double())
}

func compareLongDouble(n int64, f float64) int {
	switch {
	case math.IsNaN(f), f >= 1<<63:
		return -1
	case f < -1<<63:
		return 1
	}
	whole := math.Trunc(f)
	if c := cmp.Compare(n, int64(whole)); c != 0 {
		return c
	}
	return cmp.Compare(0, f-whole)
}
