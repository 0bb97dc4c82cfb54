package mutants

import (
	"fmt"
	"maps"
	"slices"

	"mx.example/handle"
	"mx.example/status"
)

// A mutant is one way in which the kernel is wrong.
type mutant struct {
	clause   string // that it breaks
	text     string
	mutation mutation      // it is in the code,
	alter    func(*kernel) // or in the tables that the code goes by
	// same says why nobody can tell it from no mutant at all: it is then no
	// mutant, and kept so that nobody makes it again.
	same string
	// thoughtOf says that somebody wrote it down: the others are changes that
	// a rule makes of the right checks.
	thoughtOf bool
}

// mutants are all there are.
func mutants() []mutant {
	all := slices.Concat(mutantsOfData, mutantsOfHandles, mutantsOfWaits, mutantsOfZircon, ruleMutants(), missedWakeUps)
	for i := range all {
		all[i].thoughtOf = true
	}
	for _, kind := range slices.Sorted(maps.Keys(rightChecks())) {
		all = append(all, checkMutants(kind)...)
	}
	return all
}

// altered makes a mutant of a change to the rules of every edition.
func altered(clause, text string, change func(*rules)) mutant {
	return mutant{clause: clause, text: text, alter: func(k *kernel) {
		for _, r := range k.rules {
			change(r)
		}
	}}
}

// zircon makes one of a change to the rules of zircon alone.
func zircon(clause, text string, change func(*rules)) mutant {
	return mutant{clause: clause, text: "in zircon " + text, alter: func(k *kernel) { change(k.rules[handle.Zircon]) }}
}

