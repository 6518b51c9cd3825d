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
	"retrohunt/engine/syntax"
)

// published holds a sample of the queries that Sumo and its users published. It is not part of this repository.
const published = "../../shared/queries/sumo-queries.jsonl"

// leastCompiled is how many of them compile; the others need what is not built yet. Raise it with what is built.
const leastCompiled = 947

var (
	holeCount = regexp.MustCompile(`(\b(?:limit|timeslice|top|topk|(?:window|threshold|consecutive)\s*=)\s*\(?\s*)\{\{+[^{}]*\}\}+`)
	hole      = regexp.MustCompile(`\$\{[\w.]+\}|\{\{+[^{}]*\}\}+`)
)

// filled puts a word, or a number where only that can stand, into the holes of a query template.
func filled(q, filling string) string {
	q = holeCount.ReplaceAllString(q, "${1}10")
	q = hole.ReplaceAllString(q, filling)
	return hole.ReplaceAllString(q, filling) // a hole may have held one
}

// TestPublishedQueriesCompile counts the published queries that compile, and logs why the others do not.
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
		_, err := engine.Compile(filled(sample.Query, "hole"))
		if err != nil {
			if _, empty := engine.Compile(filled(sample.Query, "")); empty == nil {
				err = nil // a whole stage, or a part of one, is left to the user
			}
		}
		if err == nil {
			right++
			continue
		}
		for _, reason := range whyNot(err) {
			reasons[reason]++
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
