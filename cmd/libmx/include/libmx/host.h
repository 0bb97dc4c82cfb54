// What a program that is the host of this library should know, and the one
// call that is the library's own. The system calls themselves are in
// <magenta/syscalls.h> and <zircon/syscalls.h>, which include this file.
//
// EDITIONS
//
// The library has the rules of three kernels:
//
//   manual      the manual pages of mid-2017, to the letter
//   kernel2017  what the Magenta kernel of that time did
//   zircon      what today's Zircon does
//
// A process has one of them. It is the one that mx_set_edition named; else the
// one that the environment variable MX_EDITION names (a name that there is not
// ends the process with a message and exit status 2); else, if the first call
// that the process makes begins with zx_, zircon; else manual. Either spelling
// of a call can be used in any edition.
//
// POINTERS
//
// A pointer to memory that the process cannot access is an error of the call,
// MX_ERR_INVALID_ARGS, and not of the process. Null and unmapped pointers are
// found before the handle is looked at, with these exceptions: the data of a
// socket call is only looked at as far as it would be copied, and its *actual*
// after the effect; outputs of calls without an effect (get_info,
// get_property) when there is something to put there. A call that is to give
// out a handle does not make one if there is no place for it; only replace in
// the edition zircon consumes the old one all the same. A pointer to memory of
// the program that is none of the call's business is the program's bug, as
// with any system call.
//
// SIGNAL HANDLERS
//
// The errors above start out as a SIGSEGV or SIGBUS, which a handler of the Go
// runtime turns into a status. It is installed when the library is loaded.
//
// - A handler that the program had installed before the library was loaded
//   needs nothing: faults outside of the library are handed on to it.
// - A handler that the program installs afterwards must hand on what is not its
//   own, and must run on the alternate stack:
//
//       static struct sigaction before;
//
//       static void handler(int sig, siginfo_t* info, void* context) {
//           if (my_fault(info->si_addr)) {
//               ...
//           } else if (before.sa_flags & SA_SIGINFO) {
//               before.sa_sigaction(sig, info, context);
//           }
//       }
//
//       struct sigaction action = {0};
//       action.sa_sigaction = handler;
//       action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
//       sigaction(SIGSEGV, &action, &before);
//
//   my_fault must not claim addresses that the program hands to this library.
//   A handler that cannot hand on (without SA_SIGINFO, or SIG_DFL) or lacks
//   SA_ONSTACK is complained about on stderr when the first call is made; one
//   that could and does not, or that comes later, cannot be told from a good
//   one. With it a bad pointer runs into that handler again and again, or ends
//   the process; good pointers work as ever.
// - SIGSEGV and SIGBUS must not be blocked in a thread that makes calls.
// - Any other handler needs SA_ONSTACK too, because it may come in the middle
//   of a call. The runtime uses SIGURG for itself, in threads that make calls.
//
// THREADS
//
// Every call may be made from any number of threads at once, on the same
// handles too. A call that waits blocks the thread that makes it and no other.
// To end a wait early, close the handle in another thread: the wait returns
// MX_ERR_CANCELED. A thread needs no preparation, and nothing when it ends.
// It should have 64 KiB of stack or more.
//
// FORK
//
// A child process made by fork has none of the threads that the library needs.
// It must call exec or _exit. Until then every call that returns a status
// returns MX_ERR_BAD_STATE there, and every clock shows 0. Handles are not
// inherited. The parent is not affected. posix_spawn, system and popen are
// fine.
//
// CALLS THAT ARE NOT HERE
//
// Calls of the kernels for other objects (channels, memory, threads, timers and
// so on) are declared in <libmx/unsupported_mx.h> and <libmx/unsupported_zx.h>,
// and return MX_ERR_NOT_SUPPORTED. A program that defines LIBMX_ONLY_SUPPORTED
// does not see them.
//
// LINKING
//
// Shared (libmx.so): link with -lmx, or dlopen it; dlclose does not unload it.
// Static (libmx.a): add -lpthread; a program that is linked with -static works
// too. There must be one copy of the library in a process, and no other Go
// library of the archive kind: its names are not in the way, but two runtimes
// are in each other's.
//
// On Linux the C library must be glibc. With musl programs do not compile, or
// end with a message before main.

#ifndef LIBMX_HOST_H_
#define LIBMX_HOST_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// mx_set_edition chooses the edition: "manual", "kernel2017" or "zircon". It
// goes before the environment, and must come before the first call that needs
// a handle, or makes one.
//
// MX_ERR_INVALID_ARGS: there is no edition of that name. MX_ERR_BAD_STATE: it
// is too late.
int32_t mx_set_edition(const char* edition);

#ifdef __cplusplus
}
#endif

#endif
