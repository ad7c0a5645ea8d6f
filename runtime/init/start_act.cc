// What a libc would bring: the entry point and the memory functions that compilers call by name.
#include <cstddef>

#include "runtime/act/syscall.h"

namespace tare::act {
int init_main(int argc, char** argv);
}

extern "C" {

void* memcpy(void* to, const void* from, size_t size) {
  auto* target = static_cast<unsigned char*>(to);
  auto* source = static_cast<const unsigned char*>(from);
  for (size_t i = 0; i < size; ++i) target[i] = source[i];
  return to;
}

void* memset(void* to, int value, size_t size) {
  auto* target = static_cast<unsigned char*>(to);
  for (size_t i = 0; i < size; ++i) target[i] = static_cast<unsigned char>(value);
  return to;
}

void* memmove(void* to, const void* from, size_t size) {
  auto* target = static_cast<unsigned char*>(to);
  auto* source = static_cast<const unsigned char*>(from);
  if (target < source) return memcpy(to, from, size);
  while (size > 0) {
    --size;
    target[size] = source[size];
  }
  return to;
}

[[noreturn]] void start_from_stack(long* stack) {
  int argc = static_cast<int>(stack[0]);
  int status = tare::act::init_main(argc, reinterpret_cast<char**>(stack + 1));
  tare::act::call(__NR_exit_group, status);
  __builtin_unreachable();
}

// The kernel starts us with argc at the top of the stack (x86-64 and AAPCS64 process start).
#if defined(__x86_64__)
asm(".globl _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call "
    "start_from_stack\n");
#elif defined(__aarch64__)
asm(".globl _start\n_start:\n  mov x29, #0\n  mov x0, sp\n  b start_from_stack\n");
#endif
}
