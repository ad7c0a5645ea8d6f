// What is no member of a request is one of a policy, whose reader gets it.
#include "runtime/sandbox/batch_request.h"

#include "runtime/sandbox/policy_file.h"
#include "runtime/sandbox/settings.h"

namespace tare::sandbox {
namespace {

using oci::Violation;
using oci::json::Array;
using oci::json::Member;
using oci::json::Object;
using oci::json::Value;

std::vector<std::string> read_arguments(Value& value) {
  std::vector<std::string> arguments;
  auto* items = value.get<Array>();
  if (items == nullptr) throw Error("/args: an array is wanted");
  for (Value& item : *items) {
    auto* text = item.get<std::string>();
    if (text == nullptr) throw Error("/args: strings are wanted");
    arguments.push_back(std::move(*text));
  }
  return arguments;
}

void read_members(Value& document, BatchRequest& request, const std::string& folder) {
  auto* members = document.get<Object>();
  if (members == nullptr) throw Error("an object is wanted");
  Object settings{{"version", Value(1U)}};
  Value* arguments = nullptr;
  for (Member& member : *members) {
    if (member.name == "id") {
      request.id = std::move(member.value);
    } else if (member.name == "args") {
      arguments = &member.value;
    } else if (member.name != "version") {
      settings.push_back(std::move(member));
    }
  }
  if (arguments != nullptr) request.policy.args = read_arguments(*arguments);
  if (request.policy.args.empty()) throw Error("/args: is missing");
  request.common = settings.size() == 1;
  if (request.common) return;
  Value policy(std::move(settings));
  for (const Setting& setting : read_policy(policy, "request", folder)) {
    apply(setting, request.policy);
  }
}

}  // namespace

BatchRequest read_request(std::string_view line, size_t number, const Policy& base,
                          const std::string& folder) {
  BatchRequest request{Value(number), base, std::nullopt};
  Scope scope("request");
  try {
    std::vector<Violation> violations;
    auto document = oci::json::parse(line, violations);
    if (!document || !violations.empty()) throw Error(oci::describe("line", violations));
    read_members(*document, request, folder);
  } catch (const Error& error) {
    request.error = error;
  }
  return request;
}

}  // namespace tare::sandbox
