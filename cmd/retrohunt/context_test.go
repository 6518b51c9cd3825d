package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"retrohunt/engine/value"
)

func TestColumnsWithAddresses(t *testing.T) {
	for _, name := range []string{"src_ip", "IP", "clientIp", "ClientIP", "sourceIPAddress", "IpAddress", "callerIpAddress", "DestAddress", "src.addr", "ip_dst", "src_ip2", "dest-ipv4"} {
		if !namesAddress(name) {
			t.Errorf("%s is not taken for a column with addresses", name)
		}
	}
	for _, name := range []string{"", "actor", "src", "_count", "first_seen", "script", "addresses", "src_ip_country", "description"} {
		if namesAddress(name) {
			t.Errorf("%s is taken for a column with addresses", name)
		}
	}
}

func TestAddressesInValues(t *testing.T) {
	for text, want := range map[string]string{
		"203.0.113.9": "203.0.113.9", " 203.0.113.9 ": "203.0.113.9", "203.0.113.9:443": "203.0.113.9", "2001:db8::1": "2001:db8::1",
		"[2001:db8::1]:443": "2001:db8::1", "::ffff:203.0.113.9": "::ffff:203.0.113.9",
		"": "", "-": "", "1.2.3": "", "1.2.3.4.5": "", "203.0.113.9, 203.0.113.10": "", "203.0.113.0/24": "", "ada@example.com": "",
	} {
		if ip, ok := address(value.OfString(text)); ok != (want != "") || ok && ip != want {
			t.Errorf("%q: %q, %t", text, ip, ok)
		}
	}
	if _, ok := address(value.Value{}); ok {
		t.Error("null is an address")
	}
}

// TestContextOfRowsInFiles: rows that do not fit into memory get their columns, too, in every format.
func TestContextOfRowsInFiles(t *testing.T) {
	dir := t.TempDir()
	var events strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&events, "{\"user\":\"u%04d\",\"ip\":\"203.0.113.%d\"}\n", i, i%200)
	}
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		must(os.WriteFile(name, []byte(text), 0o666))
		return name
	}
	must(os.Mkdir(filepath.Join(dir, "rules"), 0o777))
	write("rules/count.sumo", "u0001 | count") // so that the report has an index
	write("rules/messages.sumo", "* | fields user, ip")
	users := write("users.csv", "user,team\nU0007,blue\n")
	geo := filepath.Join("..", "..", "lookup", "testdata", "geo.mmdb")
	args := []string{"hunt", "-r", filepath.Join(dir, "rules"), "--lookup", users + ":user", "--geoip", geo, write("events.jsonl", events.String())}
	want, got := printed(t, args...), printed(t, append(args, "--mem", "64KiB")...)
	same(t, "in 64 KiB", want, got)
	if !strings.Contains(got["r.html"], `<td class="n">3,000</td>`) {
		t.Error("the report's index does not have the rows of each detection")
	}
	if n := strings.Count(want["r.jsonl"], `"user_team":"blue","ip_country":"DE","ip_asn":64500`); n != 1 || strings.Count(want["r.csv"], ",DE,64500,Example Carrier") < 1500 {
		t.Errorf("%d rows of the user\n%.500s", n, want["r.jsonl"])
	}
}
