package decode

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"retrohunt/normalize/eventxml"
)

// processXML is what Windows writes for the record that processValues makes.
func processXML(n int) string {
	return fmt.Sprintf(`<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' `+
		`Guid='{01234567-89AB-CDEF-0123-456789ABCDEF}'/><EventID>4688</EventID><Keywords>0x8020000000000000</Keywords><TimeCreated SystemTime='2026-03-25T17:46:37.6528979Z'/>`+
		`<EventRecordID>%d</EventRecordID><Correlation/><Channel>Security</Channel><Computer>ws%d.example.com</Computer><Security UserID='S-1-5-18'/></System>`+
		`<EventData><Data Name='SubjectLogonId'>0x3e7</Data><Data Name='CommandLine'>cmd.exe /c &quot;echo %d&quot; &amp; echo &lt;漢😀&gt;&#13;
</Data><Data Name='Nothing'></Data></EventData></Event>`, n, n%7, n)
}

func TestTheSameEventFromEVTXAndFromXMLIsTheSame(t *testing.T) {
	pieces, err := readAll(New(EVTX, bytes.NewReader(evtxFile(2, 3)), Options{}))
	if len(pieces) != 6 || err != io.EOF {
		t.Fatalf("%v %v", pieces, err)
	}
	for i, p := range pieces {
		want, err := eventxml.AppendJSON(nil, []byte(processXML(i+1)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), p.JSON); diff != "" {
			t.Errorf("event %d (-XML +EVTX)\n%s", i, diff)
		}
		if p.Raw != "" || p.Line != 0 {
			t.Errorf("event %d has a text or a line: %+v", i, p)
		}
	}
}

// edited is a chunk of ten records after a change.
func edited(edit func(chunk []byte, at []int)) []byte {
	b := evtxFile(1, 10)[evtxHeaderSize:]
	edit(b, recordPlaces(b))
	return b
}

// recordPlaces walks the records of a whole chunk.
func recordPlaces(chunk []byte) (out []int) {
	for at := chunkHeaderSize; hasPrefix(chunk[at:], recordMagic); {
		out = append(out, at)
		at += int(binary.LittleEndian.Uint32(chunk[at+4:]))
	}
	return out
}

func TestDamagedChunks(t *testing.T) {
	whole := evtxFile(1, 10)[evtxHeaderSize:]
	places := recordPlaces(whole)
	gap := func(i int) int { return places[i+1] - places[i] }
	for _, c := range []struct {
		name   string
		edit   func(chunk []byte, at []int)
		events int
		lost   []string // length at place in the chunk, records: reason
	}{
		{"none", func([]byte, []int) {}, 10, nil},
		{"no magic", func(b []byte, _ []int) { b[0] = 'X' }, 0, []string{"65536 at 0, 0: chunk 0: no chunk header"}},
		{"a record without magic", func(b []byte, at []int) { b[at[3]] = 0 }, 9, []string{
			"0 at 0, 0: chunk 0: a checksum does not match; its records are read as they are",
			fmt.Sprintf("%d at %d, 1: chunk 0: not a record", gap(3), places[3]),
		}},
		{"a size that leads nowhere", func(b []byte, at []int) { b[at[3]+4] ^= 8; sign(b) }, 9, []string{
			fmt.Sprintf("%d at %d, 1: chunk 0: not a record", gap(3), places[3]),
		}},
		{"two records overwritten", func(b []byte, at []int) { clear(b[at[3]:at[5]]); sign(b) }, 8, []string{
			fmt.Sprintf("%d at %d, 2: chunk 0: not a record", gap(3)+gap(4), places[3]),
		}},
		{"the last two records overwritten", func(b []byte, at []int) { clear(b[at[8]:]); sign(b) }, 8, []string{
			fmt.Sprintf("0 at %d, 2: chunk 0: its last records are missing", places[8]),
		}},
		{"the first record overwritten, and its template with it", func(b []byte, at []int) { clear(b[at[0]:at[1]]); sign(b) }, 0, append([]string{
			fmt.Sprintf("%d at %d, 1: chunk 0: not a record", gap(0), places[0]),
		}, unread(places, 1, whole)...)},
		{"records taken out", func(b []byte, at []int) {
			copy(b[at[4]:], b[at[6]:])
			sign(b)
		}, 8, []string{fmt.Sprintf("0 at %d, 2: chunk 0: records are missing", places[4])}},
		{"a last number too high", func(b []byte, _ []int) { b[16], b[32] = 12, 12; sign(b) }, 10, []string{
			fmt.Sprintf("0 at %d, 2: chunk 0: its last records are missing", freeOf(whole)),
		}},
		{"numbers with gaps, of an extract", func(b []byte, at []int) {
			for i, place := range at {
				b[place+8] = byte(10 * (i + 1))
			}
			b[24], b[32] = 10, 100
			sign(b)
		}, 10, nil},
		{"numbers with gaps, and a record less", func(b []byte, at []int) {
			for i, place := range at {
				b[place+8] = byte(10 * (i + 1))
			}
			b[24], b[32] = 10, 100
			clear(b[at[3]:at[4]])
			sign(b)
		}, 9, []string{
			fmt.Sprintf("%d at %d, 0: chunk 0: not a record", gap(3), places[3]),
			fmt.Sprintf("0 at %d, 1: chunk 0: its last records are missing", freeOf(whole)),
		}},
		{"a header of nonsense", func(b []byte, _ []int) { copy(b[8:64], bytes.Repeat([]byte{0xff}, 56)) }, 10, []string{
			"0 at 0, 0: chunk 0: a checksum does not match; its records are read as they are",
		}},
		{"binary XML that is none", func(b []byte, at []int) { b[at[2]+recordHead+4] = 0x3f; sign(b) }, 9, []string{
			fmt.Sprintf("%d at %d, 1: chunk 0: record 3: unknown token in binary XML", gap(2), places[2]),
		}},
		{"a header that does not know the last records", func(b []byte, at []int) {
			b[16], b[32] = 7, 7
			binary.LittleEndian.PutUint32(b[48:], uint32(at[7]))
			sign(b)
		}, 10, nil},
		{"older records behind the end", func(b []byte, at []int) {
			b[16], b[32] = 7, 7
			binary.LittleEndian.PutUint32(b[48:], uint32(at[7]))
			b[at[7]+8] = 3
			sign(b)
		}, 7, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := append(append(evtxHeader(), edited(c.edit)...), evtxFile(1, 2)[evtxHeaderSize:]...)
			pieces, err := readAll(New(EVTX, bytes.NewReader(file), Options{}))
			var lost []string
			for _, p := range pieces {
				if p.Lost != "" {
					lost = append(lost, fmt.Sprintf("%d at %d, %d: %s", p.Length, p.Offset-evtxHeaderSize, p.Records, p.Lost))
				}
			}
			if diff := cmp.Diff(c.lost, lost); diff != "" || err != io.EOF {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
			if n := len(events(pieces)) - 2; n != c.events {
				t.Errorf("%d events, want %d, and the 2 of the next chunk", n, c.events)
			}
		})
	}
}

