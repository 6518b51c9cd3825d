package lookup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine/value"
)

// texts prints a row: null as -.
func texts(row []value.Value) string {
	if row == nil {
		return "no row"
	}
	var out []string
	for _, v := range row {
		if v.IsNull() {
			out = append(out, "-")
			continue
		}
		out = append(out, v.Kind().String()[:1]+":"+v.Text())
	}
	return strings.Join(out, " ")
}

func strs(list ...string) []value.Value {
	out := make([]value.Value, len(list))
	for i, s := range list {
		out[i] = value.OfString(s)
	}
	return out
}

// TestRepeated: rows that a later one with the same key hides are counted, in the case that the table compares in.
func TestRepeated(t *testing.T) {
	const csv = "id,n\nAda,1\nbob,2\nada,3\nADA,4\n,5\n,6\n"
	for _, c := range []struct {
		table, column string
		keys          Case
		rows          int
		example       string
	}{
		{csv, "ID", AnyCase, 3, "Ada"},
		{csv, "id", ExactCase, 1, ""},
		{csv, "n", AnyCase, 0, ""},
		{csv, "nosuch", AnyCase, 0, ""},
		{`{"id":1}` + "\n" + `{"n":1}` + "\n" + `{"n":2}` + "\n" + `{"id":"1"}`, "id", AnyCase, 1, "1"}, // null is no key
	} {
		table, err := ReadTable("t", strings.NewReader(c.table), c.keys)
		if err != nil {
			t.Fatal(err)
		}
		if rows, example := table.Repeated(c.column); rows != c.rows || example != c.example {
			t.Errorf("%s of %q: %d rows, such as %q", c.column, c.table, rows, example)
		}
	}
}

