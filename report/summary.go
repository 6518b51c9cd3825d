package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"retrohunt/engine/stream"
)

// shownSkips and shownNotes are how many entries of the coverage's lists the text summary names; it counts the rest.
const (
	shownSkips = 8
	shownNotes = 3
)

// RunName prints of which of several runs what follows is.
func RunName(w io.Writer, name string, o Options) { line(w, o, "run", "%s", visible(name)) }

// Resumed prints of how many inputs of a run nothing was read because it had been read before the run was interrupted.
func Resumed(w io.Writer, finished, inputs int, o Options) {
	line(w, o, "resumed", "%s of %s had been read before", count(int64(finished)), plural(inputs, "input"))
}

// Summary prints the coverage of a run in words.
func Summary(w io.Writer, c *stream.Coverage, o Options) {
	if c.Partial {
		line(w, o, "partial", "the run ended early; %s not reached%s", plural(c.Unread, "input"), cutText(c.Cut))
	}
	line(w, o, "read", "%s, %s stored, %s decoded, in %s (%s/s)", plural(c.Inputs, "input"), bytesText(c.Stored), bytesText(c.Decoded),
		c.Elapsed.Round(time.Millisecond), bytesText(rate(c.Decoded, c.Elapsed)))
	switch {
	case c.Filtered > 0:
		looked := count(c.Events - c.Filtered)
		line(w, o, "events", "%s: %s looked into, %s of these in scope, %s in rows", count(c.Events), looked, count(c.Candidates), count(c.Hits))
		line(w, o, "prefilter", "the other %s hold no text that a row needs; what follows is of the %s looked into (--validate: of all)", count(c.Filtered), looked)
	case c.Queries > 0:
		line(w, o, "events", "%s: %s in scope, %s in rows", count(c.Events), count(c.Candidates), count(c.Hits))
	default:
		line(w, o, "events", "%s", count(c.Events))
	}
	for _, left := range leftOut(c) {
		line(w, o, "left out", "%s", left)
	}
	if c.Forgotten > 0 {
		line(w, o, "dedup", "forgot %s events for lack of memory (--dedup-memory): later duplicates of them count", count(c.Forgotten))
	}
	if c.Undated > 0 && !c.UndatedOut {
		line(w, o, "undated", "%s, kept", count(c.Undated))
	}
	for _, category := range c.Categories {
		line(w, o, "", "%s  %s", count(category.Events), visible(category.Category))
	}
	if c.Malformed > 0 {
		line(w, o, "malformed", "%s, %s", count(c.Malformed), bytesText(c.Lost))
		for _, m := range c.First {
			line(w, o, "", "%s line %d, byte %d: %s", visible(m.Input), m.Line, m.Offset, visible(m.Reason))
		}
		more(w, o, int(c.Malformed)-len(c.First))
	}
	if len(c.Damaged) > 0 {
		line(w, o, "damaged", "%s not read whole", plural(len(c.Damaged), "input"))
		for _, d := range c.Damaged {
			line(w, o, "", "%s from byte %d on: %s", visible(d.Input), d.Offset, visible(d.Err))
		}
	}
	if len(c.Skipped) > 0 {
		line(w, o, "skipped", "%s", plural(len(c.Skipped), "entry"))
		for _, s := range c.Skipped[:min(len(c.Skipped), shownSkips)] {
			line(w, o, "", "%s: %s", visible(s.Name), visible(s.Reason))
		}
		more(w, o, len(c.Skipped)-shownSkips)
	}
	for i, n := range c.Notes {
		if i == shownNotes {
			more(w, o, len(c.Notes)-shownNotes)
			break
		}
		line(w, o, "note", "%s: %s", visible(n.Input), visible(n.Text))
	}
}

// shownCuts is how many streams that were cut the text summary names. There is one for each worker at most.
const shownCuts = 3

// cutText says which streams the end of a run cut, "" if it cut none.
func cutText(names []string) string {
	if len(names) == 0 {
		return ""
	}
	var shown []string
	for _, name := range names[:min(len(names), shownCuts)] {
		shown = append(shown, visible(name))
	}
	if n := len(names) - len(shown); n > 0 {
		shown = append(shown, count(int64(n))+" more")
	}
	return "; cut in the middle of " + strings.Join(shown, ", ")
}

