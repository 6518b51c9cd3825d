package regex

import (
	"fmt"
	"regexp"
	"strings"

	"retrohunt/internal/pattern"
)

// UnsupportedError names a construct of Java's regular expressions that this package cannot run.
type UnsupportedError struct{ Construct string }

func (e *UnsupportedError) Error() string {
	return e.Construct + " in a regular expression is not supported"
}

func unsupported(format string, args ...any) error {
	return &UnsupportedError{fmt.Sprintf(format, args...)}
}

// otherwise finds what RE2 takes without complaint, and reads as something else than Java: an intersection of classes.
var otherwise = pattern.New(`(?s)\[.*&&`)

func readsOtherwise(source string) bool { return otherwise().MatchString(source) }

// rewriter turns an expression of Java into one of RE2 with the additions of regexp2: look-around, atomic groups, possessive
// quantifiers, back-references, and subtraction of classes.
type rewriter struct {
	src string
	pos int
	out []byte

	back      bool // out is for backtracking alone
	subtracts bool // out has a class that RE2 reads as something else
}

func (r *rewriter) rewrite() error {
	for r.pos < len(r.src) {
		if err := r.step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *rewriter) write(text string) { r.out = append(r.out, text...) }

// step takes over what begins at r.pos.
func (r *rewriter) step() error {
	switch rest := r.src[r.pos:]; {
	case rest[0] == '\\':
		return r.escape(false)
	case rest[0] == '[':
		class, err := r.class()
		r.write(class)
		return err
	case strings.HasPrefix(rest, "(?"):
		return r.group(rest)
	}
	r.write(r.src[r.pos : r.pos+1])
	r.pos++
	return nil
}

var (
	around    = pattern.New(`^\(\?(:|=|!|>|<=|<!)`)
	flags     = pattern.New(`^\(\?[a-zA-Z]*(-[a-zA-Z]+)?[:)]`)
	groupName = pattern.New(`^\(\?P?<[A-Za-z_]\w*>`)
)

// group takes over the opening of a group. Of inline flags d, which lets only \n end lines, and u, which folds case beyond ASCII, say
// what is so anyway.
func (r *rewriter) group(rest string) error {
	opening := around().FindString(rest)
	if opening == "" {
		opening = groupName().FindString(rest)
	}
	if opening == "" {
		opening = flags().FindString(rest)
		if strings.ContainsRune(opening, 'U') {
			return unsupported("the flag (?U), Unicode classes,")
		}
		r.write(plainFlags(opening))
	} else {
		r.write(opening)
	}
	switch {
	case opening != "":
		r.pos += len(opening)
		return nil
	case strings.HasPrefix(rest, "(?("):
		return unsupported("a conditional (?(…)")
	case strings.HasPrefix(rest, "(?#"):
		return unsupported("a comment (?#…)")
	case strings.HasPrefix(rest, "(?<"), strings.HasPrefix(rest, "(?P<"):
		return unsupported("a group name of other characters than letters, digits and _")
	}
	return unsupported("a group that begins with %.3s", rest)
}

// plainFlags takes d and u out of inline flags.
func plainFlags(opening string) string {
	out := strings.NewReplacer("d", "", "u", "", "-)", ")", "-:", ":").Replace(opening)
	if out == "(?)" {
		return "(?:)"
	}
	return out
}

// java holds escapes that are written otherwise, outside and inside of classes; "" is not supported there.
var java = map[byte]struct{ outside, inside string }{
	'h': {`[` + horizontal + `]`, horizontal},
	'H': {`[^` + horizontal + `]`, ""},
	'v': {`[` + vertical + `]`, vertical},
	'V': {`[^` + vertical + `]`, ""},
	'R': {`(?:\r\n|[` + vertical + `])`, ""},
	'Z': {`(?=\n?\z)`, ""},
	'e': {`\x1B`, `\x1B`},
}

const (
	horizontal = ` \t\x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}`
	vertical   = `\n\x0B\f\r\x{85}\x{2028}\x{2029}`
)

var unicodeEscape = pattern.New(`^\\u([0-9a-fA-F]{4})`)

// escape takes over an escape.
func (r *rewriter) escape(inClass bool) error {
	rest := r.src[r.pos:]
	if len(rest) < 2 {
		r.write(rest)
		r.pos = len(r.src)
		return nil
	}
	switch c := rest[1]; c {
	case 'Q':
		quoted, _, closed := strings.Cut(rest[2:], `\E`)
		r.pos += 2 + len(quoted)
		if closed {
			r.pos += 2
		}
		r.write(quote(quoted))
		return nil
	case 'u':
		if m := unicodeEscape().FindStringSubmatch(rest); m != nil {
			r.write(`\x{` + m[1] + `}`)
			r.pos += len(m[0])
			return nil
		}
	case 'b', 'B':
		if r.back && !inClass { // whose own take letters beyond ASCII for parts of words
			r.write(boundaries[c])
			r.pos += 2
			return nil
		}
	case 'p', 'P':
		return r.property(rest)
	case 'G', 'X', 'N', 'c':
		return unsupported(`\%c`, c)
	case '0':
		return unsupported(`an octal escape \0`)
	}
	text := rest[:2]
	if other, ok := java[rest[1]]; ok {
		text = other.outside
		if inClass {
			text = other.inside
		}
		if text == "" {
			return unsupported(`\%c within a class`, rest[1])
		}
	}
	r.write(text)
	r.pos += 2
	return nil
}

// boundaries are those of RE2's words in terms of look-around.
var boundaries = map[byte]string{
	'b': `(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))`,
	'B': `(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))`,
}

// quote escapes what is between \Q and \E; a minus sign too, for it may stand in a class.
func quote(text string) string {
	return strings.ReplaceAll(regexp.QuoteMeta(text), "-", `\-`)
}
