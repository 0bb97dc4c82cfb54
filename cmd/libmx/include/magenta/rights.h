// Rights: what may be done through a handle. <magenta/types.h> includes this.

#ifndef LIBMX_MAGENTA_RIGHTS_H_
#define LIBMX_MAGENTA_RIGHTS_H_

#include <stdint.h>

typedef uint32_t mx_rights_t;

#define MX_RIGHT_NONE                   ((mx_rights_t)0u)
#define MX_RIGHT_DUPLICATE              ((mx_rights_t)1u << 0)
#define MX_RIGHT_TRANSFER               ((mx_rights_t)1u << 1)
#define MX_RIGHT_READ                   ((mx_rights_t)1u << 2)
#define MX_RIGHT_WRITE                  ((mx_rights_t)1u << 3)
#define MX_RIGHT_EXECUTE                ((mx_rights_t)1u << 4)
#define MX_RIGHT_MAP                    ((mx_rights_t)1u << 5)
#define MX_RIGHT_GET_PROPERTY           ((mx_rights_t)1u << 6)
#define MX_RIGHT_SET_PROPERTY           ((mx_rights_t)1u << 7)
#define MX_RIGHT_ENUMERATE              ((mx_rights_t)1u << 8)
#define MX_RIGHT_DESTROY                ((mx_rights_t)1u << 9)
#define MX_RIGHT_SET_POLICY             ((mx_rights_t)1u << 10)
#define MX_RIGHT_GET_POLICY             ((mx_rights_t)1u << 11)
#define MX_RIGHT_SIGNAL                 ((mx_rights_t)1u << 12)
#define MX_RIGHT_SIGNAL_PEER            ((mx_rights_t)1u << 13)

// Asked for alone, in duplicate and replace: the rights that the handle has.
#define MX_RIGHT_SAME_RIGHTS            ((mx_rights_t)1u << 31)

// What the handles of a new object have.
#define MX_DEFAULT_SOCKET_RIGHTS \
    (MX_RIGHT_DUPLICATE | MX_RIGHT_TRANSFER | MX_RIGHT_READ | MX_RIGHT_WRITE)
#define MX_DEFAULT_EVENT_RIGHTS \
    (MX_RIGHT_DUPLICATE | MX_RIGHT_TRANSFER | MX_RIGHT_READ | MX_RIGHT_WRITE)
#define MX_DEFAULT_PORT_RIGHTS \
    (MX_RIGHT_DUPLICATE | MX_RIGHT_TRANSFER | MX_RIGHT_READ | MX_RIGHT_WRITE)
// The port of the second version had a name of its own for some time.
#define MX_DEFAULT_IO_PORT_RIGHTS MX_DEFAULT_PORT_RIGHTS

#endif
