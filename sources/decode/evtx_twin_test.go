package decode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"www.velocidex.com/golang/evtx"
)

// TestAnotherReaderFindsTheSame holds EVTX to an independent reader, event by event and value by value. That reader forgets
// the types of values: hexadecimal numbers are decimal there, times are seconds, and GUIDs have no braces.
func TestAnotherReaderFindsTheSame(t *testing.T) {
	files := map[string][]byte{"made": evtxFile(3, 20)}
	samples, _ := filepath.Glob("../../../shared/samples/windows/evtx/*.evtx")
	for _, name := range samples {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = text
	}
	for name, text := range files {
		t.Run(name, func(t *testing.T) {
			theirs := otherReader(t, text)
			pieces, _ := readAll(New(EVTX, bytes.NewReader(text), Options{}))
			if len(theirs) != len(pieces) || len(pieces) == 0 {
				t.Fatalf("%d events, the other reader has %d", len(pieces), len(theirs))
			}
			values := 0
			for i, p := range pieces {
				var ours map[string]any
				d := json.NewDecoder(strings.NewReader(p.JSON))
				d.UseNumber()
				if err := d.Decode(&ours); err != nil {
					t.Fatal(err)
				}
				for path, want := range theirs[i] {
					key := ourName(path)
					if key == "" || want == nil {
						continue
					}
					values++
					if got := fmt.Sprint(ours[key]); ours[key] == nil || !sameValue(want, got) {
						t.Errorf("event %d: %s is %q, the other reader says %s = %v", i, key, got, path, want)
					}
				}
			}
			t.Logf("%d events, %d values", len(pieces), values)
		})
	}
}

func otherReader(t *testing.T, text []byte) (out []map[string]any) {
	t.Helper()
	chunks, err := evtx.GetChunks(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, chunk := range chunks {
		records, err := chunk.Parse(0)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			encoded, err := json.Marshal(r.Event)
			if err != nil {
				t.Fatal(err)
			}
			var nested map[string]any
			d := json.NewDecoder(bytes.NewReader(encoded))
			d.UseNumber()
			if err := d.Decode(&nested); err != nil {
				t.Fatal(err)
			}
			flat := map[string]any{}
			flatten(flat, "", nested)
			out = append(out, flat)
		}
	}
	return out
}

// flatten lists values by path. Where one datum has no value the other reader keeps all as a list.
func flatten(out map[string]any, prefix string, v any) {
	if list, ok := v.([]any); ok && strings.HasSuffix(prefix, "/EventData/Data") {
		for _, item := range list {
			datum := item.(map[string]any)
			out[strings.TrimSuffix(prefix, "Data")+fmt.Sprint(datum["Name"])] = datum["Value"]
		}
		return
	}
	if object, ok := v.(map[string]any); ok {
		for name, member := range object {
			flatten(out, prefix+"/"+name, member)
		}
		return
	}
	out[prefix] = v
}

// ourName is what a path of the other reader is here, "" if it is nothing.
func ourName(path string) string {
	parts := strings.Split(path, "/")
	switch rest := parts[2:]; {
	case rest[0] == "System" && rest[1] == "EventID":
		return "EventID"
	case rest[0] == "System":
		return map[string]string{
			"Provider/Name": "ProviderName", "Provider/Guid": "ProviderGuid", "TimeCreated/SystemTime": "TimeCreated",
			"Correlation/ActivityID": "ActivityID", "Execution/ProcessID": "ExecutionProcessID", "Execution/ThreadID": "ExecutionThreadID",
			"Security/UserID": "UserID",
		}[strings.Join(rest[1:], "/")] + map[bool]string{true: rest[1]}[len(rest) == 2]
	case rest[0] == "UserData" && len(rest) > 2:
		return strings.Join(rest[2:], ".")
	case rest[0] == "EventData" && len(rest) == 2:
		return rest[1]
	}
	return ""
}

func sameValue(theirs any, ours string) bool {
	text := fmt.Sprint(theirs)
	if text == ours || strings.EqualFold("{"+text+"}", ours) || strings.TrimRight(text, "\x00") == ours {
		return true
	}
	if n, err := strconv.ParseUint(strings.TrimPrefix(ours, "0x"), 16, 64); err == nil && text == strconv.FormatUint(n, 10) {
		return true
	}
	seconds, err := strconv.ParseFloat(text, 64)
	at, timeErr := time.Parse(time.RFC3339Nano, ours)
	if errors.Join(err, timeErr) != nil {
		return false
	}
	apart := seconds - float64(at.UnixNano())/1e9
	return apart < 1e-5 && apart > -1e-5
}
