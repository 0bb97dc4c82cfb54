package posixfd

import (
	"slices"

	"mx.example/conformance"
)

// Divergences is the catalogue: every way in which descriptors are known to
// differ from the contract, on the reference system. Of a result that the
// contract does not allow, the shadow says whether the kernel may give it in
// the state that it is in; then the first thing that is unusual about it gives
// the name. What follows is always the state that the kernel is really in.
func Divergences() []conformance.Divergence {
	return slices.Concat(unsupportedCalls, endings, rooms, messages, polls, unseen)
}

// Divergences are those of the kind.
func (b *backend) Divergences() []conformance.Divergence {
	return slices.DeleteFunc(Divergences(), func(d conformance.Divergence) bool {
		return !slices.Contains(d.Kinds, b.kind)
	})
}

var _ conformance.Shadower = (*backend)(nil)

// The kinds that divergences are about.
var (
	allKinds  = kindNames[:]
	sockets   = []string{UnixStream, UnixDgram, UnixSeqpacket, TCP, UDP}
	datagrams = []string{UnixDgram, UnixSeqpacket, UDP}
	withEOF   = []string{UnixStream, UnixSeqpacket, TCP, Pipe}
)

// shown is a divergence of results: it matches what explain gives that name.
func shown(d conformance.Divergence) conformance.Divergence {
	name := d.Name
	d.Match = func(s *conformance.Situation) bool { return explained(s) == name }
	d.Next = follow
	return d
}

// explained asks the shadow once about each situation.
func explained(s *conformance.Situation) string {
	sh, ok := s.Shadow.(*shadow)
	if !ok {
		return ""
	}
	if sh.asked != s {
		sh.asked, sh.answer = s, viewOf(s).explain()
	}
	return sh.answer
}
