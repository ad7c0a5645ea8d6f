// Every key is always there, null where there is nothing to tell.
#include "runtime/sandbox/result_json.h"

#include <array>
#include <cstdio>
#include <cstring>

#include "oci/json.h"
#include "runtime/sandbox/policy_text.h"

namespace tare::sandbox {
namespace {

using oci::json::Array;
using oci::json::list;
using oci::json::Object;
using oci::json::Value;

template <typename T>
Value maybe(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

// Milliseconds with three digits behind the point.
Value decimal(double number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.3f", number);
  return Value(oci::json::OtherNumber{text.data()});
}

Value signal_name(const std::optional<int>& signal) {
  if (!signal) return Value();
  const char* name = ::sigabbrev_np(*signal);
  return name != nullptr ? Value("SIG" + std::string(name)) : Value(std::to_string(*signal));
}

Value times(const Measured& measured) {
  return Value(Object{{"setup", decimal(measured.setup_ms)},
                      {"wall", decimal(measured.wall_ms)},
                      {"user", decimal(measured.user_ms)},
                      {"system", decimal(measured.system_ms)}});
}

Value memory(const Measured& measured) {
  return Value(Object{{"peak", maybe(measured.memory_peak)},
                      {"swap_peak", maybe(measured.swap_peak)},
                      {"oom_kills", maybe(measured.oom_kills)},
                      {"source", Value(measured.source)}});
}

Value output(const Result& result) {
  return Value(Object{{"stdout_bytes", maybe(result.stdout_bytes)},
                      {"stderr_bytes", maybe(result.stderr_bytes)},
                      {"truncated", Value(result.truncated)}});
}

Value error(const Result& result) {
  if (result.error.empty()) return Value();
  const char* name = ::strerrorname_np(result.error_number);
  return Value(
      Object{{"message", Value(result.error)},
             {"errno", result.error_number != 0 && name != nullptr ? Value(name) : Value()},
             {"hint", result.hint.empty() ? Value() : Value(result.hint)}});
}

}  // namespace

std::string result_json(const Result& result, const Policy& policy) {
  return oci::json::write(Value(Object{
      {"schema", Value("tare.sandbox.result/1")},
      {"outcome", Value(outcome_name(result.outcome))},
      {"exit_code", maybe(result.exit_code)},
      {"signal", signal_name(result.signal)},
      {"limits_hit", list(result.limits_hit)},
      {"time_ms", times(result.measured)},
      {"memory", memory(result.measured)},
      {"pids_peak", maybe(result.measured.pids_peak)},
      {"output", output(result)},
      {"policy_sha256", Value(policy_digest(policy))},
      {"error", error(result)},
  }));
}

}  // namespace tare::sandbox
