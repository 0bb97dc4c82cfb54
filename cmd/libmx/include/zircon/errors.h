// The statuses that calls return: zero is success, and every failure is below.
// The numbers are those of 2017.

#ifndef LIBMX_ZIRCON_ERRORS_H_
#define LIBMX_ZIRCON_ERRORS_H_

#define ZX_OK                       (0)

#define ZX_ERR_INTERNAL             (-1)   // something went wrong inside
#define ZX_ERR_NOT_SUPPORTED        (-2)   // there is no such operation, or not for this object
#define ZX_ERR_NO_RESOURCES         (-3)
#define ZX_ERR_NO_MEMORY            (-4)   // no memory, or no room for a handle
#define ZX_ERR_CALL_FAILED          (-5)
#define ZX_ERR_INTERRUPTED_RETRY    (-6)
#define ZX_ERR_INVALID_ARGS         (-10)  // an argument is wrong, a bad pointer included
#define ZX_ERR_BAD_HANDLE           (-11)  // the value is no handle
#define ZX_ERR_WRONG_TYPE           (-12)  // the handle is of another type of object
#define ZX_ERR_BAD_SYSCALL          (-13)
#define ZX_ERR_OUT_OF_RANGE         (-14)
#define ZX_ERR_BUFFER_TOO_SMALL     (-15)
#define ZX_ERR_BAD_STATE            (-20)  // the state of the object forbids it
#define ZX_ERR_TIMED_OUT            (-21)  // the deadline passed
#define ZX_ERR_SHOULD_WAIT          (-22)  // not now: wait for a signal, then try again
#define ZX_ERR_CANCELED             (-23)  // the handle went away during a wait
#define ZX_ERR_PEER_CLOSED          (-24)  // the other end is gone
#define ZX_ERR_NOT_FOUND            (-25)
#define ZX_ERR_ALREADY_EXISTS       (-26)
#define ZX_ERR_ALREADY_BOUND        (-27)
#define ZX_ERR_UNAVAILABLE          (-28)
#define ZX_ERR_ACCESS_DENIED        (-30)  // the handle lacks a right
#define ZX_ERR_IO                   (-40)
#define ZX_ERR_IO_REFUSED           (-41)
#define ZX_ERR_IO_DATA_INTEGRITY    (-42)
#define ZX_ERR_IO_DATA_LOSS         (-43)
#define ZX_ERR_BAD_PATH             (-50)
#define ZX_ERR_NOT_DIR              (-51)
#define ZX_ERR_NOT_FILE             (-52)
#define ZX_ERR_FILE_BIG             (-53)
#define ZX_ERR_NO_SPACE             (-54)
#define ZX_ERR_STOP                 (-60)
#define ZX_ERR_NEXT                 (-61)

#endif
