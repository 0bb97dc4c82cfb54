// The first process of a machine that has nothing but an adapter (qemu.sh): it
// makes the first serial port the standard streams of the adapter, raw, and
// becomes the adapter. Its arguments are those after "--" on the command line of
// the kernel.

#include <fcntl.h>
#include <stdio.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <termios.h>
#include <unistd.h>

int main(int argc, char** argv) {
    (void)argc;
    if (mount("dev", "/dev", "devtmpfs", 0, NULL) != 0) {
        perror("/dev");
        return 1;
    }
    int line = open("/dev/ttyS0", O_RDWR | O_NOCTTY);
    struct termios t;
    if (line < 0 || tcgetattr(line, &t) != 0) {
        perror("/dev/ttyS0");
        return 1;
    }
    cfmakeraw(&t);
    t.c_cflag |= CLOCAL;
    if (tcsetattr(line, TCSANOW, &t) != 0) {
        perror("/dev/ttyS0");
        return 1;
    }
    klogctl(6, NULL, 0); // the kernel prints nothing between answers but a panic
    for (int fd = 0; fd < 3; fd++) {
        dup2(line, fd);
    }
    execv("/adapter", argv);
    perror("/adapter");
    return 1;
}
