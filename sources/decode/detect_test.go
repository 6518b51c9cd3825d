package decode

import (
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		head string
		want Format
	}{
		{"", Unknown},
		{`{"a":1}`, Unknown},
		{"[1,2]\n[3,4]\n", Unknown},
		{"just text\nmore text\n", Unknown},
		{"Hello, world\nthis is, a text\n", Unknown},
		{"2026-01-02 03:04:05,info,x\n2026-01-02 03:04:05,info,y\n", Unknown},

		{"ElfFile\x00\x00\x00", EVTX},
		{"ElfFile", Unknown},

		{"<Event xmlns='u'>", EventXML},
		{"\ufeff \r\n<?xml version='1.0'?>\r\n<Events>\r\n<Event>", EventXML},
		{"<!-- x --><Event\n>", EventXML},
		{"evtxexport 20260101\n\n<Event xmlns='u'>", EventXML},
		{"<e/>", Unknown},
		{"<EventData>", Unknown},
		{"<Events></Events>", Unknown},
		{"<html><p>&lt;Event><Event >", Unknown},
		{"see <Event >", Unknown},

		{"03/25/2026 05:46:37 PM\nLogName=Security\n", KeyValue},
		{"\ufeff\r\n03/25/2026 05:46:37.123 AM  \r\nLogName=Security\r\n", KeyValue},
		{"03/25/2026 05:46:37 PM LogName=Security\n", Unknown},
		{"03/25/2026 05:46:37 PM\nhello\n", Unknown},
		{"03/25/2026 05:46:37 XM\nLogName=Security\n", Unknown},
		{"LogName=Security\n", Unknown},

		{"a,b\n1,2\n", CSV},
		{"a;b;c\r\n1;2,0;3\r\n", CSV},
		{"a\tb\n1\t2", CSV},
		{"\"_messagetimems\",\"_raw\"\n\"1\",\"{\"\"a\"\":1,\n\"\"b\"\":2}\"\n", CSV},
		{"_raw,_source\n\"" + strings.Repeat("long, ", DetectSize/4), CSV},
		{"Event Type,Source IP,Time (UTC)\nx,y,z\n", CSV},
		{"a,b\n1,2,3\n", Unknown},
		{"a,b\n1\n", Unknown},
		{"a,a\n1,2\n", Unknown},
		{"a\nb\n", Unknown},
		{"a,b\n", Unknown},
		{"a,1\n2,3\n", Unknown},
		{"a,\n2,3\n", Unknown},
		{"a,b\n\"1\"x,2\n", Unknown},
	} {
		if got := Detect([]byte(c.head)); got != c.want {
			t.Errorf("%.60q is %s, want %s", c.head, got, c.want)
		}
	}
}
