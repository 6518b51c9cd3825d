package stream_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/sources"
)

// TestSubqueries: what a subquery finds does not depend on the number of workers, standard input is read once and leaves no file
// behind, and only the last pass is accounted for.
func TestSubqueries(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	events := strings.Repeat(`{"action":"login","user":"bob"}`+"\n", 500) + `{"action":"alert","user":"ada"}` + "\n" + strings.Repeat(`{"action":"login","user":"ada"}`+"\n", 3)
	q, err := engine.Compile(`action=login | where [subquery: [subquery: action=alert | compose user] | count by user | compose user] | count by user`)
	if err != nil {
		t.Fatal(err)
	}
	for workers := 1; workers <= 3; workers++ {
		result := stream.Run(context.Background(), stream.Job{
			Inputs: []sources.Input{{Name: "-", Size: -1}}, Queries: []*engine.Query{q}, Workers: workers, Part: 1,
			Sources: sources.Options{Stdin: strings.NewReader(events)},
		})
		table := result.Tables[0]
		if table.Err != nil || table.Len() != 1 || table.Rows[0][0].Str() != "ada" || table.Rows[0][1].Long() != 3 {
			t.Errorf("%d workers: %v, %v", workers, table.Rows, table.Err)
		}
		if c := result.Coverage; c.Inputs != 1 || c.Events != 504 || c.Hits != 3 || !c.Whole() {
			t.Errorf("%d workers: %d inputs, %d events, %d hits", workers, c.Inputs, c.Events, c.Hits)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestSubqueriesOfAnEndedRun: where the run ends while a subquery is asked, no row comes of a condition that is not whole.
func TestSubqueriesOfAnEndedRun(t *testing.T) {
	q, err := engine.Compile(`* | where ![subquery: action=alert | compose user] | count by user`)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	result := stream.Run(ctx, stream.Job{
		Inputs: []sources.Input{{Name: "-", Size: -1}}, Queries: []*engine.Query{q},
		Sources: sources.Options{Stdin: strings.NewReader(`{"user":"ada"}`)},
	})
	if result.Tables[0].Len() != 0 || !result.Coverage.Partial {
		t.Errorf("%v, partial: %t", result.Tables[0].Rows, result.Coverage.Partial)
	}
}