func freeOf(chunk []byte) int { return int(binary.LittleEndian.Uint32(chunk[48:])) }

// unread are the losses of records whose template is gone.
func unread(places []int, from int, chunk []byte) (out []string) {
	for i := from; i < len(places); i++ {
		size := binary.LittleEndian.Uint32(chunk[places[i]+4:])
		out = append(out, fmt.Sprintf("%d at %d, 1: chunk 0: record %d: binary XML without an element: its template may be damaged", size, places[i], i+1))
	}
	return out
}

func TestADirtyFileIsReadWithoutComplaint(t *testing.T) {
	file := append(evtxHeader(), edited(func(b []byte, at []int) {
		b[16], b[32] = 7, 7
		binary.LittleEndian.PutUint32(b[48:], uint32(at[7]))
		b[52] ^= 1
	})...)
	file[120] = 1
	if pieces, err := readAll(New(EVTX, bytes.NewReader(file), Options{})); len(pieces) != 10 || len(events(pieces)) != 10 || err != io.EOF {
		t.Errorf("%d pieces, %v", len(pieces), err)
	}
}

func TestCutEVTX(t *testing.T) {
	file := evtxFile(2, 10)
	places := recordPlaces(file[evtxHeaderSize+chunkSize:])
	second := evtxHeaderSize + chunkSize
	for _, c := range []struct {
		name   string
		cut    int
		events int
		lost   int // records
		broke  string
	}{
		{"nothing", 0, 0, 0, "the input ends inside the header"},
		{"in the header", 100, 0, 0, "the input ends inside the header"},
		{"behind the header", evtxHeaderSize, 0, 0, ""},
		{"between chunks", second, 10, 0, ""},
		{"in a chunk's header", second + 100, 10, 0, "the input ends inside a chunk"},
		{"in a record", second + places[3] + 50, 13, 7, "the input ends inside a chunk"},
		{"between records", second + places[3], 13, 7, "the input ends inside a chunk"},
		{"behind the records", second + freeOf(file[second:]), 20, 0, "the input ends inside a chunk"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pieces, err := readAll(New(EVTX, bytes.NewReader(file[:c.cut]), Options{}))
			lost := 0
			for _, p := range pieces {
				lost += p.Records
			}
			if n := len(events(pieces)); n != c.events || lost != c.lost {
				t.Errorf("%d events, %d lost", n, lost)
			}
			checkEnd(t, err, c.broke)
			var at *BreakError
			if errors.As(err, &at) && c.cut >= evtxHeaderSize && at.Offset != int64(c.cut) {
				t.Errorf("broke off at %d, want %d", at.Offset, c.cut)
			}
		})
	}
	if _, err := readAll(New(EVTX, strings.NewReader("ElfFilf\x00"), Options{})); err.Error() != "not an EVTX file" {
		t.Error(err)
	}
	broken := io.MultiReader(bytes.NewReader(file[:second+places[3]]), iotest.ErrReader(io.ErrClosedPipe))
	if pieces, err := readAll(New(EVTX, broken, Options{})); len(events(pieces)) != 13 || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%d events, %v", len(events(pieces)), err)
	}
}

