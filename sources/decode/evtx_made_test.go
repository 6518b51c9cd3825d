package decode

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"unicode/utf16"
)

// This file writes EVTX: a chunk with one template, which its first record defines and the others refer to, as Windows does.

// made is a value of a record.
type made struct {
	kind byte
	data []byte
}

func madeString(s string) made {
	return made{typeString, utf16Bytes(s)}
}

func madeNumber(kind byte, size int, n uint64) made {
	return made{kind, binary.LittleEndian.AppendUint64(nil, n)[:size]}
}

func utf16Bytes(s string) (out []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// chunkWriter writes one chunk.
type chunkWriter struct {
	b        []byte
	names    map[string]int
	template int // its place, 0 before it is defined
	first    uint64
	last     uint64
	start    int // of the last record
}

func newChunkWriter(first uint64) *chunkWriter {
	return &chunkWriter{b: make([]byte, chunkHeaderSize), names: map[string]int{}, first: first, last: first - 1}
}

func (w *chunkWriter) u8(v byte)    { w.b = append(w.b, v) }
func (w *chunkWriter) u16(v int)    { w.b = binary.LittleEndian.AppendUint16(w.b, uint16(v)) }
func (w *chunkWriter) u32(v int)    { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(v)) }
func (w *chunkWriter) u64(v uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, v) }

func (w *chunkWriter) patch(at, v int) { binary.LittleEndian.PutUint32(w.b[at:], uint32(v)) }

// sized writes a size before what do writes.
func (w *chunkWriter) sized(do func()) {
	at := len(w.b)
	w.u32(0)
	do()
	w.patch(at, len(w.b)-at-4)
}

// name writes a name, or where it stands already.
func (w *chunkWriter) name(s string) {
	if at, ok := w.names[s]; ok {
		w.u32(at)
		return
	}
	w.names[s] = len(w.b) + 4
	w.u32(len(w.b) + 4)
	w.u32(0)
	w.u16(0x1234)
	w.text(s)
	w.u16(0)
}

// text writes a text with its length before it.
func (w *chunkWriter) text(s string) {
	units := utf16Bytes(s)
	w.u16(len(units) / 2)
	w.b = append(w.b, units...)
}

// attr is an attribute: a literal, or a substitution if text is "".
type attr struct {
	name, text string
	index      int
}

// element writes an element; without content it is empty.
func (w *chunkWriter) element(name string, attrs []attr, content func()) {
	token := byte(tokenOpenElement)
	if len(attrs) > 0 {
		token |= moreFlag
	}
	w.u8(token)
	w.u16(0xffff)
	w.sized(func() {
		w.name(name)
		if len(attrs) > 0 {
			w.sized(func() {
				for i, a := range attrs {
					flag := byte(moreFlag)
					if i == len(attrs)-1 {
						flag = 0
					}
					w.u8(tokenAttribute | flag)
					w.name(a.name)
					if a.text != "" {
						w.literal(a.text)
					} else {
						w.substitution(a.index)
					}
				}
			})
		}
		if content == nil {
			w.u8(tokenCloseEmpty)
			return
		}
		w.u8(tokenCloseStart)
		content()
		w.u8(tokenCloseElement)
	})
}

func (w *chunkWriter) literal(s string) {
	w.u8(tokenValue)
	w.u8(typeString)
	w.text(s)
}

func (w *chunkWriter) substitution(index int) {
	w.u8(tokenOptional)
	w.u16(index)
	w.u8(typeString)
}

func (w *chunkWriter) sub(index int) func() { return func() { w.substitution(index) } }

// record writes a record: an instance of the template that body writes.
func (w *chunkWriter) record(body func(), values []made) {
	w.last++
	w.start = len(w.b)
	w.b = append(w.b, recordMagic...)
	w.u32(0)
	w.u64(w.last)
	w.u64(madeTime)
	w.fragment()
	w.instance(body, values)
	w.u8(tokenEnd)
	w.u32(0)
	size := len(w.b) - w.start
	w.patch(w.start+4, size)
	w.patch(len(w.b)-4, size)
}

func (w *chunkWriter) fragment() { w.b = append(w.b, tokenFragment, 1, 1, 0) }

func (w *chunkWriter) instance(body func(), values []made) {
	w.u8(tokenTemplate)
	w.u8(1)
	w.u32(0x77)
	if w.template == 0 {
		w.template = len(w.b) + 4
		w.u32(w.template)
		w.u32(0)
		w.b = append(w.b, make([]byte, 16)...)
		w.sized(func() {
			w.fragment()
			body()
			w.u8(tokenEnd)
		})
	} else {
		w.u32(w.template)
	}
	w.u32(len(values))
	for _, v := range values {
		w.u16(len(v.data))
		w.u8(v.kind)
		w.u8(0)
	}
	for _, v := range values {
		w.b = append(w.b, v.data...)
	}
}

