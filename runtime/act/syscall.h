// Raw system calls for the acting side: no libc, no errno. Every function returns what the kernel
// returns, a value or a negative errno. The one file that knows an architecture.
#pragma once

#include <asm/unistd.h>

namespace tare::act {

#if defined(__x86_64__)

[[gnu::always_inline]] inline long syscall6(long number, long a, long b, long c, long d, long e,
                                            long f) {
  long result;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

[[gnu::always_inline]] inline long syscall6(long number, long a, long b, long c, long d, long e,
                                            long f) {
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
}

#else
#error "tare-init knows x86_64 and aarch64"
#endif

template <typename T>
[[gnu::always_inline]] inline long syscall_argument(T value) {
  return (long)value;  // the one cast that takes integers and pointers alike
}

// Always inline: a child that borrows our memory returns from the call first, and must not return
// over the frame that we still need.
template <typename... Arguments>
[[gnu::always_inline]] inline long call(long number, Arguments... arguments) {
  long a[6] = {syscall_argument(arguments)...};
  return syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

inline bool is_error(long result) {
  return result < 0 && result >= -4095;
}

// Not even a filter that refuses exit_group(2) lets us go on.
[[noreturn]] inline void end_process(int status) {
  call(__NR_exit_group, status);
  __builtin_trap();
}

// A descriptor closed at the end of its block; for the ones that must not outlive an operation.
class ScopedFd {
 public:
  explicit ScopedFd(long fd) : fd_(static_cast<int>(fd)) {}
  ScopedFd(const ScopedFd&) = delete;
  ScopedFd& operator=(const ScopedFd&) = delete;
  ~ScopedFd() { reset(-1); }
  int get() const { return fd_; }
  int release() {
    int fd = fd_;
    fd_ = -1;
    return fd;
  }
  void reset(long fd) {
    if (fd_ >= 0) call(__NR_close, fd_);
    fd_ = static_cast<int>(fd);
  }

 private:
  int fd_;
};

}  // namespace tare::act
