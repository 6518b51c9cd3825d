package agg

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"

	"retrohunt/engine/value"
)

// stateVersion is the form of states that AppendState writes; it grows with every change of one of them.
const stateVersion = 1

var errState = errors.New("not a state of this function")

// AppendState appends a state for ReadState of the same function: the version, then what the function's state is made of. States
// of the same rows are the same bytes, in whatever order the rows came, unless sums reach 2^960.
func AppendState(dst []byte, s State) []byte { return s.append(append(dst, stateVersion)) }

// ReadState reads a state that AppendState wrote for the same function. It keeps nothing of b. What is no such state is an error,
// and so is one of another version.
func (f Func) ReadState(b string) (State, error) {
	if b == "" || b[0] != stateVersion {
		return nil, fmt.Errorf("%s: not a state of version %d", f.Name, stateVersion)
	}
	s, d := f.New(), &decoder{rest: b[1:]}
	s.read(d)
	if d.bad || d.rest != "" {
		return nil, fmt.Errorf("%s: %w", f.Name, errState)
	}
	return s, nil
}

// decoder takes a state apart. Behind the first mistake it yields zeros.
type decoder struct {
	rest string
	bad  bool
}

func (d *decoder) fail() { d.rest, d.bad = "", true }

// check notes a mistake unless ok.
func (d *decoder) check(ok bool) {
	if !ok {
		d.fail()
	}
}

func (d *decoder) bytes(n uint64) string {
	if n > uint64(len(d.rest)) {
		d.fail()
		return ""
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out
}

func (d *decoder) uvarint() uint64 {
	var buf [binary.MaxVarintLen64]byte
	n, size := binary.Uvarint(buf[:copy(buf[:], d.rest)])
	if size <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) varint() int64 {
	var buf [binary.MaxVarintLen64]byte
	n, size := binary.Varint(buf[:copy(buf[:], d.rest)])
	if size <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

// count is a number of things that take so many bytes each, at least.
func (d *decoder) count(each int) int {
	n := d.uvarint()
	if n > uint64(len(d.rest)/each) {
		d.fail()
		return 0
	}
	return int(n)
}

// long is a number of rows or the like, which is not negative.
func (d *decoder) long() int64 {
	n := d.uvarint()
	d.check(n <= math.MaxInt64)
	return int64(n & math.MaxInt64)
}

func (d *decoder) text() string { return d.bytes(d.uvarint()) }

func (d *decoder) double() float64 {
	b := d.bytes(8)
	if d.bad {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64([]byte(b)))
}

func (d *decoder) value() value.Value {
	v, rest, err := value.ReadBinary(d.rest)
	d.rest = rest
	d.check(err == nil)
	return v.Clone()
}

func appendDouble(dst []byte, f float64) []byte {
	return binary.LittleEndian.AppendUint64(dst, math.Float64bits(f))
}

func appendText[T string | []byte](dst []byte, text T) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

func appendTexts(dst []byte, texts []string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(texts)))
	for _, text := range texts {
		dst = appendText(dst, text)
	}
	return dst
}

// largeExponent bounds the exponents of sums of doubles too large for exactSum's parts.
const largeExponent = 1100

func (s *exactSum) append(dst []byte) []byte {
	special := s.special
	if math.IsNaN(special) {
		special = math.NaN() // of its many forms one
	}
	dst = appendDouble(dst, special)
	parts := s.canonical()
	dst = binary.AppendUvarint(dst, uint64(len(parts)))
	for _, x := range parts {
		dst = appendDouble(dst, x)
	}
	if s.large == nil || s.large.Sign() == 0 {
		return append(dst, 0)
	}
	mantissa := new(big.Float)
	exponent := s.large.MantExp(mantissa)
	whole, _ := mantissa.SetMantExp(mantissa, largeBits).Int(nil)
	dst = append(dst, byte(2+whole.Sign())) // 1 or 3
	dst = binary.AppendUvarint(dst, uint64(exponent+largeExponent))
	return appendText(dst, whole.Bytes())
}

func (s *exactSum) read(d *decoder) {
	s.special = d.double()
	d.check(s.special == 0 || math.IsInf(s.special, 0) || math.IsNaN(s.special))
	for range d.count(8) {
		x := d.double()
		if !(math.Abs(x) < 2*tooLarge) { // NaN neither
			d.fail()
			return
		}
		s.addPart(x)
	}
	sign := d.bytes(1)
	if sign == "\x00" || d.bad {
		return
	}
	exponent, digits := d.uvarint(), d.text()
	d.check(sign == "\x01" || sign == "\x03")
	d.check(exponent < 2*largeExponent && digits != "" && len(digits) <= largeBits/8)
	if d.bad {
		return
	}
	whole := new(big.Int).SetBytes([]byte(digits))
	if sign == "\x01" {
		whole.Neg(whole)
	}
	x := new(big.Float).SetPrec(largeBits).SetInt(whole)
	s.addLarge(x.SetMantExp(x, int(exponent)-largeExponent-largeBits))
}

func appendRat(dst []byte, x *big.Rat) []byte {
	if x == nil {
		x = new(big.Rat)
	}
	return appendText(appendText(dst, x.Num().Bytes()), x.Denom().Bytes())
}

// rat is a rational that is not negative, nil for zero.
func (d *decoder) rat() *big.Rat {
	num, denom := d.text(), d.text()
	// Squares of doubles have at most 2,048 bits before the point and 2,148 behind it; counts of them add 64.
	d.check(len(num) <= 1024 && len(denom) <= 512)
	below := new(big.Int).SetBytes([]byte(denom))
	if d.check(below.Sign() > 0); d.bad || num == "" {
		return nil
	}
	return new(big.Rat).SetFrac(new(big.Int).SetBytes([]byte(num)), below)
}
