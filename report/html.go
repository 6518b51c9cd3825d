package report

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/internal/pattern"
)

// The bounds of a page: beyond them it would no longer open at once. What is left out is said, with where it is.
const (
	pageRows    = 10_000 // of all detections
	openRows    = 200    // of a table that are laid out before somebody asks for all
	openSamples = 60     // of a table that are laid out at once
	cellBytes   = 2_000  // of a text, in bytes, cut between characters
	listedGaps  = 500    // entries of each list of what could not be read
)

//go:embed page
var page embed.FS

// pageTemplate is the page; style and script stand in it as they are, and its policy allows nothing but them.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page.html").Funcs(template.FuncMap{"count": count}).ParseFS(page, "page/page.html"))
})

// htmlPage is what the page shows. html/template escapes all of it.
type htmlPage struct {
	Style, Script template.HTML
	Policy        string
	Run           *Run
	Title         string
	Facts         []fact
	Categories    []stream.CategoryCount
	Sections      []section
	Gaps          []gapList
	Parts         []runPart
	Partial       bool
	Rows          int // of all results
	Shown         string
	Left          string // of them not on the page; "" if all are
}

// runPart is one of several runs on the page.
type runPart struct {
	Name       string
	Run        *Run
	Facts      []fact
	Categories []stream.CategoryCount
	Gaps       []gapList
}

type fact struct{ Name, Value, Note string }

// section is a detection, or a query of the user's own.
type section struct {
	Anchor      string
	ID          string
	Name        string
	Result      Result
	Severity    string
	Description []string
	Links       []link
	Days        *chart
	Also        string // what else the chart counts
	Tops        []top
	Columns     []headCell
	Rows, Rest  [][]cell // those to see at once, and those to unfold
	Left        string   // rows that are not on the page; "" for none
	Samples     []sampleOf
	Notes       []string
	Suppressed  []string // why rows were left out
}

type link struct{ Text, URL string }

type headCell struct {
	Name    string
	Numeric bool
}

type cell struct {
	Text  string
	Tail  string // of a time, what may stand on a line of its own
	Cut   bool
	Class string
}

type sampleOf struct {
	Sample
	Command string
	Row     int // of the table, from 1 on; 0 is not known
}

type gapList struct {
	Title string
	Items []stream.Note
	More  int
}

// writeHTML prints a page that needs nothing but itself: what was read first, then each detection with its rows.
func writeHTML(w io.Writer, results []Result, o Options) error {
	style, script := asset("style", "page/page.css"), asset("script", "page/page.js")
	p := htmlPage{
		Style: style.element, Script: script.element,
		Policy: "default-src 'none'; style-src " + style.source + "; script-src " + script.source + "; base-uri 'none'; form-action 'none'",
		Run:    o.Run, Title: "Hunt",
	}
	if len(results) > 0 && results[0].Detection == nil {
		p.Title = "Query"
	}
	shown := 0
	for i, rows := range shares(results, pageRows) {
		p.Rows += results[i].Table.Len()
		p.Partial = p.Partial || results[i].Partial
		p.Sections = append(p.Sections, sectionOf(i, results[i], rows))
		shown += rows
	}
	p.Shown, p.Left = count(int64(shown)), left(p.Rows-shown)
	p.Facts = runFacts(o.Run, results)
	if o.Run != nil && o.Run.Coverage != nil {
		p.Categories = o.Run.Coverage.Categories
		p.Gaps = gaps(o.Run.Coverage)
	}
	if o.Run != nil {
		for _, part := range o.Run.Parts {
			c := part.Run.Coverage
			p.Parts = append(p.Parts, runPart{visible(part.Name), part.Run, runFacts(part.Run, part.Results), c.Categories, gaps(c)})
		}
	}
	out := bufio.NewWriterSize(w, 64<<10)
	if err := pageTemplate().Execute(out, p); err != nil {
		return err
	}
	return out.Flush()
}

