package regex

import (
	"strings"
	"unicode"

	"retrohunt/internal/pattern"
)

// properties are Java's names of classes that RE2 spells otherwise: the POSIX classes, which are ASCII, and Unicode's properties.
var properties = map[string]string{
	"Lower": "a-z", "Upper": "A-Z", "ASCII": `\x00-\x7F`, "Alpha": "A-Za-z", "Digit": "0-9", "Alnum": "A-Za-z0-9",
	"Punct": "!-/:-@\\[-`{-~", "Graph": "!-~", "Print": " -~", "Blank": ` \t`, "Cntrl": `\x00-\x1F\x7F`, "XDigit": "0-9A-Fa-f",
	"Space": ` \t\n\x0B\f\r`,

	"IsAlphabetic": `\p{L}\p{Nl}`, "IsLetter": `\p{L}`, "IsUppercase": `\p{Lu}`, "IsLowercase": `\p{Ll}`, "IsDigit": `\p{Nd}`,
	"IsPunctuation": `\p{P}`, "IsIdeographic": `\p{Han}`,
}

var property = pattern.New(`^\\[pP](\{\^?([^{}]*)\}|[A-Z])`)

// property takes over \p{…} and \P{…}.
func (r *rewriter) property(rest string) error {
	m := property().FindStringSubmatch(rest)
	if m == nil {
		return unsupported(`\p without a class in braces`)
	}
	negated := rest[1] == 'P'
	name := m[2]
	if name == "" {
		name = m[1]
	}
	r.pos += len(m[0])
	if members, ok := properties[name]; ok {
		if negated {
			members = "^" + members
		}
		r.write("[" + members + "]")
		return nil
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, "script="), "Is")
	if unicode.Scripts[name] == nil && unicode.Categories[name] == nil {
		return unsupported("the class %s", m[0])
	}
	r.write(rest[:2] + "{" + name + "}")
	return nil
}

// class takes over a class in brackets. An intersection with another, a-z&&[^x], becomes a subtraction, a-z-[x].
func (r *rewriter) class() (string, error) {
	body, negated, err := r.classBody()
	if err != nil {
		return "", err
	}
	sign := ""
	if negated {
		sign = "^"
	}
	if !strings.HasPrefix(r.src[r.pos:], "&&") {
		r.pos++ // the bracket
		return "[" + sign + body + "]", nil
	}
	r.subtracts = true
	if negated {
		return "", unsupported("an intersection with a negated class")
	}
	r.pos += 2
	other, without, err := r.operand()
	if err != nil {
		return "", err
	}
	if without { // all but the other: take it away
		return "[" + body + "-[" + other + "]]", nil
	}
	return "[" + body + "-[^" + other + "]]", nil
}

// operand reads what stands behind && up to the closing bracket of the whole class.
func (r *rewriter) operand() (body string, negated bool, err error) {
	nested := strings.HasPrefix(r.src[r.pos:], "[")
	if nested {
		body, negated, err = r.classBody()
		r.pos++
	} else {
		r.pos-- // classBody skips the bracket
		body, _, err = r.classBody()
	}
	switch rest := r.src[min(r.pos, len(r.src)):]; {
	case err != nil:
		return "", false, err
	case strings.HasPrefix(rest, "]"):
		r.pos++
		return body, negated, nil
	}
	return "", false, unsupported("an intersection of more than two classes")
}

// classBody reads the members of the class whose bracket is at r.pos, up to its closing bracket or &&, which it leaves.
func (r *rewriter) classBody() (body string, negated bool, err error) {
	before := r.out
	r.out = nil
	defer func() { r.out = before }()
	r.pos++
	if strings.HasPrefix(r.src[r.pos:], "^") {
		negated = true
		r.pos++
	}
	for first := true; r.pos < len(r.src); first = false {
		rest := r.src[r.pos:]
		switch {
		case rest[0] == ']' && !first, strings.HasPrefix(rest, "&&"):
			return string(r.out), negated, nil
		case strings.HasPrefix(rest, "[:"):
			name, _, closed := strings.Cut(rest, ":]")
			if !closed {
				return "", false, unsupported("a class within a class")
			}
			r.write(name + ":]")
			r.pos += len(name) + 2
		case rest[0] == '[':
			return "", false, unsupported("a class within a class")
		case rest[0] == '\\':
			if err := r.member(); err != nil {
				return "", false, err
			}
		case rest[0] == ']':
			r.write(`\]`)
			r.pos++
		default:
			r.write(rest[:1])
			r.pos++
		}
	}
	return "", false, unsupported("a class without an end")
}

// member takes over an escape within a class. A class that it stands for is written without its brackets.
func (r *rewriter) member() error {
	before := len(r.out)
	if err := r.escape(true); err != nil {
		return err
	}
	added := string(r.out[before:])
	if !strings.HasPrefix(added, "[") {
		return nil
	}
	if strings.HasPrefix(added, "[^") {
		return unsupported("a negated class within a class")
	}
	r.out = append(r.out[:before], added[1:len(added)-1]...)
	return nil
}
