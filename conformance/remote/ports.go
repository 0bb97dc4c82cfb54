package remote

import (
	"encoding/hex"
	"strconv"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// portOptions are those that make a port (P-CREATE).
var portOptions = [...]uint32{
	handle.Manual:     handle.PortVersion,
	handle.Kernel2017: handle.PortVersion,
	handle.Zircon:     0,
}

func (p *process) NewPort(options *uint32) (handle.Handle, error) {
	if options == nil {
		options = &portOptions[p.edition]
	}
	return p.made(p.query("port").number(uint64(*options)))
}

func (p *process) QueuePacket(port handle.Handle, pk *handle.Packet) error {
	q := p.on("port-queue", port).number(pk.Key).number(uint64(pk.Type))
	q.word(strconv.Itoa(int(pk.Status))).word(hex.EncodeToString(pk.User[:]))
	return p.do(q)
}

func (p *process) WaitPort(port handle.Handle, deadline time.Time, parked func()) (pk handle.Packet, err error) {
	a, err := p.wait(func(past bool) *query {
		return p.on("port-wait", port).deadline(deadline, past)
	}, deadline, parked)
	if err != nil {
		return pk, err
	}
	if err := a.err(); err != nil {
		return pk, err
	}
	r := &results{words: a.results}
	pk.Key = r.number("a key", 64)
	pk.Type = handle.PacketType(r.word32("a type of packet"))
	pk.Status = r.status()
	switch pk.Type {
	case handle.PacketSignalOne, handle.PacketSignalRep:
		pk.Signal.Trigger = handle.Signals(r.word32("the trigger"))
		pk.Signal.Observed = handle.Signals(r.word32("the signals observed"))
		pk.Signal.Count = r.number("a count", 64)
		pk.Signal.Timestamp = int64(r.number("a timestamp", 63))
	default:
		if n := r.data("the user's bytes", pk.User[:]); n != len(pk.User) {
			r.fail("%d user bytes: there are %d", n, len(pk.User))
		}
	}
	if err := p.k.done(newQuery("port-wait"), r); err != nil {
		return handle.Packet{}, err
	}
	return pk, nil
}

// status reads a status among the results.
func (r *results) status() status.Status {
	w := r.next("a status")
	n, err := strconv.ParseInt(w, 0, 32)
	if err != nil {
		r.fail("%q in the place of a status", w)
	}
	return status.Status(n)
}

func (p *process) WaitAsync(h, port handle.Handle, key uint64, s handle.Signals, options uint32) error {
	return p.do(p.on("wait-async", h).number(uint64(port)).number(key).bits(uint32(s)).number(uint64(options)))
}

func (p *process) CancelAsync(h, port handle.Handle, key uint64) error {
	return p.do(p.on("port-cancel", h).number(uint64(port)).number(key))
}

func (p *process) SetDisposition(h handle.Handle, mine, peers uint32) error {
	return p.do(p.on("set-disposition", h).number(uint64(mine)).number(uint64(peers)))
}

func (p *process) GetProperty(h handle.Handle, property handle.Property) (uint64, error) {
	return p.number(p.on("get-property", h).number(uint64(property)), "the value", 64)
}

func (p *process) SetProperty(h handle.Handle, property handle.Property, value uint64) error {
	return p.do(p.on("set-property", h).number(uint64(property)).number(value))
}

func (p *process) SocketInfo(h handle.Handle) (i trace.SocketInfo, err error) {
	q := p.on("socket-info", h)
	r, err := p.k.call(q)
	if err != nil {
		return i, err
	}
	i.Options = r.word32("options")
	i.RxBufMax = r.number("rx_buf_max", 64)
	i.RxBufSize = r.number("rx_buf_size", 64)
	i.RxBufAvailable = r.number("rx_buf_available", 64)
	i.TxBufMax = r.number("tx_buf_max", 64)
	i.TxBufSize = r.number("tx_buf_size", 64)
	return i, p.k.done(q, r)
}