func TestTableFindsRows(t *testing.T) {
	const users = "\ufeff\"id\", name ,\"city\"\r\n1,Ada,London\n2,\"Bob, junior\",\n\n1,Ada the Second,Paris\nÄx,Ö,Ü\n"
	const lines = `{"id":1,"name":"Ada","tags":["a", "b"]}` + "\n\n" + `{"id":"X","score":2.5,"old":true,"name":null}` + "\n"
	for _, c := range []struct {
		name, table   string
		keys          Case
		by, columns   string
		values        []value.Value
		want, wantErr string
	}{
		{"the last of two with a key", users, AnyCase, "id", "name,city", strs("1"), "s:Ada the Second s:Paris", ""},
		{"a number as key", users, AnyCase, "ID", "NAME", []value.Value{value.OfLong(2)}, "s:Bob, junior", ""},
		{"an empty value is no null", users, AnyCase, "id", "city", strs("2"), "s:", ""},
		{"no row", users, AnyCase, "id", "name", strs("3"), "no row", ""},
		{"null is in no row", users, AnyCase, "id", "name", make([]value.Value, 1), "no row", ""},
		{"two keys", users, AnyCase, "id,city", "name", strs("1", "LONDON"), "s:Ada", ""},
		{"two keys that join to the same text", users, AnyCase, "id,city", "name", strs("1l", "ondon"), "no row", ""},
		{"any case, beyond ASCII", users, AnyCase, "id", "name", strs("äX"), "s:Ö", ""},
		{"exact case", users, ExactCase, "city", "name", strs("london"), "no row", ""},
		{"exact case, found", users, ExactCase, "city", "name", strs("London"), "s:Ada", ""},
		{"JSON keeps kinds", lines, AnyCase, "id", "name,score,old", strs("x"), "- d:2.5 b:true", ""},
		{"JSON inside JSON", lines, AnyCase, "id", "tags,score", strs("1"), `s:["a","b"] -`, ""},
		{"no such column", users, AnyCase, "id", "street", strs("1"), "", "t has no column street; it has id, name, city"},
		{"no such key", users, AnyCase, "uid", "name", strs("1"), "", "t has no column uid; it has id, name, city"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, err := ReadTable("t", strings.NewReader(c.table), c.keys)
			if err != nil {
				t.Fatal(err)
			}
			find, err := table.Finder(strings.Split(c.by, ","), strings.Split(c.columns, ","))
			if err != nil {
				if err.Error() != c.wantErr {
					t.Errorf("%q, want %q", err, c.wantErr)
				}
				return
			}
			if diff := cmp.Diff(c.want, texts(find(c.values))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTableSaysWhereItIsWrong(t *testing.T) {
	for _, c := range []struct{ name, table, want string }{
		{"nothing", "\n", "t: the table is empty: it needs a header line, or a JSON object in each line"},
		{"too few values", "a,b\n1,2\n3\n", "t:3: 1 values for 2 columns"},
		{"a quote that is not closed", "a,b\n1,\"2\n", "t:2: no valid CSV: extraneous or missing \" in quoted-field"},
		{"two columns of one name", "a,A\n", "t:1: two columns have the name A"},
		{"a column without a name", "a,,b\n", "t:1: column 2 has no name"},
		{"broken JSON", "{\"a\":1}\n\n{\"a\":\n", "t:3: no JSON object"},
		{"no object", "{\"a\":1}\n[1]\n", "t:2: no JSON object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadTable("t", strings.NewReader(c.table), AnyCase)
			if err == nil || err.Error() != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestGeo(t *testing.T) {
	geo, err := OpenGeo("testdata/geo.mmdb")
	if err != nil {
		t.Fatal(err)
	}
	defer geo.Close()
	place := "latitude,longitude,country_code,country_name,region,city,state,postal_code,continent,metro_code,city_cf"
	for _, c := range []struct{ name, columns, ip, want string }{
		{"all of a place", place, "192.0.2.7", "d:39.78172 d:-89.6501 s:US s:United States s:IL s:Springfield s:Illinois s:62701 s:North America l:648 l:40"},
		{"what the file does not know", "city,area_code,asn", "2001:db8::1", "- - -"},
		{"an owner", "asn,organization,carrier_organization,registering_organization", "203.0.113.9", "l:64500 s:Example Carrier s:Example Carrier s:Example Carrier"},
		{"IPv4 as IPv6", "Country_Code,ip", "::ffff:203.0.113.9", "s:DE s:203.0.113.9"},
		{"not known", "city", "203.0.113.200", "no row"},
		{"no address", "city", "192.0.2.7:443", "no row"},
		{"empty", "city", "", "no row"},
	} {
		t.Run(c.name, func(t *testing.T) {
			find, err := geo.Finder([]string{"IP"}, strings.Split(c.columns, ","))
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time from memory
				if got := texts(find(strs(c.ip))); got != c.want {
					t.Errorf("%s, want %s", got, c.want)
				}
			}
		})
	}
	if _, err := geo.Finder([]string{"ip"}, []string{"street"}); !errors.As(err, new(*ColumnError)) {
		t.Errorf("a column that there is not: %v", err)
	}
	if _, err := geo.Finder([]string{"address"}, []string{"city"}); err == nil {
		t.Error("a key that there is not passes")
	}
	if _, err := OpenGeo("lookup.go"); err == nil || !strings.HasPrefix(err.Error(), "lookup.go is no MMDB file: ") {
		t.Errorf("no MMDB file: %v", err)
	}
}

// TestGeoAsksTheNextFile takes each column from the first file that knows it.
func TestGeoAsksTheNextFile(t *testing.T) {
	second := filepath.Join(t.TempDir(), "second.mmdb")
	data := writeMMDB(map[string]map[string]any{"192.0.2.0/28": {"asn": "AS64501", "country_code": "FR"}})
	if err := os.WriteFile(second, data, 0o600); err != nil {
		t.Fatal(err)
	}
	geo, err := OpenGeo("testdata/geo.mmdb", second)
	if err != nil {
		t.Fatal(err)
	}
	defer geo.Close()
	find, err := geo.Finder([]string{"ip"}, []string{"country_code", "asn"})
	if err != nil {
		t.Fatal(err)
	}
	for ip, want := range map[string]string{"192.0.2.1": "s:US s:AS64501", "192.0.2.99": "s:US -"} {
		if got := texts(find(strs(ip))); got != want {
			t.Errorf("%s: %s, want %s", ip, got, want)
		}
	}
}

func TestIndicators(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.csv")
	const file = `ioc,ioc_type,actor,malicious_confidence,raw,source,updated,valid_until
198.51.100.7,ipv4-addr,EXAMPLE BEAR,low,"{""a"":1}",one,2026-01-01,
198.51.100.7,ipv4-addr,EXAMPLE PANDA,high,,two,2026-01-02,2026-06-01T00:00:00Z
198.51.100.7,ipv4-addr,EXAMPLE LION,90,,two,1767225600000,1893456000
Bad.Example.com,domain,,,,one,,
`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := OpenIndicators(path)
	if err != nil {
		t.Fatal(err)
	}
	find, err := in.Finder([]string{"threat"}, []string{"type", "actor", "raw", "threatlevel", "threat"})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"198.51.100.7":    "s:ipv4-addr s:EXAMPLE LION s: s:high s:198.51.100.7",
		"bad.example.COM": "s:domain s: s: - s:Bad.Example.com",
		"198.51.100.8":    "no row",
	} {
		if got := texts(find(strs(key))); got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
	now := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		w    Wanted
		want []string
	}{
		{"active", Wanted{Active: true, Now: now}, []string{"s:EXAMPLE LION l:90 l:1767225600", "s:EXAMPLE BEAR l:15 l:1767225600"}},
		{"expired", Wanted{Expired: true, Now: now}, []string{"s:EXAMPLE PANDA l:85 l:1767312000"}},
		{"active before expired", Wanted{Active: true, Expired: true, Now: now}, []string{"s:EXAMPLE LION l:90 l:1767225600", "s:EXAMPLE BEAR l:15 l:1767225600", "s:EXAMPLE PANDA l:85 l:1767312000"}},
		{"of a source", Wanted{Active: true, Now: now, Source: "one"}, []string{"s:EXAMPLE BEAR l:15 l:1767225600"}},
	} {
		all, err := in.Matches(c.w, []string{"actors", "confidence", "updated"})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			var got []string
			for _, row := range all(strs("198.51.100.7")[0]) {
				got = append(got, texts(row))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s: %s", c.name, diff)
			}
		}
	}
	if _, err := in.Matches(Wanted{}, []string{"colour"}); err == nil {
		t.Error("a column that there is not passes")
	}
	if _, err := in.Finder([]string{"actor"}, []string{"type"}); err == nil {
		t.Error("a key that there is not passes")
	}
}
