package engine

import (
	"fmt"

	"retrohunt/engine/regex"
)

// noteGaveUp notes in a worker a warning for each regular expression that met its limits: texts in which it may stand count as texts
// in which it does not.
func (q *Query) noteGaveUp(w *Worker) {
	for _, re := range q.plan.Regexes {
		if n := re.GaveUp(); n > 0 {
			w.noteWarning(Warning{Text: fmt.Sprintf("regex gave up after %v and found nothing: /%s/", regex.Timeout, re), Count: n})
		}
	}
}

// noteWarning adds to the warnings of regular expressions.
func (w *Worker) noteWarning(one Warning) {
	for i := range w.gaveUp {
		if w.gaveUp[i].Text == one.Text {
			w.gaveUp[i].Count += one.Count
			return
		}
	}
	w.gaveUp = append(w.gaveUp, one)
}
