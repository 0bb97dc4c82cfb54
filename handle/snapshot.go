package handle

import (
	"cmp"
	"iter"
	"slices"
)

// Handles iterates over the handles of the table with what [Table.Info] tells of
// each, oldest object first: all that were there at one instant, which comes when
// the iteration begins, and no other. Handles may be made and closed meanwhile,
// by the loop too.
//
// It takes 24 bytes for each handle of the table. Calls that make or close
// handles in the table wait while those are copied.
func (t *Table) Handles() iter.Seq2[Handle, Info] {
	t.check()
	return func(yield func(Handle, Info) bool) {
		for _, p := range snapshot([]*Table{t.real()}) {
			if !yield(p.value, p.entry.info()) {
				return
			}
		}
	}
}

// A place in a table that had a handle when a snapshot was taken. All of it stays
// true of the instant of the snapshot.
type held struct {
	entry *Entry
	koid  Koid
	value Handle
	table uint32 // its index
}

// snapshot returns all handles of the tables, which are different ones, at one
// instant. They are sorted by table and koid.
func snapshot(tables []*Table) []held {
	all := lockedSnapshot(tables)
	slices.SortFunc(all, func(a, b held) int {
		if c := cmp.Compare(a.table, b.table); c != 0 {
			return c
		}
		return cmp.Compare(a.koid, b.koid)
	})
	return all
}

// lockedSnapshot holds the locks of all tables at once, and before them the one
// that comes before those of two tables.
func lockedSnapshot(tables []*Table) []held {
	if len(tables) > 1 {
		settling.Lock()
		defer settling.Unlock()
	}
	n := 0
	for _, t := range tables {
		t.mu.Lock()
		defer t.mu.Unlock()
		n += t.live
	}
	all := make([]held, 0, n)
	for i, t := range tables {
		entries := *t.entries.Load()
		for k := range entries[:t.used] {
			if e := entries[k].Load(); e != nil {
				all = append(all, held{e, e.object.header().koid, Handle(e.value.Load()), uint32(i)})
			}
		}
	}
	return all
}

// info describes the handle and its object.
func (e *Entry) info() Info {
	hd := e.object.header()
	return Info{
		Koid:        hd.koid,
		Rights:      e.rights,
		Type:        hd.class.Type,
		RelatedKoid: hd.related(),
		Waitable:    !hd.class.Unwaitable,
	}
}
