package main

import (
	"io"

	"retrohunt/engine/stream"
	"retrohunt/report"
)

// manifest is where the account of the inputs goes, nowhere if it is not asked for.
type manifest struct {
	write   func(*stream.Result, []report.Result) error
	abandon func()
}

func (p *program) manifest(f *runFlags, asks []ask) (manifest, error) {
	if f.manifest == "" {
		return manifest{func(*stream.Result, []report.Result) error { return nil }, func() {}}, nil
	}
	file, err := create(f.manifest, f.force)
	if err != nil {
		return manifest{}, err
	}
	m := report.Manifest{Version: release, Started: p.now(), Tuning: f.tuning}
	for _, a := range asks {
		m.Asked = append(m.Asked, a.asked())
	}
	write := func(r *stream.Result, results []report.Result) error {
		m.Ended, m.Partial, m.Inputs, m.Results = p.now(), r.Coverage.Partial, r.Custody, results
		return file.finish(func(w io.Writer) error { return report.ManifestJSON(w, &m) })
	}
	return manifest{write, file.abandon}, nil
}

// asked names the query, with the detection that asks it if there is one.
func (a ask) asked() report.Asked {
	out := report.Asked{Query: a.text}
	if a.result.Detection != nil {
		out.Detection = a.result.Detection.ID
	}
	return out
}
