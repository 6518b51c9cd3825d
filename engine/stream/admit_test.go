package stream_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine"
	"retrohunt/engine/stream"
)

func TestWindow(t *testing.T) {
	const day = 24 * 3600 * 1000
	inputs := write(t, map[string]string{"a.json": `{"x":"before","time":"1970-01-01T23:59:59.999Z"}
{"x":"first","time":"1970-01-02T00:00:00Z"}
{"x":"last","time":"1970-01-02T23:59:59.999Z"}
{"x":"after","time":"1970-01-03T00:00:00Z"}
{"x":"undated"}
`})
	cases := []struct {
		name             string
		window           stream.Window
		want             []string
		outside, undated int64
	}{
		{"open", stream.Window{}, []string{"after", "before", "first", "last", "undated"}, 0, 0},
		{"from and to", stream.Window{From: day, To: 2 * day}, []string{"first", "last", "undated"}, 2, 1},
		{"from", stream.Window{From: day}, []string{"after", "first", "last", "undated"}, 1, 1},
		{"to", stream.Window{To: day}, []string{"before", "undated"}, 3, 1},
		{"without the undated", stream.Window{From: day, To: 2 * day, DropUndated: true}, []string{"first", "last"}, 2, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			result := stream.Run(context.Background(), stream.Job{
				Inputs: inputs, Window: c.window, Queries: []*engine.Query{compile(t, "* | count by x | fields x")},
			})
			if diff := cmp.Diff(c.want, texts(result.Tables[0])); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if o := result.Coverage; o.Outside != c.outside || o.Undated != c.undated || o.Events != 5 {
				t.Errorf("outside %d, undated %d, events %d; want %d, %d, 5", o.Outside, o.Undated, o.Events, c.outside, c.undated)
			}
		})
	}
}

func TestDedup(t *testing.T) {
	files := map[string]string{}
	for i := range 20 { // every file has its own events and those of the file before
		var b strings.Builder
		for j := i * 10; j < i*10+20; j++ {
			fmt.Fprintf(&b, `{"id":"%d","region":"r%d"}`+"\n", j, i)
		}
		b.WriteString(`{"no":"id"}` + "\n")
		files[fmt.Sprintf("%02d.json", i)] = b.String()
	}
	inputs := write(t, files)
	run := func(workers, memory int, fields ...string) *stream.Result {
		return stream.Run(context.Background(), stream.Job{
			Inputs: inputs, Workers: workers, Dedup: fields, DedupMemory: memory,
			Queries: []*engine.Query{compile(t, "* | count by region"), compile(t, "* | count, count_distinct(id)")},
		})
	}
	result := run(8, 0, "ID")
	if got := texts(result.Tables[1]); got[0] != "230 210" { // 210 ids, and 20 events without one, of which each is a first
		t.Errorf("count and ids: %s", got[0])
	}
	if result.Coverage.Duplicates != 190 || result.Coverage.Forgotten != 0 {
		t.Errorf("%d duplicates, %d forgotten", result.Coverage.Duplicates, result.Coverage.Forgotten)
	}
	if got := texts(result.Tables[0])[0]; got != "r0 20" { // the first file's events are the first
		t.Errorf("first region: %s", got)
	}
	if diff := cmp.Diff(texts(run(1, 0, "id").Tables[0]), texts(result.Tables[0])); diff != "" {
		t.Errorf("the number of workers shows (-1 +8):\n%s", diff)
	}
	if both := run(1, 0, "id", "region"); both.Coverage.Duplicates != 0 {
		t.Errorf("%d events have the same id and region", both.Coverage.Duplicates)
	}
	if small := run(1, 2*60*2, "id"); small.Coverage.Forgotten == 0 || texts(small.Tables[1])[0] != "420 210" {
		t.Errorf("with little memory: %s, %d forgotten", texts(small.Tables[1])[0], small.Coverage.Forgotten)
	}
}
