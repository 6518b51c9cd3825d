package manual

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// roff returns the page as man reads it, in the macros of man(7).
func (p page) roff(version string) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1 \"\" %s\n", quote(strings.ToUpper(file(p.name))), quote(strings.Fields(p.name)[0]+" "+version))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", literal(file(p.name)), literal(p.short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", literal(p.usage))
	b.WriteString(".SH DESCRIPTION\n" + verbatim(p.long))
	options(&b, "OPTIONS", p.own)
	options(&b, "OPTIONS OF EVERY COMMAND", p.global)
	if p.example != "" {
		b.WriteString(".SH EXAMPLES\n" + verbatim(unindent(p.example)))
	}
	if len(p.related) > 0 {
		b.WriteString(".SH SEE ALSO\n")
		for i, name := range p.related {
			comma := ","
			if i == len(p.related)-1 {
				comma = ""
			}
			fmt.Fprintf(&b, ".BR %s (1)%s\n", literal(file(name)), comma)
		}
	}
	return b.String()
}

func options(b *strings.Builder, title string, flags []*pflag.Flag) {
	if len(flags) == 0 {
		return
	}
	b.WriteString(".SH " + title + "\n")
	for _, f := range flags {
		call, meaning := head(f)
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", literal(call), literal(meaning))
	}
}

// verbatim keeps the lines as they are: the texts have their own breaks, and tables among them.
func verbatim(s string) string {
	var b strings.Builder
	b.WriteString(".nf\n")
	for line := range strings.SplitSeq(s, "\n") {
		b.WriteString(literal(line) + "\n")
	}
	return b.String() + ".fi\n"
}

// literal keeps roff from reading a text as anything else: a backslash and what begins a request, and the minus that is one,
// so that options can be copied.
func literal(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "...").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

// quote makes one argument of a text.
func quote(s string) string { return `"` + strings.ReplaceAll(literal(s), `"`, `""`) + `"` }
