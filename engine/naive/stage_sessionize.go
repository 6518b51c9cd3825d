package naive

import (
	"regexp"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// session is what messages have told so far, and how many.
type session struct {
	messages int
	start    value.Value
	values   map[string]string // by name in lower case
}

// sessionize takes the messages from the oldest to the newest, and holds each against every session that waits for another.
func (p *pipeline) sessionize(s *syntax.Sessionize) {
	after := pipeline{clock: p.clock, tables: p.tables, found: p.found, aggregated: true, sliceWidth: p.sliceWidth}
	after.define(check.MessageTime)
	_, names := check.SessionPatterns(s)
	for _, list := range names {
		for _, name := range list {
			if name != "" {
				after.define(name)
			}
		}
	}
	var open []*session
	for _, r := range p.inTime() {
		open = append(open, &session{values: map[string]string{}})
		var waiting []*session
		for _, one := range open {
			longer := goOn(s, one, r)
			switch {
			case longer == nil && one.messages > 0:
				waiting = append(waiting, one)
			case longer != nil && longer.messages == len(s.Terms):
				done := &row{clock: p.clock, tables: p.tables, found: p.found, fields: map[string]value.Value{}}
				done.set(check.MessageTime, longer.start)
				for name, text := range longer.values {
					done.set(name, value.OfString(text))
				}
				after.rows = append(after.rows, done)
			case longer != nil:
				waiting = append(waiting, longer)
			}
		}
		open = waiting
	}
	*p = after
}

// goOn returns a session with a message more, nil if that is not of it.
func goOn(s *syntax.Sessionize, one *session, r *row) *session {
	patterns, names := check.SessionPatterns(s)
	fixed := true
	source := regexp.MustCompile(`\$[A-Za-z_]\w*`).ReplaceAllStringFunc(patterns[one.messages], func(variable string) string {
		v := one.values[strings.ToLower(variable[1:])]
		fixed = fixed && v != ""
		return strings.ReplaceAll(v, "*", "\x00") // no star of the pattern
	})
	raw := r.get(check.Raw)
	found, ok := stars(raw.Text(), strings.Split(source, "*"))
	if !ok || raw.IsNull() || !fixed {
		return nil
	}
	longer := &session{one.messages + 1, one.start, map[string]string{}}
	if one.messages == 0 {
		longer.start = r.get(check.MessageTime)
	}
	for name, text := range one.values {
		longer.values[name] = text
	}
	for i, name := range names[one.messages] {
		name = strings.ToLower(name)
		if text, known := longer.values[name]; name != "" && known && text != found[i] {
			return nil
		}
		if name != "" {
			longer.values[name] = found[i]
		}
	}
	return longer
}

// stars returns what stands between fixed texts, each as early as it stands behind the one before; the last star takes the rest.
func stars(text string, fixed []string) (found []string, ok bool) {
	for i, part := range fixed {
		if i > 0 && part == "" {
			return append(found, text), true
		}
		before, rest, ok := strings.Cut(text, strings.ReplaceAll(part, "\x00", "*"))
		if !ok {
			return nil, false
		}
		if i > 0 {
			found = append(found, before)
		}
		text = rest
	}
	return found, true
}
