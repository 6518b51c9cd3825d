package decode

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// This file reads real logs, and counts their events by other means. It is skipped where they are not.

const samples = "../../../shared/samples"

// sampleFiles returns the files that a pattern below the samples matches.
func sampleFiles(t *testing.T, pattern string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(samples, pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skipf("no samples: %s is not there", filepath.Join(samples, pattern))
	}
	out := map[string][]byte{}
	for _, name := range names {
		if out[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// checkCount wants a file to be detected, and read to its end without loss.
func checkCount(t *testing.T, name string, text []byte, f Format, want int) {
	t.Helper()
	if got := Detect(text[:min(len(text), DetectSize)]); got != f {
		t.Errorf("%s is detected as %s", name, got)
	}
	pieces, err := readAll(New(f, bytes.NewReader(text), Options{}))
	if len(pieces) != want || len(events(pieces)) != want || want == 0 || err != io.EOF {
		t.Errorf("%s: %d events, %d pieces, want %d; %v", name, len(events(pieces)), len(pieces), want, err)
	}
}

func TestRealEVTXHasTheEventsThatItsChunksSay(t *testing.T) {
	for name, text := range sampleFiles(t, "windows/evtx/*.evtx") {
		want := 0
		for at := evtxHeaderSize; at+chunkSize <= len(text); at += chunkSize {
			if hasPrefix(text[at:], chunkMagic) {
				want += int(binary.LittleEndian.Uint64(text[at+16:])-binary.LittleEndian.Uint64(text[at+8:])) + 1
			}
		}
		checkCount(t, name, text, EVTX, want)
	}
}

func TestRealSplunkLogsHaveTheEventsThatTheyBegin(t *testing.T) {
	xml, block := regexp.MustCompile(`<Event[ >]`), regexp.MustCompile(`(?m)^\d\d/\d\d/\d{4} [^=\n]*[AP]M\r?\nLogName=`)
	for name, text := range sampleFiles(t, "windows/splunk/*.log") {
		if n := len(xml.FindAll(text, -1)); n > 0 {
			checkCount(t, name, text, EventXML, n)
		} else {
			checkCount(t, name, text, KeyValue, len(block.FindAll(text, -1)))
		}
	}
}

func TestARealCSVOfS3HasTheRowsThatEncodingCSVReads(t *testing.T) {
	for _, packed := range sampleFiles(t, "aws/otrf/aws_s3_honeybucketlogs.zip") {
		archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
		if err != nil {
			t.Fatal(err)
		}
		for _, member := range archive.File {
			r, err := member.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			checkCount(t, member.Name, text, CSV, len(records)-1)
		}
	}
}
