package function

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"retrohunt/engine/value"
)

// format is Java's String.format (S/format), of which the conversions % n s S d x X o f e E g G c C b B are taken. A text is
// cast where a number is wanted, but for %x and %o.
func format(c *Context, args []value.Value) (value.Value, error) {
	pieces, err := compileFormat(c.text(args[0]))
	if err != nil {
		return value.Value{}, err
	}
	return formatted(c, pieces, args)
}

func bindFormat(args []Arg) (Call, error) {
	if !args[0].Known {
		return format, nil
	}
	pieces, err := compileFormat(args[0].Value.Text())
	if err != nil {
		return nil, badArg(0, `for example: format("%s: %.2f", name, share)`, "%v", err)
	}
	for _, p := range pieces {
		if p.arg >= len(args) {
			return nil, badArg(0, "", "the format has more places than there are values")
		}
	}
	return func(c *Context, args []value.Value) (value.Value, error) { return formatted(c, pieces, args) }, nil
}

var (
	errFormat      = errors.New("the format is not one of Java's Formatter")
	errUnknownVerb = errors.New("the format has a conversion that is not supported; there are s, d, x, o, f, e, g, c, b, n and %")
	errFewValues   = errors.New("the format has more places than there are values")
	errNullValue   = errors.New("a value is null")
	errNotWhole    = errors.New("a value is not a whole number")
	errNotNumber   = errors.New("a value is not a number")
	errNotLong     = errors.New("a value is text, not a number; write toLong(…)")
	errNotChar     = errors.New("a value is not a character")
)

// piece is a text, or a place for a value.
type piece struct {
	text      string
	arg       int // which argument, from 1; 0: none, the piece is a text
	verb      byte
	upper     bool
	flags     string
	width     int
	precision int // -1: none
}

func (p *piece) has(flag byte) bool { return strings.IndexByte(p.flags, flag) >= 0 }

const (
	formatFlags = "-#+ 0,("
	formatVerbs = "sSdxXofeEgGcCbB"
	mostWidth   = 10_000 // so that a format of a few characters does not fill the memory
)

func compileFormat(s string) ([]piece, error) {
	var out []piece
	next := 1
	for s != "" {
		text, rest, found := strings.Cut(s, "%")
		if text != "" {
			out = append(out, piece{text: text})
		}
		if !found {
			break
		}
		p, rest, err := compilePlace(rest)
		if err != nil {
			return nil, err
		}
		if p.text == "" && p.arg == 0 {
			p.arg = next
			next++
		}
		out = append(out, p)
		s = rest
	}
	return out, nil
}

// compilePlace reads what follows a percent sign: [argument$][flags][width][.precision]conversion.
func compilePlace(s string) (p piece, rest string, err error) {
	p.precision = -1
	if n, after, ok := cutNumber(s); ok && n > 0 && strings.HasPrefix(after, "$") {
		p.arg, s = n, after[1:]
	}
	flags := len(s) - len(strings.TrimLeft(s, formatFlags))
	p.flags, s = s[:flags], s[flags:]
	p.width, s, _ = cutNumber(s)
	if after, ok := strings.CutPrefix(s, "."); ok {
		if p.precision, s, ok = cutNumber(after); !ok {
			return p, "", errFormat
		}
	}
	if s == "" || p.width > mostWidth || p.precision > mostWidth {
		return p, "", errFormat
	}
	p.verb, rest = s[0], s[1:]
	switch {
	case p.verb == 'n':
		return piece{text: "\n"}, rest, nil
	case p.verb == '%':
		return piece{text: "%"}, rest, nil
	case strings.IndexByte(formatVerbs, p.verb) < 0:
		return p, "", errUnknownVerb
	case p.verb < 'a':
		p.upper, p.verb = true, p.verb|0x20
	}
	return p, rest, nil
}

// cutNumber cuts a number from the start of s; it reports false if there is none.
func cutNumber(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && s[i]-'0' <= 9 && i < 9 {
		n = 10*n + int(s[i]-'0')
		i++
	}
	return n, s[i:], i > 0
}

func formatted(c *Context, pieces []piece, args []value.Value) (value.Value, error) {
	out := c.start()
	for i := range pieces {
		p := &pieces[i]
		out = append(out, p.text...)
		if p.arg == 0 {
			continue
		}
		if p.arg >= len(args) {
			return value.Value{}, errFewValues
		}
		var err error
		if out, err = p.append(out, args[p.arg]); err != nil {
			return value.Value{}, err
		}
	}
	return c.made(out), nil
}

// append appends a value in the place's form and width.
func (p *piece) append(dst []byte, v value.Value) ([]byte, error) {
	if v.IsNull() {
		return dst, errNullValue
	}
	from := len(dst)
	var err error
	switch p.verb {
	case 's', 'b':
		dst = p.appendText(dst, v)
	case 'c':
		dst, err = appendChar(dst, v)
	case 'd', 'x', 'o':
		dst, err = p.appendWhole(dst, v)
	default:
		dst, err = p.appendReal(dst, v)
	}
	if err != nil {
		return dst, err
	}
	if p.upper {
		for i, b := range dst[from:] {
			if b-'a' < 26 {
				dst[from+i] -= 'a' - 'A'
			}
		}
	}
	return p.pad(dst, from), nil
}

