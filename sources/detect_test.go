package sources_test

import (
	"strings"
	"testing"

	"retrohunt/sources"
)

func TestWhatIsNoLogIsNamed(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"AppleDouble under a JSON name", "\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X", "macOS metadata (AppleDouble)"},
		{"a git-lfs pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "a git-lfs pointer: the content was never fetched"},
		{"a git-lfs pointer behind a byte order mark", "\ufeffversion https://git-lfs.github.com/spec/v1\n", "a git-lfs pointer: the content was never fetched"},
		{"Parquet", "PAR1\x15", "Parquet, not read yet"},
		{"SQLite", "SQLite format 3\x00", "an SQLite database"},
		{"XML", "<log><entry/></log>", "XML without Windows events"},
		{"XML behind white space", "\r\n  <log/>", "XML without Windows events"},
		{"bytes with zeros", "abc\x00def", "binary"},
		{"control characters", "\x01\x02\x03\x04abc", "binary"},
		{"a JavaScript object", "{\n  eventName: 1,\n}", `not JSON: it begins with "{"`},
		{"text", "2020-10-12 07:31:14 started\n2020-10-12 07:31:15 stopped\n", `not JSON: it begins with "2020-10-12 07:31:14 started"`},
		{"text in brackets", "[2020-10-12] started\n", `not JSON: it begins with "[2020-10-12] started"`},
		{"an array of numbers", "[1,2]", `not JSON: it begins with "[1,2]"`},
		{"a long line of text", strings.Repeat("word ", 200), `not JSON: it begins with "word word word word word word word word"`},
		{"terminal escapes", "a \x1b[31mred text that is longer", `not JSON: it begins with "a \x1b[31mred text that is longer"`},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.src, "", "skipped: "+c.want, sources.Options{}) })
	}
}
