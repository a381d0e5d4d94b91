// The smallest useful guest of Xen: the header of an arm64 Image, and a program that writes one line to the UART that
// Xen emulates, `HELLO from tiny`, with the address of its device tree and its own, and then sleeps for ever.
        .text
        .globl  _start
_start: b       main
        .word   0
        .quad   0                       // offset from the start of RAM
        .quad   end - _start            // size in memory
        .quad   0xa                     // little-endian, 4 KiB pages, anywhere
        .quad   0, 0, 0
        .ascii  "ARMd"
        .word   0
uart:   .quad   0x22000000              // vpl011's place in a domain that is not mapped directly

main:   mov     x20, x0
        ldr     x21, uart
        adr     x0, greeting
        bl      write
        mov     x0, x20
        bl      number
        adr     x0, place
        bl      write
        adr     x0, _start
        bl      number
        adr     x0, newline
        bl      write
sleep:  wfi
        b       sleep

// Writes the text at x0.
write:  ldrb    w1, [x0], #1
        cbz     w1, done
full:   ldr     w2, [x21, #0x18]        // flags: bit 5 says that there is no room
        tbnz    w2, #5, full
        str     w1, [x21]
        b       write
done:   ret

// Writes x0 with sixteen digits.
number: mov     w3, #64
digit:  sub     w3, w3, #4
        lsr     x1, x0, x3
        and     w1, w1, #15
        add     w4, w1, #'0'
        add     w5, w1, #('a' - 10)
        cmp     w1, #10
        csel    w1, w4, w5, lo
wait:   ldr     w2, [x21, #0x18]
        tbnz    w2, #5, wait
        str     w1, [x21]
        cbnz    w3, digit
        ret

greeting: .asciz "HELLO from tiny, tree at "
place:  .asciz  ", program at "
newline: .asciz "\n"
        .balign 8
end:
