package dialect

import (
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/internal/pattern"
)

// calls are functions of other languages: by name in lower case, what Sumo Logic has for their arguments; "" if it has nothing for
// these.
var calls = map[string]func(args []string) string{
	"tolower":    renamed("toLowerCase", 1),
	"toupper":    renamed("toUpperCase", 1),
	"lower":      renamed("toLowerCase", 1),
	"upper":      renamed("toUpperCase", 1),
	"strlen":     renamed("length", 1),
	"len":        renamed("length", 1),
	"strcat":     renamed("concat", 0),
	"iff":        renamed("if", 3),
	"iif":        renamed("if", 3),
	"isnotempty": negated("isEmpty"),
	"isnotnull":  negated("isNull"),
	"coalesce":   coalesce,
	"dcount":     renamed("count_distinct", 1),
	"dc":         renamed("count_distinct", 1),
}

// renamed returns a function of n arguments, any number if n is 0, that only has another name.
func renamed(name string, n int) func([]string) string {
	return func(args []string) string {
		if len(args) == 0 || n > 0 && len(args) != n {
			return ""
		}
		return name + "(" + strings.Join(args, ", ") + ")"
	}
}

func negated(name string) func([]string) string {
	return func(args []string) string {
		if len(args) != 1 {
			return ""
		}
		return "!" + name + "(" + args[0] + ")"
	}
}

// coalesce is the first argument that is neither null nor blank.
func coalesce(args []string) string {
	if len(args) < 2 {
		return ""
	}
	out := args[len(args)-1]
	for i := len(args) - 2; i >= 0; i-- {
		out = "if(!isBlank(" + args[i] + "), " + args[i] + ", " + out + ")"
	}
	return out
}

const fieldName = `[A-Za-z_][\w.]*|%"\x00*"`

var (
	call     = pattern.New(`\b([A-Za-z_]\w*)\s*\(`)
	infix    = pattern.New(`(?i)(` + fieldName + `)\s+(!?(?:has|startswith|endswith)|!contains)\s*("\x00*")`)
	tilde    = pattern.New(`(` + fieldName + `)\s*=~\s*(/\x00*/|"\x00*")`)
	notBound = pattern.New(`(?i)!\s*(` + fieldName + `)\s+matches\s+("\x00*"|/\x00*/)`)
)

// expressions finds constructs within expressions.
func (t text) expressions(s part) []Finding {
	var out []Finding
	for _, m := range call().FindAllStringSubmatchIndex(t.mark(s), -1) {
		if f, ok := t.call(s.start+m[2], s.start+m[3], s.start+m[1]-1, s.end); ok {
			out = append(out, f)
		}
	}
	for _, m := range infix().FindAllStringSubmatchIndex(t.mark(s), -1) {
		out = append(out, t.infix(shift(m, s.start)))
	}
	for _, m := range tilde().FindAllStringSubmatchIndex(t.mark(s), -1) {
		out = append(out, t.tilde(shift(m, s.start)))
	}
	for _, m := range notBound().FindAllStringSubmatchIndex(t.mark(s), -1) {
		m = shift(m, s.start)
		out = append(out, Finding{
			Span: syntax.Span{Start: m[0], End: m[1]}, What: "! before a comparison", Certain: true,
			New: "!(" + t.src[m[2]:m[3]] + " matches " + t.src[m[4]:m[5]] + ")",
		})
	}
	return out
}

func shift(m []int, by int) []int {
	out := make([]int, len(m))
	for i := range m {
		out[i] = m[i] + by
	}
	return out
}

func (t text) call(start, nameEnd, open, end int) (Finding, bool) {
	name := strings.ToLower(t.src[start:nameEnd])
	write, known := calls[name]
	if !known && name != "matches" {
		return Finding{}, false
	}
	args, after, ok := t.args(open, end)
	if !ok {
		return Finding{}, false
	}
	f := Finding{Span: syntax.Span{Start: start, End: after}, What: t.src[start:nameEnd] + "(…)"}
	if name == "matches" {
		return f, t.matchesCall(&f, args)
	}
	f.New = write(args)
	f.Certain = f.New != ""
	return f, f.New != ""
}

// regexSigns are those that a glob does not have.
var regexSigns = pattern.New(`\.\*|\.\+|[\\^$()\[\]{}|+]`)

// matchesCall is matches(x, "…"), where the text is a regular expression if it looks like one and cannot be a glob.
func (t text) matchesCall(f *Finding, args []string) bool {
	if len(args) != 2 || len(args[1]) < 2 || args[1][0] != '"' {
		return false // matches ("glob")
	}
	pattern := args[1][1 : len(args[1])-1]
	switch {
	case strings.HasPrefix(pattern, "*"), !regexSigns().MatchString(pattern):
		f.New = args[0] + " matches " + args[1]
		f.Certain = strings.Contains(pattern, "*") && !regexSigns().MatchString(pattern)
	default:
		f.New = args[0] + " matches /" + inRegex(pattern) + "/"
		f.Certain = true
	}
	return true
}

// inRegex writes the text of a string as a regular expression between slashes.
func inRegex(text string) string {
	text = strings.ReplaceAll(text, `\"`, `"`)
	text = strings.ReplaceAll(text, `\\`, `\`)
	return strings.ReplaceAll(strings.ReplaceAll(text, `\/`, `/`), `/`, `\/`)
}

// tilde is =~: before a regular expression a search for it, before a text equality in any case, or a search, in the one language
// or the other.
func (t text) tilde(m []int) Finding {
	f := Finding{Span: syntax.Span{Start: m[0], End: m[1]}, What: "=~"}
	x, y := t.src[m[2]:m[3]], t.src[m[4]:m[5]]
	if y[0] == '/' {
		f.New, f.Certain = x+" matches "+y, true
		return f
	}
	f.Hint = "write toLowerCase(" + x + ") = toLowerCase(" + y + ") if the text is meant, " + x + " matches /" + inRegex(y[1:len(y)-1]) + "/ if it is a regular expression"
	return f
}

var plainWord = pattern.New(`^[A-Za-z0-9]+$`)

// infix is a comparison of KQL, which has no regard for case.
func (t text) infix(m []int) Finding {
	x, op, quoted := t.src[m[2]:m[3]], strings.ToLower(t.src[m[4]:m[5]]), t.src[m[6]:m[7]]
	f := Finding{Span: syntax.Span{Start: m[0], End: m[1]}, What: op, Certain: true}
	word, not := strings.ToLower(quoted[1:len(quoted)-1]), strings.HasPrefix(op, "!")
	lower := "toLowerCase(" + x + ")"
	switch strings.TrimPrefix(op, "!") {
	case "contains":
		f.New = lower + ` contains "` + word + `"`
	case "startswith":
		f.New = lower + ` matches "` + word + `*"`
	case "endswith":
		f.New = lower + ` matches "*` + word + `"`
	case "has":
		f.New = x + ` matches /(?i)(^|[^a-z0-9])` + word + `([^a-z0-9]|$)/`
		f.Certain = plainWord().MatchString(word)
	}
	if strings.Contains(word, "*") || strings.Contains(word, `\`) {
		f.Certain = false
	}
	if not {
		f.New = "!(" + f.New + ")"
	}
	return f
}
