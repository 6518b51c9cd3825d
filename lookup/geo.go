package lookup

import (
	"errors"
	"fmt"
	"net/netip"

	"github.com/oschwald/maxminddb-golang/v2"

	"retrohunt/engine/value"
)

// Geo says where an address is and whose it is, from MMDB files: those of MaxMind (City, Country, ASN, Connection-Type), and
// others of the same format. Its columns are those of geo://location and asn://default, its key is ip. Where a file does not know
// a column the next file is asked.
type Geo struct{ files []*geoFile }

type geoFile struct {
	path string
	db   *maxminddb.Reader
}

// keyIP is the key of Geo.
const keyIP = "ip"

// maxKnownNetworks is how many networks a Finder remembers, so that its memory does not grow with the addresses in logs.
const maxKnownNetworks = 1 << 16

// OpenGeo opens MMDB files, whose content stays mapped into memory until Close.
func OpenGeo(paths ...string) (*Geo, error) {
	g := &Geo{}
	for _, path := range paths {
		db, err := maxminddb.Open(path)
		if err != nil {
			g.Close()
			return nil, fmt.Errorf("%s is no MMDB file: %w", path, err)
		}
		g.files = append(g.files, &geoFile{path, db})
	}
	return g, nil
}

// Close gives the files back. No Finder may be used from then on.
func (g *Geo) Close() error {
	var errs []error
	for _, f := range g.files {
		errs = append(errs, f.db.Close())
	}
	return errors.Join(errs...)
}

// Columns implements Source.
func (g *Geo) Columns() []string { return GeoColumns() }

// Finder implements Source; the only key is ip. An address that is none, or that no file knows, has no row.
func (g *Geo) Finder(keys, columns []string) (Finder, error) {
	if len(keys) != 1 || find([]string{keyIP}, keys[0]) < 0 {
		return nil, fmt.Errorf("addresses are looked up by %s alone: on %s=…", keyIP, keyIP)
	}
	wanted, err := places("the database of addresses", GeoColumns(), columns)
	if err != nil {
		return nil, err
	}
	known := make([]map[uintptr][]value.Value, len(g.files))
	out := make([]value.Value, len(wanted))
	return func(keys []value.Value) []value.Value {
		ip, err := netip.ParseAddr(keys[0].Text())
		if err != nil {
			return nil
		}
		ip = ip.Unmap().WithZone("")
		clear(out)
		found := false
		for i, f := range g.files {
			row := f.row(ip, &known[i])
			found = found || row != nil
			fill(out, row, wanted)
		}
		if !found {
			return nil
		}
		for i, w := range wanted {
			if w == 0 {
				out[i] = value.OfString(ip.String())
			}
		}
		return out
	}, nil
}

// fill sets what is null so far.
func fill(out, row []value.Value, wanted []int) {
	for i, w := range wanted {
		if out[i].IsNull() && row != nil {
			out[i] = row[w]
		}
	}
}

// row returns the values of all columns for an address, nil if the file does not know it. Known are the networks met so far, by
// where the file keeps their data.
func (f *geoFile) row(ip netip.Addr, known *map[uintptr][]value.Value) []value.Value {
	result := f.db.Lookup(ip)
	if !result.Found() {
		return nil
	}
	if row, ok := (*known)[result.Offset()]; ok {
		return row
	}
	var data any
	if err := result.Decode(&data); err != nil {
		return nil
	}
	if *known == nil || len(*known) >= maxKnownNetworks {
		*known = map[uintptr][]value.Value{}
	}
	row := geoRow(data)
	(*known)[result.Offset()] = row
	return row
}
