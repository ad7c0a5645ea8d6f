// Not gmtime_r(3): it reads /etc/localtime, six system calls for a zone that UTC does not need.
#include "runtime/base/clock.h"

#include <time.h>

#include <chrono>
#include <cstdio>

namespace tare {
namespace {

std::string seconds_text(time_t seconds) {
  using namespace std::chrono;
  sys_seconds now{std::chrono::seconds(seconds)};
  sys_days day = floor<days>(now);
  year_month_day date{day};
  hh_mm_ss time{now - day};
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

timespec now() {
  timespec value{};
  ::clock_gettime(CLOCK_REALTIME, &value);
  return value;
}

}  // namespace

std::string now_rfc3339() {
  return seconds_text(now().tv_sec) + "Z";
}

std::string now_rfc3339_nanoseconds() {
  timespec value = now();
  char fraction[16];
  std::snprintf(fraction, sizeof fraction, ".%09ldZ", value.tv_nsec);
  return seconds_text(value.tv_sec) + fraction;
}

}  // namespace tare
