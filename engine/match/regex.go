package match

import "retrohunt/engine/regex"

// Regex is the pattern of matches /…/: found anywhere in the value.
type Regex struct{ re *regex.Regex }

// CompileRegex compiles a pattern.
func CompileRegex(pattern string) (Regex, error) {
	re, err := regex.Compile(pattern)
	return Regex{re}, err
}

// Match reports whether the pattern is found in s.
func (r Regex) Match(s string) bool { return r.re.MatchString(s) }

// FindAllStringSubmatchIndex, NumSubexp and SubexpIndex are those of package regexp: where the matches and their groups
// stand. They are what replace needs.
func (r Regex) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return r.re.FindAllStringSubmatchIndex(s, n)
}
func (r Regex) NumSubexp() int              { return r.re.NumSubexp() }
func (r Regex) SubexpIndex(name string) int { return r.re.SubexpIndex(name) }

// Searched returns the expression, which counts its searches that were given up.
func (r Regex) Searched() *regex.Regex { return r.re }

// String says in words how the pattern is looked for.
func (r Regex) String() string { return "matches /" + r.re.String() + "/" }
