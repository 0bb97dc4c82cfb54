// What a write and a read of 64 bytes cost, through the library and through a
// socketpair of the operating system. It takes the number of pairs of calls,
// and prints for each the nanoseconds a pair takes: the best of several runs,
// taken in turn, so that a busy machine disturbs both alike.

#include <magenta/syscalls.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static mx_handle_t end[2];
static int fd[2];
static char message[64], answer[64];

static void libmx(void) {
    size_t n;
    if (mx_socket_write(end[0], 0u, message, sizeof(message), &n) != MX_OK || n != sizeof(message) ||
        mx_socket_read(end[1], 0u, answer, sizeof(answer), &n) != MX_OK || n != sizeof(answer)) {
        abort();
    }
}

static void socketpairs(void) {
    if (write(fd[0], message, sizeof(message)) != sizeof(message) ||
        read(fd[1], answer, sizeof(answer)) != sizeof(answer)) {
        abort();
    }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static double best(double least, void (*calls)(void), int rounds) {
    double before = now();
    for (int i = 0; i < rounds; i++) {
        calls();
    }
    double each = (now() - before) / rounds;
    return each < least ? each : least;
}

int main(int argc, char** argv) {
    int rounds = (argc > 1 ? atoi(argv[1]) : 1000000) / 10 + 1;
    double ours = 1e18, theirs = 1e18;
    if (mx_socket_create(MX_SOCKET_STREAM, &end[0], &end[1]) != MX_OK ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, fd) != 0) {
        return 1;
    }
    for (int i = 0; i < 10; i++) {
        ours = best(ours, libmx, rounds);
        theirs = best(theirs, socketpairs, rounds);
    }
    printf("libmx %.1f\nsocketpair %.1f\n", ours, theirs);
    return 0;
}
