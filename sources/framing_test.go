package sources_test

import (
	"testing"

	"retrohunt/sources"
)

func TestFraming(t *testing.T) {
	for _, c := range []struct{ name, src, framing, want string }{
		{"lines", "{\"a\":1}\n{\"a\":2}\n", "lines", `
			1 line 1 at 0: {"a":1}
			2 line 2 at 8: {"a":2}`},
		{"lines that end in CRLF", "{\"a\":1}\r\n{\"a\":2}\r\n", "lines", `
			1 line 1 at 0: {"a":1}
			2 line 2 at 9: {"a":2}`},
		{"a last line without an end", "{\"a\":1}\n{\"a\":2}", "lines", `
			1 line 1 at 0: {"a":1}
			2 line 2 at 8: {"a":2}`},
		{"blank lines and indentation", "\n \r\n{\"a\":1}\n\n\t{\"a\":2} \n\n", "lines", `
			1 line 3 at 4: {"a":1}
			2 line 5 at 14: {"a":2}`},
		{"a byte order mark", "\ufeff{\"a\":1}\n{\"a\":2}\n", "lines", `
			1 line 1 at 3: {"a":1}
			2 line 2 at 11: {"a":2}`},
		{"files appended with their byte order marks", "\ufeff{\"a\":1}\n\ufeff{\"a\":2}\n", "lines", `
			1 line 1 at 3: {"a":1}
			2 line 2 at 14: {"a":2}`},
		{"one line", `{"a":1}`, "lines", `1 line 1 at 0: {"a":1}`},
		{"nothing", "", "lines", ""},
		{"white space", " \r\n\t\n", "lines", ""},
		{"lines that are no objects", "{\"a\":1}\n17\n\"x\"\n{\"a\":2}\n", "lines", `
			1 line 1 at 0: {"a":1}
			malformed line 2 at 8+2: not a JSON object
			malformed line 3 at 11+3: not a JSON object
			2 line 4 at 15: {"a":2}`},
		{"a damaged first line", "x\"a\":1}\n{\"a\":2}\n", "lines", `
			malformed line 1 at 0+7: not a JSON object
			1 line 2 at 8: {"a":2}`},
		{"an envelope among lines", "{\"a\":1}\n{\"Records\":[{\"a\":2},{\"a\":3}]}\n{\"a\":4}\n", "envelope", `
			1 line 1 at 0: {"a":1}
			2 line 2 at 20: {"a":2}
			3 line 2 at 28: {"a":3}
			4 line 3 at 38: {"a":4}`},
		{"an array among lines", "{\"a\":1}\n[{\"a\":2},{\"a\":3}]\n{\"a\":4}\n", "envelope", `
			1 line 1 at 0: {"a":1}
			2 line 2 at 9: {"a":2}
			3 line 2 at 17: {"a":3}
			4 line 3 at 26: {"a":4}`},

		{"an object over many lines", "{\n \"a\": 1\n}\n", "objects", "1 line 1 at 0: {\n \"a\": 1\n}"},
		{"objects over many lines", "{\n\"a\":1\n}\n{\n\"a\":2\n}", "objects", "1 line 1 at 0: {\n\"a\":1\n}\n2 line 4 at 10: {\n\"a\":2\n}"},
		{"objects in a row", `{"a":1}{"a":2} {"a":3},{"a":4}`, "objects", `
			1 line 1 at 0: {"a":1}
			2 line 1 at 7: {"a":2}
			3 line 1 at 15: {"a":3}
			4 line 1 at 23: {"a":4}`},
		{"brackets and quotes in strings", `{"a":"}{][\"\\"}{"a":"\u007b"}`, "objects", `
			1 line 1 at 0: {"a":"}{][\"\\"}
			2 line 1 at 16: {"a":"\u007b"}`},
		{"an event begun and cut off", "{\n\"a\":1\n}\n{\n\"a\":", "objects", "1 line 1 at 0: {\n\"a\":1\n}\ndamaged: the input ends inside an event at byte 10"},

		{"an array on one line", `[{"a":1},{"a":2}]`, "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 9: {"a":2}`},
		{"an array over many lines", "[\r\n  {\r\n    \"a\": 1\r\n  },\r\n  {\"a\":2}\r\n]\r\n", "array", "1 line 2 at 5: {\r\n    \"a\": 1\r\n  }\n2 line 5 at 28: {\"a\":2}"},
		{"an empty array", "[ ]\n", "array", ""},
		{"arrays in a row", "[{\"a\":1}][{\"a\":2}]\n\ufeff[{\"a\":3}]", "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 10: {"a":2}
			3 line 2 at 23: {"a":3}`},
		{"arrays in an array", `[[{"a":1}],[{"a":2}]]`, "array", `
			1 line 1 at 2: {"a":1}
			2 line 1 at 12: {"a":2}`},
		{"what is no object in an array", `[{"a":1},null,"x,]",17,[{"a":2}]]`, "array", `
			1 line 1 at 1: {"a":1}
			malformed line 1 at 9+4: not a JSON object
			malformed line 1 at 14+5: not a JSON object
			malformed line 1 at 20+2: not a JSON object
			2 line 1 at 24: {"a":2}`},
		{"an array cut off between events", `[{"a":1},{"a":2},`, "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 9: {"a":2}
			damaged: the input ends inside an array at byte 17`},
		{"something behind an array", "[{\"a\":1}]\n</html>\n", "array", `
			1 line 1 at 1: {"a":1}
			malformed line 2 at 10+8: not JSON`},

		{"CloudTrail's envelope", `{"Records":[{"a":1},{"a":2}]}`, "envelope", `
			1 line 1 at 12: {"a":1}
			2 line 1 at 20: {"a":2}`},
		{"Event Hub's envelope, one to a line", "{\"records\":[{\"a\":1}]}\n{\"records\": [ {\"a\":2} ] }\n", "envelope", `
			1 line 1 at 12: {"a":1}
			2 line 2 at 36: {"a":2}`},
		{
			"a page of a REST interface", `{"@odata.context":"https://example.com/$metadata","value":[{"a":1}],"@odata.nextLink":"https://example.com/?a=]}"}`, "envelope",
			`1 line 1 at 59: {"a":1}`,
		},
		{
			"lookup-events over many lines", "{\n  \"Events\": [\n    {\"a\":1}\n  ],\n  \"NextToken\": \"x\"\n}\n{\n  \"Events\": []\n}\n", "envelope",
			`1 line 3 at 20: {"a":1}`,
		},
		{"the messages of Sumo's Search Job API", `{"fields":[{"name":"_raw","type":"string"}],"messages":[{"map":{"_raw":"a"}},{"map":{"_raw":"b"}}]}`, "envelope", `
			1 line 1 at 56: {"map":{"_raw":"a"}}
			2 line 1 at 77: {"map":{"_raw":"b"}}`},
		{"an event with messages of its own", "{\"messages\":[{\"role\":\"user\"}]}\n{\"messages\":[]}\n", "lines", `
			1 line 1 at 0: {"messages":[{"role":"user"}]}
			2 line 2 at 31: {"messages":[]}`},
		{"two arrays in an envelope", `{"Records":[{"a":1}],"records":[{"a":2}],"x":{"y":[1]}}{"a":3}`, "envelope", `
			1 line 1 at 12: {"a":1}
			2 line 1 at 32: {"a":2}
			3 line 1 at 55: {"a":3}`},
		{"envelopes in an array", `[{"records":[{"a":1}]},{"records":[{"a":2}]}]`, "array", `
			1 line 1 at 13: {"a":1}
			2 line 1 at 35: {"a":2}`},
		{"an envelope in an envelope", `{"Records":[{"records":[{"a":1}]},{"a":2}]}`, "envelope", `
			1 line 1 at 24: {"a":1}
			2 line 1 at 34: {"a":2}`},
		{"an event that only looks like an envelope", "{\"value\":[1,2]}\n{\"Records\":17}\n", "lines", `
			1 line 1 at 0: {"value":[1,2]}
			2 line 2 at 16: {"Records":17}`},
		{"an envelope that is cut off behind its events", `{"Records":[{"a":1}]`, "envelope", `
			1 line 1 at 12: {"a":1}
			damaged: the input ends inside the object around the events at byte 19`},
		{"an empty envelope", `{"Records":[]}`, "envelope", ""},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.src, c.framing, c.want, sources.Options{}) })
	}
}

