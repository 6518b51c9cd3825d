package inflate

import (
	"bytes"
	"io"
	"testing"
)

func TestPromiseNoAllocationPerMemberOrStream(t *testing.T) {
	cases := map[string][]byte{
		"a small file":      zipped(contents["short logs"]),
		"many members":      bytes.Repeat(zipped(contents["short logs"]), 50),
		"a large file":      zipped(contents["long"]),
		"long codes":        zipped(contents["rare bytes"]),
		"stored blocks":     zipped(contents["noise"]),
		"stray bytes":       append(zipped(contents["logs"]), "stray"...),
		"a head with names": headed(t, contents["logs"]),
	}
	for _, name := range sorted(cases) {
		stream := cases[name]
		t.Run(name, func(t *testing.T) {
			r := NewReader(nil)
			src := bytes.NewReader(nil)
			allocs := testing.AllocsPerRun(20, func() {
				src.Reset(stream)
				r.Reset(src)
				for {
					if _, err := r.Next(); err == io.EOF {
						return
					} else if err != nil {
						t.Fatal(err)
					}
				}
			})
			if allocs != 0 {
				t.Fatalf("%v allocations", allocs)
			}
		})
	}
}
