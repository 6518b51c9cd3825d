package main

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"retrohunt/engine"
	"retrohunt/engine/stream"
	"retrohunt/runfile"
	"retrohunt/sources"
)

// sum adds up parts of a run: shards, or what a journal has.
type sum struct {
	queries  []*engine.Query
	skipped  []sources.Skip   // by name, of the whole run
	found    [][]byte         // by their subqueries: the same in all parts
	merged   []*engine.Worker // by query; empty before the first part
	coverage []stream.Coverage
	accounts []stream.Account
}

// newSum begins a sum of parts of a run.
func newSum(asks []ask, clock engine.Clock, room *engine.Memory, run *runfile.Run) *sum {
	s := &sum{skipped: run.Skipped}
	for _, a := range asks {
		s.queries = append(s.queries, a.query.At(clock).Within(room))
	}
	return s
}

// partOf is a saved run as a part.
func partOf(run *runfile.Run) *runfile.Part {
	p := &runfile.Part{Coverage: run.Coverage, Accounts: run.Accounts}
	for _, q := range run.Queries {
		p.Partials, p.Found = append(p.Partials, q.Partial), append(p.Found, q.Found)
	}
	return p
}

// add adds a part. Its samples are not its business.
func (s *sum) add(p *runfile.Part) error {
	s.coverage = append(s.coverage, p.Coverage)
	s.accounts = append(s.accounts, p.Accounts...)
	first := len(s.merged) == 0
	if err := s.compose(p, first); err != nil {
		return err
	}
	for i, q := range s.queries {
		w, err := q.ReadPartial(string(p.Partials[i]))
		switch {
		case err != nil:
			return err
		case first:
			s.merged = append(s.merged, w)
		default:
			s.merged[i] = engine.Merge(s.merged[i], w)
		}
	}
	return nil
}

// compose gives the queries what their subqueries found, which the first part has, and all others must have.
func (s *sum) compose(p *runfile.Part, first bool) (err error) {
	if !first {
		if !slices.EqualFunc(s.found, p.Found, bytes.Equal) {
			return errors.New("its subqueries found other rows than those of the first part: the inputs have changed, or a range of theirs counts back from now; give --to or --now to all parts")
		}
		return nil
	}
	s.found = p.Found
	for i, found := range p.Found[:min(len(p.Found), len(s.queries))] {
		if s.queries[i], err = s.queries[i].ComposeFound(string(found)); err != nil {
			return err
		}
	}
	return nil
}

// result is that of the whole run. It ends the sum.
func (s *sum) result() (*stream.Result, error) {
	out := &stream.Result{}
	for i, q := range s.queries {
		partial, err := q.AppendPartial(nil, s.merged[i])
		if err != nil {
			return nil, err
		}
		out.Partials, out.Tables = append(out.Partials, partial), append(out.Tables, q.Table(s.merged[i]))
	}
	slices.SortFunc(s.accounts, func(a, b stream.Account) int { return cmp.Compare(a.Number, b.Number) })
	out.Accounts, out.Found = s.accounts, s.found
	out.Coverage = stream.JoinCoverage(s.coverage, s.skipped, s.accounts)
	return out, nil
}