// appendText appends a text, cut to as many characters as the precision says. %b is true for all but false.
func (p *piece) appendText(dst []byte, v value.Value) []byte {
	from := len(dst)
	if p.verb == 'b' && v.Kind() != value.Bool {
		v = value.OfBool(true)
	}
	dst = v.AppendText(dst)
	if p.precision < 0 {
		return dst
	}
	at := from
	for range p.precision {
		if at == len(dst) {
			break
		}
		_, size := utf8.DecodeRune(dst[at:])
		at += size
	}
	return dst[:at]
}

func appendChar(dst []byte, v value.Value) ([]byte, error) {
	if v.Kind() == value.Long && v.Long() >= 0 && v.Long() <= utf8.MaxRune {
		return utf8.AppendRune(dst, rune(v.Long())), nil
	}
	if r, size := utf8.DecodeRuneInString(v.Str()); size > 0 && size == len(v.Str()) {
		return utf8.AppendRune(dst, r), nil
	}
	return dst, errNotChar
}

// appendWhole appends a whole number. %x and %o show a negative one in two's complement.
func (p *piece) appendWhole(dst []byte, v value.Value) ([]byte, error) {
	if v.Kind() == value.String && p.verb != 'd' {
		return dst, errNotLong
	}
	n, ok := value.ToNumber(v)
	if f := n.Double(); !ok || f != math.Trunc(f) || math.Abs(f) >= 1<<63 {
		return dst, errNotWhole
	}
	size, _ := long(n)
	switch p.verb {
	case 'x':
		return strconv.AppendUint(p.prefixed(dst, "0x"), uint64(size), 16), nil
	case 'o':
		return strconv.AppendUint(p.prefixed(dst, "0"), uint64(size), 8), nil
	}
	d := decimalOf(value.OfLong(size))
	return p.signed(dst, &d, 0, false), nil
}

func (p *piece) prefixed(dst []byte, prefix string) []byte {
	if p.has('#') {
		return append(dst, prefix...)
	}
	return dst
}

// appendReal appends a number with decimals, 6 unless the format says otherwise. A half is rounded away from zero.
func (p *piece) appendReal(dst []byte, v value.Value) ([]byte, error) {
	n, ok := value.ToNumber(v)
	if !ok {
		return dst, errNotNumber
	}
	if math.IsNaN(n.Double()) || math.IsInf(n.Double(), 0) {
		return n.AppendText(dst), nil
	}
	precision := p.precision
	if precision < 0 {
		precision = 6
	}
	d := decimalOf(n)
	switch {
	case p.verb == 'g':
		return p.appendGeneral(dst, &d, max(precision, 1)), nil
	case p.verb == 'e':
		d.round(precision+1-d.point, true)
		return p.signed(dst, &d, precision, true), nil
	}
	d.round(precision, true)
	return p.signed(dst, &d, precision, false), nil
}

// appendGeneral appends a number with so many digits in all, without exponent from 10^-4 to 10^digits.
func (p *piece) appendGeneral(dst []byte, d *decimal, digits int) []byte {
	d.round(digits-d.point, true)
	switch {
	case d.n == 0:
		return p.signed(dst, d, digits-1, false)
	case d.point > -4 && d.point <= digits:
		return p.signed(dst, d, digits-d.point, false)
	}
	return p.signed(dst, d, digits-1, true)
}

// signed appends a number with its sign, and with zeros before it up to the width if the format wants them.
func (p *piece) signed(dst []byte, d *decimal, decimals int, scientific bool) []byte {
	from := len(dst)
	closing := false
	switch {
	case d.negative && p.has('('):
		dst, closing = append(dst, '('), true
	case d.negative:
		dst = append(dst, '-')
	case p.has('+'):
		dst = append(dst, '+')
	case p.has(' '):
		dst = append(dst, ' ')
	}
	digits := len(dst)
	if scientific {
		dst = d.appendScientific(dst, decimals)
	} else {
		dst = d.appendFixed(dst, decimals, p.has(','))
	}
	if closing {
		dst = append(dst, ')')
	}
	if p.has('0') {
		return inserted(dst, digits, p.width-(len(dst)-from), '0')
	}
	return dst
}

// pad fills what was appended from a place on with blanks up to the width.
func (p *piece) pad(dst []byte, from int) []byte {
	missing := p.width - utf8.RuneCount(dst[from:])
	if p.has('-') {
		return inserted(dst, len(dst), missing, ' ')
	}
	if p.has('0') && (p.verb == 'x' || p.verb == 'o') {
		return inserted(dst, from, missing, '0')
	}
	return inserted(dst, from, missing, ' ')
}

// inserted puts n times a character at a place; n may be negative.
func inserted(dst []byte, at, n int, b byte) []byte {
	for range n {
		dst = append(dst, b)
	}
	if n > 0 {
		copy(dst[at+n:], dst[at:len(dst)-n])
		for i := range n {
			dst[at+i] = b
		}
	}
	return dst
}