// bytes returns the chunk with its header.
func (w *chunkWriter) bytes() []byte {
	free := len(w.b)
	if free > chunkSize {
		panic(fmt.Sprintf("the chunk has %d bytes", free))
	}
	b := append(w.b[:free:free], make([]byte, chunkSize-free)...)
	copy(b, chunkMagic)
	binary.LittleEndian.PutUint64(b[8:], w.first)
	binary.LittleEndian.PutUint64(b[16:], w.last)
	binary.LittleEndian.PutUint64(b[24:], w.first)
	binary.LittleEndian.PutUint64(b[32:], w.last)
	binary.LittleEndian.PutUint32(b[40:], 128)
	binary.LittleEndian.PutUint32(b[44:], uint32(w.start))
	binary.LittleEndian.PutUint32(b[48:], uint32(free))
	sign(b)
	return b
}

// sign writes the checksums of a chunk.
func sign(b []byte) {
	free := binary.LittleEndian.Uint32(b[48:])
	binary.LittleEndian.PutUint32(b[52:], crc32.ChecksumIEEE(b[chunkHeaderSize:free]))
	sum := crc32.Update(crc32.ChecksumIEEE(b[:120]), crc32.IEEETable, b[128:chunkHeaderSize])
	binary.LittleEndian.PutUint32(b[124:], sum)
}

func evtxHeader() []byte {
	b := make([]byte, evtxHeaderSize)
	copy(b, evtxMagic)
	binary.LittleEndian.PutUint32(b[32:], 128)
	binary.LittleEndian.PutUint16(b[36:], 1)
	binary.LittleEndian.PutUint16(b[38:], 3)
	binary.LittleEndian.PutUint16(b[40:], evtxHeaderSize)
	return b
}

// madeTime is 2026-03-25T17:46:37.6528979Z.
const madeTime = (1774460797+11644473600)*10_000_000 + 6528979

// processEvent is the template of a process start, as Security has it.
func (w *chunkWriter) processEvent() {
	w.element("Event", []attr{{name: "xmlns", text: "http://schemas.microsoft.com/win/2004/08/events/event"}}, func() {
		w.element("System", nil, func() {
			w.element("Provider", []attr{{name: "Name", text: "Microsoft-Windows-Security-Auditing"}, {name: "Guid", index: 0}}, nil)
			w.element("EventID", []attr{{name: "Qualifiers", index: 1}}, w.sub(2))
			w.element("Keywords", nil, w.sub(3))
			w.element("TimeCreated", []attr{{name: "SystemTime", index: 4}}, nil)
			w.element("EventRecordID", nil, w.sub(5))
			w.element("Correlation", []attr{{name: "ActivityID", index: 1}}, nil)
			w.element("Channel", nil, func() { w.literal("Security") })
			w.element("Computer", nil, w.sub(6))
			w.element("Security", []attr{{name: "UserID", index: 7}}, nil)
		})
		w.element("EventData", nil, func() {
			w.element("Data", []attr{{name: "Name", text: "SubjectLogonId"}}, w.sub(8))
			w.element("Data", []attr{{name: "Name", text: "CommandLine"}}, w.sub(9))
			w.element("Data", []attr{{name: "Name", text: "Nothing"}}, w.sub(1))
		})
	})
}

func processValues(n uint64) []made {
	guid := []byte{0x67, 0x45, 0x23, 0x01, 0xab, 0x89, 0xef, 0xcd, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}
	sid := []byte{1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0}
	return []made{
		{typeGUID, guid},
		{},
		madeNumber(typeUint16, 2, 4688), madeNumber(typeHex64, 8, 0x8020000000000000), madeNumber(typeFileTime, 8, madeTime),
		madeNumber(typeUint64, 8, n), madeString(fmt.Sprintf("ws%d.example.com", n%7)),
		{typeSID, sid},
		madeNumber(typeHex64, 8, 0x3e7), madeString(fmt.Sprintf(`cmd.exe /c "echo %d" & echo <漢😀>`+"\r\n", n)),
	}
}

// evtxFile is a log of so many chunks with so many records each.
func evtxFile(chunks, records int) []byte {
	out := evtxHeader()
	n := uint64(1)
	for range chunks {
		w := newChunkWriter(n)
		for range records {
			w.record(w.processEvent, processValues(n))
			n++
		}
		out = append(out, w.bytes()...)
	}
	return out
}
