// Package regex compiles the regular expressions of queries. Sumo Logic takes Java's: what Go's RE2 accepts runs there, in linear
// time; anything else, as look-around and back-references, by backtracking, with a limit for each search. What Java writes
// otherwise is rewritten, or rejected by its name.
//
// It does not say where a query may have an expression, and makes no values of matches. A Regex is immutable but for its count of
// searches that were given up, and may be used by many goroutines.
package regex

import (
	"regexp"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// The limits of one search by backtracking. One that meets them counts as having found nothing, and is counted.
const (
	Timeout  = 250 * time.Millisecond
	maxStack = 4 << 20 // slots of 8 bytes
)

// Regex is a regular expression. Its methods are those of package regexp.
type Regex struct {
	source string
	linear *regexp.Regexp  // nil: it backtracks
	back   *regexp2.Regexp // if linear is nil
	names  []string        // of the groups; "" for one without a name, and for the whole match
	gaveUp atomic.Int64
}

// Compile compiles an expression. Its error is an *UnsupportedError for what Java knows and this package does not, else package
// regexp's.
func Compile(source string) (*Regex, error) {
	if !readsOtherwise(source) {
		re, err := regexp.Compile(source)
		if err == nil {
			return &Regex{source: source, linear: re, names: re.SubexpNames()}, nil
		}
	}
	return compileJava(source)
}

// MustCompile is Compile for an expression that was compiled before.
func MustCompile(source string) *Regex {
	re, err := Compile(source)
	if err != nil {
		panic("regex: " + err.Error())
	}
	return re
}

// compileJava compiles what RE2 does not take as it stands: rewritten for RE2, if that is enough, else by backtracking.
func compileJava(source string) (*Regex, error) {
	_, invalid := regexp.Compile(source)
	r := &rewriter{src: source}
	if err := r.rewrite(); err != nil {
		return nil, err
	}
	if re, err := regexp.Compile(string(r.out)); err == nil && !r.subtracts {
		return &Regex{source: source, linear: re, names: re.SubexpNames()}, nil
	}
	back, err := backtracking(source)
	if err != nil {
		if invalid == nil { // RE2 would read it as something else
			invalid = err
		}
		return nil, invalid
	}
	re := &Regex{source: source, back: back}
	for _, n := range back.GetGroupNumbers() {
		name := back.GroupNameFromNumber(n)
		if name != "" && '0' <= name[0] && name[0] <= '9' {
			name = "" // that is what the library calls a group without a name
		}
		re.names = append(re.names, name)
	}
	return re, nil
}

func backtracking(source string) (*regexp2.Regexp, error) {
	r := &rewriter{src: source, back: true}
	if err := r.rewrite(); err != nil {
		return nil, err
	}
	re, err := regexp2.Compile(string(r.out), regexp2.RE2, regexp2.OptionMaintainCaptureOrder(), regexp2.OptionMaxBacktrackingStackSize(maxStack))
	if err == nil {
		re.MatchTimeout = Timeout
	}
	return re, err
}

// String returns the expression as it was written.
func (r *Regex) String() string { return r.source }

// Linear reports whether the expression is one of RE2, which it then means what Source says.
func (r *Regex) Linear() bool { return r.linear != nil }

// Source returns the expression in RE2's syntax, "" if it has none.
func (r *Regex) Source() string {
	if r.linear == nil {
		return ""
	}
	return r.linear.String()
}

// SubexpNames returns the names of the groups; the first is of the whole match, and empty.
func (r *Regex) SubexpNames() []string { return r.names }

// NumSubexp returns how many groups there are.
func (r *Regex) NumSubexp() int { return len(r.names) - 1 }

// SubexpIndex returns the number of the group with that name, -1 if there is none.
func (r *Regex) SubexpIndex(name string) int {
	for i, n := range r.names {
		if name != "" && n == name {
			return i
		}
	}
	return -1
}

// GaveUp returns how many searches met a limit since it was asked last.
func (r *Regex) GaveUp() int64 { return r.gaveUp.Swap(0) }

// MatchString reports whether s holds a match.
func (r *Regex) MatchString(s string) bool {
	if r.linear != nil {
		return r.linear.MatchString(s)
	}
	found, err := r.back.MatchString(s)
	if err != nil {
		r.gaveUp.Add(1)
		return false
	}
	return found
}

// FindStringSubmatchIndex returns where the first match and its groups stand, in bytes; -1 for a group that took no part.
func (r *Regex) FindStringSubmatchIndex(s string) []int {
	if r.linear != nil {
		return r.linear.FindStringSubmatchIndex(s)
	}
	m, err := r.back.FindStringMatch(s)
	if err != nil {
		r.gaveUp.Add(1)
		return nil
	}
	return places(m)
}

// FindAllStringSubmatchIndex returns the first n matches, all if n is below 0. If a limit is met there are none.
func (r *Regex) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if r.linear != nil {
		return r.linear.FindAllStringSubmatchIndex(s, n)
	}
	var out [][]int
	m, err := r.back.FindStringMatch(s)
	for err == nil && m != nil && len(out) != n {
		if at := places(m); at[1] > at[0] || len(out) == 0 || at[0] > out[len(out)-1][1] {
			out = append(out, at) // no empty match right behind another, as in package regexp
		}
		m, err = r.back.FindNextMatch(m)
	}
	if err != nil {
		r.gaveUp.Add(1)
		return nil
	}
	return out
}

// places returns where a match and its groups stand.
func places(m *regexp2.Match) []int {
	if m == nil {
		return nil
	}
	groups := m.Groups()
	out := make([]int, 0, 2*len(groups))
	for i := range groups {
		if len(groups[i].Captures) == 0 {
			out = append(out, -1, -1)
			continue
		}
		start, length := groups[i].ByteRange()
		out = append(out, start, start+length)
	}
	return out
}
