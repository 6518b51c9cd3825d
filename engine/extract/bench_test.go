package extract_test

import (
	"strings"
	"testing"

	"retrohunt/engine/extract"
	"retrohunt/engine/value"
)

// BenchmarkFind finds patterns in an event of 1.3 KB.
func BenchmarkFind(b *testing.B) {
	text := `{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ada","userName":"ada"},"pad":"` +
		strings.Repeat("C:\\\\Windows\\\\x.exe ", 50) + `","sourceIPAddress":"192.0.2.7","resources":[{"arn":"a"},{"arn":"b"}],"eventName":"ConsoleLogin"}`
	json, _, _ := extract.NewJSON([]string{"userIdentity.userName", "sourceIPAddress", "resources[*].arn", "eventName"})
	anchors, _, _ := extract.NewAnchors([]string{`"userName":"*"`, `"sourceIPAddress":"*"`, `"eventName":"*"`})
	regexes, _ := extract.NewRegexes([]string{`"sourceIPAddress":"(?<ip>[\d.]+)"`})
	for _, bench := range []struct {
		name    string
		pattern extract.Pattern
	}{{"json", json}, {"anchors", anchors}, {"regex", regexes}, {"keys", extract.NewKeys([]string{"userName", "eventName"})}} {
		b.Run(bench.name, func(b *testing.B) {
			finder, found := bench.pattern.Finder(), make([]value.Value, 4)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if !finder.Find(text, found) {
					b.Fatal("not found")
				}
			}
		})
	}
}
