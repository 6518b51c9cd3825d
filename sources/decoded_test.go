package sources_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"retrohunt/sources"
)

// TestWhatIsNoJSON: streams of other formats give events with their text and a JSON object, wherever the stream comes from.
func TestWhatIsNoJSON(t *testing.T) {
	cases := []struct{ name, stream, framing, want string }{
		{
			"event XML", "\ufeff<?xml version='1.0'?>\r\n<Event><System><EventID>1</EventID></System><EventData><Data Name='Image'>a</Data></EventData></Event>\r\n<Event><System/></Event>\n",
			"event xml", `1 line 2 at 26: <Event><System><EventID>1</EventID></System><EventData><Data Name='Image'>a</Data></EventData></Event>
2 line 3 at 130: <Event><System/></Event>`,
		},
		{
			"key=value blocks", "03/25/2026 05:46:37 PM\nLogName=Security\nEventCode=4688\nMessage=x\n03/25/2026 05:46:38 PM\nLogName=Security\nEventCode=4624\nMessage=y\n",
			"key=value", "1 line 1 at 0: 03/25/2026 05:46:37 PM\nLogName=Security\nEventCode=4688\nMessage=x\n2 line 5 at 65: 03/25/2026 05:46:38 PM\nLogName=Security\nEventCode=4624\nMessage=y",
		},
		{
			"CSV", "user,action\r\nada,\"log\nin\"\r\nbob,out\r\n",
			"csv", "1 line 2 at 13: ada,\"log\nin\"\n2 line 4 at 27: bob,out",
		},
		{
			"damage among them", "<Event><System/></Event>\n<Event><System></Event>\n<Event><System/></Event>\n",
			"event xml", "1 line 1 at 0: <Event><System/></Event>\nmalformed line 2 at 25+23: byte 15 of the event: expected the end of \"System\"\n2 line 3 at 49: <Event><System/></Event>",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var packed bytes.Buffer
			z := gzip.NewWriter(&packed)
			io.WriteString(z, c.stream)
			z.Close()
			for how, r := range map[string]io.Reader{"plain": strings.NewReader(c.stream), "gzip": &packed} {
				got := frame(r, sources.Options{})
				if got.text() != c.want {
					t.Errorf("%s: got\n%s\nwant\n%s", how, got.text(), c.want)
				}
				if got.stats.Framing != c.framing || got.stats.Decoded != int64(len(c.stream)) {
					t.Errorf("%s: framed as %q, %d bytes decoded; want %q, %d", how, got.stats.Framing, got.stats.Decoded, c.framing, len(c.stream))
				}
			}
		})
	}
}

// TestOneReaderForAllFormats: nothing of one stream shows in the next.
func TestOneReaderForAllFormats(t *testing.T) {
	streams := []string{"<Event><System/></Event>\n", `{"a":1}` + "\n", "a,b\n1,2\n", "<Event><System/></Event>\n<Event>", `[{"a":1}]`}
	var stdinOf strings.Reader
	reader := sources.NewReader(sources.Options{Stdin: &stdinOf})
	for range 2 {
		for _, s := range streams {
			stdinOf.Reset(s)
			if got, want := readAll(reader, stdin).text(), frame(strings.NewReader(s), sources.Options{}).text(); got != want {
				t.Errorf("%q: got\n%s\nwant\n%s", s, got, want)
			}
		}
	}
}
