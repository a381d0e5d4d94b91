#!/bin/sh
# Makes the disk images that the transcripts beside this file were recorded with, in the current folder.
#
#   a.img  a DOS table: FAT16, FAT32, ext4, and in an extended partition FAT12, ext2 and nothing
#   g.img  a GUID table: FAT16 and ext4
#   n.img  FAT32 without a table       m.img  ext4 without a table       z.img  nothing
#   k.img  FAT16 with menu files and a kernel that only loops
#   t.img  a DOS table with two chains of logical partitions            u.img  one with gaps

set -e
export PATH="/usr/sbin:/sbin:$PATH" LC_ALL=C.UTF-8 MTOOLS_SKIP_CHECK=1 E2FSPROGS_FAKE_TIME=1700000000

mkdir -p tree/boot/dtbs/deep/er tree/extlinux
filler() { head -c "$1" /dev/zero | tr '\0' "$2"; }
printf 'hello\n' > tree/hello.txt
: > tree/empty
filler 5000 a > "tree/Long File Name With Spaces.bin"
printf 'x=1\n' > tree/UPPER.TXT
printf 'abc' > tree/MiXeD.TxT
printf 'n' > tree/noext
printf 'q' > "tree/naïve-ünïcödé.txt"
printf 'j' > "tree/日本語.txt"
filler 300000 b > tree/boot/Image
printf 'd' > tree/boot/dtbs/deep/er/file.dtb
printf '.h' > tree/.hidden
printf 'a' > tree/a.b.c.d
printf '1' > tree/123
printf 't' > tree/trail.e
for i in 1 2 3 4 5 6 7 8 9; do printf '%s' "$i" > "tree/boot/dtbs/file-number-$i.dtb"; done
printf 'default l\nlabel l\n kernel /boot/Image\n' > tree/extlinux/extlinux.conf

fat() { mkfs.vfat --invariant "$@" > fat.log 2>&1; }
ext() { mke2fs -q -F -U 11111111-2222-3333-4444-555555555555 -E "hash_seed=11111111-2222-3333-4444-555555555555,$EXT" "$@"; }

truncate -s 128M a.img
sfdisk -q a.img <<TABLE
label: dos
label-id: 0x12345678
start=2048, size=32768, type=6, bootable
start=34816, size=73728, type=c
start=108544, size=32768, type=83
start=141312, size=65536, type=5
start=143360, size=8192, type=1
start=153600, size=16384, type=83
start=172032, size=8192, type=82
TABLE
fat --offset 2048 -F 16 -n BOOTVOL a.img 16384
fat --offset 34816 -F 32 -n Big32 -s 1 a.img 36864
fat --offset 143360 -F 12 a.img 4096
for start in 2048 34816 143360; do
    image=a.img@@$((start * 512))
    mcopy -i $image tree/hello.txt tree/empty "tree/Long File Name With Spaces.bin" tree/UPPER.TXT tree/MiXeD.TxT \
        tree/noext tree/naïve-ünïcödé.txt tree/日本語.txt ::/
    mmd -i $image ::/boot ::/boot/dtbs ::/boot/dtbs/deep
    mcopy -i $image tree/boot/Image ::/boot/
    for i in 3 1 9 2; do mcopy -i $image tree/boot/dtbs/file-number-$i.dtb ::/boot/dtbs/; done
    mcopy -i $image tree/.hidden tree/a.b.c.d tree/123 tree/trail.e ::/
    mmd -i $image ::/extlinux
    mcopy -i $image tree/extlinux/extlinux.conf ::/extlinux/
    mdel -i $image ::/noext
    mattrib +h +s -i $image ::/hello.txt
done
EXT=offset=$((108544 * 512)) && ext -t ext4 -L rootfs a.img 16M
EXT=offset=$((153600 * 512)) && ext -t ext2 a.img 8M

truncate -s 64M g.img
sfdisk -q g.img <<TABLE
label: gpt
label-id: AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE
start=2048, size=32768, type=uefi, name="EFI System", uuid=01234567-89ab-cdef-0123-456789abcdef
start=34816, size=32768, type=linux, name="root", uuid=01234567-89ab-cdef-0123-456789abcdee, attrs=LegacyBIOSBootable
start=69632, size=8192, type=swap, name="très long näme 日本", uuid=01234567-89ab-cdef-0123-456789abcded
TABLE
fat --offset 2048 -F 16 g.img 16384
mmd -i g.img@@1M ::/extlinux
mcopy -i g.img@@1M tree/extlinux/extlinux.conf ::/extlinux/
mcopy -i g.img@@1M tree/hello.txt ::/
EXT=offset=$((34816 * 512)) && ext -t ext4 g.img 16M

truncate -s 40M n.img
fat -F 32 -s 1 n.img
mcopy -i n.img tree/hello.txt ::/
mmd -i n.img ::/boot
mcopy -i n.img tree/boot/Image ::/boot/
truncate -s 16M m.img
EXT=nodiscard && ext -t ext4 m.img
truncate -s 1M z.img

# What mke2fs -d would add comes in the order of the host's folder, so debugfs adds it name by name.
fill() {
    {
        echo 'mkdir boot'
        echo 'mkdir boot/dtbs'
        echo 'mkdir extlinux'
        echo 'write tree/hello.txt hello.txt'
        echo 'write tree/empty empty'
        echo 'write tree/boot/Image boot/Image'
        echo 'write tree/noext noext'
        echo 'write "tree/Long File Name With Spaces.bin" "Long File Name With Spaces.bin"'
        echo 'write tree/extlinux/extlinux.conf extlinux/extlinux.conf'
        echo 'write tree/日本語.txt 日本語.txt'
        echo 'symlink link hello.txt'
        echo 'symlink folder /boot/dtbs'
        echo 'write tree/boot/dtbs/file-number-3.dtb boot/dtbs/three.dtb'
        echo 'mknod fifo p'
    } | debugfs -w -f - "$1" > debugfs.log 2>&1
}
fill "a.img?offset=$((108544 * 512))"
fill "a.img?offset=$((153600 * 512))"
fill "g.img?offset=$((34816 * 512))"
fill m.img

