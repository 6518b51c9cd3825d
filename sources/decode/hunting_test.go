package decode

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the log of fixtures/hunting")

// huntingZip is what docs/hunting.md reads of an endpoint: the Security log, collected in a zip.
const huntingZip = "../../fixtures/hunting/ws1163.zip"

// TestTheHuntingFixture holds the log in it to what is made here: two days of logons at a host, of which one is guessed.
func TestTheHuntingFixture(t *testing.T) {
	made := logonLog()
	if *update {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		f, err := w.Create("C/Windows/System32/winevt/Logs/Security.evtx")
		if err == nil {
			_, err = f.Write(made)
		}
		if err == nil {
			err = w.Close()
		}
		if err == nil {
			err = os.WriteFile(huntingZip, out.Bytes(), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := zip.OpenReader(huntingZip)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f, err := r.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := io.ReadAll(f)
	if err != nil || !bytes.Equal(kept, made) {
		t.Errorf("%s is not what is made (%v): go test ./sources/decode -run TestTheHuntingFixture -update", huntingZip, err)
	}
}

// logon is a logon that succeeded or failed.
type logon struct {
	at            time.Time
	id            uint64 // 4624 or 4625
	user, address string
	kind          uint64
}

// logons are made up: failures now and then, and 44 in 20 minutes from one address, which ends in a success.
func logons() (all []logon) {
	const day = 24 * time.Hour
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	users := []string{"ada", "grace", "alan", "dorothy.dean"}
	for hour := range 36 {
		at := start.Add(time.Duration(hour)*time.Hour + time.Duration(hour*7%50)*time.Minute)
		for i := range 1 + hour%3 {
			all = append(all, logon{at.Add(time.Duration(i) * 11 * time.Second), 4625, users[(hour+i)%4], "10.20.0." + []string{"15", "16", "23"}[i], 3})
		}
		all = append(all, logon{at.Add(time.Minute), 4624, users[hour%4], "10.20.0.15", 3})
		if hour != 31 {
			continue
		}
		guess := start.Add(day + 7*time.Hour + 20*time.Minute)
		for i := range 44 {
			all = append(all, logon{guess.Add(time.Duration(i) * 27 * time.Second), 4625, []string{"administrator", "ada", "admin"}[i%3], "203.0.113.77", 10})
		}
		all = append(all, logon{guess.Add(21 * time.Minute), 4624, "ada", "203.0.113.77", 10})
	}
	return all
}

func logonLog() []byte {
	const perChunk = 50
	out := evtxHeader()
	all := logons()
	for first := 0; first < len(all); first += perChunk {
		w := newChunkWriter(uint64(first + 1))
		for i, l := range all[first:min(first+perChunk, len(all))] {
			w.record(w.logonEvent, l.values(uint64(first+i+1)))
		}
		out = append(out, w.bytes()...)
	}
	return out
}

// logonEvent is the template of a logon, as Security has it.
func (w *chunkWriter) logonEvent() {
	w.element("Event", []attr{{name: "xmlns", text: "http://schemas.microsoft.com/win/2004/08/events/event"}}, func() {
		w.element("System", nil, func() {
			w.element("Provider", []attr{{name: "Name", text: "Microsoft-Windows-Security-Auditing"}}, nil)
			w.element("EventID", nil, w.sub(0))
			w.element("TimeCreated", []attr{{name: "SystemTime", index: 1}}, nil)
			w.element("EventRecordID", nil, w.sub(2))
			w.element("Channel", nil, func() { w.literal("Security") })
			w.element("Computer", nil, func() { w.literal("WS1163.corp.example.com") })
		})
		w.element("EventData", nil, func() {
			for i, name := range strings.Fields("TargetUserName IpAddress LogonType Status") {
				w.element("Data", []attr{{name: "Name", text: name}}, w.sub(3+i))
			}
		})
	})
}

func (l logon) values(record uint64) []made {
	const toUnix = 11644473600 // seconds from 1601 to 1970
	status := uint64(0)
	if l.id == 4625 {
		status = 0xc000006a
	}
	return []made{
		madeNumber(typeUint16, 2, l.id), madeNumber(typeFileTime, 8, uint64(l.at.Unix()+toUnix)*10_000_000), madeNumber(typeUint64, 8, record),
		madeString(l.user), madeString(l.address), madeNumber(typeUint32, 4, l.kind), madeNumber(typeHex32, 4, status),
	}
}
