package trace

import (
	"testing"

	"mx.example/handle"
)

func TestKoids(t *testing.T) {
	var k Koids
	info := func(koid, related handle.Koid) *handle.Info {
		return &handle.Info{Koid: koid, RelatedKoid: related, Type: handle.TypeSocket}
	}
	check := func(koid, related string, got *handle.Info, want string) {
		t.Helper()
		if reason := k.Check(&InfoWant{Koid: koid, Related: related}, got); reason != want {
			t.Errorf("koid=%s related=%s, got %d and %d: %q, want %q", koid, related, got.Koid, got.RelatedKoid, reason, want)
		}
	}
	create := &Call{Op: OpCreate, Out: []string{"a", "b"}}
	k.Gave(create)
	check("a", "b", info(1, 1), "wanted different koids for a and b, got 1 for both")
	check("a", "b", info(0, 2), "wanted the koid of a, got 0, which no object has")
	check("a", "b", info(1, 0), "wanted the koid of b, got 0, which no object has")
	check("a", "b", info(1, 2), "")
	check("a", "b", info(1, 2), "")
	check("b", "a", info(2, 1), "")
	check("b", "a", info(1, 2), "wanted the koid of b, which is 2, got 1")
	check("a", "b", info(1, 3), "wanted the koid of b, which is 2, got 3")
	check("a", "", info(1, 2), "wanted no related koid, got 2")

	k.Gave(&Call{Op: OpEvent, Out: []string{"e"}})
	check("e", "", info(2, 0), "wanted the koid of e, got 2, which is that of another object, b")
	check("e", "", info(5, 0), "")

	// Other handles to a, one of them called as b was.
	k.Gave(&Call{Op: OpDuplicate, H: Ref{Name: "a"}, Out: []string{"a2"}})
	k.Gave(&Call{Op: OpReplace, H: Ref{Name: "a2"}, Out: []string{"b"}})
	if w := k.Info(Ref{Name: "b"}, info(1, 2)); w.Koid != "a" || w.Related != "b" || w.Type != handle.TypeSocket {
		t.Errorf("a handle to a is recorded as %+v", w)
	}
	check("b", "a", info(2, 1), "")

	// New objects under the old names, the koids of the old are still theirs.
	k.Gave(create)
	check("a", "b", info(1, 7), "wanted the koid of a, got 1, which is that of another object, a")
	check("a", "b", info(6, 7), "")
	check("a", "b", info(1, 2), "wanted the koid of a, which is 6, got 1")

	// What has not been checked yet is named by where it came from.
	k.Gave(&Call{Op: OpCreate, Out: []string{"c", "d"}})
	k.Gave(&Call{Op: OpTransfer, H: Ref{Name: "d"}, Out: []string{"d2"}})
	if w := k.Info(Ref{Name: "d2"}, info(11, 12)); w.Koid != "d" || w.Related != "c" {
		t.Errorf("an unknown object is recorded as %+v", w)
	}
	if w := k.Info(Ref{Name: "e"}, info(5, 0)); w.Koid != "e" || w.Related != "" {
		t.Errorf("an event is recorded as %+v", w)
	}
	k.Gave(&Call{Op: OpClose, H: Ref{Name: "c"}})
}

func TestKoidsWithoutGave(t *testing.T) {
	var k Koids
	for range 2 {
		if reason := k.Check(&InfoWant{Koid: "x"}, &handle.Info{Koid: 4}); reason != "" {
			t.Error(reason)
		}
	}
	if reason := k.Check(&InfoWant{Koid: "y"}, &handle.Info{Koid: 4}); reason == "" {
		t.Error("two names have the same koid")
	}
}
