package eventxml

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sysmon = `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
	`<Provider Name='Microsoft-Windows-Sysmon' Guid='{01234567-89AB-CDEF-0123-456789ABCDEF}'/><EventID>1</EventID><Version>5</Version>` +
	`<Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>` +
	`<TimeCreated SystemTime='2026-03-25T17:46:37.652897900Z'/><EventRecordID>361823</EventRecordID><Correlation/>` +
	`<Execution ProcessID='2740' ThreadID='2488'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>` +
	`<Computer>ws1.corp.example.com</Computer><Security UserID='S-1-5-18'/></System><EventData>` +
	`<Data Name='RuleName'>-</Data><Data Name='Image'>C:\Windows\System32\cmd.exe</Data>` +
	`<Data Name='CommandLine'>cmd.exe /c &quot;echo a &amp;&amp; echo b&quot; &gt; c.txt</Data><Data Name='User'>CORP\alice</Data></EventData></Event>`

const sysmonJSON = `{"ProviderName":"Microsoft-Windows-Sysmon","SourceName":"Microsoft-Windows-Sysmon",` +
	`"ProviderGuid":"{01234567-89AB-CDEF-0123-456789ABCDEF}","EventID":1,"Version":5,"Level":4,"Task":1,"Opcode":0,` +
	`"Keywords":"0x8000000000000000","TimeCreated":"2026-03-25T17:46:37.652897900Z","EventRecordID":361823,"RecordNumber":361823,` +
	`"ExecutionProcessID":2740,"ExecutionThreadID":2488,"Channel":"Microsoft-Windows-Sysmon/Operational",` +
	`"Computer":"ws1.corp.example.com","Hostname":"ws1.corp.example.com","UserID":"S-1-5-18",` +
	`"RuleName":"-","Image":"C:\\Windows\\System32\\cmd.exe","CommandLine":"cmd.exe /c \"echo a && echo b\" > c.txt","User":"CORP\\alice"}`

// cases are events that are read, each with its JSON.
var cases = []struct{ name, xml, want string }{
	{"a whole one", sysmon, sysmonJSON},
	{
		"pretty, double quotes, declaration", "\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<!-- x --><Event>\r\n  <System>\r\n    <EventID>\r\n 4624 </EventID>\r\n" +
			"    <Channel>Security</Channel>\r\n  </System>\r\n  <EventData>\r\n    <Data Name=\"IpAddress\">192.0.2.1</Data>\r\n  </EventData>\r\n</Event>\r\n",
		`{"EventID":4624,"Channel":"Security","IpAddress":"192.0.2.1"}`,
	},
	{"nothing", "<Event/>", "{}"},
	{"empty parts", "<Event><System/><EventData></EventData></Event>", "{}"},
	{
		"attributes in any order, blanks around", "<Event ><System ><Provider\tGuid = '{A}'\n Name = \"P\" /></System ></Event >",
		`{"ProviderGuid":"{A}","ProviderName":"P","SourceName":"P"}`,
	},
	{"qualifiers", "<Event><System><EventID Qualifiers='16384'>7036</EventID></System></Event>", `{"Qualifiers":16384,"EventID":7036}`},
	{
		"numbers that are none", "<Event><System><EventID>x1</EventID><Level>04</Level><Task>-1</Task><Version></Version></System></Event>",
		`{"EventID":"x1","Level":"04","Task":"-1"}`,
	},
	{
		"correlation", "<Event><System><Correlation ActivityID='{A}' RelatedActivityID='{B}'/></System></Event>",
		`{"ActivityID":"{A}","RelatedActivityID":"{B}"}`,
	},
	{
		"what the table does not know", "<Event><System><Execution ProcessorID='1'/><Odd a='1'>x<b>y</b></Odd></System></Event>",
		`{"Execution.ProcessorID":"1","Odd.a":"1","Odd":"x","Odd.b":"y"}`,
	},
	{"namespaces", "<e:Event xmlns:e='u'><e:System><e:EventID>1</e:EventID></e:System></e:Event>", `{"EventID":1}`},
	{"empty data", "<Event><EventData><Data Name='A'/><Data Name='B'></Data><Data Name='C'> </Data></EventData></Event>", `{"A":"","B":"","C":" "}`},
	{
		"data without names", "<Event><EventData><Data>a</Data><Data Name='x'>b</Data><Data>c</Data><Data Name=''>d</Data><Binary>00FF</Binary></EventData></Event>",
		`{"param1":"a","x":"b","param2":"c","param3":"d","Binary":"00FF"}`,
	},
	{"white space in data", "<Event><EventData><Data Name='P'>SeA\r\n\t\t\tSeB\r</Data></EventData></Event>", `{"P":"SeA\n\t\t\tSeB\n"}`},
	{
		"entities", "<Event><EventData><Data Name='&lt;n&gt;'>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&#13;&#10;</Data></EventData></Event>",
		`{"<n>":"<>&\"'A😀\r\n"}`,
	},
	{
		"what is no entity", "<Event><EventData><Data Name='a'>a & b &nbsp; &; &#; &#x110000; &</Data></EventData></Event>",
		`{"a":"a & b &nbsp; &; &#; &#x110000; &"}`,
	},
	{
		"CDATA and comments", "<Event><EventData><Data Name='a'>x<![CDATA[<b>&amp;</Event>]]>y<!-- z -->&lt;<?pi?>w</Data></EventData></Event>",
		`{"a":"x<b>&amp;</Event>y<w"}`,
	},
	{
		"control characters and no UTF-8", "<Event><EventData><Data Name='a'>\x00\x1b\"\\\xff&#1;</Data></EventData></Event>",
		"{\"a\":\"\\u0000\\u001b\\\"\\\\\xff\\u0001\"}",
	},
	{
		"user data", "<Event><UserData><LogFileCleared xmlns='u'><SubjectUserName>bob</SubjectUserName><Deep a='1'><X>y</X></Deep></LogFileCleared></UserData></Event>",
		`{"SubjectUserName":"bob","Deep.a":"1","Deep.X":"y"}`,
	},
	{
		"user data in attributes", "<Event><UserData><Build id='7'><Certificate fileRef='a.cer' subject='s'/><Empty/></Build></UserData></Event>",
		`{"Build.id":"7","Certificate.fileRef":"a.cer","Certificate.subject":"s","Empty":""}`,
	},
	{"user data without a wrapper", "<Event><UserData><A>x</A><Bcd>y</Bcd></UserData></Event>", `{"A":"x","Bcd":"y"}`},
	{"user data with text beside elements", "<Event><UserData><W>x<A>y</A>z</W></UserData></Event>", `{"W":"x","A":"y","UserData.W":"z"}`},
	{
		"rendering", "<Event><System><Level>0</Level></System><RenderingInfo Culture='en-US'><Message>A &lt;b&gt;\nc</Message><Level>Information</Level>" +
			"<Keywords><Keyword>Audit Success</Keyword></Keywords></RenderingInfo></Event>",
		`{"Level":0,"RenderingInfo.Culture":"en-US","Message":"A <b>\nc","RenderingInfo.Level":"Information","RenderingInfo.Keywords.Keyword":"Audit Success"}`,
	},
	{
		"names that System has", "<Event><System><EventID>1</EventID><Version>2</Version></System><EventData><Data Name='version'>3</Data><Data Name='EVENTID'>4</Data></EventData></Event>",
		`{"EventID":1,"Version":2,"EventData.version":"3","EventData.EVENTID":"4"}`,
	},
	{
		"the same name again", "<Event><EventData><Data Name='a'>1</Data><Data Name='a'>2</Data><Data Name='A'>3</Data><Data Name='a'>4</Data></EventData></Event>",
		`{"a":"1","EventData.a":"2","EventData.A[1]":"3","EventData.a[2]":"4"}`,
	},
	{"complex data", "<Event><EventData><ComplexData Name='c'><Data Name='d'>1</Data></ComplexData></EventData></Event>", `{"c.d":"1"}`},
	{
		"other parts and stray text", "<Event>x<DebugData><SequenceNumber>1</SequenceNumber></DebugData><EventData>y</EventData></Event>",
		`{"Event":"x","DebugData.SequenceNumber":"1","EventData":"y"}`,
	},
	{"an attribute of a part", "<Event><EventData Name='N'><Data Name='a'>b</Data></EventData></Event>", `{"EventData.Name":"N","a":"b"}`},
}

func TestEvents(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := AppendJSON([]byte("before "), []byte(c.xml))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != "before "+c.want {
				t.Errorf("got  %s\nwant before %s", got, c.want)
			}
			if !json.Valid(got[len("before "):]) {
				t.Error("not JSON")
			}
		})
	}
}

func TestBadEventsSayWhere(t *testing.T) {
	deep := strings.Repeat("<a>", 100)
	var many strings.Builder
	for i := range maxNames + 1 {
		fmt.Fprintf(&many, "<a>%d</a>", i)
	}
	for _, c := range []struct {
		name, xml, reason string
		offset            int
	}{
		{"nothing", "", "expected an element", 0},
		{"text", "x", "expected an element", 0},
		{"another root", "<Events/>", `the element is "Events", not Event`, 7},
		{"a document type", "<!DOCTYPE Event [<!ENTITY a 'b'>]><Event/>", "a document type is not read", 0},
		{"a declaration inside", "<Event><!ENTITY a 'b'></Event>", "a document type is not read", 7},
		{"an end early", "<Event><System>", "the event ends early", 15},
		{"a wrong end", "<Event><System></Event>", `expected the end of "System"`, 15},
		{"no name", "<Event>< a/></Event>", "expected a name", 8},
		{"no quote", "<Event a=b/>", `expected a quote before the value of "a"`, 9},
		{"no value", "<Event a/>", `expected = behind the attribute "a"`, 8},
		{"an open value", "<Event a='b/>", `the value of "a" does not end`, 9},
		{"an open comment", "<Event><!-- </Event>", "a comment or instruction does not end", 7},
		{"an open CDATA", "<Event><![CDATA[ </Event>", "a CDATA section does not end", 7},
		{"two", "<Event/><Event/>", "something follows the event", 8},
		{"deep", "<Event><EventData>" + deep, "elements are nested too deep", 210},
		{"many", "<Event><EventData>" + many.String(), "too many fields", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := AppendJSON([]byte("kept"), []byte(c.xml))
			var bad *Error
			if !errors.As(err, &bad) {
				t.Fatalf("no *Error: %v", err)
			}
			if bad.Reason != c.reason || c.offset > 0 && bad.Offset != c.offset {
				t.Errorf("byte %d: %s", bad.Offset, bad.Reason)
			}
			if string(got) != "kept" {
				t.Errorf("dst is %q", got)
			}
		})
	}
}

// FuzzAppendJSON holds AppendJSON to encoding/xml on every event that both read, and its output to JSON.
func FuzzAppendJSON(f *testing.F) {
	for _, c := range cases {
		f.Add(c.xml)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 16<<10 {
			t.Skip("the twin is slow")
		}
		got, err := AppendJSON(nil, []byte(src))
		if err != nil {
			var bad *Error
			if !errors.As(err, &bad) || bad.Offset < 0 || bad.Offset > len(src) {
				t.Fatalf("%v", err)
			}
			return
		}
		if !json.Valid(got) {
			t.Fatalf("not JSON: %s", got)
		}
		want, err := twinFields(src)
		if err != nil {
			return
		}
		if diff := cmp.Diff(want, readFields(t, got), cmp.AllowUnexported(twinField{})); diff != "" {
			t.Errorf("(-encoding/xml +ours):\n%s", diff)
		}
	})
}

func TestTheTwinReadsTheCases(t *testing.T) {
	read := 0
	for _, c := range cases {
		want, err := twinFields(c.xml)
		if err != nil {
			continue
		}
		read++
		got, _ := AppendJSON(nil, []byte(c.xml))
		if diff := cmp.Diff(want, readFields(t, got), cmp.AllowUnexported(twinField{})); diff != "" {
			t.Errorf("%s (-encoding/xml +ours):\n%s", c.name, diff)
		}
	}
	if read < len(cases)-2 { // what is no entity, and control characters
		t.Errorf("the twin reads %d of %d", read, len(cases))
	}
}

// readFields lists the members of an object in their order.
func readFields(t *testing.T, object []byte) []twinField {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	next := func() any {
		token, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	next()
	var out []twinField
	for d.More() {
		field := twinField{name: next().(string)}
		switch value := next().(type) {
		case string:
			field.text = value
		case json.Number:
			field.text, field.number = value.String(), true
		}
		out = append(out, field)
	}
	return out
}
