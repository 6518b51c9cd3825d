package bench_test

import (
	"context"
	"os"
	"testing"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/sources"
)

func BenchmarkZZ(b *testing.B) {
	in, _, _ := sources.Walk([]string{"/tmp/scan-corpus/logs"}, sources.Remote{})
	q := query(b)
	if s := os.Getenv("ZZ"); s != "" {
		var err error
		if q, err = engine.Compile(s); err != nil {
			b.Fatal(err)
		}
	}
	var n int64
	for _, i := range in { n += i.Size }
	b.SetBytes(n)
	for b.Loop() {
		stream.Run(context.Background(), stream.Job{Inputs: in, Queries: []*engine.Query{q}, Workers: 1})
	}
}
