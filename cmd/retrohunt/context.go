package main

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"retrohunt/engine/value"
	"retrohunt/lookup"
	"retrohunt/report"
)

// registerContext registers what adds columns to the rows of detections.
func (f *runFlags) registerContext(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.lookups, "lookup", nil, "join rows with the CSV or JSON lines `FILE:KEY[=COLUMN]`: where the rows' COLUMN (default: the one called KEY) is what the file has as KEY, in any case, add the file's other columns as COLUMN_NAME; repeatable")
	cmd.Flags().Lookup("geoip").Usage += "; also adds country and network of the addresses in rows, as COLUMN_country, COLUMN_asn and COLUMN_org"
	f.context = true
}

// rowContext is what rows are given beside what their query found: what files know of values in them.
type rowContext []contextSource

// contextSource adds columns for a column of rows.
type contextSource struct {
	from   string   // files
	column string   // of rows; "": each with addresses
	names  []string // of the columns that are added, behind the column's own
	find   func(value.Value) []value.Value
}

// rowContext opens the files of --lookup and --geoip. It is a mistake if a file has no such key, if no rows have the column, or if
// they have one that would be added.
func (p *program) rowContext(cmd *cobra.Command, f *runFlags, asks []ask) (c rowContext, err error) {
	for _, text := range f.lookups {
		s, err := p.joined(cmd, text)
		if err != nil {
			return nil, &exit{exitUsage, err}
		}
		c = append(c, s)
	}
	if err := c.fits(asks); err != nil {
		return nil, err
	}
	if !f.context || len(f.tables.geoip) == 0 {
		return c, nil
	}
	s, err := f.addresses()
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	return append(c, s), nil
}

// joined opens what --lookup names: FILE:KEY or FILE:KEY=COLUMN.
func (p *program) joined(cmd *cobra.Command, text string) (s contextSource, err error) {
	colon := strings.LastIndexByte(text, ':') // one before may be of a drive
	file, on := text[:max(colon, 0)], text[colon+1:]
	key, column, renamed := strings.Cut(on, "=")
	if !renamed {
		column = key
	}
	if file == "" || key == "" || column == "" {
		return s, fmt.Errorf("--lookup is FILE:KEY or FILE:KEY=COLUMN, not %q", text)
	}
	table, err := lookup.OpenTable(file, lookup.AnyCase)
	if err != nil {
		return s, err
	}
	s = contextSource{from: file, column: column}
	for _, name := range table.Columns() {
		if !strings.EqualFold(name, key) {
			s.names = append(s.names, name)
		}
	}
	find, err := table.Finder([]string{key}, s.names)
	if err != nil {
		return s, err
	}
	s.find = func(v value.Value) []value.Value { return find([]value.Value{v}) }
	if n, example := table.Repeated(key); n > 0 {
		log := p.log(cmd)
		log.Warn().Msgf("%s: %s %q stands in several rows, of which the last counts; rows passed over: %d", file, key, example, n)
	}
	return s, nil
}

// geoContext are the columns that an address gets, behind its own column's name, and what they are in lookup.Geo.
var geoContext = []struct{ name, from string }{{"country", "country_code"}, {"asn", "asn"}, {"org", "organization"}}

// addresses opens what --geoip names.
func (f *runFlags) addresses() (s contextSource, err error) {
	geo, err := f.tables.source(lookup.Name{Kind: lookup.Location})
	if err != nil {
		return s, err
	}
	s.from = strings.Join(f.tables.geoip, ", ")
	var wanted []string
	for _, c := range geoContext {
		s.names, wanted = append(s.names, c.name), append(wanted, c.from)
	}
	find, err := geo.Finder([]string{"ip"}, wanted)
	if err != nil {
		return s, err
	}
	s.find = func(v value.Value) []value.Value {
		ip, ok := address(v)
		if !ok {
			return nil
		}
		return find([]value.Value{value.OfString(ip)})
	}
	return s, nil
}

