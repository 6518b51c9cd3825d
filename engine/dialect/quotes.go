package dialect

import (
	"strings"

	"retrohunt/engine/syntax"
	"retrohunt/internal/pattern"
)

var (
	// curly is a text between the quotes that word processors and web pages make of straight ones, whichever way they turned.
	curly = pattern.New(`[“”„](\x00*)[“”„]`)
	// bareQuote is a straight quote, with the backslash before it if it has one.
	bareQuote = pattern.New(`\\.|"`)
)

// curlyLen returns the length of the text in curly quotes that s begins with, 0 if it begins with none that ends.
func curlyLen(s string) int {
	const one = len("“") // each takes as many bytes
	if !strings.HasPrefix(s, "“") && !strings.HasPrefix(s, "”") && !strings.HasPrefix(s, "„") {
		return 0
	}
	if n := strings.IndexAny(s[one:], "“”„"); n >= 0 {
		return n + 2*one
	}
	return 0
}

// quotes finds texts in curly quotes, also in the scope: a pipe in them begins no stage.
func (t text) quotes() []Finding {
	var out []Finding
	for _, m := range curly().FindAllStringSubmatchIndex(t.mask, -1) {
		inside := bareQuote().ReplaceAllStringFunc(t.src[m[2]:m[3]], func(s string) string {
			if s == `"` {
				return `\"`
			}
			return s
		})
		out = append(out, Finding{Span: syntax.Span{Start: m[0], End: m[1]}, What: "curly quotes", New: `"` + inside + `"`, Certain: true})
	}
	return out
}