func TestFramingOfDamage(t *testing.T) {
	for _, c := range []struct{ name, src, framing, want string }{
		{"a lost brace", `[{"a":1},{"a":2},{"a":3,{"a":4},{"a":5}]`, "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 9: {"a":2}
			malformed line 1 at 17+7: its brackets or quotes do not close
			3 line 1 at 24: {"a":4}
			4 line 1 at 32: {"a":5}`},
		{"a lost brace in the first event", `[{"a":{"b":1},{"a":{"b":2}},{"a":{"b":3}}]`, "array", `
			malformed line 1 at 1+13: its brackets or quotes do not close
			1 line 1 at 14: {"a":{"b":2}}
			2 line 1 at 28: {"a":{"b":3}}`},
		{"a lost quote", `[{"a":"1"},{"a":"2"},{"a":"3},{"a":"4"},{"a":"5"}]`, "array", `
			1 line 1 at 1: {"a":"1"}
			2 line 1 at 11: {"a":"2"}
			malformed line 1 at 21+9: its brackets or quotes do not close
			3 line 1 at 30: {"a":"4"}
			4 line 1 at 40: {"a":"5"}`},
		{"a line's end in a string", "[{\"a\":\"1\"},\n{\"a\":\"2\"},\n{\"a\":\"3},\n{\"a\":\"4\"},\n{\"a\":\"5\"}]", "array", `
			1 line 1 at 1: {"a":"1"}
			2 line 2 at 12: {"a":"2"}
			malformed line 3 at 23+21: a line ends inside a string
			3 line 5 at 44: {"a":"5"}`},
		{"a bracket for a comma", `{"Records":[{"a":1}]{"a":2},{"a":3}]}`, "envelope", `
			1 line 1 at 12: {"a":1}
			malformed line 1 at 19+1: a bracket among the events
			2 line 1 at 20: {"a":2}
			3 line 1 at 28: {"a":3}`},
		{"a bracket before a comma", `{"Records":[{"a":1}],{"a":2},{"a":3}]}`, "envelope", `
			1 line 1 at 12: {"a":1}
			malformed line 1 at 19+1: a bracket among the events
			2 line 1 at 21: {"a":2}
			3 line 1 at 29: {"a":3}`},
		{"junk between events", `[{"a":1},{"a":2}!?,{"a":3},{"a":4}]`, "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 9: {"a":2}
			malformed line 1 at 16+2: not a JSON object
			3 line 1 at 19: {"a":3}
			4 line 1 at 27: {"a":4}`},
		{"junk that is no value", `[{"a":1},{"a":2}}{"a":3},{"a":4}]`, "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 9: {"a":2}
			malformed line 1 at 16+9: not JSON
			3 line 1 at 25: {"a":4}`},
		{"junk from which nothing leads back", `[{"a":1},{"a":2}!?`, "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 9: {"a":2}
			damaged: not JSON, and no further event is found at byte 16`},
		{"objects with the same first key in an event are its own", `[{"a":[{"a":1},{"a":2}]},{"a":[{"a":3},{"a":4}]}]`, "array", `
			1 line 1 at 1: {"a":[{"a":1},{"a":2}]}
			2 line 1 at 25: {"a":[{"a":3},{"a":4}]}`},
		{"an event that is cut off within such objects", `[{"a":[{"a":1},{"a":2}]},{"a":[{"a":3},{"a":4},{"a"`, "array", `
			1 line 1 at 1: {"a":[{"a":1},{"a":2}]}
			damaged: the input ends inside an event at byte 25`},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.src, c.framing, c.want, sources.Options{}) })
	}
}

