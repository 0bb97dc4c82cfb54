// The statuses that calls return: zero is success, and every failure is below.

#ifndef LIBMX_MAGENTA_ERRORS_H_
#define LIBMX_MAGENTA_ERRORS_H_

#define MX_OK                       (0)

#define MX_ERR_INTERNAL             (-1)   // something went wrong inside
#define MX_ERR_NOT_SUPPORTED        (-2)   // there is no such operation, or not for this object
#define MX_ERR_NO_RESOURCES         (-3)
#define MX_ERR_NO_MEMORY            (-4)   // no memory, or no room for a handle
#define MX_ERR_CALL_FAILED          (-5)
#define MX_ERR_INTERRUPTED_RETRY    (-6)
#define MX_ERR_INVALID_ARGS         (-10)  // an argument is wrong, a bad pointer included
#define MX_ERR_BAD_HANDLE           (-11)  // the value is no handle
#define MX_ERR_WRONG_TYPE           (-12)  // the handle is of another type of object
#define MX_ERR_BAD_SYSCALL          (-13)
#define MX_ERR_OUT_OF_RANGE         (-14)
#define MX_ERR_BUFFER_TOO_SMALL     (-15)
#define MX_ERR_BAD_STATE            (-20)  // the state of the object forbids it
#define MX_ERR_TIMED_OUT            (-21)  // the deadline passed
#define MX_ERR_SHOULD_WAIT          (-22)  // not now: wait for a signal, then try again
#define MX_ERR_CANCELED             (-23)  // the handle went away during a wait
#define MX_ERR_PEER_CLOSED          (-24)  // the other end is gone
#define MX_ERR_NOT_FOUND            (-25)
#define MX_ERR_ALREADY_EXISTS       (-26)
#define MX_ERR_ALREADY_BOUND        (-27)
#define MX_ERR_UNAVAILABLE          (-28)
#define MX_ERR_ACCESS_DENIED        (-30)  // the handle lacks a right
#define MX_ERR_IO                   (-40)
#define MX_ERR_IO_REFUSED           (-41)
#define MX_ERR_IO_DATA_INTEGRITY    (-42)
#define MX_ERR_IO_DATA_LOSS         (-43)
#define MX_ERR_BAD_PATH             (-50)
#define MX_ERR_NOT_DIR              (-51)
#define MX_ERR_NOT_FILE             (-52)
#define MX_ERR_FILE_BIG             (-53)
#define MX_ERR_NO_SPACE             (-54)
#define MX_ERR_STOP                 (-60)
#define MX_ERR_NEXT                 (-61)

// The spellings from before the prefix came. NO_ERROR is always there; for
// those that begin with ERR_ define MX_UNPREFIXED_ERRORS.
#ifndef NO_ERROR
#define NO_ERROR MX_OK
#endif

#ifdef MX_UNPREFIXED_ERRORS
#define ERR_INTERNAL                MX_ERR_INTERNAL
#define ERR_NOT_SUPPORTED           MX_ERR_NOT_SUPPORTED
#define ERR_NO_RESOURCES            MX_ERR_NO_RESOURCES
#define ERR_NO_MEMORY               MX_ERR_NO_MEMORY
#define ERR_CALL_FAILED             MX_ERR_CALL_FAILED
#define ERR_INTERRUPTED_RETRY       MX_ERR_INTERRUPTED_RETRY
#define ERR_INVALID_ARGS            MX_ERR_INVALID_ARGS
#define ERR_BAD_HANDLE              MX_ERR_BAD_HANDLE
#define ERR_WRONG_TYPE              MX_ERR_WRONG_TYPE
#define ERR_BAD_SYSCALL             MX_ERR_BAD_SYSCALL
#define ERR_OUT_OF_RANGE            MX_ERR_OUT_OF_RANGE
#define ERR_BUFFER_TOO_SMALL        MX_ERR_BUFFER_TOO_SMALL
#define ERR_BAD_STATE               MX_ERR_BAD_STATE
#define ERR_TIMED_OUT               MX_ERR_TIMED_OUT
#define ERR_SHOULD_WAIT             MX_ERR_SHOULD_WAIT
#define ERR_CANCELED                MX_ERR_CANCELED
#define ERR_PEER_CLOSED             MX_ERR_PEER_CLOSED
#define ERR_NOT_FOUND               MX_ERR_NOT_FOUND
#define ERR_ALREADY_EXISTS          MX_ERR_ALREADY_EXISTS
#define ERR_ALREADY_BOUND           MX_ERR_ALREADY_BOUND
#define ERR_UNAVAILABLE             MX_ERR_UNAVAILABLE
#define ERR_ACCESS_DENIED           MX_ERR_ACCESS_DENIED
#define ERR_IO                      MX_ERR_IO
#define ERR_IO_REFUSED              MX_ERR_IO_REFUSED
#define ERR_IO_DATA_INTEGRITY       MX_ERR_IO_DATA_INTEGRITY
#define ERR_IO_DATA_LOSS            MX_ERR_IO_DATA_LOSS
#define ERR_BAD_PATH                MX_ERR_BAD_PATH
#define ERR_NOT_DIR                 MX_ERR_NOT_DIR
#define ERR_NOT_FILE                MX_ERR_NOT_FILE
#define ERR_FILE_BIG                MX_ERR_FILE_BIG
#define ERR_NO_SPACE                MX_ERR_NO_SPACE
#define ERR_STOP                    MX_ERR_STOP
#define ERR_NEXT                    MX_ERR_NEXT
#endif

#endif
