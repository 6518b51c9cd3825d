package runfile

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/zstd"

	"retrohunt/detections"
	"retrohunt/engine/stream"
	"retrohunt/sources"
)

// withoutTests leaves out of detections what a file does not keep: their tests.
var withoutTests = cmpopts.IgnoreUnexported(detections.Detection{})

func example() *Run {
	return &Run{
		Version: "v1", Started: time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC), Paths: []string{"logs"}, Shard: 2, Shards: 3,
		Accounts: []stream.Account{{Number: 4, Name: "logs/a.json", Size: 7, Coverage: stream.Coverage{Events: 3}}},
		Skipped:  []sources.Skip{{Name: "logs/.b", Reason: "hidden"}},
		Coverage: stream.Coverage{Events: 3, Categories: []stream.CategoryCount{{Category: "x", Events: 3}}},
		Queries: []Query{
			{Detection: &detections.Detection{ID: "a", Query: "* | count"}, Hash: HashQuery("* | count"), Partial: []byte("\x00\xff")},
			{Detection: &detections.Detection{ID: "b", Query: "b"}, Hash: HashQuery("b"), Partial: []byte{}},
		},
		Samples: []Sample{{Input: 4, Record: json.RawMessage(`{"x":1}`)}},
	}
}

func written(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, example()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	got, err := Read(bytes.NewReader(written(t)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(example(), got, withoutTests); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestDamageIsFound changes and cuts a file at each byte.
func TestDamageIsFound(t *testing.T) {
	whole := written(t)
	for i := range whole {
		changed := bytes.Clone(whole)
		changed[i] ^= 0x10
		if _, err := Read(bytes.NewReader(changed)); err == nil {
			t.Errorf("byte %d can be another", i)
		}
		if _, err := Read(bytes.NewReader(whole[:i])); err == nil {
			t.Errorf("the file can end at byte %d", i)
		}
	}
	if _, err := Read(strings.NewReader(string(whole) + "x")); err == nil {
		t.Error("the file can go on")
	}
	if _, err := Read(strings.NewReader("retrohunt run 2\n")); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Errorf("a later version: %v", err)
	}
}

// TestAChangedQueryIsDamage: the hash holds the text that partial results are of.
func TestAChangedQueryIsDamage(t *testing.T) {
	run := example()
	run.Queries[0].Detection.Query = "* | count by x"
	var b bytes.Buffer
	if err := Write(&b, run); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(&b); err == nil {
		t.Error("a query with the hash of another is read")
	}
}

// FuzzUnpack gives hostile contents behind a good checksum.
func FuzzUnpack(f *testing.F) {
	packer, err := zstd.NewWriter(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(frame(frame(nil, []byte(`{"Shard":1,"Shards":1,"Queries":[{"Detection":{"Query":""}}]}`)), []byte("x")))
	f.Fuzz(func(t *testing.T, body []byte) {
		run, err := unpack(packer.EncodeAll(body, nil))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := Write(&again, run); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(&again); err != nil {
			t.Errorf("what was read cannot be written and read: %v", err)
		}
	})
}
