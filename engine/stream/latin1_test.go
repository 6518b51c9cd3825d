package stream_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/stream"
)

func TestEventsThatAreNoUTF8(t *testing.T) {
	inputs := write(t, map[string]string{
		"a.json": "{\"x\":\"caf\xe9\"}\n{\"x\":\"café\"}\n{\"x\":\"plain\"}\n",
		"b.csv":  "x,y\ncaf\xe9,1\n",
	})
	result := stream.Run(context.Background(), stream.Job{
		Inputs: inputs, Queries: []*engine.Query{compile(t, "* | count by x"), compile(t, `"café,1" | count by _raw`)},
	})
	if diff := cmp.Diff([]string{"café 3", "plain 1"}, texts(result.Tables[0])); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"café,1 1"}, texts(result.Tables[1])); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	var notes []string
	for _, n := range result.Coverage.Notes {
		notes = append(notes, n.Text)
	}
	const want = "1 event is no UTF-8 and was read as Latin-1"
	if diff := cmp.Diff([]string{want, want}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}
