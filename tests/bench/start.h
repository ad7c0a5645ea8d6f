// A start without a C library, for the programs inside the benchmark's container.
#pragma once

// `stack` is what the kernel left there: argc, argv …, null, environment …
extern "C" [[noreturn]] void start(long* stack);

#if defined(__x86_64__)
asm(".globl _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call start\n");
#elif defined(__aarch64__)
asm(".globl _start\n_start:\n  mov x0, sp\n  bl start\n");
#endif
