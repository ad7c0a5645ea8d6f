// Lists of the plan as the kernel's execve(2) wants them.
#pragma once

#include <linux/mman.h>

#include "runtime/act/context.h"
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"

namespace tare::act {

// A NULL-terminated array of pointers to the texts of `list` and to `last` unless that is nullptr,
// in memory of its own.
inline char** pointers(Context& context, Ref list, char* last) {
  size_t count = 2;
  for (const char* at = nullptr; (at = list_next(context, list, at)) != nullptr;) ++count;
  long memory = must(context,
                     call(__NR_mmap, 0, count * sizeof(char*), PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                     "mmap");
  auto** array = reinterpret_cast<char**>(memory);
  size_t i = 0;
  for (const char* at = nullptr; (at = list_next(context, list, at)) != nullptr;) {
    array[i++] = const_cast<char*>(at);
  }
  if (last != nullptr) array[i++] = last;
  array[i] = nullptr;
  return array;
}

}  // namespace tare::act
