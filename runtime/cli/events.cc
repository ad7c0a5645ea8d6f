// tare events: statistics once, or at each interval with what happens in between, one JSON object a
// line, until the container has no process any more.
#include "runtime/container/events.h"

#include "runtime/base/duration.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/cli/globals.h"
#include "runtime/cli/output.h"
#include "runtime/cli/verbs.h"

namespace tare::cli {
namespace {

std::chrono::nanoseconds interval_of(const Options& options) {
  std::string text = options.text(Tag::Interval, "5s");
  auto interval = parse_duration(text);
  if (!interval) {
    throw Error("invalid value " + quote(text) + " for flag -interval: parse error")
        .with_hint("a duration such as 5s, 100ms or 1m30s");
  }
  if (interval->count() <= 0) throw Error("duration interval must be greater than 0");
  return *interval;
}

}  // namespace

int events_command(const CommandLine& line) {
  ContainerDirectory directory = find_container(line, Lock::No);
  auto interval = interval_of(line.options);
  ContainerRecord record = read_running(directory);
  if (line.options.flag(Tag::Stats)) {
    auto statistics = statistics_of(record);
    if (!statistics) throw Error("container with id " + record.id + " is not running");
    print(statistics_json(record.id, *statistics) + "\n");
    return 0;
  }
  EventStream events(std::move(record), interval);
  while (auto event = events.next()) print(*event + "\n");
  return 0;
}

}  // namespace tare::cli
