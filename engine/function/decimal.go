package function

import (
	"strconv"

	"retrohunt/engine/value"
)

// decimal is the size of a finite number as its shortest decimal digits: 0.d₁d₂d₃… × 10^point. Rounding works on these
// digits, as Java's Formatter and BigDecimal do, and not on the binary number: 1.005 has two decimals 1.01.
type decimal struct {
	digits   [20]byte // '0' to '9', without zeros at either end
	n        int
	point    int
	negative bool
}

func decimalOf(v value.Value) decimal {
	var d decimal
	var buf [32]byte
	var text []byte
	if v.Kind() == value.Long {
		text = strconv.AppendInt(buf[:0], v.Long(), 10)
	} else {
		text = strconv.AppendFloat(buf[:0], v.Double(), 'e', -1, 64)
	}
	if text[0] == '-' {
		d.negative = true
		text = text[1:]
	}
	d.point = 1
	if v.Kind() == value.Long {
		d.point = len(text)
	}
	for i, b := range text {
		switch {
		case b == 'e':
			exponent, _ := strconv.Atoi(string(text[i+1:]))
			d.point += exponent
			d.trim()
			return d
		case b != '.':
			d.digits[d.n] = b
			d.n++
		}
	}
	d.trim()
	return d
}

// trim drops zeros at the end; zero has no digits.
func (d *decimal) trim() {
	for d.n > 0 && d.digits[d.n-1] == '0' {
		d.n--
	}
	if d.n == 0 {
		d.point = 0
	}
}

// round keeps so many decimals; negative ones are places before the point. halfAway says what becomes of exactly a half.
func (d *decimal) round(decimals int, halfAway bool) {
	keep := d.point + decimals
	if keep >= d.n {
		return
	}
	if keep < 0 {
		d.n, d.point = 0, 0
		return
	}
	next := d.digits[keep]
	up := next > '5' || next == '5' && (keep+1 < d.n || halfAway)
	d.n = keep
	if up {
		d.increment()
	}
	d.trim()
}

// increment adds one in the last place.
func (d *decimal) increment() {
	for i := d.n - 1; i >= 0; i-- {
		if d.digits[i] < '9' {
			d.digits[i]++
			return
		}
		d.digits[i] = '0'
	}
	d.digits[0] = '1' // and zeros behind it, of which it keeps none
	d.n = 1
	d.point++
}

// digit returns the digit at a place: 0 is the one before the point, 1 the first decimal.
func (d *decimal) digit(place int) byte {
	if i := d.point - 1 + place; i >= 0 && i < d.n {
		return d.digits[i]
	}
	return '0'
}

// appendFixed appends the size without exponent, with a comma between thousands if grouped.
func (d *decimal) appendFixed(dst []byte, decimals int, grouped bool) []byte {
	for place := min(0, 1-d.point); place <= 0; place++ {
		dst = append(dst, d.digit(place))
		if grouped && place < 0 && place%3 == 0 {
			dst = append(dst, ',')
		}
	}
	if decimals > 0 {
		dst = append(dst, '.')
	}
	for place := 1; place <= decimals; place++ {
		dst = append(dst, d.digit(place))
	}
	return dst
}

// appendScientific appends the size with one digit before the point and an exponent of two digits or more.
func (d *decimal) appendScientific(dst []byte, decimals int) []byte {
	exponent := d.point - 1
	if d.n == 0 {
		exponent = 0
	}
	shifted := *d
	shifted.point = min(d.n, 1)
	dst = shifted.appendFixed(dst, decimals, false)
	sign := byte('+')
	if exponent < 0 {
		sign, exponent = '-', -exponent
	}
	dst = append(dst, 'e', sign)
	if exponent < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(exponent), 10)
}