// fits checks what is joined against the columns of the queries, as far as these are known beforehand.
func (c rowContext) fits(asks []ask) error {
	met := make([]bool, len(c))
	for _, a := range asks {
		columns := a.query.Columns()
		taken := append(slices.Clone(columns), suppressedColumn)
		for i, s := range c {
			met[i] = met[i] || slices.Contains(columns, "*")
			for _, at := range s.of(columns) {
				met[i] = true
				for _, name := range s.added(columns[at]) {
					if has(taken, name) {
						return usageError("--lookup %s adds a column %s, and the rows of %s have one", s.from, name, a.result.Detection.ID)
					}
					taken = append(taken, name)
				}
			}
		}
	}
	if i := slices.Index(met, false); i >= 0 {
		return usageError("--lookup %s: the rows of no detection have a column %s; its name can stand behind the key, as in %[1]s:KEY=COLUMN", c[i].from, c[i].column)
	}
	return nil
}

// of returns the places of the columns of rows that a source is asked by.
func (s *contextSource) of(columns []string) (of []int) {
	for i, name := range columns {
		switch {
		case s.column == "" && namesAddress(name):
			of = append(of, i)
		case s.column != "" && strings.EqualFold(s.column, name):
			return []int{i}
		}
	}
	return of
}

// added returns the names of the columns that a source adds for a column.
func (s *contextSource) added(column string) (names []string) {
	for _, name := range s.names {
		names = append(names, column+"_"+name)
	}
	return names
}

// add adds the columns to the rows of a result, and notes what was found.
func (c rowContext) add(r *report.Result) {
	columns := r.Table.Columns // those of the query, and not what is added meanwhile
	for _, s := range c {
		of := s.of(columns)
		if len(of) == 0 && s.column != "" {
			r.Context = append(r.Context, report.Context{From: s.from, Column: s.column, Absent: true})
		}
		for _, at := range of {
			s.add(r, at)
		}
	}
}

// add adds what the source knows of the values of a column. Columns of the same names that rows have stay as they are.
func (s *contextSource) add(r *report.Result, column int) {
	noted := report.Context{From: s.from, Column: r.Table.Columns[column]}
	var from []int // places of the values in what is found
	for i, name := range s.added(noted.Column) {
		if has(r.Table.Columns, name) {
			noted.Kept = append(noted.Kept, name)
			continue
		}
		noted.Added, from = append(noted.Added, name), append(from, i)
	}
	asked := s.column != ""
	for row := range r.Table.All() {
		noted.Rows++
		if !asked {
			_, asked = address(row[column])
		}
		if s.find(row[column]) != nil {
			noted.Known++
		}
	}
	if !asked {
		return // there is the name of a column with addresses, and none in it
	}
	r.Context = append(r.Context, noted)
	more := make([]value.Value, len(from))
	r.Table.Extend(noted.Added, func(row []value.Value) []value.Value {
		clear(more)
		if found := s.find(row[column]); found != nil {
			for i, at := range from {
				more[i] = found[at]
			}
		}
		return more
	})
}

// has reports whether there is a column of a name, in any case.
func has(columns []string, name string) bool {
	return slices.ContainsFunc(columns, func(c string) bool { return strings.EqualFold(c, name) })
}

// addressEndings are how the names of columns with addresses end.
var addressEndings = []string{"ip", "ipv", "addr", "address"}

// namesAddress reports whether a column has the name of one with addresses: src_ip, ClientIP, sourceIPAddress, DestAddr, ip_dst.
// Signs, figures and case do not count. That zip and email_address do, too, does no harm: there are no addresses in them.
func namesAddress(column string) bool {
	letters := strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(column))
	return strings.HasPrefix(letters, "ip") || slices.ContainsFunc(addressEndings, func(end string) bool { return strings.HasSuffix(letters, end) })
}

// address returns the address that a value is, without a port behind it; false if it is none.
func address(v value.Value) (ip string, ok bool) {
	text := strings.TrimSpace(v.Text())
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().String(), true
	}
	_, err := netip.ParseAddr(text)
	return text, err == nil
}