func ruleMutants() []mutant {
	return []mutant{
		altered("C-RIGHTS", "sockets lack DUPLICATE", func(r *rules) { r.rights &^= handle.RightDuplicate }),
		altered("C-RIGHTS", "sockets have SIGNAL too", func(r *rules) { r.rights |= handle.RightSignal }),
		altered("C-RIGHTS", "sockets have bit 31 too", func(r *rules) { r.rights |= handle.SameRights }),
		altered("C-RIGHTS", "events lack TRANSFER", func(r *rules) { r.eventRights &^= handle.RightTransfer }),
		altered("C-CAPACITY", "the default capacity is one byte less", func(r *rules) { r.capacity-- }),
		altered("C-CAPACITY", "the default capacity is one byte more", func(r *rules) { r.capacity++ }),
		altered("C-CAPACITY", "the default capacity is 256 KiB", func(r *rules) { r.capacity = 256 << 10 }),
		altered("C-CAPACITY", "a capacity of 0 is fine", func(r *rules) { r.least = 0 }),
		altered("C-CAPACITY", "a capacity of 1 is refused", func(r *rules) { r.least = 2 }),
		altered("C-CAPACITY", "a capacity of 2^32 is fine", func(r *rules) { r.most++ }),
		altered("C-CAPACITY", "a capacity of 2^32-1 is refused", func(r *rules) { r.most-- }),
		altered("H-DIRECTION", "a half close ends the other direction", func(r *rules) { r.endsInbound = !r.endsInbound }),
		altered("H-DIRECTION", "a half close ends inbound in both editions", func(r *rules) { r.endsInbound = true }),
		altered("H-DIRECTION", "a half close ends outbound in both editions", func(r *rules) { r.endsInbound = false }),
		altered("W-NO-MEMORY", "want of memory is NO_MEMORY in both editions", func(r *rules) { r.noMemory = status.ErrNoMemory }),
		altered("W-NO-MEMORY", "want of memory is SHOULD_WAIT in both editions", func(r *rules) { r.noMemory = status.ErrShouldWait }),
		altered("W-FAULT", "faults undo in both editions", func(r *rules) { r.faultUndoes = true }),
		altered("W-FAULT", "faults stop in both editions", func(r *rules) { r.faultUndoes = false }),
		altered("W-HUGE", "sizes of 2^32-1 are refused", func(r *rules) { r.largestBuffer-- }),
		altered("W-HUGE", "sizes of 2^32 are fine", func(r *rules) { r.largestBuffer++ }),
		altered("S-RIGHT", "signalling asks for READ", func(r *rules) { r.signalRight = handle.RightRead }),
		altered("S-RIGHT", "signalling asks for nothing", func(r *rules) { r.signalRight = 0 }),
		altered("S-RIGHT", "signalling asks for SIGNAL", func(r *rules) { r.signalRight = handle.RightSignal }),
		altered("S-RIGHT", "signalling the peer asks for READ", func(r *rules) { r.peerRight = handle.RightRead }),
		altered("S-RIGHT", "signalling the peer asks for nothing", func(r *rules) { r.peerRight = 0 }),
		altered("T-RIGHT", "waiting asks for nothing", func(r *rules) { r.waitRight = 0 }),
		altered("T-RIGHT", "waiting asks for WRITE", func(r *rules) { r.waitRight = handle.RightWrite }),
		altered("T-RIGHT", "waiting asks for READ and WRITE", func(r *rules) { r.waitRight |= handle.RightWrite }),
		altered("T-MANY", "1,024 items are too many", func(r *rules) { r.waitMany-- }),
		altered("T-MANY", "1,025 items are fine", func(r *rules) { r.waitMany++ }),
		altered("T-MANY", "64 items are the most", func(r *rules) { r.waitMany = 64 }),
		zircon("R-OPTIONS", "PEEK is no option", func(r *rules) { r.readOptions = 0 }),
		zircon("W-DGRAM-TOO-BIG", "a datagram above the capacity is SHOULD_WAIT", func(r *rules) { r.tooBig = status.ErrShouldWait }),
		zircon("R-ENDED", "a read of an ended direction is PEER_CLOSED", func(r *rules) { r.readEnded = status.ErrPeerClosed }),
		zircon("X-CLOSE", "close of 0 is BAD_HANDLE", func(r *rules) { r.closeZero = false }),
		zircon("X-REPLACE-RIGHTS", "a replace that is refused keeps the handle", func(r *rules) { r.replaceConsumes = false }),
		zircon("T-CANCEL", "waits end as in 2017", func(r *rules) { r.atOnce = false }),
		zircon("S-PEER-CLOSED", "an ended direction asserts PEER_CLOSED", func(r *rules) { r.endedForReader |= handle.PeerClosed }),
		zircon("Z-DISABLED", "no PEER_WRITE_DISABLED", func(r *rules) { r.endedForReader = 0 }),
		zircon("Z-DISABLED", "no WRITE_DISABLED", func(r *rules) { r.endedForWriter = 0 }),
		zircon("Z-DISPOSITION", "a disposition asks for WRITE", func(r *rules) { r.manageRight = handle.RightWrite }),
		zircon("Z-THRESHOLD", "reading a threshold asks for READ", func(r *rules) { r.getRight = handle.RightRead }),
		zircon("Z-THRESHOLD", "setting a threshold asks for GET_PROPERTY", func(r *rules) { r.setRight = handle.RightGetProperty }),
		zircon("Z-INFO", "the info of a socket asks for nothing", func(r *rules) { r.infoRight = 0 }),
		zircon("C-RIGHTS", "sockets lack WAIT", func(r *rules) { r.rights &^= handle.RightWait }),
		zircon("C-RIGHTS", "sockets lack MANAGE_SOCKET", func(r *rules) { r.rights &^= handle.RightManageSocket }),
		zircon("C-RIGHTS", "events can be read", func(r *rules) { r.eventRights |= handle.RightRead }),
		zircon("S-RIGHT", "signalling asks for WRITE", func(r *rules) { r.signalRight = handle.RightWrite }),
		zircon("S-RIGHT", "signalling the peer asks for SIGNAL", func(r *rules) { r.peerRight = handle.RightSignal }),
		zircon("T-RIGHT", "waiting asks for READ", func(r *rules) { r.waitRight = handle.RightRead }),
		zircon("T-MANY", "64 items are too many", func(r *rules) { r.waitMany-- }),
		zircon("T-MANY", "65 items are fine", func(r *rules) { r.waitMany++ }),
		zircon("T-MANY", "too many items are INVALID_ARGS", func(r *rules) { r.tooMany = status.ErrInvalidArgs }),
		zircon("W-NO-MEMORY", "want of memory is NO_MEMORY", func(r *rules) { r.noMemory = status.ErrNoMemory }),
		zircon("W-TYPE", "rights come before the type", func(r *rules) { r.typeFirst = false }),
		altered("L-ACCOUNT", "a pair costs one byte more", func(r *rules) { r.pairCharge++ }),
		altered("L-ACCOUNT", "a pair costs one byte less", func(r *rules) { r.pairCharge-- }),
		altered("L-ACCOUNT", "a handle costs nothing", func(r *rules) { r.handleCharge = 0 }),
		altered("L-ACCOUNT", "an event costs as much as a pair", func(r *rules) { r.eventCharge = r.pairCharge }),
		altered("S-USER", "READABLE can be set", func(r *rules) { r.userSignals |= handle.Readable }),
		altered("S-USER", "SIGNALED of a socket can be set", func(r *rules) { r.userSignals |= handle.Signaled }),
		altered("S-USER", "LAST_HANDLE of a socket can be set", func(r *rules) { r.userSignals |= handle.LastHandle }),
		altered("S-USER", "HANDLE_CLOSED of an event can be set", func(r *rules) { r.eventSignals |= handle.HandleClosed }),
		altered("S-USER", "USER_SIGNAL_7 cannot be set", func(r *rules) { r.userSignals &^= handle.UserSignal7 }),
		altered("S-USER", "USER_SIGNAL_0 of an event cannot be set", func(r *rules) { r.eventSignals &^= handle.UserSignal0 }),
		altered("S-USER", "SIGNALED of an event cannot be set", func(r *rules) { r.eventSignals &^= handle.Signaled }),
	}
}

