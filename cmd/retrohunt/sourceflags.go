package main

import (
	"github.com/spf13/pflag"

	"retrohunt/sources"
	"retrohunt/sources/archive"
)

// sourceFlags say how inputs are read: limits, and the password of archives.
type sourceFlags struct {
	maxEvent   string
	password   string
	maxDecoded string
	maxRatio   int64
	maxMembers int
	spool      string
	inflate    string
}

func (f *sourceFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.maxEvent, "max-event", "64MiB", "longest event that is read, as `SIZE`; a longer one is counted and skipped")
	flags.StringVar(&f.password, "archive-password", "", "`PASSWORD` of encrypted archives; everybody on the machine can read it here, so better set "+variable("archive-password"))
	flags.StringVar(&f.maxDecoded, "max-decoded", "1TiB", "most that one input may decode to, as `SIZE`: a guard against bombs")
	flags.Int64Var(&f.maxRatio, "max-ratio", archive.DefaultMaxRatio, "most bytes that a stored byte may decode to, beyond 64 MiB: a guard against bombs")
	flags.IntVar(&f.maxMembers, "max-members", archive.DefaultMaxMembers, "most members of an archive, nested ones included: a guard against bombs")
	flags.StringVar(&f.spool, "spool-limit", "4GiB", "largest archive on standard input, or within another, that is kept in a temporary file, as `SIZE`")
	flags.StringVar(&f.inflate, "inflate", archive.InflateOwn, "`DECODER` of gzip and zip: own, or library (klauspost/compress) to compare with")
}

func (f *sourceFlags) options() (o sources.Options, err error) {
	if o.MaxEvent, err = parseSize(f.maxEvent); err != nil {
		return o, usageError("--max-event: %w", err)
	}
	decoded, err := parseSize(f.maxDecoded)
	if err != nil {
		return o, usageError("--max-decoded: %w", err)
	}
	spool, err := parseSize(f.spool)
	if err != nil {
		return o, usageError("--spool-limit: %w", err)
	}
	if f.maxRatio < 1 || f.maxMembers < 1 {
		return o, usageError("--max-ratio and --max-members are 1 or more")
	}
	if f.inflate != archive.InflateOwn && f.inflate != archive.InflateLibrary {
		return o, usageError("--inflate is own or library, not %q", f.inflate)
	}
	o.Archive = archive.Options{
		Password: f.password, MaxDecoded: int64(decoded), MaxRatio: f.maxRatio, MaxMembers: f.maxMembers, SpoolLimit: int64(spool), Inflate: f.inflate,
	}
	return o, nil
}
