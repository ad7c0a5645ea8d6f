// System calls of four ABIs, and what a program answers for them.
#pragma once

#include <linux/audit.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include "tests/unit/bpf_interpreter.h"

namespace tare::test {

inline constexpr uint32_t kX32Bit = 0x40000000;
inline constexpr uint32_t kEperm = SECCOMP_RET_ERRNO | EPERM;
inline constexpr uint32_t kEnosys = SECCOMP_RET_ERRNO | ENOSYS;

enum Abi { kX86_64, kX86, kX32, kAarch64, kAbis };
inline constexpr const char* kAbiNames[] = {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32",
                                            "SCMP_ARCH_AARCH64"};
inline constexpr uint32_t kAuditArch[] = {AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, AUDIT_ARCH_X86_64,
                                          AUDIT_ARCH_AARCH64};

#if defined(__x86_64__)
inline constexpr Abi kNative = kX86_64;
#elif defined(__aarch64__)
inline constexpr Abi kNative = kAarch64;
#endif

struct Call {
  const char* name;
  uint32_t numbers[kAbis];
};

// From the kernel's system call tables, not from the library under test.
inline constexpr Call kCalls[] = {
    {"getpid", {39, 20, kX32Bit | 39, 172}},        {"mprotect", {10, 125, kX32Bit | 10, 226}},
    {"ioctl", {16, 54, kX32Bit | 514, 29}},         {"clone", {56, 120, kX32Bit | 56, 220}},
    {"uname", {63, 122, kX32Bit | 63, 160}},        {"ptrace", {101, 26, kX32Bit | 521, 117}},
    {"personality", {135, 136, kX32Bit | 135, 92}}, {"prctl", {157, 172, kX32Bit | 157, 167}},
    {"openat", {257, 295, kX32Bit | 257, 56}},      {"kcmp", {312, 349, kX32Bit | 312, 272}},
    {"clone3", {435, 435, kX32Bit | 435, 435}},     {"faccessat2", {439, 439, kX32Bit | 439, 439}},
};

inline uint32_t answer(const std::vector<sock_filter>& program, Abi abi, uint32_t number,
                       std::vector<uint64_t> args = {}) {
  seccomp_data data{};
  data.arch = kAuditArch[abi];
  data.nr = static_cast<int>(number);
  std::copy(args.begin(), args.end(), data.args);
  return run_bpf(program, data);
}

inline const Call& call_of(std::string_view name) {
  return *std::find_if(std::begin(kCalls), std::end(kCalls),
                       [&](const Call& call) { return call.name == name; });
}

}  // namespace tare::test