// missed makes a mutant of a change that waits are not told of.
func missed(clause, text string, why cause) mutant {
	return mutant{clause: clause, text: text, alter: func(k *kernel) { k.deaf[why] = true }}
}

var missedWakeUps = []mutant{
	missed("T-ONE", "no wait is woken by a write", byWrite),
	missed("T-ONE", "no wait is woken by a read", byRead),
	missed("T-ONE", "no wait is woken by a half close", byHalf),
	missed("T-ONE", "no wait is woken by the close of a duplicate", byClose),
	missed("T-ONE", "no wait is woken by the close of the peer", byPeerClose),
	missed("T-ONE", "no wait is woken by its own endpoint's signal", bySignal),
	missed("T-ONE", "no wait is woken by the peer's signal", bySignalPeer),
	missed("Z-DISABLED", "no wait is woken by a disposition", byDisposition),
	missed("Z-THRESHOLD", "no wait is woken by a threshold", byThreshold),
	missed("T-CANCEL", "a close cancels no wait", byCloseCancel),
	missed("T-CANCEL", "a replace cancels no wait", byReplaceCancel),
	missed("T-CANCEL", "a transfer cancels no wait", byTransferCancel),
}

// checkMutants are the checks of a kind of call gone wrong, each in turn: left
// out, made after a later one, and answered with another status.
func checkMutants(kind string) []mutant {
	var all []mutant
	right := rightChecks()[kind]
	for i, c := range right {
		all = append(all, mutant{
			clause: c.id, text: kind + " has no check " + c.id,
			alter: func(k *kernel) { k.checks[kind] = slices.Delete(slices.Clone(k.checks[kind]), i, i+1) },
		})
		for j := i + 1; j < len(right); j++ {
			all = append(all, mutant{
				clause: c.id, text: fmt.Sprintf("%s checks %s after %s", kind, c.id, right[j].id),
				alter: func(k *kernel) {
					rest := slices.Delete(slices.Clone(k.checks[kind]), i, i+1)
					k.checks[kind] = slices.Insert(rest, j, c)
				},
			})
		}
		for n, taken := range confused {
			all = append(all, mutant{
				clause: c.id, text: fmt.Sprintf("%s answers %s with wrong status %d", kind, c.id, n+1),
				alter: func(k *kernel) {
					k.checks[kind] = slices.Clone(k.checks[kind])
					k.checks[kind][i].do = func(call *call) status.Status {
						st := c.do(call)
						if wrong, ok := taken[st]; ok {
							return wrong
						}
						return st
					}
				},
			})
		}
	}
	for i := range all {
		all[i].same = noDifference[all[i].text]
	}
	return all
}

