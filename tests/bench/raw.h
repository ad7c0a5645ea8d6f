// System calls and a start without a C library, for the programs inside the benchmark's container.
#pragma once

#include <asm/unistd.h>

namespace bench {

inline long raw(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  long result;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long x8 asm("x8") = number;
  register long x0 asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  register long x3 asm("x3") = d;
  register long x4 asm("x4") = e;
  register long x5 asm("x5") = f;
  asm volatile("svc 0"
               : "+r"(x0)
               : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
               : "memory");
  return x0;
#endif
}

template <typename T>
long as_long(T value) {
  return (long)value;  // pointers and integers of any width alike
}

// Minus errno on failure.
template <typename... Arguments>
long sys(long number, Arguments... arguments) {
  static_assert(sizeof...(arguments) <= 6);
  long a[6] = {as_long(arguments)...};
  return raw(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

}  // namespace bench

// `stack` is what the kernel left there: argc, argv …, null, environment …
extern "C" [[noreturn]] void start(long* stack);

#if defined(__x86_64__)
asm(".globl _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call start\n");
#elif defined(__aarch64__)
asm(".globl _start\n_start:\n  mov x0, sp\n  bl start\n");
#endif
