// compile_filters OUTPUT: a source file with the programs of the built-in profiles. Run by the
// build, with the libseccomp that tare is linked with.
#include <cstdio>
#include <exception>

#include "runtime/process/seccomp.h"
#include "runtime/sandbox/seccomp_profile.h"

namespace tare::sandbox {
namespace {

void write_filter(std::FILE* file, const char* name, Strictness strictness) {
  auto filter = process::compile_seccomp(seccomp_profile(strictness), nullptr);
  std::fprintf(file,
               "    \".balign 8\\n\"\n    \".globl tare_%s_filter_begin, tare_%s_filter_end\\n\"\n",
               name, name);
  std::fprintf(file, "    \"tare_%s_filter_begin:\\n\"\n", name);
  for (std::byte byte : filter->program)
    std::fprintf(file, "    \".byte %u\\n\"\n", unsigned(byte));
  std::fprintf(file, "    \"tare_%s_filter_end:\\n\"\n", name);
}

int write_source(const char* path) {
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) return 1;
  std::fputs("asm(\".section .rodata\\n\"\n", file);
  write_filter(file, "default", Strictness::Default);
  write_filter(file, "strict", Strictness::Strict);
  std::fputs("    \".text\\n\");\n", file);
  return std::fclose(file) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tare::sandbox

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    return tare::sandbox::write_source(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "compile_filters: %s\n", error.what());
    return 1;
  }
}
