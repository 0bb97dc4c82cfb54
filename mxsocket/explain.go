package mxsocket

import (
	"fmt"
	"math"

	"mx.example/handle"
	"mx.example/status"
)

// Explain implements [handle.Explained]. It makes the checks of a call once more,
// in the order of the clauses, which is that of writeAllowance and readAllowance.
func (ep *endpoint) Explain(call string, st status.Status, a *handle.CallArgs) (clause, text string) {
	switch call {
	case "Write", "WriteAll":
		return ep.explainWrite(st, a)
	case "Read", "ReadFull":
		return ep.explainRead(st, a)
	}
	return "", ""
}

func (ep *endpoint) explainWrite(st status.Status, a *handle.CallArgs) (clause, text string) {
	p, peer := ep.pair, ep.peer()
	room := uint64(max(0, int(p.capacity)-peer.in.size))
	full := fmt.Sprintf("%d of %d bytes wait to be read at the peer", peer.in.size, p.capacity)
	switch {
	case st == status.ErrInvalidArgs && a.Options != 0 && p.rules.optionsEarly:
		return "W-OPTIONS-EARLY", fmt.Sprintf("options is %d, and must be 0", a.Options)
	case st == status.ErrInvalidArgs && a.Options&^p.rules.writeOptions != 0:
		return "W-OPTIONS", fmt.Sprintf("options is %d, and must be 0 or HALF_CLOSE", a.Options)
	case st == status.ErrInvalidArgs && a.Options != 0 && a.Size > 0:
		return "W-HALF-SIZE", fmt.Sprintf("HALF_CLOSE comes with %d bytes", a.Size)
	case st == status.ErrPeerClosed && peer.gone && a.Options != 0:
		return "H-AFTER-CLOSE", "the peer is gone"
	case st == status.ErrPeerClosed && peer.gone:
		return "W-PEER-CLOSED", "the peer is gone"
	case st == status.ErrBadState && peer.ended:
		return "W-BAD-STATE", "this direction was ended: nothing may be written to the peer any more"
	case st == status.ErrInvalidArgs && a.Size > math.MaxUint32:
		return "W-HUGE", fmt.Sprintf("%d bytes are more than one call takes", a.Size)
	case p.datagram && a.Size > uint64(p.capacity) && (st == status.ErrShouldWait || st == status.ErrOutOfRange):
		return "W-DGRAM-TOO-BIG", fmt.Sprintf("a datagram of %d bytes never fits into %d", a.Size, p.capacity)
	case st == status.ErrShouldWait && room == 0:
		return "W-FULL", full
	case st == status.ErrShouldWait && p.datagram && a.Size > room:
		return "W-DGRAM-ATOMIC", fmt.Sprintf("a datagram of %d bytes does not fit: %s", a.Size, full)
	case p.limited && (st == status.ErrNoMemory || st == status.ErrShouldWait && st == p.rules.noMemory):
		return "W-NO-MEMORY", "the memory limit of the table that created the socket is reached: " + p.creator.String()
	}
	return "", ""
}

func (ep *endpoint) explainRead(st status.Status, a *handle.CallArgs) (clause, text string) {
	p, peer := ep.pair, ep.peer()
	empty := ep.in.size == 0
	switch {
	case st == status.ErrInvalidArgs && a.Options&^p.rules.readOptions != 0:
		return "R-OPTIONS", fmt.Sprintf("options is %d, and this edition knows %d", a.Options, p.rules.readOptions)
	case st == status.ErrInvalidArgs && a.Size > math.MaxUint32:
		return "R-HUGE", fmt.Sprintf("%d bytes are more than one call takes", a.Size)
	case st == status.ErrPeerClosed && empty && peer.gone:
		return "R-CLOSED", "nothing is left to read, and the peer is gone"
	case st == p.rules.readEnded && empty && ep.ended && !peer.gone:
		return "R-ENDED", "nothing is left to read, and this direction was ended"
	case st == status.ErrShouldWait && empty && !peer.gone && !ep.ended:
		return "R-EMPTY", "nothing is there to read, but more may come"
	}
	return "", ""
}

var _ handle.Explained = (*endpoint)(nil)
