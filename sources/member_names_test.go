package sources_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/sources"
)

// TestMembersOfOneName: each stream of an archive has a name of its own, also where the archive's members have not.
func TestMembersOfOneName(t *testing.T) {
	var members []packed
	for i, name := range []string{"a.json", "a.json", "a.json (3)", "b.json", "a.json", "a.json", "a.json (3)"} {
		members = append(members, packed{name, fmt.Appendf(nil, `{"n":%d}`, i)})
	}
	inner := zipOf(zip.Store, packed{"x.json", []byte(`{"n":7}`)})
	members = append(members, packed{"in.zip", inner}, packed{"in.zip", inner})
	want := []string{
		"-!a.json", "-!a.json (2)", "-!a.json (3)", "-!b.json", "-!a.json (4)", "-!a.json (5)", "-!a.json (3) (3)", "-!in.zip!x.json", "-!in.zip!x.json (2)", "",
	}
	for name, src := range map[string][]byte{"zip": zipOf(zip.Deflate, members...), "tar": tarOf(members...)} {
		r := sources.NewReader(sources.Options{Stdin: bytes.NewReader(src)})
		var got []string
		for _, s := range readStreams(t, r, stdin) {
			got = append(got, s.name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
