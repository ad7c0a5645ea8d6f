#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/base/error.h"
#include "runtime/container/host_program.h"
#include "runtime/container/processes.h"

namespace tare {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr const char* kTable =
    "UID          PID    PPID  C STIME TTY          TIME CMD\n"
    "root           1       0  0 10:00 ?        00:00:01 /sbin/init\n"
    "root          12       1  0 10:00 ?        00:00:00 sleep 1\n"
    "root         112      12  0 10:00 ?        00:00:00 sh -c PID 12\n";

TEST(Processes, OfATableAreThoseOfTheColumnPID) {
  EXPECT_EQ(select_processes(kTable, {12, 40}),
            "UID          PID    PPID  C STIME TTY          TIME CMD\n"
            "root          12       1  0 10:00 ?        00:00:00 sleep 1\n");
  EXPECT_EQ(select_processes("  PPID PID\n 1 7\n\t7\t8\n", {1, 7}), "  PPID PID\n 1 7\n");
  EXPECT_EQ(select_processes("CMD PID", {1}), "CMD PID\n");
}

TEST(Processes, ALineWithoutANumberIsLeftOut) {
  EXPECT_EQ(select_processes("CMD PID\nsh 5 5\nsh x 5\nsh\n\nsh 5\nsh 5x\n", {5}),
            "CMD PID\nsh 5 5\nsh 5\n");
}

TEST(Processes, ATableWithoutNumbersIsAnError) {
  for (const char* table : {"", "\n1\n", "PPID CMD\n1 sh\n", "pid\n1\n"}) {
    EXPECT_THAT([&] { select_processes(table, {1}); },
                ThrowsMessage<Error>("couldn't find PID field in ps output"));
  }
}

TEST(HostProgram, SaysWhatItPrinted) {
  EXPECT_EQ(output_of({"echo", "$HOME", "a b"}), "$HOME a b\n");
  EXPECT_EQ(output_of({"sh", "-c", "cat; echo no >&2"}), "");
  EXPECT_EQ(output_of({"sh", "-c", "yes | head -c 300000"}).size(), 300000U);
}

TEST(HostProgram, ThatFailsIsAnErrorWithItsWords) {
  EXPECT_THAT(
      [] {
        output_of({"sh", "-c", "echo out; echo 'no\033[m' >&2; exit 3"});
      },
      ThrowsMessage<Error>("sh: exit status 3: \"no\\x1b[m\""));
  EXPECT_THAT(
      [] {
        output_of({"sh", "-c", "kill -9 $$"});
      },
      ThrowsMessage<Error>("sh: killed by signal 9"));
  EXPECT_THAT([] { output_of({"no-such-program"}); },
              ThrowsMessage<Error>(HasSubstr("executable file not found in $PATH")));
}

}  // namespace
}  // namespace tare
