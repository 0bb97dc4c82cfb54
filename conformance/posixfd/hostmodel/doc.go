// Package hostmodel models what the kernel of this host holds behind its
// sockets and pipes, and names the ways in which it differs from the contract.
//
// It makes no system call on a descriptor: it follows the calls of a case and
// their results, as somebody else made them. Beside the contract's state it
// keeps what the kernel holds for each end, and what it remembers of errors and
// shutdowns. A result that the contract does not allow must be one that the
// kernel may give in that state. It then has the name of the first thing that
// is unusual about it; a result that the model rules out has none. A wait that
// slept must have seen what one look showed, at the first look that gave its
// poll a reason to return.
package hostmodel