// confused are statuses that are taken for one another.
var confused = []map[status.Status]status.Status{{
	status.OK:              status.ErrShouldWait,
	status.ErrInvalidArgs:  status.ErrOutOfRange,
	status.ErrBadHandle:    status.ErrInvalidArgs,
	status.ErrAccessDenied: status.ErrBadHandle,
	status.ErrWrongType:    status.ErrInvalidArgs,
	status.ErrShouldWait:   status.ErrNoMemory,
	status.ErrNoMemory:     status.ErrShouldWait,
	status.ErrPeerClosed:   status.ErrBadState,
	status.ErrBadState:     status.ErrPeerClosed,
	status.ErrNotSupported: status.ErrWrongType,
}, {
	status.OK:              status.ErrInvalidArgs,
	status.ErrInvalidArgs:  status.OK,
	status.ErrBadHandle:    status.ErrWrongType,
	status.ErrAccessDenied: status.ErrWrongType,
	status.ErrWrongType:    status.ErrNotSupported,
	status.ErrShouldWait:   status.OK,
	status.ErrNoMemory:     status.ErrNoResources,
	status.ErrPeerClosed:   status.ErrShouldWait,
	status.ErrBadState:     status.ErrAccessDenied,
	status.ErrNotSupported: status.ErrAccessDenied,
}}

// Why a change to the checks cannot be seen.
const (
	oneStatus = "the two have one status"
	disjoint  = "no call fails both"
	clamped   = "what there is no memory for is not looked at"
)

// noDifference are the changes to the checks that nobody can see.
var noDifference = map[string]string{
	"write checks W-NULL after W-OPTIONS-EARLY":        oneStatus,
	"write checks W-ZERO after W-HUGE":                 disjoint,
	"write checks H-AFTER-CLOSE after W-PEER-CLOSED":   disjoint,
	"write checks H-AFTER-CLOSE after W-BAD-STATE":     disjoint,
	"write checks H-AFTER-CLOSE after W-ZERO":          disjoint,
	"write checks H-AFTER-CLOSE after W-HUGE":          disjoint,
	"write checks H-AFTER-CLOSE after W-FULL":          disjoint,
	"write checks H-AFTER-CLOSE after W-DGRAM-TOO-BIG": disjoint,
	"write checks H-AFTER-CLOSE after W-DGRAM-ATOMIC":  disjoint,
	"write checks H-AFTER-CLOSE after W-NO-MEMORY":     disjoint,
	"write checks H-AFTER-CLOSE after W-FAULT":         disjoint,
	"write checks W-OPTIONS after W-HALF-SIZE":         disjoint,
	"write checks W-OPTIONS after H-TWICE":             disjoint,
	"write checks W-OPTIONS after H-AFTER-CLOSE":       disjoint,
	"write checks W-NO-MEMORY after W-FAULT":           clamped,
	"transfer checks X-FULL after L-ACCOUNT":           oneStatus,
	"duplicate checks X-FULL after L-ACCOUNT":          oneStatus,
	"create checks C-NO-MEMORY after L-ACCOUNT":        oneStatus,
	"create checks C-OPTIONS after C-CAPACITY":         oneStatus,
	"read checks R-NULL after R-OPTIONS":               oneStatus,
	"read checks R-QUERY after R-HUGE":                 disjoint,
}
