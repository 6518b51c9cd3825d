package value

import "testing"

func TestTimedTexts(t *testing.T) {
	for text, v := range map[string]Value{
		`{"timestamp":5,"value":"ok"}`:                         OfString("ok"),
		`{"timestamp":5,"value":"\"a\\\n\u0001}"}`:             OfString("\"a\\\n\x01}"),
		"{\"timestamp\":5,\"value\":\"\xff,\\\"value\\\":ä\"}": OfString("\xff,\"value\":ä"),
		`{"timestamp":5,"value":"7"}`:                          OfString("7"),
		`{"timestamp":5,"value":7}`:                            OfLong(7),
		`{"timestamp":5,"value":0.5}`:                          OfDouble(.5),
		`{"timestamp":5,"value":true}`:                         OfBool(true),
	} {
		if got := string(AppendTimed(nil, OfLong(5), v)); got != text {
			t.Errorf("%s, want %s", got, text)
		}
		at, json, ok := SplitTimed(text)
		if got := ParseTimed(json); !ok || at != OfLong(5) || got != v {
			t.Errorf("%s is %v of %v, %v", text, got, at, ok)
		}
	}
	if at, _, ok := SplitTimed(string(AppendTimed(nil, Value{}, OfLong(1)))); !ok || !at.IsNull() {
		t.Error("a value without a time has one")
	}
	for _, text := range []string{"", "ok", `{"timestamp":x,"value":1}`, `{"timestamp":1}`, `{"timestamp":1.5,"value":1}`, `{"timestamp":1,"value":1`} {
		if _, _, ok := SplitTimed(text); ok {
			t.Errorf("%s is taken for a value with a time", text)
		}
	}
}

func FuzzTimed(f *testing.F) {
	f.Add("a\\u0041\"\xf0\x9f", int64(3))
	f.Fuzz(func(t *testing.T, s string, at int64) {
		gotAt, json, ok := SplitTimed(string(AppendTimed(nil, OfLong(at), OfString(s))))
		if !ok || gotAt != OfLong(at) || ParseTimed(json) != OfString(s) {
			t.Errorf("%q at %d comes back as %q at %v", s, at, ParseTimed(json).Text(), gotAt)
		}
	})
}