// TestValues writes a value of each type, and forms that Windows uses now and then.
func TestValues(t *testing.T) {
	sid := []byte{1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0}
	for _, c := range []struct {
		name  string
		value made
		want  string // of the field v, or all fields if it begins with a brace
	}{
		{"text", madeString("a<&>\"'\x01\t漢😀"), "a<&>\"'\x01\t漢😀"},
		{"text with NULs at its end", madeString("a\x00\x00"), "a"},
		{"half a surrogate pair", made{typeString, []byte{'a', 0, 0x3d, 0xd8, 'b', 0}}, "a\ufffdb"},
		{"an odd byte", made{typeString, []byte{'a', 0, 'b'}}, "a"},
		{"ANSI", made{typeANSI, []byte("a&b\x00")}, "a&b"},
		{"no text", madeString(""), ""},
		{"null", made{}, ""},
		{"int8", madeNumber(typeInt8, 1, 0xff), "-1"},
		{"uint8", madeNumber(typeUint8, 1, 0xff), "255"},
		{"int16", madeNumber(typeInt16, 2, 0xfffe), "-2"},
		{"uint16", madeNumber(typeUint16, 2, 0xfffe), "65534"},
		{"int32", madeNumber(typeInt32, 4, 0xfffffffd), "-3"},
		{"uint32", madeNumber(typeUint32, 4, 0xfffffffd), "4294967293"},
		{"int64", madeNumber(typeInt64, 8, math.MaxUint64), "-1"},
		{"uint64", madeNumber(typeUint64, 8, math.MaxUint64), "18446744073709551615"},
		{"float32", madeNumber(typeFloat32, 4, uint64(math.Float32bits(0.1))), "0.1"},
		{"float64", madeNumber(typeFloat64, 8, math.Float64bits(-2.5)), "-2.5"},
		{"true", madeNumber(typeBool, 4, 1), "true"},
		{"false", madeNumber(typeBool, 4, 0), "false"},
		{"binary", made{typeBinary, []byte{0, 0xab, 0xff}}, "00ABFF"},
		{"size", madeNumber(typeSize, 8, 0x10), "0x10"},
		{"file time", madeNumber(typeFileTime, 8, madeTime), "2026-03-25T17:46:37.6528979Z"},
		{"system time", made{typeSystemTime, []byte{0xea, 7, 3, 0, 3, 0, 25, 0, 17, 0, 46, 0, 37, 0, 0x8d, 2}}, "2026-03-25T17:46:37.653Z"},
		{"SID", made{typeSID, sid}, "S-1-5-32-544"},
		{"a SID of a wrong size", made{typeSID, sid[:9]}, "010200000000000520"},
		{"a number of a wrong size", made{typeUint32, []byte{1, 2, 3}}, "010203"},
		{"hex32", madeNumber(typeHex32, 4, 0xc000006d), "0xc000006d"},
		{"hex64", madeNumber(typeHex64, 8, 0), "0x0"},
		{"an unknown type", made{0x7f, []byte{1, 2}}, "0102"},
		{"an array of numbers", made{typeUint16 | arrayFlag, []byte{1, 0, 2, 0}}, `{"v":"1","EventData.v":"2"}`},
		{"an array of texts", made{typeString | arrayFlag, utf16Bytes("a\x00b c\x00")}, `{"v":"a","EventData.v":"b c"}`},
		{"an array of SIDs", made{typeSID | arrayFlag, append(bytes.Clone(sid), sid...)}, `{"v":"S-1-5-32-544","EventData.v":"S-1-5-32-544"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newChunkWriter(1)
			w.record(func() {
				w.element("Event", nil, func() {
					w.element("EventData", nil, func() {
						w.element("Data", []attr{{name: "Name", text: "v"}}, w.sub(0))
					})
				})
			}, []made{c.value})
			pieces, err := readAll(New(EVTX, bytes.NewReader(append(evtxHeader(), w.bytes()...)), Options{}))
			if len(pieces) != 1 || pieces[0].Lost != "" {
				t.Fatalf("%v %v", pieces, err)
			}
			var fields struct{ V string }
			if err := json.Unmarshal([]byte(pieces[0].JSON), &fields); err != nil {
				t.Fatal(err)
			}
			if got := pieces[0].JSON; fields.V != c.want && got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestBinaryXMLInBinaryXML has a template in a value, as Windows keeps the data of an event.
func TestBinaryXMLInBinaryXML(t *testing.T) {
	w := newChunkWriter(1)
	outer := func() {
		w.element("Event", nil, func() { w.element("UserData", nil, w.sub(0)) })
	}
	w.last++
	w.start = len(w.b)
	w.b = append(w.b, recordMagic...)
	w.u32(0)
	w.u64(w.last)
	w.u64(madeTime)
	w.fragment()
	w.u8(tokenTemplate)
	w.u8(1)
	w.u32(0x77)
	w.u32(len(w.b) + 4)
	w.u32(0)
	w.b = append(w.b, make([]byte, 16)...)
	w.sized(func() {
		outer()
		w.u8(tokenEnd)
	})
	w.u32(1)
	size := len(w.b)
	w.u16(0)
	w.u8(typeBinXML)
	w.u8(0)
	start := len(w.b)
	w.fragment()
	w.instance(func() {
		w.element("LogFileCleared", nil, func() {
			w.element("SubjectUserName", nil, w.sub(0))
			w.element("Mixed", nil, func() {
				w.literal("a ")
				w.u8(tokenEntity)
				w.name("amp")
				w.u8(tokenCharacter)
				w.u16('!')
				w.u8(tokenCDATA)
				w.text(" <b>")
			})
		})
	}, []made{madeString("bob")})
	w.u8(tokenEnd)
	binary.LittleEndian.PutUint16(w.b[size:], uint16(len(w.b)-start))
	w.u8(tokenEnd)
	w.u32(0)
	w.patch(w.start+4, len(w.b)-w.start)
	w.patch(len(w.b)-4, len(w.b)-w.start)
	pieces, _ := readAll(New(EVTX, bytes.NewReader(append(evtxHeader(), w.bytes()...)), Options{}))
	if want := []string{`{"SubjectUserName":"bob","Mixed":"a &! <b>"}`}; !cmp.Equal(want, short(pieces)) {
		t.Errorf("%v", short(pieces))
	}
}

func TestBinaryXMLBombsAreLost(t *testing.T) {
	body := func(w *chunkWriter, inside func()) func() {
		return func() {
			w.element("Event", nil, func() {
				w.element("EventData", nil, func() { w.element("Data", []attr{{name: "Name", text: "v"}}, inside) })
			})
		}
	}
	for _, c := range []struct {
		name   string
		inside func(w *chunkWriter)
		reason string
	}{
		{"one value over and over", func(w *chunkWriter) {
			for range 200 {
				w.substitution(0)
			}
		}, "chunk 0: record 1: binary XML is too large"},
		{"a template in itself", func(w *chunkWriter) { w.instance(nil, nil) }, "chunk 0: record 1: binary XML is nested too deep"},
		{"elements in elements", func(w *chunkWriter) {
			for range 100 {
				w.u8(tokenOpenElement)
				w.u16(0xffff)
				w.u32(0)
				w.name("a")
				w.u8(tokenCloseStart)
			}
		}, "chunk 0: record 1: binary XML is nested too deep"},
		{"more ends than starts", func(w *chunkWriter) { w.b = append(w.b, bytes.Repeat([]byte{tokenCloseElement}, 9)...) }, "chunk 0: record 1: binary XML closes what is not open"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newChunkWriter(1)
			w.record(body(w, func() { c.inside(w) }), []made{madeString(strings.Repeat("x", 20_000))})
			pieces, err := readAll(New(EVTX, bytes.NewReader(append(evtxHeader(), w.bytes()...)), Options{}))
			if len(pieces) != 1 || pieces[0].Lost != c.reason || err != io.EOF {
				t.Errorf("%v %v", short(pieces), err)
			}
		})
	}
}

func TestAChunkHasABudget(t *testing.T) {
	w := newChunkWriter(1)
	w.record(w.processEvent, processValues(1))
	end := len(w.b) - 4
	chunk := w.bytes()
	x := &binXML{rendered: maxChunkRendered + 1}
	if _, err := x.render(chunk, chunkHeaderSize+recordHead, end); !errors.Is(err, errHuge) {
		t.Errorf("%v", err)
	}
	x = &binXML{spent: maxChunkTokens + 1}
	if _, err := x.render(chunk, chunkHeaderSize+recordHead, end); !errors.Is(err, errHuge) {
		t.Errorf("%v", err)
	}
	x.nextChunk()
	if _, err := x.render(chunk, chunkHeaderSize+recordHead, end); err != nil || x.spent == 0 || x.rendered == 0 {
		t.Errorf("the next chunk: %v, %d tokens, %d bytes", err, x.spent, x.rendered)
	}
}
