package report

import (
	"io"
	"slices"
	"unicode/utf8"

	"retrohunt/engine/value"
	"retrohunt/report/parquet"
)

// writeParquet prints a Parquet file with the columns of the CSV, every one of them optional: of longs INT64, of doubles
// DOUBLE, of anything else, or of several kinds, texts.
func writeParquet(w io.Writer, results []Result, _ Options) error {
	columns := unionColumns(results)
	hunt := len(results) > 0 && results[0].Detection != nil
	var schema []parquet.Column
	var lead int
	if hunt {
		schema = []parquet.Column{{Name: "detection"}, {Name: "severity"}}
		lead = len(schema)
	}
	for _, c := range columns {
		schema = append(schema, parquet.Column{Name: freeName(schema, valid(c)), Type: parquetType(results, c)})
	}
	out := parquet.NewWriter(w, schema)
	for _, r := range results {
		place := map[string]int{}
		for i, c := range r.Table.Columns {
			place[c] = i
		}
		for row := range r.Table.All() {
			if hunt {
				out.Text(0, valid(r.Detection.ID))
				out.Text(1, severity(r.Detection))
			}
			for i, c := range columns {
				if at, ok := place[c]; ok {
					parquetCell(out, lead+i, schema[lead+i].Type, row[at])
				}
			}
			if err := out.EndRow(); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

func parquetCell(out *parquet.Writer, column int, kind parquet.Type, v value.Value) {
	switch {
	case v.IsNull():
	case kind == parquet.Int64:
		out.Long(column, v.Long())
	case kind == parquet.Double:
		out.Double(column, v.Double())
	default:
		out.Text(column, valid(v.Text()))
	}
}

// parquetType is the type of a column by its values in all results.
func parquetType(results []Result, column string) parquet.Type {
	kinds := map[value.Kind]bool{}
	for _, r := range results {
		if i := slices.Index(r.Table.Columns, column); i >= 0 {
			for row := range r.Table.All() {
				kinds[row[i].Kind()] = true
			}
		}
	}
	delete(kinds, value.Null)
	switch {
	case len(kinds) == 1 && kinds[value.Long]:
		return parquet.Int64
	case len(kinds) == 1 && kinds[value.Double]:
		return parquet.Double
	}
	return parquet.String
}

// freeName makes a name of a column that no other has.
func freeName(taken []parquet.Column, name string) string {
	for slices.ContainsFunc(taken, func(c parquet.Column) bool { return c.Name == name }) {
		name += "_"
	}
	return name
}

// valid makes UTF-8 of a text: each byte that is none becomes U+FFFD, as in JSON.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
