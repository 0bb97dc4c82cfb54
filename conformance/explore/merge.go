package explore

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Merge puts the reports of shards of one campaign together. The order in
// which they are given makes no difference. It refuses reports that are not of
// the same campaign, and a shard that is there twice. Shards may be missing:
// Done of the result says which ones are there.
func Merge(reports ...*Report) (*Report, error) {
	if len(reports) == 0 {
		return nil, errors.New("there are no reports to merge")
	}
	sorted := slices.Clone(reports)
	for i, r := range sorted {
		if r.Schema != Schema {
			return nil, fmt.Errorf("report %d has the schema %q, want %q", i+1, r.Schema, Schema)
		}
		if len(r.Spaces) > 0 {
			return nil, fmt.Errorf("report %d is of an exhaustive walk, which has no shards", i+1)
		}
		if len(r.Done) == 0 {
			return nil, fmt.Errorf("report %d names no shard", i+1)
		}
	}
	slices.SortFunc(sorted, func(a, b *Report) int { return cmp.Compare(a.Done[0], b.Done[0]) })
	all := *sorted[0]
	all.Done = nil
	all.Backends = nil
	for i := range sorted[0].Backends {
		all.Backends = append(all.Backends, sorted[0].Backends[i].none())
	}
	for _, r := range sorted {
		if err := all.join(r); err != nil {
			return nil, err
		}
	}
	slices.Sort(all.Done)
	return &all, nil
}

// join adds another report of the same campaign.
func (r *Report) join(o *Report) error {
	shards := fmt.Sprintf("shard %d", o.Done[0])
	differ := func(what string, is, was any) error {
		return fmt.Errorf("%s is of another campaign: its %s is %v, that of the others %v", shards, what, is, was)
	}
	switch {
	case o.Seed != r.Seed:
		return differ("seed", o.Seed, r.Seed)
	case o.Calls != r.Calls:
		return differ("number of calls", o.Calls, r.Calls)
	case o.Shards != r.Shards:
		return differ("number of shards", o.Shards, r.Shards)
	case len(o.Backends) != len(r.Backends):
		return differ("number of backends", len(o.Backends), len(r.Backends))
	}
	for _, n := range o.Done {
		if slices.Contains(r.Done, n) {
			return fmt.Errorf("shard %d is there twice", n)
		}
		if n < 0 || n >= r.Shards {
			return fmt.Errorf("there is no shard %d of %d: they are numbered from 0", n, r.Shards)
		}
	}
	for i := range o.Backends {
		if o.Backends[i].Name != r.Backends[i].Name {
			return differ(fmt.Sprintf("backend number %d", i+1), o.Backends[i].Name, r.Backends[i].Name)
		}
	}
	r.Done = append(r.Done, o.Done...)
	r.Canceled = r.Canceled || o.Canceled
	for i := range o.Backends {
		r.Backends[i].join(&o.Backends[i])
	}
	return nil
}

// none is the report of a backend on which nothing has been done.
func (b *BackendReport) none() BackendReport {
	return BackendReport{
		Name: b.Name, Diverges: b.Diverges, Edition: b.Edition,
		ByCall: map[string]uint64{}, Differs: map[string]uint64{}, Unsupported: map[string]uint64{},
		Failures: []Failure{},
	}
}

func (b *BackendReport) join(o *BackendReport) {
	b.Available = b.Available || o.Available
	if !o.Available {
		b.Why = o.Why
	}
	b.Sequences += o.Sequences
	b.Calls += o.Calls
	b.Seconds += o.Seconds
	b.Workers = max(b.Workers, o.Workers)
	for _, m := range [...][2]map[string]uint64{
		{b.ByCall, o.ByCall}, {b.Differs, o.Differs}, {b.Unsupported, o.Unsupported},
	} {
		for name, n := range m[1] {
			m[0][name] += n
		}
	}
	b.Seen.Join(&o.Seen)
	b.States = b.Seen.Count()
	for _, f := range o.Failures {
		i := slices.IndexFunc(b.Failures, func(g Failure) bool { return g.Kind == f.Kind })
		if i < 0 {
			b.Failures = append(b.Failures, f)
			continue
		}
		g := &b.Failures[i]
		f.Count, g.Count = f.Count+g.Count, f.Count+g.Count
		if f.Sequence < g.Sequence {
			*g = f
		}
	}
	slices.SortFunc(b.Failures, func(f, g Failure) int {
		return cmp.Or(cmp.Compare(f.Sequence, g.Sequence), cmp.Compare(f.Kind, g.Kind))
	})
}
