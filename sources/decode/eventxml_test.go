package decode

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ev is a small event; its JSON is {"a":"…"}.
func ev(text string) string {
	return "<Event><EventData><Data Name='a'>" + text + "</Data></EventData></Event>"
}

func TestEventXMLFraming(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // events' data, or what is lost with its place
		broke      string
	}{
		{"one to a line", ev("1") + "\n" + ev("2") + "\n", []string{"1", "2"}, ""},
		{"no last line end", ev("1") + "\r\n" + ev("2"), []string{"1", "2"}, ""},
		{"concatenated", ev("1") + ev("2"), []string{"1", "2"}, ""},
		{"a root, a declaration, comments", "\ufeff<?xml version='1.0'?><!-- <Event> --><Events x='y'>" + ev("1") + "<!-- - -->" + ev("2") + "</Events>\n", []string{"1", "2"}, ""},
		{"banners and declarations between", "evtxexport 20260101\n\n" + ev("1") + "\n<?xml version='1.0'?>\n" + ev("2"), []string{"1", "2"}, ""},
		{"pretty", strings.ReplaceAll(ev("1"), "><", ">\n\t<") + "\n\n" + ev("2"), []string{"1", "2"}, ""},
		{"names that begin like it", "<Event><EventData><EventX>1</EventX></EventData></Event>" + ev("2"), []string{`{"EventX":"1"}`, "2"}, ""},
		{"empty ones", "<Event/><Event a='b' />" + ev("1"), []string{"{}", "{}", "1"}, ""},
		{"an end with a blank", strings.Replace(ev("1"), "</Event>", "</Event\n >", 1) + ev("2"), []string{"1", "2"}, ""},
		{"CDATA with tags", ev("<![CDATA[</Event><Event >]]>") + ev("2"), []string{"</Event><Event >", "2"}, ""},
		{"a comment with tags", ev("x<!-- </Event> <Event > -->y") + ev("2"), []string{"xy", "2"}, ""},
		{"text before", "hello " + ev("1"), []string{"lost 6 at 0, 0 records: not an event", "1"}, ""},
		{"text between", ev("1") + "\noops\n" + ev("2"), []string{"1", "lost 5 at 62, 0 records: not an event", "2"}, ""},
		{"text behind", ev("1") + "\noops\n", []string{"1", "lost 5 at 62, 0 records: not an event"}, ""},
		{"an event without its end", "<Event><System>" + ev("1"), []string{"lost 15 at 0, 1 records: the event does not end before the next begins", "1"}, ""},
		{"an event that is broken inside", "<Event><System></Event>" + ev("1"), []string{`lost 23 at 0, 1 records: byte 15 of the event: expected the end of "System"`, "1"}, ""},
		{"a document type", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + ev("1"), []string{"lost 30 at 0, 0 records: not an event", "1"}, ""},
		{"CDATA that does not end", ev("<![CDATA[x") + ev("2"), []string{"lost 70 at 0, 1 records: a comment or CDATA section does not end", "2"}, ""},
		{"cut off", ev("1") + "<Event><EventData>", []string{"1"}, "the input ends inside an event"},
		{"cut off in its end", ev("1") + "<Event></Event", []string{"1"}, "the input ends inside an event"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pieces, err := readAll(New(EventXML, strings.NewReader(c.text), Options{}))
			if diff := cmp.Diff(c.want, short(pieces)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			checkEnd(t, err, c.broke)
		})
	}
}

// short tells pieces in a line each: of an event with the one field a just its text.
func short(pieces []piece) (out []string) {
	for _, p := range pieces {
		out = append(out, p.short())
	}
	return out
}

func checkEnd(t *testing.T, err error, broke string) {
	t.Helper()
	var at *BreakError
	switch {
	case broke == "" && err != io.EOF:
		t.Errorf("ended with %v", err)
	case broke != "" && (!errors.As(err, &at) || at.Error() != broke):
		t.Errorf("ended with %v, want %s", err, broke)
	}
}

func TestManySectionsThatDoNotEndCostNoMoreThanTheirLength(t *testing.T) {
	text := strings.Repeat("<Event><![CDATA[", 200_000) // some 3 MB: looking for each end anew would take minutes
	pieces, _ := readAll(New(EventXML, strings.NewReader(text), Options{}))
	if len(pieces) < 199_999 {
		t.Errorf("%d pieces", len(pieces))
	}
}
