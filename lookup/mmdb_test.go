package lookup

import (
	"encoding/binary"
	"flag"
	"math"
	"net/netip"
	"os"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/geo.mmdb")

// geoFixture are made-up networks in the documentation's address ranges, in the shape of MaxMind's files.
var geoFixture = map[string]map[string]any{
	"192.0.2.0/24": {
		"city":         map[string]any{"names": map[string]any{"en": "Springfield"}, "confidence": uint64(40)},
		"continent":    map[string]any{"names": map[string]any{"en": "North America"}},
		"country":      map[string]any{"iso_code": "US", "names": map[string]any{"en": "United States"}},
		"location":     map[string]any{"latitude": 39.7817213, "longitude": -89.6501, "metro_code": uint64(648)},
		"postal":       map[string]any{"code": "62701"},
		"subdivisions": []any{map[string]any{"iso_code": "IL", "names": map[string]any{"en": "Illinois"}}},
	},
	"203.0.113.0/25": {
		"country":                        map[string]any{"iso_code": "DE", "names": map[string]any{"en": "Germany"}},
		"autonomous_system_number":       uint64(64500),
		"autonomous_system_organization": "Example Carrier",
	},
	"2001:db8::/32": {
		"country": map[string]any{"iso_code": "NL", "names": map[string]any{"en": "Netherlands"}},
	},
}

// TestGeoFixture keeps the file that other packages' tests read too.
func TestGeoFixture(t *testing.T) {
	data := writeMMDB(geoFixture)
	if *update {
		if err := os.WriteFile("testdata/geo.mmdb", data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile("testdata/geo.mmdb")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(kept, data) {
		t.Error("testdata/geo.mmdb is not what geoFixture says; -update writes it")
	}
}

// node is one of the search tree: two nodes below it, or data.
type node struct {
	below [2]*node
	data  map[string]any
	index uint32
}

// writeMMDB writes an MMDB file (maxmind.github.io/MaxMind-DB): an IPv6 tree of 32-bit records, in which IPv4 is ::/96.
func writeMMDB(networks map[string]map[string]any) []byte {
	root := &node{}
	var names []string
	for name := range networks {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		insert(root, netip.MustParsePrefix(name), networks[name])
	}
	var all []*node
	number(root, &all)
	var tree, data []byte
	for _, n := range all {
		for _, below := range n.below {
			record := uint32(len(all)) // not found
			switch {
			case below == nil:
			case below.data != nil:
				record = uint32(len(all) + 16 + len(data))
				data = appendMMDB(data, below.data)
			default:
				record = below.index
			}
			tree = binary.BigEndian.AppendUint32(tree, record)
		}
	}
	out := append(tree, make([]byte, 16)...)
	out = append(out, data...)
	out = append(out, "\xab\xcd\xefMaxMind.com"...)
	return appendMMDB(out, map[string]any{
		"binary_format_major_version": uint64(2), "binary_format_minor_version": uint64(0), "build_epoch": uint64(1_700_000_000),
		"database_type": "Made-up", "description": map[string]any{"en": "made-up networks"}, "ip_version": uint64(6),
		"languages": []any{"en"}, "node_count": uint64(len(all)), "record_size": uint64(32),
	})
}

func insert(root *node, network netip.Prefix, data map[string]any) {
	address, bits := network.Addr().As16(), network.Bits()
	if network.Addr().Is4() {
		four := network.Addr().As4()
		address, bits = [16]byte{}, bits+96
		copy(address[12:], four[:])
	}
	n := root
	for i := range bits {
		bit := address[i/8] >> (7 - i%8) & 1
		if n.below[bit] == nil {
			n.below[bit] = &node{}
		}
		n = n.below[bit]
	}
	n.data = data
}

func number(n *node, all *[]*node) {
	n.index = uint32(len(*all))
	*all = append(*all, n)
	for _, below := range n.below {
		if below != nil && below.data == nil {
			number(below, all)
		}
	}
}

// appendMMDB appends a value in the data section's form.
func appendMMDB(dst []byte, v any) []byte {
	switch v := v.(type) {
	case map[string]any:
		dst = control(dst, 7, len(v))
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			dst = appendMMDB(appendMMDB(dst, k), v[k])
		}
	case []any:
		dst = control(dst, 11, len(v))
		for _, e := range v {
			dst = appendMMDB(dst, e)
		}
	case string:
		dst = append(control(dst, 2, len(v)), v...)
	case float64:
		dst = binary.BigEndian.AppendUint64(control(dst, 3, 8), math.Float64bits(v))
	case uint64:
		dst = binary.BigEndian.AppendUint64(control(dst, 9, 8), v)
	}
	return dst
}

// control appends a control byte for a type and a size below 29 + 256.
func control(dst []byte, kind, size int) []byte {
	first := byte(kind) << 5
	if kind > 7 {
		first = 0
	}
	short := min(size, 29)
	dst = append(dst, first|byte(short))
	if kind > 7 {
		dst = append(dst, byte(kind-7))
	}
	if short == 29 {
		dst = append(dst, byte(size-29))
	}
	return dst
}
