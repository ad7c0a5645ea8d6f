// What tare-init says: bounded whatever it is given, and the conversation at its sync points.
#include <gmock/gmock.h>

#include "runtime/act/text.h"
#include "tests/unit/act_fixture.h"

namespace tare::act {
namespace {

TEST(ActReport, AFailureNamesCallErrnoAndText) {
  Acted acted = act_out({.after = [](Context& context) {
    context.value = -9;
    fail(context, "mount", ENOENT, "/some/where");
  }});
  ASSERT_EQ(acted.reports.size(), 1U);
  const Report& report = acted.reports[0];
  EXPECT_EQ(report.magic, kReportMagic);
  EXPECT_EQ(report.type, ReportType::Failed);
  EXPECT_EQ(report.error, ENOENT);
  EXPECT_EQ(report.value, -9);
  EXPECT_STREQ(report.call, "mount");
  EXPECT_EQ(text_of(report), "/some/where");
  EXPECT_EQ(WEXITSTATUS(acted.status), 1);
}

TEST(ActReport, LongTextsAndCallsAreCut) {
  for (size_t size : {size_t{0}, kReportText - 1, kReportText, kReportText + 1, size_t{100000}}) {
    std::string text(size, 'x');
    Acted acted =
        act_out({.after = [&](Context& context) { fail(context, "call", 1, text.c_str()); }});
    ASSERT_EQ(acted.reports.size(), 1U) << size;
    EXPECT_EQ(acted.reports[0].text_length, std::min(size, kReportText)) << size;
    EXPECT_EQ(text_of(acted.reports[0]), text.substr(0, kReportText)) << size;
  }
  std::string call(100, 'c');
  Acted acted = act_out({.after = [&](Context& context) { fail(context, call.c_str(), 1); }});
  ASSERT_EQ(acted.reports.size(), 1U);
  EXPECT_STREQ(acted.reports[0].call, std::string(sizeof acted.reports[0].call - 1, 'c').c_str());
}

TEST(ActReport, DetailIsBoundedAndMayHoldAnything) {
  std::string detail(5000, '\0');
  for (uint32_t size : {0U, 1U, 1024U, 1025U, 5000U}) {
    Acted acted = act_out({.after = [&](Context& context) {
      context.detail = detail.data();
      context.detail_length = size;
      fail(context, "hook", 0);
    }});
    ASSERT_EQ(acted.reports.size(), 1U);
    EXPECT_EQ(text_of(acted.reports[0]), detail.substr(0, std::min<size_t>(size, kReportText)));
  }
}

TEST(ActReport, NobodyListeningEndsTheCreationButNotAStartedContainer) {
  auto unheard = [](bool started) {
    Fd ours, theirs;
    sys::socketpair_seqpacket(ours, theirs);
    ours.reset();
    return act_out({.after = [&](Context& context) {
      context.channel = theirs.get();
      context.started = started;
      Report report;
      send_report(context, report, -1);
      ::_exit(42);
    }});
  };
  EXPECT_EQ(WEXITSTATUS(unheard(false).status), 1);
  EXPECT_EQ(WEXITSTATUS(unheard(true).status), 42);
}

TEST(ActReport, ADescriptorTravelsAlong) {
  Fd ours, theirs;
  sys::socketpair_seqpacket(ours, theirs);
  Context context;
  context.channel = theirs.get();
  Report sent;
  sent.type = ReportType::Console;
  Fd memory = sys::memfd_create("sent", 0);
  sys::write_all(memory, "x", "sent");
  send_report(context, sent, memory.get());
  send_report(context, sent, -1);
  Report received;
  int fd = -1;
  ASSERT_EQ(receive_report(ours.get(), received, &fd), static_cast<long>(sizeof received));
  Fd came(fd);
  ASSERT_TRUE(came);
  EXPECT_EQ(sys::fstat(came).st_ino, sys::fstat(memory).st_ino);
  EXPECT_NE(::fcntl(came.get(), F_GETFD) & FD_CLOEXEC, 0);
  ASSERT_EQ(receive_report(ours.get(), received, &fd), static_cast<long>(sizeof received));
  EXPECT_EQ(fd, -1);
  theirs.reset();
  EXPECT_EQ(receive_report(ours.get(), received, &fd), 0);
}

// What becomes of a process at its sync point that is answered with `size` bytes of `answer`.
int answered(const Report& answer, size_t size) {
  Fd ours, theirs;
  sys::socketpair_seqpacket(ours, theirs);
  if (size == 0) {
    ::shutdown(ours.get(), SHUT_WR);
  } else {
    EXPECT_EQ(::send(ours.get(), &answer, size, 0), static_cast<ssize_t>(size));
  }
  Acted acted = act_out({.after = [&](Context& context) {
    context.channel = theirs.get();
    sync(context, static_cast<uint32_t>(SyncPoint::Ready));
    ::_exit(42);
  }});
  return WEXITSTATUS(acted.status);
}

TEST(ActReport, OnlyTheRightAnswerLetsASyncPointGoOn) {
  Report answer;
  answer.type = ReportType::Continue;
  answer.value = static_cast<int32_t>(SyncPoint::Ready);
  EXPECT_EQ(answered(answer, sizeof answer), 42);
  EXPECT_EQ(answered(answer, sizeof answer - 1), 1);
  EXPECT_EQ(answered(answer, 0), 1) << "the parent's death";
  answer.value = static_cast<int32_t>(SyncPoint::RuntimeHooks);
  EXPECT_EQ(answered(answer, sizeof answer), 1);
  answer.value = static_cast<int32_t>(SyncPoint::Ready);
  answer.type = ReportType::Sync;
  EXPECT_EQ(answered(answer, sizeof answer), 1);
}

TEST(ActText, ABufferCutsAndRemembersIt) {
  Buffer<4> buffer;
  EXPECT_STREQ(buffer.text(), "");
  buffer.add("abc");
  EXPECT_STREQ(buffer.text(), "abc");
  EXPECT_EQ(buffer.size(), 3U);
  EXPECT_FALSE(buffer.cut());
  buffer.add("").add('d').add("efg");
  EXPECT_STREQ(buffer.text(), "abc");
  EXPECT_EQ(buffer.size(), 3U);
  EXPECT_TRUE(buffer.cut());
}

TEST(ActText, NumbersInEveryBaseFit) {
  EXPECT_STREQ(Buffer<32>().add_number(0).text(), "0");
  EXPECT_STREQ(Buffer<32>().add_number(~uint64_t{0}).text(), "18446744073709551615");
  EXPECT_STREQ(Buffer<32>().add_number(01777, 8).text(), "1777");
  EXPECT_STREQ(Buffer<32>().add_number(~uint64_t{0}, 8).text(), "1777777777777777777777");
  Buffer<3> small;
  EXPECT_TRUE(small.add_number(1234).cut());
  EXPECT_STREQ(small.text(), "12");
}

TEST(ActText, ComparesWholeTexts) {
  EXPECT_TRUE(equal("", ""));
  EXPECT_TRUE(equal("ab", "ab"));
  EXPECT_FALSE(equal("ab", "a"));
  EXPECT_FALSE(equal("a", "ab"));
  EXPECT_TRUE(contains("a/b", '/'));
  EXPECT_FALSE(contains("", '/'));
  EXPECT_EQ(length("abc"), 3U);
}

}  // namespace
}  // namespace tare::act