# Tables that sfdisk would not write: entries as indicator, type, start and count.
entry() {
    printf "\\$(printf '%03o' "$1")\\0\\0\\0\\$(printf '%03o' "$2")\\0\\0\\0"
    for number in "$3" "$4"; do
        for shift in 0 8 16 24; do printf "\\$(printf '%03o' $((number >> shift & 255)))"; done
    done
}
table() { # image block, then the entries from standard input
    dd of="$1" bs=1 seek=$(($2 * 512 + 446)) conv=notrunc status=none
    printf '\125\252' | dd of="$1" bs=1 seek=$(($2 * 512 + 510)) conv=notrunc status=none
    printf '\357\276\255\336' | dd of="$1" bs=1 seek=$(($2 * 512 + 440)) conv=notrunc status=none
}
truncate -s 2M t.img u.img
{ entry 0 5 100 1000; entry 128 131 10 20; entry 0 15 2000 1000; } | table t.img 0
{ entry 0 131 1 10; entry 0 5 50 100; } | table t.img 100
{ entry 128 130 2 11; } | table t.img 150
{ entry 0 131 3 12; } | table t.img 2000
{ entry 0 0 0 0; entry 0 131 10 20; entry 0 0 0 0; entry 0 12 50 30; } | table u.img 0

# Menu files, each with the name that the transcript calls it by.
truncate -s 8M k.img
fat -F 16 -s 1 k.img
mmd -i k.img ::/menus ::/dtbs
{
    printf '\000\000\000\024\000\000\000\000\000\000\000\000\000\000\000\000'
    printf '\000\100\000\000\000\000\000\000\012\000\000\000\000\000\000\000'
    head -c 24 /dev/zero
    printf 'ARM\144'
    head -c 4096 /dev/zero
} > Image
mcopy -i k.img Image tree/hello.txt ::/
menu() {
    cat > menu.txt
    mcopy -i k.img menu.txt "::/menus/$1"
}
printf 'default l2\nlabel l2\n linux /nope\n fdt /t.dtb\n' | menu missing
printf 'default nolabel\nlabel l2\n linux /nope\n' | menu nodefault
printf 'label l2\n linux /hello.txt\n fdt /t.dtb\nlabel l3\n linux /nope2\n' | menu notimage
printf 'default l4\nlabel l4\n localboot 1\n append x=${arch}\nlabel l5\n kernel /Image\n' | menu local
printf 'default l\nlabel l\n append x\n' | menu nokernel
printf 'label l\n kernel /Image\n initrd /noinitrd\n' | menu noinitrd
printf 'timeout 20\ndefault l2\nlabel l1\n menu label One\n kernel /nope\nlabel l2\n menu default\n linux /nope2\n' | menu timeout
printf 'menu title T\ntimeout 20\nlabel l\n kernel /nope\nlabel m\n kernel /nope2\n menu default\n' | menu title
printf 'LABEL l1\n KERNEL /nope\n IPAPPEND 3\nbogus word\nLABEL l2\n LINUX nope2\n menu default\n' | menu case
printf 'include /menus/missing\nlabel l1\n kernel /nope\n' | menu include
printf 'include /menus/loop\n' | menu loop
printf 'include /menus/gone\n' | menu noinclude
printf 'label l1\n say hello world\n kernel /nope\nlabel l1\n kernel nope2\n' | menu unknown
printf 'label one two\n kernel /no pe # c\n append "a b"  c\n' | menu blanks
printf 'label l1\n kernel /nope\n initrd\n' | menu noname
printf 'label l1\n localboot\n' | menu nonumber
printf 'default a\ndefault b\nlabel a\n kernel /n1\nlabel b\n kernel /n2\nlabel c\n menu default\n kernel /n3\n' | menu defaults
printf '\n# c\n\nlabel l\r\n kernel /nope\r\n append x initrd=/ram y\r\n menu hide\n' | menu lines
printf 'label l\n kernel /Image\n fdtdir /dtbs\n' | menu fdtdir
printf "label l\\n kernel /Image\\n append a='\${board}' b=\"\${board}\" c=\\\\\${board} \$(arch) \$x\\n ipappend 3\\n" | menu boot
: | menu empty

# Damaged ones: x.img says that its sectors are large, y.img has lost its first allocation table, v.img has a file that
# begins at cluster 0 and one that begins behind all clusters.
for name in x y v; do
    truncate -s 1M $name.img
    fat -F 12 -s 1 $name.img
    mcopy -i $name.img "tree/Long File Name With Spaces.bin" tree/hello.txt tree/UPPER.TXT ::/
done
printf '\000\047' | dd of=x.img bs=1 seek=11 conv=notrunc status=none
head -c 512 /dev/zero | dd of=y.img bs=512 seek=1 conv=notrunc status=none
root=$((($(od -An -tu2 -j14 -N2 v.img) + 2 * $(od -An -tu2 -j22 -N2 v.img)) * 512))
printf '\000\000\000\020\000\000' | dd of=v.img bs=1 seek=$((root + 32 * 4 + 26)) conv=notrunc status=none
printf '\012\035\000\020\000\000' | dd of=v.img bs=1 seek=$((root + 32 * 5 + 26)) conv=notrunc status=none
