package engine_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"retrohunt/engine"
	"retrohunt/engine/catalog"
	"retrohunt/engine/syntax"
)

// published holds a sample of the queries that Sumo and its users published. It is not part of this repository.
const published = "../../shared/queries/sumo-queries.jsonl"

// leastCompiled is how many of them compile. The others ask for an unpublished algorithm, or have a mistake that Sumo Logic would not take either.
const leastCompiled = 1009

var (
	holeCount = regexp.MustCompile(`(\b(?:limit|timeslice|top|topk|(?:window|threshold|consecutive)\s*=)\s*\(?\s*)\{\{+[^{}]*\}\}+`)
	holeTime  = regexp.MustCompile(`(\btimeshift\s+)\{\{+[^{}]*\}\}+`)
	hole      = regexp.MustCompile(`\$\{[\w.]+\}|\{\{+[^{}]*\}\}+`)
	holeWidth = regexp.MustCompile(`(\btimeslice\s+)\{\{+[^{}]*\}\}+(\s*[|\n])`)
	// slot is a place for the reader to fill in: _sourceCategory=<proofpoint source>.
	slot = regexp.MustCompile(`(_source(?i:category)?\s*=\s*)<[^">]*>`)
)

// fillings are what the holes of a template are tried with: a word, a number, which some must be, and nothing, where a whole stage or a
// part of one is left to the user.
var fillings = []string{"hole", "10", ""}

// filled puts a filling, or a number or a width where only that can stand, into the holes of a query template.
func filled(q, filling string) string {
	q = slot.ReplaceAllString(q, "${1}x")
	q = holeWidth.ReplaceAllString(q, "${1}10m${2}")
	q = holeCount.ReplaceAllString(q, "${1}10")
	q = holeTime.ReplaceAllString(q, "${1}1d")
	q = hole.ReplaceAllString(q, filling)
	return hole.ReplaceAllString(q, filling) // a hole may have held one
}

// TestPublishedQueriesCompile counts the published queries that compile, and logs why the others do not: each of their errors names an
// unpublished algorithm or a mistake, and what to write instead.
func TestPublishedQueriesCompile(t *testing.T) {
	f, err := os.Open(published)
	if err != nil {
		t.Skip("the sample of published queries is not here: " + published)
	}
	defer f.Close()
	all, right, reasons := 0, 0, map[string]int{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var sample struct{ ID, Query string }
		if err := json.Unmarshal(lines.Bytes(), &sample); err != nil {
			t.Fatal(err)
		}
		all++
		err := compiles(sample.Query)
		if err == nil {
			right++
			continue
		}
		for _, reason := range whyNot(err) {
			reasons[reason]++
		}
		if lacking := helpless(err); lacking != nil {
			t.Errorf("%s: %v: nothing says what to write instead", sample.ID, lacking)
		}
	}
	for _, reason := range slices.SortedFunc(maps.Keys(reasons), func(a, b string) int { return cmp.Compare(reasons[b], reasons[a]) }) {
		t.Logf("%4d %s", reasons[reason], reason)
	}
	t.Logf("%d of %d compile", right, all)
	if right < leastCompiled {
		t.Errorf("%d of %d compile, and %d did before", right, all, leastCompiled)
	}
}

// compiles returns why a template compiles with no filling: what is wrong with the first.
func compiles(query string) error {
	var first error
	for i, filling := range fillings {
		_, err := engine.Compile(filled(query, filling))
		if err == nil {
			return nil
		}
		if i == 0 {
			first = err
		}
	}
	return first
}

// helpless returns the first error of a list that does not tell what to write instead, or that is about something that could be built.
func helpless(err error) error {
	var list syntax.ErrorList
	if !errors.As(err, &list) {
		return err
	}
	for _, err := range list {
		switch e := err.(type) {
		case *syntax.Error:
			if e.Want == "" && e.Hint == "" {
				return e
			}
		case *syntax.UnsupportedError:
			if e.Hint == "" || e.Why != catalog.Unpublished.String() {
				return e
			}
		}
	}
	return nil
}

// whyNot returns the different reasons of an error.
func whyNot(err error) []string {
	var list syntax.ErrorList
	if !errors.As(err, &list) {
		return []string{err.Error()}
	}
	var out []string
	for _, e := range list {
		reason := "a mistake: " + e.Error()
		var unsupported *syntax.UnsupportedError
		if errors.As(e, &unsupported) {
			reason = strings.ToLower(unsupported.What)
		}
		out = append(out, reason)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
