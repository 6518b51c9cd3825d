package lookup

import (
	"math"
	"slices"

	"retrohunt/engine/value"
)

// geoColumns are the columns that Sumo documents (S/geo-lookup-map, S/geoip, S/asn-lookup) and where MMDB files keep them: the
// first path that leads to something counts. The first column is the address itself.
var geoColumns = []struct {
	name  string
	paths [][]any
}{
	{keyIP, nil},
	{"latitude", [][]any{{"location", "latitude"}, {"latitude"}, {"lat"}}},
	{"longitude", [][]any{{"location", "longitude"}, {"longitude"}, {"lng"}}},
	{"country_code", [][]any{{"country", "iso_code"}, {"country_code"}, {"registered_country", "iso_code"}}},
	{"country_name", [][]any{{"country", "names", "en"}, {"country_name"}, {"country"}, {"registered_country", "names", "en"}}},
	{"region", [][]any{{"subdivisions", 0, "iso_code"}, {"region_code"}, {"region"}}},
	{"city", [][]any{{"city", "names", "en"}, {"city"}}},
	{"state", [][]any{{"subdivisions", 0, "names", "en"}, {"region"}}},
	{"postal_code", [][]any{{"postal", "code"}, {"postal_code"}}},
	{"continent", [][]any{{"continent", "names", "en"}, {"continent"}}},
	{"connection_type", [][]any{{"connection_type"}}},
	{"metro_code", [][]any{{"location", "metro_code"}}},
	{"area_code", nil}, // of the first database that Sumo used; no MMDB file has it
	{"country_cf", [][]any{{"country", "confidence"}}},
	{"state_cf", [][]any{{"subdivisions", 0, "confidence"}}},
	{"city_cf", [][]any{{"city", "confidence"}}},
	{"asn", [][]any{{"autonomous_system_number"}, {"asn"}}},
	{"organization", [][]any{{"autonomous_system_organization"}, {"as_name"}, {"organization"}}},
	{"carrier_organization", [][]any{{"autonomous_system_organization"}, {"as_name"}, {"organization"}}},
	{"registering_organization", [][]any{{"organization"}, {"autonomous_system_organization"}, {"as_name"}}},
}

// ASNColumns are the columns of asn://default, what * stands for there.
func ASNColumns() []string {
	return []string{"asn", "organization", "registering_organization", "carrier_organization"}
}

// LocationColumns are the columns of geo://location, what * stands for there: all but those of ASNColumns, and the address.
func LocationColumns() []string {
	return slices.DeleteFunc(GeoColumns(), func(name string) bool {
		return name == keyIP || slices.Contains(ASNColumns(), name)
	})
}

// GeoColumns are the columns of Geo.
func GeoColumns() []string {
	names := make([]string, len(geoColumns))
	for i, c := range geoColumns {
		names[i] = c.name
	}
	return names
}

// geoRow returns the values of all columns that a network's data hold.
func geoRow(data any) []value.Value {
	row := make([]value.Value, len(geoColumns))
	for i, c := range geoColumns {
		for _, path := range c.paths {
			if row[i] = ofMMDB(at(data, path)); !row[i].IsNull() {
				break
			}
		}
	}
	return row
}

// at returns what is at a path of keys and places, nil if there is nothing.
func at(data any, path []any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := data.(map[string]any)
			data = m[step]
		case int:
			list, _ := data.([]any)
			if step >= len(list) {
				return nil
			}
			data = list[step]
		}
	}
	return data
}

// ofMMDB returns the value of a scalar; anything else is null. Degrees have up to five decimal places (S/geoip).
func ofMMDB(v any) value.Value {
	switch v := v.(type) {
	case string:
		return value.OfString(v)
	case bool:
		return value.OfBool(v)
	case float64:
		return value.OfDouble(math.Round(v*1e5) / 1e5)
	case float32:
		return value.OfDouble(math.Round(float64(v)*1e5) / 1e5)
	case uint64:
		return value.OfLong(int64(v))
	case int64:
		return value.OfLong(v)
	case int32:
		return value.OfLong(int64(v))
	case int:
		return value.OfLong(int64(v))
	}
	return value.Value{}
}
