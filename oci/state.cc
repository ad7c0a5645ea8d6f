// The state document in its two forms: the specification's own for programs that are handed it, and
// with runc's additions for the command line. Engines decode the latter into fixed structures, so
// the order and the names of members are a contract (runc.md 2.1).
#include "oci/state.h"

#include "oci/features.h"
#include "oci/json.h"

namespace tare::oci {
namespace {

json::Value annotations_of(const State& state) {
  json::Object object;
  for (const auto& [name, text] : state.annotations) object.push_back({name, json::Value(text)});
  return json::Value(std::move(object));
}

json::Value plain_state(const State& state) {
  json::Object object;
  object.push_back({"ociVersion", json::Value(kSpecVersionMax)});
  object.push_back({"id", json::Value(state.id)});
  object.push_back({"status", json::Value(status_name(state.status))});
  if (state.pid != 0) object.push_back({"pid", json::Value(state.pid)});
  object.push_back({"bundle", json::Value(state.bundle)});
  if (!state.annotations.empty()) object.push_back({"annotations", annotations_of(state)});
  return json::Value(std::move(object));
}

json::Value full_state(const State& state) {
  json::Object object;
  object.push_back({"ociVersion", json::Value(kSpecVersionMax)});
  object.push_back({"id", json::Value(state.id)});
  object.push_back({"pid", json::Value(state.status == Status::Stopped ? 0 : state.pid)});
  object.push_back({"status", json::Value(status_name(state.status))});
  object.push_back({"bundle", json::Value(state.bundle)});
  if (!state.rootfs.empty()) object.push_back({"rootfs", json::Value(state.rootfs)});
  if (!state.created.empty()) object.push_back({"created", json::Value(state.created)});
  if (!state.annotations.empty()) object.push_back({"annotations", annotations_of(state)});
  object.push_back({"owner", json::Value(state.owner)});
  return json::Value(std::move(object));
}

}  // namespace

const char* status_name(Status status) {
  switch (status) {
    case Status::Creating:
      return "creating";
    case Status::Created:
      return "created";
    case Status::Running:
      return "running";
    case Status::Paused:
      return "paused";
    case Status::Stopped:
      return "stopped";
  }
  return "";
}

std::string hook_state_json(const State& state) {
  return json::write(plain_state(state));
}

std::string container_process_state_json(const ContainerProcessState& process) {
  json::Object object;
  object.push_back({"ociVersion", json::Value(kSpecVersionMax)});
  object.push_back({"fds", json::Value(json::Array{json::Value("seccompFd")})});
  object.push_back({"pid", json::Value(process.pid)});
  if (!process.metadata.empty()) object.push_back({"metadata", json::Value(process.metadata)});
  object.push_back({"state", plain_state(process.state)});
  return json::write(json::Value(std::move(object)));
}

std::string state_json(const State& state) {
  return json::write(full_state(state), {.width = 2});
}

std::string states_json(const std::vector<State>& states) {
  if (states.empty()) return "null";  // as a Go program prints an empty list
  json::Array array;
  for (const State& state : states) array.push_back(full_state(state));
  return json::write(json::Value(std::move(array)));
}

}  // namespace tare::oci
