#!/bin/sh
# The POSIX adapter in a virtual machine, on a kernel of Debian: standard input
# and output are its serial line.
#
#     qemu.sh                fetches the kernel and builds the file system, once
#     qemu.sh KIND           is the kernel of -exec: unix-stream, unix-dgram or pipe
#
#     mxconform run -exec 'qemu.sh pipe' -name debian-pipe
#
# It takes qemu-system-x86_64, a C compiler, and the apt-get and dpkg-deb of a
# Debian; no root. What it makes is kept in $MXWIRE_QEMU, or ~/.cache/mxwire-qemu.
set -eu

package=linux-image-cloud-amd64

for tool in qemu-system-x86_64 cc apt-get dpkg-deb; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: there is no $tool here" >&2
        exit 77
    fi
done
here=$(cd "$(dirname "$0")" && pwd)
dir=${MXWIRE_QEMU:-${XDG_CACHE_HOME:-$HOME/.cache}/mxwire-qemu}
mkdir -p "$dir"

if [ ! -f "$dir/vmlinuz" ]; then
    # The package is a name for the newest kernel, which it depends on.
    image=$(apt-cache depends $package | sed -n 's/.*Depends: \(linux-image-[^ ]*\).*/\1/p' | head -n 1)
    (cd "$dir" && apt-get -q download "$image" && dpkg-deb -x "$image"_*.deb kernel) >&2
    cp "$dir"/kernel/boot/vmlinuz-* "$dir/vmlinuz"
    rm -r "$dir/kernel" "$dir/$image"_*.deb
fi

# entry PATH MODE FILE adds a file, or a directory, to a cpio archive. There need
# be no cpio here.
entry() {
    size=0
    [ -z "$3" ] || size=$(wc -c <"$3")
    printf 070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x 0 "$2" 0 0 1 0 "$size" 0 0 0 0 $((${#1} + 1)) 0
    printf '%s\0' "$1"
    head -c $(((4 - (110 + ${#1} + 1) % 4) % 4)) /dev/zero
    [ -z "$3" ] || cat "$3"
    head -c $(((4 - size % 4) % 4)) /dev/zero
}

root=$dir/initramfs
if [ ! -f "$root" ] || [ -n "$(find "$here" -name '*.[ch]' -newer "$root")" ]; then
    cc -O2 -static -o "$dir/adapter" "$here"/posix*.c "$here/mxwire.c"
    cc -O2 -static -o "$dir/init" "$here/init.c"
    {
        entry dev 0x41ed ''
        entry init 0x81ed "$dir/init"
        entry adapter 0x81ed "$dir/adapter"
        entry TRAILER!!! 0 ''
    } >"$root.partial"
    mv "$root.partial" "$root"
fi

[ $# -eq 1 ] || exit 0
exec qemu-system-x86_64 -nodefaults -display none -no-reboot -m 256 -serial stdio \
    -kernel "$dir/vmlinuz" -initrd "$root" \
    -append "console=ttyS0 quiet panic=-1 -- $1"
