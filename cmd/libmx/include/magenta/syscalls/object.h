// What mx_object_get_info tells, and properties.

#ifndef LIBMX_MAGENTA_SYSCALLS_OBJECT_H_
#define LIBMX_MAGENTA_SYSCALLS_OBJECT_H_

#include <magenta/types.h>

__BEGIN_CDECLS

// The types of objects. Programs can come across those that this library has:
// events, sockets, and ports of the second version (IOPORT2).
enum {
    MX_OBJ_TYPE_NONE = 0,
    MX_OBJ_TYPE_PROCESS = 1,
    MX_OBJ_TYPE_THREAD = 2,
    MX_OBJ_TYPE_VMO = 3,
    MX_OBJ_TYPE_CHANNEL = 4,
    MX_OBJ_TYPE_EVENT = 5,
    MX_OBJ_TYPE_IOPORT = 6,
    MX_OBJ_TYPE_INTERRUPT = 9,
    MX_OBJ_TYPE_IOMAP = 10,
    MX_OBJ_TYPE_PCI_DEVICE = 11,
    MX_OBJ_TYPE_LOG = 12,
    MX_OBJ_TYPE_WAIT_SET = 13,
    MX_OBJ_TYPE_SOCKET = 14,
    MX_OBJ_TYPE_RESOURCE = 15,
    MX_OBJ_TYPE_EVENT_PAIR = 16,
    MX_OBJ_TYPE_JOB = 17,
    MX_OBJ_TYPE_VMAR = 18,
    MX_OBJ_TYPE_FIFO = 19,
    MX_OBJ_TYPE_IOPORT2 = 20,
    MX_OBJ_TYPE_PORT = 20, // as it was called a month later
    MX_OBJ_TYPE_HYPERVISOR = 21,
    MX_OBJ_TYPE_GUEST = 22,
    MX_OBJ_TYPE_TIMER = 23,
};

// The topics of mx_object_get_info. HANDLE_VALID has no record.
typedef enum {
    MX_INFO_NONE = 0,
    MX_INFO_HANDLE_VALID = 1,
    MX_INFO_HANDLE_BASIC = 2, // mx_info_handle_basic_t
} mx_object_info_topic_t;

typedef enum {
    MX_OBJ_PROP_NONE = 0,
    MX_OBJ_PROP_WAITABLE = 1,
} mx_obj_props_t;

typedef struct __ALIGNED(8) mx_info_handle_basic {
    // Of the object.
    mx_koid_t koid;
    // Of the handle.
    mx_rights_t rights;
    // Of the object: one of MX_OBJ_TYPE_*.
    uint32_t type;
    // Of the peer, if the object is one of two; else 0.
    mx_koid_t related_koid;
    // MX_OBJ_PROP_WAITABLE, or 0.
    uint32_t props;
} mx_info_handle_basic_t;

__END_CDECLS

#endif
