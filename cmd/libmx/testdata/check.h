// What the test programs check with. Each program ends with return report().

#ifndef CHECK_H_
#define CHECK_H_

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

__attribute__((unused)) static void check_equal(const char* file, int line, const char* what, const char* note,
                                                long long got, long long want) {
    if (got != want) {
        fprintf(stderr, "%s:%d: %s: %s: got %lld, want %lld\n", file, line, what, note, got, want);
        failures++;
    }
}

// EQ checks a value, EQ_NOTE says more about the circumstances. TRUE checks a
// condition.
#define EQ(got, want) check_equal(__FILE__, __LINE__, #got, "", (long long)(got), (long long)(want))
#define EQ_NOTE(note, got, want) \
    check_equal(__FILE__, __LINE__, #got, note, (long long)(got), (long long)(want))
#define TRUE(condition) check_equal(__FILE__, __LINE__, #condition, "", !!(condition), 1)

// The editions, by MX_EDITION.
enum { MANUAL, KERNEL2017, ZIRCON };

__attribute__((unused)) static int edition(void) {
    const char* name = getenv("MX_EDITION");
    if (name == NULL || strcmp(name, "manual") == 0) {
        return MANUAL;
    }
    return strcmp(name, "zircon") == 0 ? ZIRCON : KERNEL2017;
}

// BY_EDITION is one of three values.
#define BY_EDITION(manual, kernel2017, zircon) \
    (edition() == MANUAL ? (manual) : edition() == KERNEL2017 ? (kernel2017) : (zircon))

__attribute__((unused)) static int report(void) {
    if (failures > 0) {
        fprintf(stderr, "%d checks failed\n", failures);
        return 1;
    }
    return 0;
}

#endif
