package engine

import (
	"fmt"

	"retrohunt/engine/regex"
)

// gaveUp returns a warning for each regular expression that met its limits: texts in which it may stand count as texts in which
// it does not.
func (q *Query) gaveUp() (out []Warning) {
	for _, re := range q.plan.Regexes {
		if n := re.GaveUp(); n > 0 {
			out = append(out, Warning{Text: fmt.Sprintf("regex gave up after %v and found nothing: /%s/", regex.Timeout, re), Count: n})
		}
	}
	return out
}
