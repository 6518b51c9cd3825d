package sources

import "testing"

func TestPathDate(t *testing.T) {
	cases := []struct{ name, want string }{
		{"AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T0920Z_o5Bx.json.gz", "2026-03-02"},
		{"111122223333_CloudTrail_eu-west-1_20260302T0920Z_o5Bx.json.gz", "2026-03-02"},
		{"insights-logs-signinlogs/tenantId=1/y=2026/m=03/d=02/h=10/m=00/PT1H.json", "2026-03-02"},
		{"logs/year=2026/month=12/day=31/part-0.json.zst", "2026-12-31"},
		{"export-2026-03-02.jsonl", "2026-03-02"},
		{"dt=2026-03-02/x.jsonl", "2026-03-02"},
		{"2026-03-02T10-00.jsonl", "2026-03-02"},
		{`s3://bucket/2026/03/02`, "2026-03-02"},
		{"2026/02/30/x.json", ""},
		{"1234/05/06/x.json", ""},
		{"9f12026-03-02.json", ""},
		{"build/2026/3/2/x.json", ""},
		{"20260302.json", ""},
		{"covenant_2020-09-22145302.json", ""},
		{"x.json", ""},
	}
	for _, c := range cases {
		day, ok := PathDate(c.name)
		got := ""
		if ok {
			got = day.Format("2006-01-02")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