// Total prints the run in one line, which stands last: what was found, what was read, and what was not.
func Total(w io.Writer, c *stream.Coverage, results []Result, o Options) {
	line(w, o, "total", "%s of %s; %s in %s, %s/s; %s", rowsText(results), plural(int(c.Hits), "event"), plural(int(c.Events), "event")+" in "+plural(c.Inputs, "input"),
		c.Elapsed.Round(time.Millisecond), bytesText(rate(c.Decoded, c.Elapsed)), notRead(c))
}

// notRead says in a few words what was not read.
func notRead(c *stream.Coverage) string {
	var gaps []string
	for _, gap := range []struct {
		n    int
		what string
	}{{c.Unread, "not reached"}, {len(c.Cut), "cut"}, {len(c.Damaged), "damaged"}, {len(c.Skipped), "skipped"}, {int(c.Malformed), "malformed"}} {
		if gap.n > 0 {
			gaps = append(gaps, count(int64(gap.n))+" "+gap.what)
		}
	}
	if len(gaps) == 0 {
		return "all was read"
	}
	return strings.Join(gaps, ", ")
}

// leftOut says which events were read and then left out because the user asked for it.
func leftOut(c *stream.Coverage) (lines []string) {
	if c.Outside > 0 {
		lines = append(lines, count(c.Outside)+" outside the time span")
	}
	if c.Undated > 0 && c.UndatedOut {
		lines = append(lines, count(c.Undated)+" without a time")
	}
	if c.Duplicates > 0 {
		lines = append(lines, count(c.Duplicates)+" duplicates")
	}
	return lines
}

// labelWidth is the width of the summary's column of labels, with the blank behind it.
const labelWidth = 11

// line prints a line of the summary, a label in a column of its own. In a narrow terminal it is folded, not cut: the reason
// stands at its end.
func line(w io.Writer, o Options, label, format string, args ...any) {
	said := fmt.Sprintf(format, args...)
	if o.Width > 0 {
		said = fold(said, max(o.Width-labelWidth, 8))
	}
	for part := range strings.SplitSeq(said, "\n") {
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%-*s%s", labelWidth, label, part), " "))
		label = ""
	}
}

// fold breaks a text into lines no wider than width, which is 2 or more, between words where it can.
func fold(said string, width int) string {
	var out strings.Builder
	column := 0
	for i, word := range strings.Split(said, " ") {
		if fits := column+1+text.StringWidthWithoutEscSequences(word) <= width; i > 0 && fits {
			out.WriteByte(' ')
			column++
		} else if i > 0 {
			out.WriteByte('\n')
			column = 0
		}
		for _, r := range word {
			if column+text.RuneWidth(r) > width {
				out.WriteByte('\n')
				column = 0
			}
			out.WriteRune(r)
			column += text.RuneWidth(r)
		}
	}
	return out.String()
}

func more(w io.Writer, o Options, n int) {
	if n > 0 {
		line(w, o, "", "and %s more", count(int64(n)))
	}
}

func rate(n int64, d time.Duration) int64 {
	if d <= 0 {
		return 0
	}
	return int64(float64(n) / d.Seconds())
}

// bytesText prints a size in the powers of 1,000 that disks and rates are measured in.
func bytesText(n int64) string {
	const units = "kMGTPE"
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " B"
	}
	f := float64(n)
	i := -1
	for f >= 999.5 && i < len(units)-1 {
		f /= 1000
		i++
	}
	digits := 0
	if f < 9.95 { // else it rounds to 10
		digits = 1
	}
	return strconv.FormatFloat(f, 'f', digits, 64) + " " + units[i:i+1] + "B"
}

// count prints a number with its thousands apart.
func count(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// SummaryJSON prints the coverage, and what the queries dropped and need, as one JSON object on a line, all lists whole.
func SummaryJSON(w io.Writer, c *stream.Coverage, results []Result) error {
	var buf bytes.Buffer
	if err := encodeLine(&buf, runSummary{newSummary(c), dropSummaries(results), needSummaries(results), approximateSummaries(results), suppressedSummaries(results), retunedSummaries(results), contextSummaries(results)}); err != nil {
		return err
	}
	_, err := buf.WriteTo(w)
	return err
}

// encodeLine appends a value as JSON on a line of its own.
func encodeLine(buf *bytes.Buffer, v any) error {
	start := buf.Len()
	encoder := json.NewEncoder(buf)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return err
	}
	buf.Truncate(buf.Len() - 1) // the encoder's newline
	escapeHidden(buf, start)
	buf.WriteByte('\n')
	return nil
}

