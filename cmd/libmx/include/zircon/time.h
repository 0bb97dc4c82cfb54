// Times and durations, in nanoseconds, and arithmetic on them that stops at the
// ends of time instead of wrapping around. In C++ the functions can be used in
// constant expressions.

#ifndef LIBMX_ZIRCON_TIME_H_
#define LIBMX_ZIRCON_TIME_H_

#include <stdint.h>
#include <time.h>

#include <zircon/compiler.h>

__BEGIN_CDECLS

// Instants, durations and ticks of any clock, and of one clock.
typedef int64_t zx_time_t;
typedef int64_t zx_duration_t;
typedef int64_t zx_ticks_t;
typedef int64_t zx_instant_mono_t;
typedef int64_t zx_instant_mono_ticks_t;
typedef int64_t zx_duration_mono_t;
typedef int64_t zx_duration_mono_ticks_t;
typedef int64_t zx_instant_boot_t;
typedef int64_t zx_instant_boot_ticks_t;
typedef int64_t zx_duration_boot_t;
typedef int64_t zx_duration_boot_ticks_t;

// A clock's number.
typedef uint32_t zx_clock_t;

#define ZX_TIME_INFINITE INT64_MAX
#define ZX_TIME_INFINITE_PAST INT64_MIN

#define ZX_NSEC(n) ((zx_duration_t)1LL * (n))
#define ZX_USEC(n) ((zx_duration_t)1000LL * (n))
#define ZX_MSEC(n) ((zx_duration_t)1000000LL * (n))
#define ZX_SEC(n) ((zx_duration_t)1000000000LL * (n))
#define ZX_MIN(n) ((zx_duration_t)60000000000LL * (n))
#define ZX_HOUR(n) ((zx_duration_t)3600000000000LL * (n))

// Each is one expression, which is all that a constant expression of C++11 may
// be, and never leaves the range of its type on the way.

static inline __CONSTEXPR zx_time_t zx_time_add_duration(zx_time_t time, zx_duration_t duration) {
    return duration > 0 && time > INT64_MAX - duration   ? ZX_TIME_INFINITE
           : duration < 0 && time < INT64_MIN - duration ? ZX_TIME_INFINITE_PAST
                                                         : time + duration;
}

static inline __CONSTEXPR zx_time_t zx_time_sub_duration(zx_time_t time, zx_duration_t duration) {
    return duration < 0 && time > INT64_MAX + duration   ? ZX_TIME_INFINITE
           : duration > 0 && time < INT64_MIN + duration ? ZX_TIME_INFINITE_PAST
                                                         : time - duration;
}

static inline __CONSTEXPR zx_duration_t zx_time_sub_time(zx_time_t time, zx_time_t earlier) {
    return zx_time_sub_duration(time, earlier);
}

static inline __CONSTEXPR zx_duration_t zx_duration_add_duration(zx_duration_t a, zx_duration_t b) {
    return zx_time_add_duration(a, b);
}

static inline __CONSTEXPR zx_duration_t zx_duration_sub_duration(zx_duration_t a, zx_duration_t b) {
    return zx_time_sub_duration(a, b);
}

// A product of numbers with one sign overflows upwards, and any other
// downwards.
static inline __CONSTEXPR zx_duration_t zx_duration_mul_int64(zx_duration_t duration, int64_t factor) {
    return duration == 0 || factor == 0 ? 0
           : (duration < 0) == (factor < 0)
               ? ((duration > 0 ? duration > INT64_MAX / factor : duration < INT64_MAX / factor)
                      ? ZX_TIME_INFINITE
                      : duration * factor)
               : ((duration > 0 ? factor < INT64_MIN / duration : duration < INT64_MIN / factor)
                      ? ZX_TIME_INFINITE_PAST
                      : duration * factor);
}

static inline __CONSTEXPR zx_ticks_t zx_ticks_add_ticks(zx_ticks_t a, zx_ticks_t b) {
    return zx_time_add_duration(a, b);
}

static inline __CONSTEXPR zx_ticks_t zx_ticks_sub_ticks(zx_ticks_t a, zx_ticks_t b) {
    return zx_time_sub_duration(a, b);
}

static inline __CONSTEXPR zx_ticks_t zx_ticks_mul_int64(zx_ticks_t ticks, int64_t factor) {
    return zx_duration_mul_int64(ticks, factor);
}

static inline __CONSTEXPR int64_t zx_nsec_from_duration(zx_duration_t duration) { return duration; }

static inline __CONSTEXPR zx_duration_t zx_duration_from_nsec(int64_t n) { return n; }
static inline __CONSTEXPR zx_duration_t zx_duration_from_usec(int64_t n) {
    return zx_duration_mul_int64(n, ZX_USEC(1));
}
static inline __CONSTEXPR zx_duration_t zx_duration_from_msec(int64_t n) {
    return zx_duration_mul_int64(n, ZX_MSEC(1));
}
static inline __CONSTEXPR zx_duration_t zx_duration_from_sec(int64_t n) {
    return zx_duration_mul_int64(n, ZX_SEC(1));
}
static inline __CONSTEXPR zx_duration_t zx_duration_from_min(int64_t n) {
    return zx_duration_mul_int64(n, ZX_MIN(1));
}
static inline __CONSTEXPR zx_duration_t zx_duration_from_hour(int64_t n) {
    return zx_duration_mul_int64(n, ZX_HOUR(1));
}

// C without POSIX (-std=c99) has no struct timespec. In C++ it is always there.
#if defined(__cplusplus) || (defined(_POSIX_C_SOURCE) && (_POSIX_C_SOURCE - 0) >= 199309L) || \
    __STDC_VERSION__ >= 201112L

#ifdef __cplusplus
#define LIBMX_TIMESPEC timespec
#else
#define LIBMX_TIMESPEC (struct timespec)
#endif

static inline __CONSTEXPR zx_duration_t zx_duration_from_timespec(struct timespec ts) {
    return zx_duration_add_duration(zx_duration_from_sec(ts.tv_sec), zx_duration_from_nsec(ts.tv_nsec));
}

static inline __CONSTEXPR struct timespec zx_timespec_from_duration(zx_duration_t duration) {
    return LIBMX_TIMESPEC{(time_t)(duration / 1000000000), (long)(duration % 1000000000)};
}

static inline __CONSTEXPR zx_time_t zx_time_from_timespec(struct timespec ts) {
    return zx_duration_from_timespec(ts);
}

static inline __CONSTEXPR struct timespec zx_timespec_from_time(zx_time_t time) {
    return zx_timespec_from_duration(time);
}

#undef LIBMX_TIMESPEC
#endif

__END_CDECLS

#endif
