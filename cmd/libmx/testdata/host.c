// What a program does that has the library inside: choose an edition, handle
// signals of its own, fork. The argument names one.

#include "check.h"
#include "badmem.h"

#include <magenta/syscalls.h>

#include <dlfcn.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>

static sigjmp_buf escape;
static struct sigaction before;
static volatile sig_atomic_t mine;
static char* my_page;

static void handler(int sig, siginfo_t* info, void* context) {
    if ((char*)info->si_addr == my_page) {
        mine++;
        siglongjmp(escape, 1);
    }
    if (before.sa_flags & SA_SIGINFO) {
        before.sa_sigaction(sig, info, context);
        return;
    }
    _exit(4);
}

static void install(void) {
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigaction(SIGSEGV, &action, &before);
    make_bad_memory();
    my_page = read_only + 2 * page;
}

static void fault(void) {
    if (sigsetjmp(escape, 1) == 0) {
        *(volatile char*)my_page = 1;
    }
}

// calls makes good calls and bad ones.
static void calls(mx_status_t (*create)(uint32_t, mx_handle_t*),
                  mx_status_t (*close)(mx_handle_t)) {
    for (int i = 0; i < 20; i++) {
        mx_handle_t h = 0;
        EQ(create(0u, &h), MX_OK);
        EQ(create(0u, (mx_handle_t*)(forbidden + page)), MX_ERR_INVALID_ARGS);
        EQ(close(h), MX_OK);
        fault();
        EQ(mine, i + 1);
    }
}

#ifdef LATE
// The handler is there before the library: dlopen brings it.
int main(int argc, char** argv) {
    install();
    void* library = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL;
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 3;
    }
    mx_status_t (*create)(uint32_t, mx_handle_t*);
    mx_status_t (*close)(mx_handle_t);
    *(void**)&create = dlsym(library, "mx_event_create");
    *(void**)&close = dlsym(library, "mx_handle_close");
    calls(create, close);
    return report();
}
#else
static void deaf_handler(int sig) {
    _exit(sig);
}

// deaf makes good calls with a handler that cannot hand faults on.
static void deaf(void) {
    mx_handle_t h = 0;
    signal(SIGSEGV, deaf_handler);
    for (int i = 0; i < 3; i++) {
        EQ(mx_event_create(0u, &h), MX_OK);
        EQ(mx_handle_close(h), MX_OK);
    }
}

static void chain(void) {
    install();
    calls(mx_event_create, mx_handle_close);
}

static void forks(void) {
    mx_handle_t h = 0, d = 0;
    int status = -1;
    EQ(mx_event_create(0u, &h), MX_OK);
    pid_t child = fork();
    if (child == 0) {
        EQ(mx_event_create(0u, &d), MX_ERR_BAD_STATE);
        EQ(mx_handle_close(h), MX_ERR_BAD_STATE);
        EQ(mx_object_wait_one(h, MX_EVENT_SIGNALED, MX_TIME_INFINITE, NULL), MX_ERR_BAD_STATE);
        EQ(mx_nanosleep(MX_TIME_INFINITE), MX_ERR_BAD_STATE);
        EQ(mx_time_get(MX_CLOCK_MONOTONIC), 0);
        EQ(mx_set_edition("manual"), MX_ERR_BAD_STATE);
        _exit(failures);
    }
    waitpid(child, &status, 0);
    EQ(status, 0);
    child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", "exit 7", (char*)NULL);
        _exit(1);
    }
    waitpid(child, &status, 0);
    EQ(WEXITSTATUS(status), 7);
    EQ(WEXITSTATUS(system("exit 8")), 8);
    EQ(mx_handle_duplicate(h, MX_RIGHT_SAME_RIGHTS, &d), MX_OK);
}

static void editions(void) {
    mx_handle_t port = 0;
    TRUE(mx_time_get(MX_CLOCK_MONOTONIC) > 0); // no use of the edition
    EQ(mx_set_edition("kernel2016"), MX_ERR_INVALID_ARGS);
    EQ(mx_set_edition(""), MX_ERR_INVALID_ARGS);
    EQ(mx_set_edition("a name that is longer than that of any edition"), MX_ERR_INVALID_ARGS);
    EQ(mx_set_edition("manual"), MX_OK);
    EQ(mx_set_edition("zircon"), MX_OK);
    EQ(mx_port_create(0u, &port), MX_OK);
    EQ(mx_set_edition("manual"), MX_ERR_BAD_STATE);
    EQ(mx_handle_close(MX_HANDLE_INVALID), MX_OK);
}

// environment expects that what the program puts there itself is seen.
static void environment(void) {
    mx_handle_t port = 0;
    setenv("MX_EDITION", "zircon", 1);
    EQ(mx_port_create(0u, &port), MX_OK);
}

int main(int argc, char** argv) {
    static const struct {
        const char* name;
        void (*run)(void);
    } all[] = {{"chain", chain}, {"deaf", deaf}, {"fork", forks}, {"edition", editions}, {"environment", environment}};
    for (size_t i = 0; argc > 1 && i < countof(all); i++) {
        if (strcmp(argv[1], all[i].name) == 0) {
            all[i].run();
            return report();
        }
    }
    return 3;
}
#endif
