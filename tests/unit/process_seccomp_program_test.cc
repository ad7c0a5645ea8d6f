#include <gtest/gtest.h>
#include <linux/audit.h>

#include "runtime/process/seccomp_program.h"
#include "tests/unit/bpf_interpreter.h"

namespace tare::process {
namespace {

constexpr uint32_t kFallback = SECCOMP_RET_TRACE | 1;
constexpr uint32_t kNewer = SECCOMP_RET_TRACE | 2;
constexpr uint32_t kForeign = SECCOMP_RET_TRACE | 3;
constexpr Answers kAnswers{kFallback, kNewer, kForeign};
constexpr uint32_t kX32Bit = 0x40000000;

uint32_t run(const std::vector<sock_filter>& program, uint32_t architecture, uint32_t number,
             uint64_t argument = 0) {
  seccomp_data data{};
  data.arch = architecture;
  data.nr = static_cast<int>(number);
  data.args[0] = argument;
  return test::run_bpf(program, data);
}

uint32_t answer(const std::vector<AbiRules>& abis, uint32_t architecture, uint32_t number) {
  return run(generate_program(abis, kAnswers), architecture, number);
}

AbiRules abi(uint32_t architecture, uint32_t newest) {
  return {architecture, 0, 0xfffffffe, {}, newest};
}

TEST(SeccompProgram, CutsTheNumbersAtTheNewest) {
  std::vector<AbiRules> abis{abi(7, 439)};
  abis[0].calls[5] = {{{}, SECCOMP_RET_ALLOW}};
  EXPECT_EQ(answer(abis, 7, 4), kFallback);
  EXPECT_EQ(answer(abis, 7, 5), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(abis, 7, 6), kFallback);
  EXPECT_EQ(answer(abis, 7, 439), kFallback);
  EXPECT_EQ(answer(abis, 7, 440), kNewer);
  EXPECT_EQ(answer(abis, 7, 0xfffffffe), kNewer);
  EXPECT_EQ(answer(abis, 7, 0xffffffff), kFallback);
  EXPECT_EQ(answer(abis, 8, 5), kForeign);
}

TEST(SeccompProgram, NamingNothingLeavesNothingNewer) {
  EXPECT_EQ(answer({{7, 0, 0xfffffffe, {}, {}}}, 7, 10000), kFallback);
  EXPECT_EQ(answer({abi(7, 0)}, 7, 1), kNewer);  // the first call of all is named
  EXPECT_EQ(answer({}, 7, 1), kForeign);
}

TEST(SeccompProgram, AbisMayShareAnArchitecture) {
  AbiRules low{AUDIT_ARCH_X86_64, 0, kX32Bit - 1, {}, 439};
  AbiRules high{AUDIT_ARCH_X86_64, kX32Bit, 0xfffffffe, {}, kX32Bit | 547};
  for (const auto& both : {std::vector{low, high}, std::vector{high, low}}) {
    EXPECT_EQ(answer(both, AUDIT_ARCH_X86_64, 439), kFallback);
    EXPECT_EQ(answer(both, AUDIT_ARCH_X86_64, 440), kNewer);
    EXPECT_EQ(answer(both, AUDIT_ARCH_X86_64, kX32Bit - 1), kNewer);
    EXPECT_EQ(answer(both, AUDIT_ARCH_X86_64, kX32Bit), kFallback);
    EXPECT_EQ(answer(both, AUDIT_ARCH_X86_64, kX32Bit | 547), kFallback);
    EXPECT_EQ(answer(both, AUDIT_ARCH_X86_64, kX32Bit | 548), kNewer);
  }
  EXPECT_EQ(answer({low}, AUDIT_ARCH_X86_64, kX32Bit), kForeign);
  EXPECT_EQ(answer({high}, AUDIT_ARCH_X86_64, kX32Bit - 1), kForeign);
  EXPECT_EQ(answer({low}, AUDIT_ARCH_X86_64, 0xffffffff), kFallback);
}

TEST(SeccompProgram, RunsOfOneAnswerAreOneSegment) {
  std::vector<AbiRules> abis{abi(7, 1000)};
  for (uint32_t number = 100; number < 900; ++number) {
    abis[0].calls[number] = {{{}, SECCOMP_RET_ALLOW}};
  }
  EXPECT_LT(generate_program(abis, kAnswers).size(), 16U);
  EXPECT_EQ(answer(abis, 7, 99), kFallback);
  EXPECT_EQ(answer(abis, 7, 100), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(abis, 7, 899), SECCOMP_RET_ALLOW);
  EXPECT_EQ(answer(abis, 7, 900), kFallback);
}

// Half of the instructions would be returns otherwise, and the kernel translates all of them.
TEST(SeccompProgram, EqualAnswersShareAnInstruction) {
  std::vector<AbiRules> abis{abi(7, 1000)};
  for (uint32_t number = 0; number < 400; number += 2) {
    abis[0].calls[number] = {{{}, SECCOMP_RET_ALLOW}};
  }
  EXPECT_LT(generate_program(abis, kAnswers).size(), 430U);
  for (uint32_t number = 0; number < 400; ++number) {
    EXPECT_EQ(answer(abis, 7, number), number % 2 == 0 ? SECCOMP_RET_ALLOW : kFallback);
  }
}

// What comes first is written last: the way to an answer that is there already is a jump.
TEST(SeccompProgram, ArchitecturesMayHaveOneAnswerEach) {
  std::vector<AbiRules> abis{abi(7, 0), abi(8, 0), abi(9, 1)};
  abis[0].newest = abis[1].newest = std::nullopt;
  EXPECT_EQ(answer(abis, 7, 1), kFallback);
  EXPECT_EQ(answer(abis, 8, 1), kFallback);
  EXPECT_EQ(answer(abis, 9, 1), kFallback);
  EXPECT_EQ(answer(abis, 9, 2), kNewer);
  EXPECT_EQ(answer(abis, 10, 1), kForeign);
}

// Every kind of jump over more than the 255 instructions that a conditional one reaches.
TEST(SeccompProgram, JumpsOverAnyDistance) {
  std::vector<AbiRules> abis;
  for (uint32_t architecture = 1; architecture <= 4; ++architecture) {
    abis.push_back(abi(architecture, 3000));
    for (uint32_t number = 0; number < 100; ++number) {
      abis.back().calls[number * 2] = {
          {{{0, Comparison::Eq, number, 0}}, SECCOMP_RET_ERRNO | architecture}};
    }
  }
  const auto program = generate_program(abis, kAnswers);
  ASSERT_GT(program.size(), 3000U);
  for (uint32_t architecture = 1; architecture <= 4; ++architecture) {
    for (uint32_t number = 0; number < 100; ++number) {
      ASSERT_EQ(run(program, architecture, number * 2, number), SECCOMP_RET_ERRNO | architecture);
      ASSERT_EQ(run(program, architecture, number * 2, number + 1), kFallback);
      ASSERT_EQ(run(program, architecture, number * 2 + 1, number), kFallback);
    }
    EXPECT_EQ(run(program, architecture, 3001), kNewer);
  }
  EXPECT_EQ(run(program, 5, 0), kForeign);
}

}  // namespace
}  // namespace tare::process
