package mxsocket

import (
	"mx.example/handle"
	"mx.example/status"
)

// A Disposition says whether an endpoint may write, for [SetDisposition].
type Disposition uint32

// The dispositions.
const (
	Unchanged     Disposition = 0
	WriteDisabled Disposition = 1
	WriteEnabled  Disposition = 2
)

// SetDisposition says whether the endpoint of h may write, and whether its
// peer may (Z-DISPOSITION). It exists in [handle.Zircon], in place of a half
// close.
//
// An endpoint that may not write asserts [handle.WriteDisabled] and loses
// [handle.Writable], and its writes are BAD_STATE; its peer asserts
// [handle.PeerWriteDisabled], and reads BAD_STATE once it has read what there
// was (Z-DISABLED). [WriteEnabled] undoes that, and asserts [handle.Writable]
// whatever the buffer holds (Z-ENABLE, S-WRITABLE). When the peer is gone, mine
// still takes effect, and peers does not (Z-GONE).
//
// NOT_SUPPORTED: the edition is not Zircon. INVALID_ARGS: a disposition is
// none of the three. BAD_HANDLE: h is not a handle of t. WRONG_TYPE: h is no
// socket. ACCESS_DENIED: h lacks RightManageSocket. BAD_STATE (Z-ENABLE): an
// endpoint that is to be enabled was disabled, and its peer still has bytes of
// it to read; neither side has changed.
func SetDisposition(t *handle.Table, h handle.Handle, mine, peers Disposition) error {
	if t.Hooked() {
		return toldDisposition(t, h, mine, peers)
	}
	if !editionRules[t.Edition()].dispositions {
		return status.ErrNotSupported
	}
	if mine > WriteEnabled || peers > WriteEnabled {
		return status.ErrInvalidArgs
	}
	ep, e, err := find(t, h, handle.RightManageSocket)
	if err != nil {
		return err
	}
	return ep.setDisposition(e, mine, peers)
}

func (ep *endpoint) setDisposition(e *handle.Entry, mine, peers Disposition) error {
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	peer := ep.peer()
	if !ep.accepts(peers) || !peer.accepts(mine) {
		return status.ErrBadState
	}
	ep.dispose(mine)
	if !peer.gone {
		peer.dispose(peers)
	}
	peer.signalsChanged() // in the order of the kernel
	ep.signalsChanged()
	ep.resumeBlocked()
	peer.resumeBlocked()
	return nil
}

// accepts reports whether ep, which reads what the endpoint in question
// writes, is in a state that allows d (Z-ENABLE).
func (ep *endpoint) accepts(d Disposition) bool {
	return d != WriteEnabled || !ep.ended || ep.in.size == 0
}

// dispose says whether ep may write.
func (ep *endpoint) dispose(d Disposition) {
	if d != Unchanged {
		ep.peer().ended = d == WriteDisabled
		ep.writable = d == WriteEnabled
	}
}

// Property implements [handle.Propertied].
func (ep *endpoint) Property(p handle.Property) (uint64, error) {
	if p == handle.SocketRxThreshold {
		return uint64(ep.rx), nil
	}
	return uint64(ep.tx), nil
}

// SetProperty implements [handle.Propertied] (Z-THRESHOLD).
func (ep *endpoint) SetProperty(p handle.Property, value uint64) error {
	if value > uint64(ep.pair.capacity) {
		return status.ErrInvalidArgs
	}
	if p == handle.SocketRxThreshold {
		ep.rx = uint32(value)
	} else {
		if ep.peer().gone {
			return status.ErrPeerClosed
		}
		ep.tx = uint32(value)
	}
	ep.signalsChanged()
	return nil
}

// Info is what [handle.Table.GetInfo] tells of a socket (Z-INFO). The tx
// figures are about the peer's buffer, and 0 when the peer is gone.
type Info struct {
	Options     uint32 // of Create
	RxBufMax    uint64 // capacity, in bytes
	RxBufSize   uint64 // bytes to read
	RxAvailable uint64 // bytes that one read could get: of a datagram socket, the first
	TxBufMax    uint64
	TxBufSize   uint64
}

// Describe implements [handle.Described].
func (ep *endpoint) Describe(topic handle.Topic) (any, bool) {
	if topic != handle.TopicSocket {
		return nil, false
	}
	p, peer := ep.pair, ep.peer()
	info := Info{
		RxBufMax:    uint64(p.capacity),
		RxBufSize:   uint64(ep.in.size),
		RxAvailable: uint64(ep.in.size),
	}
	if p.datagram {
		info.Options = Datagram
		if ep.in.size > 0 {
			info.RxAvailable = uint64(ep.in.front)
		}
	}
	if !peer.gone {
		info.TxBufMax, info.TxBufSize = uint64(p.capacity), uint64(peer.in.size)
	}
	return info, true
}
