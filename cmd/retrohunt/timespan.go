package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"retrohunt/engine/stream"
	"retrohunt/internal/pattern"
	"retrohunt/sources"
)

// timeFlags choose events by their message time, and whole files by the day in their path.
type timeFlags struct {
	from, to, since  string
	undated          string
	fileFrom, fileTo string
}

func (f *timeFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.from, "from", "", "leave out events before `TIME`: 2026-03-02, 2026-03-02T10:00:00Z, or -30d")
	flags.StringVar(&f.to, "to", "", "leave out events at `TIME` and after it; a day is its first moment")
	flags.StringVar(&f.since, "since", "", "the same as --from with an `AGE`: 30d, 12h, 90m")
	flags.StringVar(&f.undated, "undated", "keep", "`keep` or drop events without a time, where --from, --to or --since is given")
	flags.StringVar(&f.fileFrom, "file-date-from", "", "skip files whose path names a `DAY` before this one: …/2026/03/02/…")
	flags.StringVar(&f.fileTo, "file-date-to", "", "skip files whose path names a `DAY` after this one")
}

// window returns the span of message time that is asked for.
func (f *timeFlags) window(now time.Time, zone *time.Location) (w stream.Window, err error) {
	if f.from != "" && f.since != "" {
		return w, usageError("--from and --since are the same; give one")
	}
	switch f.undated {
	case "keep":
	case "drop":
		if f.from == "" && f.to == "" && f.since == "" {
			return w, usageError("--undated drop needs --from, --to or --since")
		}
		w.DropUndated = true
	default:
		return w, usageError("--undated is keep or drop, not %q", f.undated)
	}
	if w.From, err = moment("--from", f.from, now, zone); err != nil {
		return w, err
	}
	if f.since != "" {
		age, ok := parseAge(f.since)
		if !ok {
			return w, usageError("--since is an age such as 30d, 12h or 90m, not %q", f.since)
		}
		w.From = now.Add(-age).UnixMilli()
	}
	if w.To, err = moment("--to", f.to, now, zone); err != nil {
		return w, err
	}
	return w, holdsTime(w)
}

// holdsTime reports a span in which no moment lies.
func holdsTime(w stream.Window) error {
	if w.From != 0 && w.To != 0 && w.From >= w.To {
		return usageError("the time span is empty: it ends at %s, before it starts at %s", clock(w.To), clock(w.From))
	}
	return nil
}

func clock(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

// moment reads the time of a flag in milliseconds UTC, 0 if it is not given.
func moment(flag, s string, now time.Time, zone *time.Location) (int64, error) {
	if s == "" {
		return 0, nil
	}
	if age, ok := parseAge(s); ok && s[0] == '-' {
		return now.Add(-age).UnixMilli(), nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t.UnixMilli(), nil
		}
	}
	return 0, usageError("%s is a time such as 2026-03-02, 2026-03-02T10:00:00Z or -30d, not %q", flag, s)
}

var agePattern = pattern.New(`^-?(\d{1,6})([wdhms])$`)

var ageUnits = map[string]time.Duration{"w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second}

// parseAge reads 30d, or -30d.
func parseAge(s string) (time.Duration, bool) {
	m := agePattern().FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, _ := strconv.Atoi(m[1]) // six digits
	return time.Duration(n) * ageUnits[m[2]], true
}

// inputs takes out the inputs whose path names a day that is not asked for. A path that names none is kept.
func (f *timeFlags) inputs(all []sources.Input) (kept []sources.Input, skipped []sources.Skip, err error) {
	from, err := day("--file-date-from", f.fileFrom)
	if err != nil {
		return nil, nil, err
	}
	to, err := day("--file-date-to", f.fileTo)
	if err != nil {
		return nil, nil, err
	}
	if from.IsZero() && to.IsZero() {
		return all, nil, nil
	}
	for _, in := range all {
		dated, ok := sources.PathDate(filepath.ToSlash(in.Name))
		switch {
		case ok && !from.IsZero() && dated.Before(from):
			skipped = append(skipped, sources.Skip{Name: in.Name, Reason: fmt.Sprintf("of %s, before --file-date-from %s", dated.Format(time.DateOnly), f.fileFrom)})
		case ok && !to.IsZero() && dated.After(to):
			skipped = append(skipped, sources.Skip{Name: in.Name, Reason: fmt.Sprintf("of %s, after --file-date-to %s", dated.Format(time.DateOnly), f.fileTo)})
		default:
			kept = append(kept, in)
		}
	}
	return kept, skipped, nil
}

func day(flag, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, usageError("%s is a day such as 2026-03-02, not %q", flag, s)
	}
	return t, nil
}
