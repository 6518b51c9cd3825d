package synth

import (
	"strconv"
	"time"
)

// The alphabets of fresh characters.
const (
	lowerHex = "0123456789abcdef"
	upperHex = "0123456789ABCDEF"
	base32   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	decimal  = "0123456789"
)

var alphabets = map[string]string{"hex": lowerHex, "HEX": upperHex, "KEY": base32, "num": decimal}

// appendKey appends n fresh characters.
func (m *Maker) appendKey(dst []byte, alphabet string, n int) []byte {
	for n > 0 {
		bits := m.random.Uint64()
		for range min(n, 8) { // eight bits for each character
			dst = append(dst, alphabet[bits&0xff*uint64(len(alphabet))>>8])
			bits >>= 8
		}
		n -= 8
	}
	return dst
}

func (m *Maker) appendGUID(dst []byte) []byte {
	for i, n := range [...]int{8, 4, 4, 4, 12} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = m.appendKey(dst, lowerHex, n)
	}
	return dst
}

// appendProcess appends a Sysmon process id: the machine's part, the time's, and the process's own.
func (m *Maker) appendProcess(dst []byte) []byte {
	dst = append(dst, m.person.device[:9]...)
	dst = append(strconv.AppendInt(dst, 0x6000+m.now>>22&0xfff, 16), '-')
	return append(m.appendKey(dst, lowerHex, 4), "-0000-000000000900"...)
}

// appendTime appends the event's time with so many digits of a second.
func (m *Maker) appendTime(dst []byte, between string, digits int, zone string) []byte {
	if second := m.now / 1000; second != m.second {
		m.second = second
		t := time.Unix(second, 0).UTC()
		m.date, m.clock = t.AppendFormat(m.date[:0], "2006-01-02"), t.AppendFormat(m.clock[:0], "15:04:05")
	}
	dst = append(append(append(dst, m.date...), between...), m.clock...)
	if digits > 0 {
		ms := m.now % 1000
		dst = append(dst, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
		if digits > 3 {
			dst = m.appendKey(dst, decimal, digits-3)
		}
	}
	return append(dst, zone...)
}
