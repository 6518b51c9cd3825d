package stream_test

import (
	"context"
	"testing"

	"retrohunt/engine/stream"
)

// TestPassesReadWhatARunReads: decoding alone, framing and a run go through the same bytes, whatever the number of workers.
func TestPassesReadWhatARunReads(t *testing.T) {
	line := `{"Channel":"Security","CommandLine":"az login"}` + "\n"
	inputs := write(t, map[string]string{
		"a.json":  line + line,
		"b.gz":    gzipped(line + "{broken\n" + line),
		"c.json":  `{"Records":[` + line + "," + line + `]}`,
		"cut.gz":  gzipped(line)[:30],
		"no.json": "\x00\x01\x02\x03",
	})
	for _, workers := range []int{1, 2, 8} {
		job := stream.Job{Inputs: inputs, Workers: workers}
		run := stream.Run(t.Context(), job).Coverage
		for _, pass := range []stream.Pass{stream.Decode, stream.Frame} {
			got := stream.Through(t.Context(), job, pass)
			if got.Stored != run.Stored || got.Decoded != run.Decoded || got.Streams != run.Inputs || got.Failed != len(run.Damaged) || !got.Inflated {
				t.Errorf("%d workers, pass %d: %+v; the run read %d bytes of %d, %d inputs, %d damaged", workers, pass, got, run.Decoded, run.Stored, run.Inputs, len(run.Damaged))
			}
			if want := map[stream.Pass]int64{stream.Decode: 0, stream.Frame: run.Events + run.Malformed}[pass]; got.Events != want {
				t.Errorf("%d workers, pass %d: %d events, not %d", workers, pass, got.Events, want)
			}
		}
	}
}

func TestAPassEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if got := stream.Through(ctx, stream.Job{Inputs: write(t, map[string]string{"a.json": "{}\n"})}, stream.Decode); got.Decoded != 0 {
		t.Errorf("%+v", got)
	}
}
