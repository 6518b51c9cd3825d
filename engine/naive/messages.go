package naive

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// age orders messages: the newest has the greatest, one without a time the least.
func (r *row) age() int64 {
	if r.event.Time.IsNull() {
		return math.MinInt64
	}
	return r.event.Time.Long()
}

// ordering reports whether a stage depends on the order of rows.
func (p *pipeline) ordering(s syntax.Stage) bool {
	switch s := s.(type) {
	case *syntax.Sort, *syntax.Limit, *syntax.Dedup, *syntax.Window, *syntax.TopK, *syntax.Transactionize:
		return true
	case *syntax.Top:
		return !p.counts(s)
	case *syntax.Timeslice:
		return s.Width == nil
	}
	return false
}

// alwaysShown are the metadata among the columns of messages.
var alwaysShown = []string{"_messageTime", "_sourceCategory", "_raw"}

func hasName(list []string, name string) bool {
	return slices.ContainsFunc(list, func(n string) bool { return strings.EqualFold(n, name) })
}

func without(list []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(n string) bool { return strings.EqualFold(n, name) })
}

// show notes that a field of messages is among the columns.
func (p *pipeline) show(name string) {
	p.hidden = without(p.hidden, name)
	if !hasName(p.shown, name) && !hasName(alwaysShown, name) {
		p.shown, p.listed = append(p.shown, name), false
	}
}

// hide notes that it is not.
func (p *pipeline) hide(name string) {
	p.shown = without(p.shown, name)
	p.hidden = append(p.hidden, name)
}

// showOnly leaves the named fields and the internal ones.
func (p *pipeline) showOnly(names []*syntax.Field) {
	for _, name := range slices.Clone(p.shown) {
		if !strings.HasPrefix(name, "_") {
			p.shown = without(p.shown, name)
		}
	}
	for _, f := range names {
		p.shown = without(p.shown, f.Name)
	}
	for _, f := range names {
		p.show(p.spelling(f.Name))
	}
	p.listed = true
}

// messages makes a table of the messages: the time as a text, the category, the fields, the message. Fields are in alphabetical
// order, unless a fields stage says another one.
func (p *pipeline) messages() {
	p.columns = nil
	if !p.listed {
		slices.SortFunc(p.shown, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	}
	for _, name := range slices.Concat(alwaysShown[:2], p.shown, alwaysShown[2:]) {
		if !hasName(p.hidden, name) {
			p.columns = append(p.columns, name)
		}
	}
	for _, r := range p.rows {
		at := r.get("_messageTime")
		ms := at.Long() + int64(at.Double())
		if at.Kind() == value.Long || at.Kind() == value.Double {
			r.set("_messageTime", value.OfString(time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")))
		}
	}
}
