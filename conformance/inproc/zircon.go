package inproc

import (
	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/mxsocket"
)

var _ conformance.ZirconProcess = process{}

func (p process) SetDisposition(h handle.Handle, mine, peers uint32) error {
	return mxsocket.SetDisposition(p.Table, h, mxsocket.Disposition(mine), mxsocket.Disposition(peers))
}

func (p process) SocketInfo(h handle.Handle) (trace.SocketInfo, error) {
	answer, err := p.Table.GetInfo(h, handle.TopicSocket)
	if err != nil {
		return trace.SocketInfo{}, err
	}
	info := answer.(mxsocket.Info)
	return trace.SocketInfo{
		Options:        info.Options,
		RxBufMax:       info.RxBufMax,
		RxBufSize:      info.RxBufSize,
		RxBufAvailable: info.RxAvailable,
		TxBufMax:       info.TxBufMax,
		TxBufSize:      info.TxBufSize,
	}, nil
}
