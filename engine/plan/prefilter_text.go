package plan

import (
	"math"
	"regexp/syntax"
	"slices"
	"strings"

	"retrohunt/engine/match"
)

// What a prefilter may look for. A text in a field need not stand so in the event's bytes: JSON and XML spell some characters
// in several ways, an event in the text of another has its escapes doubled, and a container is printed without its white
// space. Of a text only the longest stretch is looked for that holds no character with two spellings; that any other may be
// spelt as an escape is left to otherSpellings.

// minPiece is how short a text may be to be worth looking for.
const minPiece = 3

// oneOf is a text that must be there as it is.
func oneOf(text string) texts { return allOf([]string{text}, false) }

// allOf are texts that must all be there, of which the rarest is looked for.
func allOf(list []string, fold bool) texts {
	var best texts
	found := false
	for _, text := range list {
		for _, piece := range pieces(text) {
			if fold {
				piece = strings.ToLower(piece)
			}
			t := texts{list: []match.Literal{{Text: piece, Fold: fold}}}
			if !found || t.rate() < best.rate() {
				best, found = t, true
			}
		}
	}
	if !found {
		return anyText("no text")
	}
	return best
}

// pieces returns the stretches of a text that can be spelt in no other way than by escapes of single characters.
func pieces(text string) []string {
	var out []string
	for _, piece := range strings.FieldsFunc(text, spelledOtherwise) {
		if piece = strings.TrimLeft(piece, ":"); len(piece) >= minPiece {
			out = append(out, piece)
		}
	}
	return out
}

// spelledOtherwise reports whether a character ends a piece: those that JSON escapes, those that XML does, those that are
// not ASCII, and the structure of a container. A colon is structure only behind a quote.
func spelledOtherwise(r rune) bool {
	return r < ' ' || r > '~' || strings.ContainsRune(`"\/<>&'{}[],`, r)
}

// otherSpellings returns what an event holds that may spell one of the texts otherwise: a JSON escape of an ASCII character,
// at any depth; in XML, a character reference, or a comment, an instruction or a CDATA section in the middle of a text; for
// a text in any case, the letters beyond ASCII that are other cases of i, k and s, and their escapes.
func otherSpellings(list []match.Literal) []string {
	if len(list) == 0 {
		return nil
	}
	out := []string{`\u00`, "&#", "<!", "<?"}
	if slices.ContainsFunc(list, func(l match.Literal) bool { return l.Fold && strings.ContainsAny(l.Text, "iks") }) {
		out = append(out, "İ", "ı", "ſ", "\u212a", `\u01`, `\u21`)
	}
	return out
}

func (t texts) folded() texts {
	out := texts{why: t.why}
	for _, l := range t.list {
		out.list = append(out.list, match.Literal{Text: strings.ToLower(l.Text), Fold: true})
	}
	return out
}

// rate estimates which part of all events holds one of the texts.
func (t texts) rate() float64 {
	rate := 0.0
	for _, l := range t.list {
		rate += rateOf(l.Text)
	}
	return rate
}

// Rarity guesses of how many events one holds the text; it is what the choice between texts goes by.
func Rarity(text string) int { return int(min(1/rateOf(text), 1e6)) }

// rateOf: each character halves it, but words that logs are full of are no rarity.
func rateOf(text string) float64 {
	if slices.Contains(commonTexts, strings.ToLower(text)) {
		return 0.5
	}
	return math.Pow(2, -float64(len(text)))
}

// commonTexts are keys and values of nearly all logs, or of all of one source.
var commonTexts = []string{
	"true", "false", "null", "none", "unknown", "success", "failure", "error", "info", "information", "warning", "user",
	"username", "name", "type", "event", "events", "eventid", "eventname", "eventsource", "eventtime", "time", "timestamp",
	"message", "source", "host", "hostname", "computer", "process", "command", "commandline", "windows", "microsoft",
	"system", "system32", "security", "sysmon", "version", "properties", "category", "status", "result", "account", "client",
	"amazonaws", "amazonaws.com", "aws", "azure", "http", "https", "role", "region", "us-east-1", "operational", "audit",
	".exe", "c:", "admin", "service", "request", "response", "operationname", "signinlogs",
}

// inRegex is what a text holds in which a regular expression is found.
func inRegex(source string) texts {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return anyText("no text")
	}
	return inSyntax(re)
}

func inSyntax(re *syntax.Regexp) texts {
	switch re.Op {
	case syntax.OpLiteral:
		return allOf([]string{string(re.Rune)}, re.Flags&syntax.FoldCase != 0)
	case syntax.OpCapture, syntax.OpPlus:
		return inSyntax(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return inSyntax(re.Sub[0])
		}
	case syntax.OpConcat:
		best := anyText("no text")
		for _, sub := range re.Sub {
			best = narrower(best, inSyntax(sub))
		}
		return best
	case syntax.OpAlternate:
		var union texts
		for _, sub := range re.Sub {
			union = either(union, inSyntax(sub))
		}
		return union
	case syntax.OpNoMatch:
		return texts{}
	}
	return anyText("no text")
}
