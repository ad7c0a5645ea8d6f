// A filter that notifies: whatever it notifies of, its listener gets out first, and stays with
// nobody but the agent.
#include <gmock/gmock.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include "tests/unit/act_fixture.h"

namespace tare {
namespace {

using act::OpKind;
using act::ReportType;
using act::Step;

std::string program(std::vector<sock_filter> instructions) {
  return {reinterpret_cast<const char*>(instructions.data()),
          instructions.size() * sizeof(sock_filter)};
}

// Every call waits for the agent, sendmsg(2), close(2) and exit_group(2) among them.
std::string notify_all() {
  return program({{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_USER_NOTIF}});
}

// One call is answered by `action`, the rest is allowed.
std::string answer_one(uint32_t number, uint32_t action) {
  return program({{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
                  {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, number},
                  {BPF_RET | BPF_K, 0, 0, action},
                  {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}});
}

std::vector<Step> load(const std::string& filter) {
  Step listener = step(OpKind::SeccompListener);
  listener.data = filter;
  listener.number = SECCOMP_FILTER_FLAG_NEW_LISTENER;
  return {step(OpKind::NoNewPrivileges), step(OpKind::ListenerHelper), listener};
}

enum class Agent { LetsAllGoOn, Leaves };

struct Watched {
  std::vector<ReportType> reports;
  int notifications = 0;
  int status = 0;
};

// Lets the call that waits go on. False when none waits any more.
bool answer(const Fd& listener) {
  seccomp_notif request{};
  if (::ioctl(listener.get(), SECCOMP_IOCTL_NOTIF_RECV, &request) != 0) return false;
  seccomp_notif_resp response{};
  response.id = request.id;
  response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  return ::ioctl(listener.get(), SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

// Acts, is the agent, and reads what comes until the end of the channel.
Watched watch(const Acting& acting, Agent agent) {
  Actor actor = start_actor(acting);
  Watched watched;
  Fd listener;
  for (;;) {
    pollfd entries[2] = {{actor.channel.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}};
    ::poll(entries, 2, -1);
    if ((entries[1].revents & POLLIN) != 0) watched.notifications += answer(listener);
    if ((entries[1].revents & POLLHUP) != 0) listener.reset();
    if (entries[0].revents == 0) continue;
    act::Report report;
    int fd = -1;
    if (act::receive_report(actor.channel.get(), report, &fd) != sizeof report) break;
    watched.reports.push_back(report.type);
    Fd received(fd);
    if (agent == Agent::LetsAllGoOn && received) listener = std::move(received);
  }
  ::waitpid(actor.pid, &watched.status, 0);
  return watched;
}

// Shows: notify-1
TEST(ActSeccomp, TheListenerComesOutWhateverIsNotified) {
  Watched watched = watch(
      {.steps = load(notify_all()), .after = [](act::Context& context) { tell(context, ""); }},
      Agent::LetsAllGoOn);
  EXPECT_THAT(watched.reports, testing::ElementsAre(ReportType::Listener, ReportType::Executing));
  EXPECT_GE(watched.notifications, 2) << "wait4 and sendmsg";
  EXPECT_EQ(watched.status, 0);
}

// Were the listener still open in the process or its helper, the calls would wait until the alarm.
TEST(ActSeccomp, NobodyButTheAgentHoldsTheListener) {
  for (uint32_t number : {SYS_wait4, SYS_close, SYS_getppid}) {
    Watched watched = watch({.steps = load(answer_one(number, SECCOMP_RET_USER_NOTIF)),
                             .after =
                                 [&](act::Context& context) {
                                   bool unknown =
                                       ::syscall(number, -1, 0, 0, 0) < 0 && errno == ENOSYS;
                                   tell(context, "");
                                   if (!unknown) ::_exit(1);
                                 }},
                            Agent::Leaves);
    EXPECT_THAT(watched.reports, testing::ElementsAre(ReportType::Listener, ReportType::Executing));
    EXPECT_EQ(watched.status, 0) << number;
  }
#if !defined(__SANITIZE_ADDRESS__)  // its own handler of the trap makes calls until they work
  Watched watched = watch({.steps = load(notify_all())}, Agent::Leaves);
  EXPECT_NE(watched.status, 0);
  EXPECT_FALSE(WIFSIGNALED(watched.status) && WTERMSIG(watched.status) == SIGALRM);
#endif
}

TEST(ActSeccomp, AFilterThatRefusesToWaitKeepsNothingBack) {
  Watched watched = watch({.steps = load(answer_one(SYS_wait4, SECCOMP_RET_ERRNO | EPERM)),
                           .after = [](act::Context& context) { tell(context, ""); }},
                          Agent::LetsAllGoOn);
  EXPECT_THAT(watched.reports,
              testing::UnorderedElementsAre(ReportType::Listener, ReportType::Executing));
  EXPECT_EQ(watched.status, 0);
}

TEST(ActSeccomp, AFilterThatIsNotTakenSaysSo) {
  EXPECT_EQ(act_out({.steps = load("")}).said(), "seccomp listener: EINVAL");
  std::vector<Step> twice = load(answer_one(SYS_mkdirat, SECCOMP_RET_USER_NOTIF));
  std::vector<Step> once = twice;
  twice.insert(twice.end(), once.begin(), once.end());
  EXPECT_EQ(act_out({.steps = twice}).said(), "seccomp listener: EBUSY");
}

TEST(ActSeccomp, AListenerThatNobodyWouldSendIsRefused) {
  std::vector<Step> steps = load(answer_one(SYS_mkdirat, SECCOMP_RET_USER_NOTIF));
  steps.erase(steps.end() - 2);
  EXPECT_EQ(act_out({.steps = steps}).said(), "seccomp helper: EINVAL");
}

// A filter is no way for a failed operation to go on.
TEST(ActSeccomp, AProcessEndsEvenWhenItMayNot) {
  std::vector<Step> steps = load(answer_one(SYS_exit_group, SECCOMP_RET_ERRNO | EPERM));
  steps.push_back(steps.back());
  Acted acted =
      act_out({.steps = steps, .after = [](act::Context& context) { tell(context, ""); }});
  ASSERT_NE(acted.failure(), nullptr);
  EXPECT_TRUE(WIFSIGNALED(acted.status));
  EXPECT_EQ(acted.reports.back().type, ReportType::Failed);
}

}  // namespace
}  // namespace tare