// shares deals out the rows that a page has room for: short tables are on it whole, and long ones share alike what these leave, so
// that a detection that hits everything does not keep the others from the page.
func shares(results []Result, room int) []int {
	out, byLength := make([]int, len(results)), make([]int, len(results))
	for i := range results {
		byLength[i] = i
	}
	slices.SortStableFunc(byLength, func(a, b int) int { return cmp.Compare(results[a].Table.Len(), results[b].Table.Len()) })
	for n, i := range byLength {
		out[i] = min(results[i].Table.Len(), room/(len(byLength)-n))
		room -= out[i]
	}
	return out
}

// left is how many rows are not on the page, "" for none.
func left(rows int) string {
	if rows == 0 {
		return ""
	}
	return count(int64(rows))
}

// embedded is a part of the page that its policy names by its hash.
type embedded struct {
	element template.HTML
	source  string
}

func asset(element, name string) embedded {
	text, err := page.ReadFile(name)
	if err != nil {
		panic("report: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return embedded{
		template.HTML("<" + element + ">" + string(text) + "</" + element + ">"),
		"'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
	}
}

// runFacts are what was read, in figures.
func runFacts(run *Run, results []Result) []fact {
	rows, suppressed, leftOut := 0, 0, 0
	var hits int64
	for _, r := range results {
		rows += r.Table.Len()
		by, _ := r.suppressed()
		left, _ := r.leftOut()
		suppressed, leftOut = suppressed+by, leftOut+left
		hits += r.Table.Hits
	}
	if run != nil && run.Coverage != nil {
		hits = run.Coverage.Hits // an event may be in rows of several detections
	}
	of := "of " + plural(int(hits), "event")
	if leftOut > 0 {
		of = "and " + count(int64(leftOut)) + " suppressed, " + of
	}
	facts := []fact{{"Rows", count(int64(rows)), of}}
	if run != nil && run.Tuning != nil {
		facts = append(facts, fact{"Suppressed", plural(suppressed, "row"), "by " + visible(run.Tuning.File) + ", SHA-256 " + run.Tuning.SHA256})
	}
	if run == nil || run.Coverage == nil {
		return facts
	}
	c := run.Coverage
	looked := count(c.Candidates) + " in scope"
	if c.Filtered > 0 {
		looked = count(c.Filtered) + " only counted (prefilter)"
	}
	unread := len(c.Damaged) + len(c.Skipped)
	gap := fact{"Not read", "0", "everything was read"}
	if unread > 0 || c.Malformed > 0 || c.Unread > 0 {
		gap = fact{"Not read", plural(unread+c.Unread, "input"), plural(int(c.Malformed), "malformed event")}
	}
	return append(facts,
		fact{"Events", count(c.Events), looked},
		fact{"Inputs", count(int64(c.Inputs)), bytesText(c.Stored) + " stored, " + bytesText(c.Decoded) + " decoded"},
		gap,
		fact{"Time", c.Elapsed.Round(time.Millisecond).String(), bytesText(rate(c.Decoded, c.Elapsed)) + "/s"})
}

// gaps lists what could not be read.
func gaps(c *stream.Coverage) []gapList {
	damaged, skipped, malformed := gapList{Title: "Not read whole"}, gapList{Title: "Skipped"}, gapList{Title: "Malformed events"}
	for _, d := range c.Damaged {
		damaged.add(d.Input, d.String())
	}
	for _, s := range c.Skipped {
		skipped.add(s.Name, s.Reason)
	}
	for _, m := range c.First {
		malformed.add(fmt.Sprintf("%s line %d, byte %d", m.Input, m.Line, m.Offset), m.Reason)
	}
	malformed.More = int(c.Malformed) - len(c.First)
	notes := gapList{Title: "Notes"}
	for _, n := range c.Notes {
		notes.add(n.Input, n.Text)
	}
	var out []gapList
	for _, l := range []gapList{damaged, skipped, malformed, notes} {
		if len(l.Items) > 0 {
			out = append(out, l)
		}
	}
	return out
}

func (l *gapList) add(input, text string) {
	if len(l.Items) == listedGaps {
		l.More++
		return
	}
	l.Items = append(l.Items, stream.Note{Input: visible(input), Text: visible(text)})
}

// sectionOf makes a section of a result, with so many of its rows.
func sectionOf(i int, r Result, rows int) section {
	s := section{Anchor: fmt.Sprintf("d%d", i+1), Name: "Query", Result: r}
	if d := r.Detection; d != nil {
		s.ID, s.Name, s.Severity = visible(d.ID), visible(d.Title), severity(d)
		for paragraph := range strings.SplitSeq(strings.TrimSpace(d.Description), "\n\n") {
			s.Description = append(s.Description, visible(strings.Join(strings.Fields(paragraph), " ")))
		}
		for _, id := range d.Techniques {
			s.Links = append(s.Links, techniqueLink(id))
		}
	}
	if r.Run != "" {
		s.Name = strings.TrimSpace(s.Name + " – " + visible(r.Run))
	}
	s.Days, s.Also, s.Tops = dayChart(r.Table.Days), alsoSuppressed(&r), tops(r)
	for c := range r.Table.Columns {
		s.Columns = append(s.Columns, headCell{visible(r.Table.Columns[c]), isNumeric(r.Table, c)})
	}
	s.Left = left(r.Table.Len() - rows)
	for row := range r.Table.All() {
		if len(s.Rows) == rows {
			break
		}
		cells := make([]cell, len(row))
		for c, v := range row {
			cells[c] = cellOf(v.Text())
			s.Columns[c].set(&cells[c])
		}
		s.Rows = append(s.Rows, cells)
	}
	if len(s.Rows) > openRows {
		s.Rows, s.Rest = s.Rows[:openRows], s.Rows[openRows:]
	}
	for _, sample := range r.Samples {
		sample.Text, sample.Place = visible(sample.Text), visible(sample.Place)
		s.Samples = append(s.Samples, sampleOf{sample, "retrohunt show " + shellQuote(sample.Place), sample.Row + 1})
	}
	for _, n := range r.Table.Needs {
		s.Notes = append(s.Notes, needText(r, n))
	}
	for _, a := range r.Table.Approximate {
		s.Notes = append(s.Notes, "approximate: "+approximationText(a))
	}
	for _, d := range r.Table.Warnings {
		s.Notes = append(s.Notes, fmt.Sprintf("dropped %s times: %s", count(d.Count), visible(d.Text)))
	}
	for _, x := range r.Suppressions {
		s.Suppressed = append(s.Suppressed, visible(x.text()))
	}
	return s
}

// shortCell is how long a text without blanks is that is better not broken over lines.
const shortCell = 32

// set says how the page sets a cell of the column.
func (h headCell) set(c *cell) {
	switch day, _, isTime := strings.Cut(c.Text, "T"); {
	case h.Numeric:
		c.Class = "n"
	case isTime && (h.Name == engine.FirstSeen || h.Name == engine.LastSeen):
		c.Class, c.Text, c.Tail = "t", day, c.Text[len(day):]
	case len(c.Text) <= shortCell && !strings.Contains(c.Text, " "):
		c.Class = "s"
	}
}

// Count is how many rows the table has, on the page and not.
func (s section) Count() string { return count(int64(s.Result.Table.Len())) }

// OpenSamples reports whether the samples are few enough to be seen at once.
func (s section) OpenSamples() bool { return len(s.Samples) <= openSamples }

// cellOf shows a text, or its beginning.
func cellOf(s string) cell {
	if len(s) <= cellBytes {
		return cell{Text: visible(s)}
	}
	cut := cellBytes
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return cell{Text: visible(s[:cut]), Cut: true}
}

var technique = pattern.New(`^T\d{4}(\.\d{3})?$`)

// techniqueLink leads to ATT&CK's page of a technique, nowhere if it is none.
func techniqueLink(id string) link {
	if !technique().MatchString(id) {
		return link{Text: visible(id)}
	}
	return link{id, "https://attack.mitre.org/techniques/" + strings.ReplaceAll(id, ".", "/") + "/"}
}

// shellQuote makes one word of a text for a shell.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// weights are how many events each row counts: its _count, or else 1.
func weights(t *engine.Table) []int64 {
	out := make([]int64, 0, t.Len())
	at := seenColumn(t, "_count")
	counted := at >= 0 && isNumeric(t, at)
	for row := range t.All() {
		n := int64(1)
		if counted {
			n = row[at].Long()
		}
		out = append(out, n)
	}
	return out
}
