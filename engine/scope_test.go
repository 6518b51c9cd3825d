package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"retrohunt/engine"
	"retrohunt/normalize"
)

// TestScopesOfManyCategories: of each category the scope is decided rightly, whether it was seen before, is one of more than a
// worker keeps, or is none.
func TestScopesOfManyCategories(t *testing.T) {
	q, err := engine.Compile(`(_sourceCategory=*7* OR _sourceCategory=*NEEDLE) AND !_sourceCategory=*3* | count`)
	if err != nil {
		t.Fatal(err)
	}
	var projection normalize.Projection
	worker := q.NewWorker(&projection)
	n := normalize.New(&projection, normalize.Options{})
	for range 2 {
		for i := range 1000 {
			category := fmt.Sprint("c", i)
			if i%11 == 0 {
				category += "needle"
			}
			event := []byte(`{"_sourceCategory":"` + category + `"}`)
			record, err := n.Normalize(event, event, &normalize.Origin{Name: "x"})
			if err != nil {
				t.Fatal(err)
			}
			want := (strings.Contains(category, "7") || strings.Contains(category, "needle")) && !strings.Contains(category, "3")
			if got := worker.Add(record) == engine.Hit; got != want {
				t.Fatalf("%s: %v", category, got)
			}
		}
	}
}
