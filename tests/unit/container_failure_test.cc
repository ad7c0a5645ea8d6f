#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include "runtime/act/plan.h"
#include "runtime/container/failure.h"

namespace tare {
namespace {

act::Report failed(int32_t error, const std::string& call, const std::string& text) {
  act::Report report;
  report.type = act::ReportType::Failed;
  report.error = error;
  std::memcpy(report.call, call.data(), std::min(call.size(), sizeof report.call));
  report.text_length = static_cast<uint32_t>(text.size());
  std::memcpy(report.text, text.data(), std::min(text.size(), sizeof report.text));
  return report;
}

TEST(Failure, IsOneSentence) {
  Error error = failure_error(failed(ENOENT, "execve", "/bin/x"), "run");
  EXPECT_STREQ(error.what(), "run: execve /bin/x: no such file or directory");
  EXPECT_EQ(error.error(), ENOENT);
  EXPECT_STREQ(failure_error(failed(EPERM, "setuid", ""), "run").what(),
               "run: setuid: operation not permitted");
  EXPECT_STREQ(failure_error(failed(EPERM, "", "/x"), "run").what(),
               "run: /x: operation not permitted");
  EXPECT_STREQ(failure_error(failed(0, "resolve", "/x"), "run").what(), "run: resolve /x");
}

TEST(Failure, TellsAHooksStatusAndOutput) {
  act::Report report = failed(0, "", "boom\n");
  report.value = 3;
  EXPECT_FALSE(is_hook_failure(report));
  report.op_kind = static_cast<uint32_t>(act::OpKind::Hook);
  EXPECT_TRUE(is_hook_failure(report));
  EXPECT_STREQ(failure_error(report, "hook").what(), "hook: exit status 3, output: boom");
  report.value = -9;
  report.text_length = 0;
  EXPECT_STREQ(failure_error(report, "hook").what(), "hook: killed by signal 9 (killed)");
  // One that timed out or could not be executed has an errno instead.
  report.error = ETIMEDOUT;
  EXPECT_TRUE(is_hook_failure(report));
  EXPECT_STREQ(failure_error(report, "hook").what(), "hook: hook ran past specified timeout");
}

TEST(Failure, SurvivesHostileReports) {
  act::Report report = failed(0, std::string(24, 'c'), std::string(1024, 't'));
  report.text_length = UINT32_MAX;
  report.error = INT32_MAX;
  EXPECT_EQ(std::string(failure_error(report, "run").what()),
            "run: " + std::string(24, 'c') + " " + std::string(1024, 't'));
  report.error = INT32_MIN;
  report.value = INT32_MIN;
  EXPECT_EQ(failure_error(report, "run").error(), 0);
  report.error = 0;
  EXPECT_NE(std::string(failure_error(report, "run").what()).find("killed by signal 0"),
            std::string::npos);
  EXPECT_STREQ(failure_error(failed(EPERM, "a\x1b", "\n\x1b[31m"), "run").what(),
               "run: \"a\\x1b\" \"\\x1b[31m\": operation not permitted");
}

}  // namespace
}  // namespace tare
