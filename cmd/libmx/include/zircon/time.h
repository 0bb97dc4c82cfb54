// Arithmetic on times and durations that stops at the ends of time instead of
// wrapping around.

#ifndef LIBMX_ZIRCON_TIME_H_
#define LIBMX_ZIRCON_TIME_H_

#include <zircon/types.h>

__BEGIN_CDECLS

static inline zx_time_t zx_time_add_duration(zx_time_t time, zx_duration_t duration) {
    zx_time_t sum;
    if (unlikely(__builtin_add_overflow(time, duration, &sum))) {
        return duration < 0 ? ZX_TIME_INFINITE_PAST : ZX_TIME_INFINITE;
    }
    return sum;
}

static inline zx_time_t zx_time_sub_duration(zx_time_t time, zx_duration_t duration) {
    zx_time_t difference;
    if (unlikely(__builtin_sub_overflow(time, duration, &difference))) {
        return duration < 0 ? ZX_TIME_INFINITE : ZX_TIME_INFINITE_PAST;
    }
    return difference;
}

static inline zx_duration_t zx_time_sub_time(zx_time_t time, zx_time_t earlier) {
    return zx_time_sub_duration(time, earlier);
}

static inline zx_duration_t zx_duration_add_duration(zx_duration_t a, zx_duration_t b) {
    return zx_time_add_duration(a, b);
}

static inline zx_duration_t zx_duration_sub_duration(zx_duration_t a, zx_duration_t b) {
    return zx_time_sub_duration(a, b);
}

static inline zx_duration_t zx_duration_mul_int64(zx_duration_t duration, int64_t factor) {
    zx_duration_t product;
    if (unlikely(__builtin_mul_overflow(duration, factor, &product))) {
        return (duration < 0) == (factor < 0) ? ZX_TIME_INFINITE : ZX_TIME_INFINITE_PAST;
    }
    return product;
}

static inline int64_t zx_nsec_from_duration(zx_duration_t duration) { return duration; }

static inline zx_duration_t zx_duration_from_nsec(int64_t n) { return n; }
static inline zx_duration_t zx_duration_from_usec(int64_t n) { return zx_duration_mul_int64(n, ZX_USEC(1)); }
static inline zx_duration_t zx_duration_from_msec(int64_t n) { return zx_duration_mul_int64(n, ZX_MSEC(1)); }
static inline zx_duration_t zx_duration_from_sec(int64_t n) { return zx_duration_mul_int64(n, ZX_SEC(1)); }
static inline zx_duration_t zx_duration_from_min(int64_t n) { return zx_duration_mul_int64(n, ZX_MIN(1)); }
static inline zx_duration_t zx_duration_from_hour(int64_t n) { return zx_duration_mul_int64(n, ZX_HOUR(1)); }

__END_CDECLS

#endif
