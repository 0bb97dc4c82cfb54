// Names of statuses.

#ifndef LIBMX_MAGENTA_STATUS_H_
#define LIBMX_MAGENTA_STATUS_H_

#include <magenta/types.h>

__BEGIN_CDECLS

// mx_status_get_string returns the name of a status, such as
// "MX_ERR_SHOULD_WAIT", or "(UNKNOWN)".
const char* mx_status_get_string(mx_status_t status);

__END_CDECLS

#endif