func TestLongEventsAreCountedAndPassedOver(t *testing.T) {
	for _, c := range []struct{ name, src, framing, want string }{
		{"a line of just the limit", "{\"a\":\"1234\"}\n{\"a\":2}\n", "lines", `
			1 line 1 at 0: {"a":"1234"}
			2 line 2 at 13: {"a":2}`},
		{"a line of one more", "{\"a\":1}\n{\"a\":\"12345\"}\n{\"a\":2}\n", "lines", `
			1 line 1 at 0: {"a":1}
			malformed line 2 at 8+13: longer than the limit of 12 bytes
			2 line 3 at 22: {"a":2}`},
		{"a last line without an end", "{\"a\":1}\n{\"a\":\"12345678\"}", "lines", `
			1 line 1 at 0: {"a":1}
			malformed line 2 at 8+16: longer than the limit of 12 bytes`},
		{"an element of just the limit", `[{"a":"1234"},{"a":2}]`, "array", `
			1 line 1 at 1: {"a":"1234"}
			2 line 1 at 14: {"a":2}`},
		{"an element of one more", `[{"a":1},{"a":"12345"},{"a":2}]`, "array", `
			1 line 1 at 1: {"a":1}
			malformed line 1 at 9+13: longer than the limit of 12 bytes
			2 line 1 at 23: {"a":2}`},
		{"a long element that is cut off", `[{"a":1},{"a":"12345678`, "array", `
			1 line 1 at 1: {"a":1}
			damaged: the input ends inside an event at byte 9`},
		{"an element whose end is lost", `[{"a":1},{"a":2},{"b":[1,{"a":3},{"a":4}]`, "array", `
			1 line 1 at 1: {"a":1}
			2 line 1 at 9: {"a":2}
			damaged: the input ends inside an event at byte 17`},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.src, c.framing, c.want, sources.Options{MaxEvent: 12}) })
	}
}
