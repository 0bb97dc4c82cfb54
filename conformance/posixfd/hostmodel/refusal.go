package hostmodel

import (
	"fmt"

	"mx.example/conformance"
	"mx.example/conformance/internal/host"
	"mx.example/conformance/trace"
	"mx.example/status"
)

// Refusal returns one line that says what this machine has refused to a case,
// and how to get it, or "" if the result is no such refusal.
func Refusal(s *conformance.Situation) string {
	if s.Call.Op == trace.OpWaitMany && s.Result.Errno == eINVAL && 2*uint64(items(s.Call)) > host.DescriptorLimit() {
		return fmt.Sprintf("poll takes no more items than descriptors are allowed, which are %d: allow more with ulimit -n", host.DescriptorLimit())
	}
	return RefusalOf(s.Result.Errno)
}

// RefusalOf returns what Refusal does for an error number. No call on the
// descriptors of a case ends with one of these if the machine gives what a
// program usually has.
func RefusalOf(e status.Errno) string {
	switch e {
	case eMFILE:
		return fmt.Sprintf("no descriptor is left to this process (EMFILE), which may have %d: allow more with ulimit -n", host.DescriptorLimit())
	case eNFILE:
		return "no descriptor is left on this machine (ENFILE): raise fs.file-max, or end the programs that hold so many"
	case eNOMEM, eNOBUFS:
		return fmt.Sprintf("the kernel has no memory for buffers (%v): raise the memory limit of this session", e)
	case eNOSPC:
		return "no space is left for what the kernel keeps (ENOSPC): raise the limit that it is about"
	case ePERM, eACCES, eNOSYS:
		return fmt.Sprintf("a system call is forbidden here (%v), as in a sandbox: run outside of it, or let it allow sockets, pipes and poll", e)
	case eADDRNOTAVAIL, eNETUNREACH, eNETDOWN, eHOSTUNREACH:
		return fmt.Sprintf("127.0.0.1 cannot be reached (%v): set the loopback up, with ip link set lo up", e)
	case eAFNOSUPPORT, ePROTONOSUPPORT:
		return fmt.Sprintf("this kernel has no such sockets (%v)", e)
	}
	return ""
}

// items returns how many items a wait has.
func items(c *trace.Call) int { return len(c.Refs()) }
