// The programs are taken in by the assembler from what compile_filters.cc writes.
#include "runtime/sandbox/built_in_filters.h"

#include <linux/seccomp.h>

extern const std::byte tare_default_filter_begin[], tare_default_filter_end[];
extern const std::byte tare_strict_filter_begin[], tare_strict_filter_end[];

namespace tare::sandbox {

process::SeccompFilter built_in_filter(Strictness strictness) {
  process::SeccompFilter filter;
  filter.flags = SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  if (strictness == Strictness::Strict) {
    filter.program.assign(tare_strict_filter_begin, tare_strict_filter_end);
  } else {
    filter.program.assign(tare_default_filter_begin, tare_default_filter_end);
  }
  return filter;
}

}  // namespace tare::sandbox
