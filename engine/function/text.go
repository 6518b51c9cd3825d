package function

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"retrohunt/engine/value"
)

var texts = []Function{
	{Name: "concat", Call: concat},
	{Name: "format", Call: format, Bind: bindFormat, Drops: true},
	{Name: "length", Call: length},
	{Name: "replace", Call: replace},
	{Name: "substring", Call: substring, Bind: checkSubstring, Drops: true},
	{Name: "tolowercase", Call: ofText(lower)},
	{Name: "tourl", Call: toURL, Bind: checkURL},
	{Name: "touppercase", Call: ofText(upper)},
	{Name: "trim", Call: ofText(trim)},
}

// ofText makes the function of one text; null stays null, a number is taken by its text.
func ofText(f func(c *Context, s string) value.Value) Call {
	return func(c *Context, args []value.Value) (value.Value, error) {
		if args[0].IsNull() {
			return value.Value{}, nil
		}
		return f(c, c.text(args[0])), nil
	}
}

// concat: a null is an empty text (S/concat).
func concat(c *Context, args []value.Value) (value.Value, error) {
	out := c.start()
	for _, v := range args {
		out = v.AppendText(out)
	}
	return c.made(out), nil
}

func lower(c *Context, s string) value.Value { return mapped(c, s, unicode.ToLower) }
func upper(c *Context, s string) value.Value { return mapped(c, s, unicode.ToUpper) }

// mapped changes each character by itself; bytes that are no UTF-8 stay. A text that does not change is not copied.
func mapped(c *Context, s string, to func(rune) rune) value.Value {
	same := unchanged(s, to)
	if same == len(s) {
		return value.OfString(s)
	}
	out := append(c.start(), s[:same]...)
	for i := same; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			out = append(out, s[i])
		} else {
			out = utf8.AppendRune(out, to(r))
		}
		i += size
	}
	return c.made(out)
}

// unchanged returns how many bytes at the start of s the mapping leaves alone.
func unchanged(s string, to func(rune) rune) int {
	for i, r := range s {
		if to(r) != r {
			return i
		}
	}
	return len(s)
}

// trim cuts what Java's String.trim does: every character up to the blank.
func trim(_ *Context, s string) value.Value {
	return value.OfString(strings.TrimFunc(s, func(r rune) bool { return r <= ' ' }))
}

// length counts as Java does: a character beyond U+FFFF is two. Null has length 0 (S/length).
func length(c *Context, args []value.Value) (value.Value, error) {
	return value.OfLong(int64(units(c.text(args[0])))), nil
}

// units returns the length of s in UTF-16.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

var (
	errFrom = errors.New("substring starts before the text or behind its end")
	errTo   = errors.New("substring ends before it starts")
)

// substring counts from 0, as length counts; the end is not in it, and may be behind the text's (S/substring).
func substring(c *Context, args []value.Value) (value.Value, error) {
	if args[0].IsNull() {
		return value.Value{}, nil
	}
	s := c.text(args[0])
	n, ok := long(args[1])
	from := offset(s, n)
	if !ok || from < 0 {
		return value.Value{}, errFrom
	}
	if len(args) == 2 {
		return value.OfString(s[from:]), nil
	}
	end, ok := long(args[2])
	if !ok || end < n {
		return value.Value{}, errTo
	}
	to := offset(s, end)
	if to < 0 {
		to = len(s)
	}
	return value.OfString(s[from:to]), nil
}

// offset returns at which byte the character n stands, -1 if s has none such. One past the last is the end. Half a
// character is none: the next one stands there.
func offset(s string, n int64) int {
	if n < 0 || n > int64(len(s)) {
		return -1
	}
	seen := int64(0)
	for i, r := range s {
		if seen >= n {
			return i
		}
		seen += int64(unitsOf(r))
	}
	if seen < n {
		return -1
	}
	return len(s)
}

func checkSubstring(args []Arg) (Call, error) {
	last := int64(0)
	for i, a := range args[1:] {
		n, ok := long(a.Value)
		switch {
		case !a.Known:
			return substring, nil
		case !ok || n < 0:
			return nil, badArg(i+1, "", "substring takes whole numbers from 0")
		case n < last:
			return nil, badArg(i+1, "", "this substring ends before it starts")
		}
		last = n
	}
	return substring, nil
}

// toURL keeps the link beside its name, as Markdown writes it; without either it is the other.
func toURL(c *Context, args []value.Value) (value.Value, error) {
	address, name := args[0], args[1]
	switch {
	case value.IsEmpty(address):
		return name, nil
	case value.IsEmpty(name):
		return address, nil
	}
	out := append(c.start(), '[')
	if len(args) == 4 {
		out = args[2].AppendText(out)
	}
	out = name.AppendText(out)
	if len(args) == 4 {
		out = args[3].AppendText(out)
	}
	out = append(out, "]("...)
	out = address.AppendText(out)
	return c.made(append(out, ')')), nil
}

func checkURL(args []Arg) (Call, error) {
	if len(args) == 3 {
		return nil, badArg(2, `write tourl(url, name, "prefix", "")`, "tourl takes a prefix and a suffix, or neither")
	}
	return toURL, nil
}
