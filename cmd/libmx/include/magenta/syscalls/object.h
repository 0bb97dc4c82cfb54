// What mx_object_get_info tells, and properties.

#ifndef LIBMX_MAGENTA_SYSCALLS_OBJECT_H_
#define LIBMX_MAGENTA_SYSCALLS_OBJECT_H_

#include <magenta/types.h>

__BEGIN_CDECLS

// The types of objects. Programs can come across those that this library has:
// events, sockets and ports.
enum {
    MX_OBJ_TYPE_NONE = 0,
    MX_OBJ_TYPE_EVENT = 5,
    MX_OBJ_TYPE_SOCKET = 14,
    MX_OBJ_TYPE_PORT = 20,
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
