package function

import (
	"errors"
	"strconv"
	"strings"

	"retrohunt/engine/value"
)

// replace puts a text in the place of every occurrence of another; a null among them makes null (S/replace). The text
// stands for itself: $ and \ mean something beside a regular expression only.
func replace(c *Context, args []value.Value) (value.Value, error) {
	if args[0].IsNull() || args[1].IsNull() || args[2].IsNull() {
		return value.Value{}, nil
	}
	s, find, with := c.text(args[0]), c.text(args[1]), c.text(args[2])
	n := strings.Count(s, find)
	if n == 0 {
		return value.OfString(s), nil
	}
	if find == "" {
		return value.OfString(strings.ReplaceAll(s, find, with)), nil
	}
	out := c.start()
	for {
		before, after, found := strings.Cut(s, find)
		out = append(out, before...)
		if !found {
			return c.made(out), nil
		}
		out = append(out, with...)
		s = after
	}
}

// Regex is what replace asks of a regular expression; *regexp.Regexp is one.
type Regex interface {
	FindAllStringSubmatchIndex(s string, n int) [][]int
	NumSubexp() int
	SubexpIndex(name string) int
}

// Replacement is the text that replace puts where a regular expression matches: texts and groups of the match.
type Replacement struct{ parts []part }

// part is a text, or a group if the text is empty.
type part struct {
	text  string
	group int
}

// ParseReplacement reads a replacement: $1 and ${name} are groups, $0 is the whole match, a backslash takes the meaning from
// the character behind it (S/replace). $12 is group 12 if there is one, else group 1 and a 2.
func ParseReplacement(re Regex, s string) (Replacement, error) {
	var r Replacement
	var text strings.Builder
	for len(s) > 0 {
		i := strings.IndexAny(s, `$\`)
		if i < 0 {
			break
		}
		text.WriteString(s[:i])
		if s[i] == '\\' {
			if i+1 == len(s) {
				return Replacement{}, errBackslash
			}
			text.WriteByte(s[i+1])
			s = s[i+2:]
			continue
		}
		group, rest, err := groupReference(re, s[i+1:])
		if err != nil {
			return Replacement{}, err
		}
		r.add(text.String())
		text.Reset()
		r.parts = append(r.parts, part{group: group})
		s = rest
	}
	text.WriteString(s)
	r.add(text.String())
	return r, nil
}

var (
	errBackslash = errors.New(`the replacement ends in a backslash; write \\\\ for one`)
	errDollar    = errors.New(`a $ in a replacement names a group: $1, ${name}; write \\$ for a dollar`)
	errGroup     = errors.New("the replacement names a group that the regular expression does not have")
)

// groupReference reads what follows a dollar.
func groupReference(re Regex, s string) (group int, rest string, err error) {
	if name, ok := strings.CutPrefix(s, "{"); ok {
		name, rest, ok = strings.Cut(name, "}")
		if !ok {
			return 0, "", errDollar
		}
		group = re.SubexpIndex(name)
		if group < 0 {
			return 0, "", errGroup
		}
		return group, rest, nil
	}
	if s == "" || s[0]-'0' > 9 {
		return 0, "", errDollar
	}
	group = int(s[0] - '0')
	if group > re.NumSubexp() {
		return 0, "", errGroup
	}
	s = s[1:]
	for len(s) > 0 && s[0]-'0' <= 9 {
		longer, _ := strconv.Atoi(strconv.Itoa(group) + s[:1])
		if longer > re.NumSubexp() {
			break
		}
		group, s = longer, s[1:]
	}
	return group, s, nil
}

func (r *Replacement) add(text string) {
	if text != "" {
		r.parts = append(r.parts, part{text: text})
	}
}

// ReplaceRegex makes replace(x, /re/, y): a call with the arguments x and y, and a null among them makes null. y is read
// once if it is known; its error is the author's mistake.
func ReplaceRegex(re Regex, with Arg) (Call, error) {
	if !with.Known {
		return func(c *Context, args []value.Value) (value.Value, error) {
			if args[0].IsNull() || args[1].IsNull() {
				return value.Value{}, nil
			}
			r, err := ParseReplacement(re, c.text(args[1]))
			if err != nil {
				return value.Value{}, err
			}
			return r.replaceAll(c, re, c.text(args[0])), nil
		}, nil
	}
	r, err := ParseReplacement(re, with.Value.Text())
	if err != nil {
		return nil, &ArgError{Arg: 2, Msg: err.Error()}
	}
	return func(c *Context, args []value.Value) (value.Value, error) {
		if args[0].IsNull() || args[1].IsNull() {
			return value.Value{}, nil
		}
		return r.replaceAll(c, re, c.text(args[0])), nil
	}, nil
}

// replaceAll allocates for the matches it finds.
func (r *Replacement) replaceAll(c *Context, re Regex, s string) value.Value {
	matches := re.FindAllStringSubmatchIndex(s, -1)
	if len(matches) == 0 {
		return value.OfString(s)
	}
	out, done := c.start(), 0
	for _, m := range matches {
		out = append(out, s[done:m[0]]...)
		for _, p := range r.parts {
			out = append(out, p.text...)
			if p.text == "" && m[2*p.group] >= 0 {
				out = append(out, s[m[2*p.group]:m[2*p.group+1]]...)
			}
		}
		done = m[1]
	}
	return c.made(append(out, s[done:]...))
}