// runSummary is the coverage of a run that asked something.
type runSummary struct {
	summary
	Dropped []dropSummary `json:"dropped"`
	Needs   []needSummary `json:"needs"`
	// Approximate are the columns of estimates, of a run with --approx.
	Approximate []approximateSummary `json:"approximate,omitempty"`
	// What a tuning changed, where there is one: the rows that it left out, and why; the severities.
	Suppressed []suppressedSummary `json:"suppressed,omitempty"`
	Retuned    []retunedSummary    `json:"severities,omitempty"`
	Context    []contextSummary    `json:"context,omitempty"` // what was added to rows
}

// summary is the coverage under the names that machines read; they are part of the interface.
type summary struct {
	Partial    bool              `json:"partial"`
	Inputs     int               `json:"inputs"`
	Unread     int               `json:"unread"`
	Cut        []string          `json:"cut"`
	Stored     int64             `json:"bytes_stored"`
	Decoded    int64             `json:"bytes_decoded"`
	Events     int64             `json:"events"`
	Prefilter  bool              `json:"prefilter"`
	Filtered   int64             `json:"not_looked_into"`
	Outside    int64             `json:"outside_time_span"`
	Undated    int64             `json:"undated"`
	UndatedOut bool              `json:"undated_left_out"`
	Duplicates int64             `json:"duplicates"`
	Forgotten  int64             `json:"dedup_forgotten"`
	Candidates int64             `json:"candidates"`
	Hits       int64             `json:"hits"`
	Categories []categorySummary `json:"categories"`
	Malformed  malformedSummary  `json:"malformed"`
	Damaged    []damageSummary   `json:"damaged"`
	Skipped    []entrySummary    `json:"skipped"`
	Notes      []entrySummary    `json:"notes"`
	Seconds    float64           `json:"seconds"`
	Rate       int64             `json:"bytes_per_second"`
}

type categorySummary struct {
	Category string `json:"category"`
	Events   int64  `json:"events"`
}

type malformedSummary struct {
	Count int64          `json:"count"`
	Bytes int64          `json:"bytes"`
	First []placeSummary `json:"first"`
}

type placeSummary struct {
	Input  string `json:"input"`
	Line   int64  `json:"line"`
	Offset int64  `json:"offset"`
	Reason string `json:"reason"`
}

type damageSummary struct {
	Input  string `json:"input"`
	Offset int64  `json:"offset"`
	Error  string `json:"error"`
}

type entrySummary struct {
	Input  string `json:"input"`
	Reason string `json:"reason"`
}

func newSummary(c *stream.Coverage) summary {
	s := summary{
		Partial: c.Partial, Inputs: c.Inputs, Unread: c.Unread, Cut: append([]string{}, c.Cut...), Stored: c.Stored, Decoded: c.Decoded,
		Events: c.Events, Prefilter: c.Prefiltered, Filtered: c.Filtered, Outside: c.Outside, Undated: c.Undated, UndatedOut: c.UndatedOut, Duplicates: c.Duplicates, Forgotten: c.Forgotten,
		Candidates: c.Candidates, Hits: c.Hits,
		Categories: []categorySummary{}, Damaged: []damageSummary{}, Skipped: []entrySummary{}, Notes: []entrySummary{},
		Malformed: malformedSummary{Count: c.Malformed, Bytes: c.Lost, First: []placeSummary{}},
		Seconds:   c.Elapsed.Seconds(), Rate: rate(c.Decoded, c.Elapsed),
	}
	for _, x := range c.Categories {
		s.Categories = append(s.Categories, categorySummary(x))
	}
	for _, x := range c.First {
		s.Malformed.First = append(s.Malformed.First, placeSummary(x))
	}
	for _, x := range c.Damaged {
		s.Damaged = append(s.Damaged, damageSummary{x.Input, x.Offset, x.Err})
	}
	for _, x := range c.Skipped {
		s.Skipped = append(s.Skipped, entrySummary{x.Name, x.Reason})
	}
	for _, x := range c.Notes {
		s.Notes = append(s.Notes, entrySummary{x.Input, x.Text})
	}
	return s
}
