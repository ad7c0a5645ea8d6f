// Runs operations as tare-init does, in a process of their own, and hears what it says.
#pragma once

#include <gtest/gtest.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "runtime/act/context.h"
#include "runtime/act/step.h"
#include "runtime/base/fd.h"
#include "runtime/base/sys.h"

namespace tare {

inline std::string text_of(const act::Report& report) {
  return {report.text, std::min<size_t>(report.text_length, act::kReportText)};
}

struct Acted {
  int status = 0;  // wait status
  std::vector<act::Report> reports;
  Fd fd;  // came with the last report that had one

  const act::Report* failure() const {
    for (const act::Report& report : reports) {
      if (report.type == act::ReportType::Failed) return &report;
    }
    return nullptr;
  }
  // "" when every operation succeeded, else "call text: ERRNO".
  std::string said() const {
    if (const act::Report* failed = failure()) {
      std::string call = failed->call;
      std::string text = text_of(*failed);
      const char* name = ::strerrorname_np(failed->error);
      return call + (text.empty() ? "" : " " + text) + ": " + (name != nullptr ? name : "?");
    }
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
    return status == 0 ? "" : "exit status " + std::to_string(WEXITSTATUS(status));
  }
};

struct Acting {
  std::vector<act::Step> steps;
  std::vector<int> slots;
  int root = -1;
  // In the acting process, before and after the operations.
  std::function<void()> before;
  std::function<void(act::Context&)> after;
};

// Lets `after` tell the test something.
inline void tell(act::Context& context, std::string_view text) {
  act::Report report;
  report.type = act::ReportType::Executing;
  report.text_length = static_cast<uint32_t>(text.copy(report.text, act::kReportText));
  act::send_report(context, report, -1);
}

[[noreturn]] inline void become_actor(const Acting& acting, int channel) {
  ::alarm(20);
  ::umask(0);
  std::vector<std::byte> block = act::encode(acting.steps, acting.slots);
  static act::Context context;
  context.channel = channel;
  if (!act::open_plan(context, block.data(), block.size())) ::_exit(99);
  context.root = acting.root;
  if (acting.before) acting.before();
  act::run_plan(context);
  if (acting.after) acting.after(context);
  ::_exit(0);
}

struct Actor {
  pid_t pid;
  Fd channel;
};

inline Actor start_actor(const Acting& acting) {
  Fd ours, theirs;
  sys::socketpair_seqpacket(ours, theirs);
  pid_t pid = ::fork();
  if (pid == 0) {
    ours.reset();
    become_actor(acting, theirs.get());
  }
  return {pid, std::move(ours)};
}

inline Acted act_out(const Acting& acting) {
  Actor actor = start_actor(acting);
  Acted acted;
  act::Report report;
  int fd = -1;
  while (act::receive_report(actor.channel.get(), report, &fd) == sizeof report) {
    acted.reports.push_back(report);
    if (fd >= 0) acted.fd = Fd(fd);
  }
  ::waitpid(actor.pid, &acted.status, 0);
  return acted;
}

inline act::Step step(act::OpKind kind, std::string text = "", int slot = -1) {
  act::Step made;
  made.kind = kind;
  made.text = std::move(text);
  made.fd = slot;
  return made;
}

}  // namespace tare
