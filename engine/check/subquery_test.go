package check

import (
	"testing"
	"time"
)

func TestParseMoment(t *testing.T) {
	before := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"-15m": "2024-05-06T06:53:09Z", "-1w": "2024-04-29T07:08:09Z", "-9999w": "1832-09-17T07:08:09Z",
		"1531091616000": "2018-07-08T23:13:36Z", "2018/07/08 23:13:36": "2018-07-08T21:13:36Z", "2018-07-08T23:13:36.250": "2018-07-08T21:13:36.25Z",
		"2018-07-08": "2018-07-07T22:00:00Z", "07/08 23:13": "2024-07-08T21:13:00Z", "12-31": "2024-12-30T23:00:00Z",
	} {
		got, ok := ParseMoment(text, before, berlin)
		if !ok || got.UTC().Format(time.RFC3339Nano) != want {
			t.Errorf("%s: %v, not %s", text, got.UTC(), want)
		}
	}
	for _, text := range []string{"", "yesterday", "-1y", "15m", "--1h", "2018", "2018-13-01", "-99999w", "now"} {
		if got, ok := ParseMoment(text, before, berlin); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
}
