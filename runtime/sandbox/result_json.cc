// Names here are read by scripts: they stay.
#include "runtime/sandbox/result_json.h"

#include <array>
#include <cstdio>
#include <cstring>

#include "oci/json.h"
#include "runtime/sandbox/policy_text.h"

namespace tare::sandbox {
namespace {

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

const char* source_name(Source source) {
  return source == Source::Cgroup ? "cgroup" : "rusage";
}

Value times(const Measured& measured) {
  return Value(Object{{"setup", decimal(measured.setup_ms)},
                      {"wall", decimal(measured.wall_ms)},
                      {"user", decimal(measured.user_ms)},
                      {"system", decimal(measured.system_ms)},
                      {"source", Value(source_name(measured.times))}});
}

Value memory(const Measured& measured) {
  return Value(Object{{"peak", maybe(measured.memory_peak)},
                      {"swap_peak", maybe(measured.swap_peak)},
                      {"oom_kills", maybe(measured.oom_kills)},
                      {"source", Value(source_name(measured.memory))}});
}

Value output(const Result& result) {
  Object object{{"stdout_bytes", maybe(result.standard_output.bytes)},
                {"stderr_bytes", maybe(result.standard_error.bytes)},
                {"truncated", Value(result.truncated)}};
  if (const auto& text = result.standard_output.text) object.push_back({"stdout", Value(*text)});
  if (const auto& text = result.standard_error.text) object.push_back({"stderr", Value(*text)});
  return Value(std::move(object));
}

// {"asked": …, "enforced_by": …}; a time says so in its name.
Value limit(const EnforcedLimit& limit) {
  Object object;
  if (const auto* number = std::get_if<uint64_t>(&limit.asked)) {
    object.push_back({"asked", Value(*number)});
  } else if (const auto* time = std::get_if<Milliseconds>(&limit.asked)) {
    object.push_back({"asked_ms", Value(time->count())});
  } else if (const auto* processors = std::get_if<double>(&limit.asked)) {
    object.push_back({"asked", decimal(*processors)});
  } else if (const auto* bounds = std::get_if<oci::Rlimit>(&limit.asked)) {
    object.push_back({"asked", Value(bounds->soft)});
    object.push_back({"asked_hard", Value(bounds->hard)});
  }
  object.push_back({"enforced_by", Value(enforcer_name(limit.by))});
  return Value(std::move(object));
}

Value limits(const Result& result) {
  Object object;
  for (const EnforcedLimit& entry : result.limits) object.push_back({entry.name, limit(entry)});
  return Value(std::move(object));
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Value error(const std::optional<Failure>& failure) {
  if (!failure) return Value();
  const char* name = failure->error != 0 ? ::strerrorname_np(failure->error) : nullptr;
  return Value(Object{{"message", Value(failure->message)},
                      {"stage", text_or_null(failure->stage)},
                      {"call", text_or_null(failure->call)},
                      {"errno", name != nullptr ? Value(name) : Value()},
                      {"hint", text_or_null(failure->hint)}});
}

}  // namespace

Object result_document(const Result& result, const Policy& policy) {
  return {{"schema", Value("tare.sandbox.result/1")},
          {"outcome", Value(outcome_name(result.outcome))},
          {"exit_code", maybe(result.exit_code)},
          {"signal", signal_name(result.signal)},
          {"limits_hit", list(result.limits_hit)},
          {"time_ms", times(result.measured)},
          {"memory", memory(result.measured)},
          {"pids_peak", maybe(result.measured.pids_peak)},
          {"output", output(result)},
          {"limits", limits(result)},
          {"policy_sha256", Value(policy_digest(policy))},
          {"error", error(result.failure)}};
}

std::string result_json(const Result& result, const Policy& policy) {
  return oci::json::write(Value(result_document(result, policy)));
}

}  // namespace tare::sandbox
