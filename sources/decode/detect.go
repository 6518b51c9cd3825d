package decode

import (
	"bytes"
)

const byteOrderMark = "\xef\xbb\xbf"

var newline = []byte{'\n'}

// Format is a format of logs.
type Format uint8

// The formats.
const (
	Unknown Format = iota
	EVTX
	EventXML
	KeyValue
	CSV
)

var formatNames = [...]string{"unknown", "evtx", "event xml", "key=value", "csv"}

func (f Format) String() string { return formatNames[f] }

// DetectSize is how much of a stream Detect wants to see, in bytes. It works with less, but knows less.
const DetectSize = 16 << 10

// signs are asked in this order.
var signs = []struct {
	format Format
	fits   func(head []byte) bool
}{
	{EVTX, func(head []byte) bool { return hasPrefix(head, evtxMagic) }},
	{EventXML, isEventXML},
	{KeyValue, isKeyValue},
	{CSV, isCSV},
}

// Detect tells the format by the beginning of a stream, behind byte order mark and white space. JSON is Unknown.
func Detect(head []byte) Format {
	head = bytes.TrimPrefix(head, []byte(byteOrderMark))
	head = bytes.TrimLeft(head, " \t\r\n")
	for _, s := range signs {
		if s.fits(head) {
			return s.format
		}
	}
	return Unknown
}

// isEventXML looks for the start of an event, behind nothing but other markup or a banner.
func isEventXML(head []byte) bool {
	if !hasPrefix(head, "<") && !hasPrefix(head, xmlBanner) {
		return false
	}
	n := nextEvent(head)
	return n >= 0 && !bytes.Contains(bytes.ToLower(head[:n]), []byte("<html"))
}

// isKeyValue looks for a line with a time and a line with a name behind it.
func isKeyValue(head []byte) bool { return blockStart(head) == startsBlock }
