package syntax

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"testing"
)

// published holds a sample of the queries that Sumo and its users published. It is not part of this repository.
const published = "../../../shared/queries/sumo-queries.jsonl"

var (
	holeCount = regexp.MustCompile(`(\b(?:limit|timeslice|top|topk|(?:window|threshold|consecutive)\s*=)\s*\(?\s*)\{\{+[^{}]*\}\}+`)
	holeTime  = regexp.MustCompile(`(\btimeshift\s+)\{\{+[^{}]*\}\}+`)
	hole      = regexp.MustCompile(`\$\{[\w.]+\}|\{\{+[^{}]*\}\}+`)
)

// fillHoles puts filling, or a number or a time where only that can stand, into the holes of a query template.
func fillHoles(q, filling string) string {
	q = holeCount.ReplaceAllString(q, "${1}10")
	q = holeTime.ReplaceAllString(q, "${1}1d")
	q = hole.ReplaceAllString(q, filling)
	return hole.ReplaceAllString(q, filling) // a hole may have held one
}

// noQueries holds what the sample has among its queries though it is prose or has comments of another language.
var noQueries = map[string]bool{
	"021cfa55f5273e9a": true, // | count by every possible field
	"0ee4c8031d61c977": true, // # a comment of another language
	"06fb9edfa70ceaf3": true, // # a comment of another language
	"07f69b14969f3196": true, // two queries under headings
}

// slot is a place for the reader to fill in: _sourceCategory=<proofpoint source>.
var slot = regexp.MustCompile(`_source(?i:category)?\s*=\s*<[^">]*>`)

// readable parses a published query. Its holes are filled with a word or, where a whole stage or a part of one is left
// to the user, with nothing.
func readable(query string) (q *Query, err error) {
	query = slot.ReplaceAllString(query, "_sourceCategory=x")
	for _, filling := range []string{"hole", ""} {
		q, err = Parse(fillHoles(query, filling))
		var mistake *Error
		if !errors.As(err, &mistake) {
			break
		}
	}
	return q, err
}

// TestPublishedQueries reads queries that people run: none may panic, print differently than it reads, or be wrong.
func TestPublishedQueries(t *testing.T) {
	f, err := os.Open(published)
	if err != nil {
		t.Skip("the sample of published queries is not here: " + published)
	}
	defer f.Close()
	var all, right int
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var sample struct{ ID, Query string }
		if err := json.Unmarshal(lines.Bytes(), &sample); err != nil {
			t.Fatal(err)
		}
		all++
		q, err := readable(sample.Query)
		var mistake *Error
		switch {
		case err == nil:
			right++
			checkPrint(t, q)
			if noQueries[sample.ID] {
				t.Errorf("%s parses, so it should not be listed", sample.ID)
			}
		case errors.As(err, &mistake):
			if !noQueries[sample.ID] {
				t.Errorf("%s: %v at byte %d", sample.ID, mistake, mistake.Span.Start)
			}
		default:
			right++ // it needs something that is not built
		}
	}
	t.Logf("%d of %d queries parse", right, all)
}
