// The exact texts: engines decode them.
#include "oci/state.h"

#include <gtest/gtest.h>

namespace tare::oci {
namespace {

State running() {
  return {.id = "c1",
          .status = Status::Running,
          .pid = 42,
          .bundle = "/b",
          .rootfs = "/b/rootfs",
          .created = "2026-01-02T03:04:05.000000006Z",
          .owner = "root",
          .annotations = {{"a", "1"}, {"b", ""}}};
}

// Shows: state-1, state-9, state-12, anno-5
TEST(State, ForTheCommandLine) {
  EXPECT_EQ(state_json(running()), R"({
  "ociVersion": "1.3.0",
  "id": "c1",
  "pid": 42,
  "status": "running",
  "bundle": "/b",
  "rootfs": "/b/rootfs",
  "created": "2026-01-02T03:04:05.000000006Z",
  "annotations": {
    "a": "1",
    "b": ""
  },
  "owner": "root"
})");
}

// Shows: state-7
TEST(State, HasNoPidWhenStopped) {
  State state = running();
  state.status = Status::Stopped;
  state.annotations.clear();
  EXPECT_EQ(states_json({state}),
            R"([{"ociVersion":"1.3.0","id":"c1","pid":0,"status":"stopped","bundle":"/b",)"
            R"("rootfs":"/b/rootfs","created":"2026-01-02T03:04:05.000000006Z","owner":"root"}])");
}

TEST(State, AnEmptyListIsNull) {
  EXPECT_EQ(states_json({}), "null");
}

// Shows: hooks-6, state-10
TEST(State, ForHooksHoldsTheSpecificationsMembersAlone) {
  State state = running();
  EXPECT_EQ(hook_state_json(state),
            R"({"ociVersion":"1.3.0","id":"c1","status":"running","pid":42,"bundle":"/b",)"
            R"("annotations":{"a":"1","b":""}})");
  state.pid = 0;
  state.status = Status::Stopped;
  state.annotations.clear();
  EXPECT_EQ(hook_state_json(state),
            R"({"ociVersion":"1.3.0","id":"c1","status":"stopped","bundle":"/b"})");
}

// Shows: notify-7, notify-9, notify-13
TEST(State, ForSeccompAgentsNamesTheDescriptorAndTheProcess) {
  ContainerProcessState process{.pid = 43, .metadata = "m\"", .state = running()};
  EXPECT_EQ(container_process_state_json(process),
            R"({"ociVersion":"1.3.0","fds":["seccompFd"],"pid":43,"metadata":"m\"","state":)" +
                hook_state_json(running()) + "}");
  process.metadata.clear();
  EXPECT_EQ(container_process_state_json(process).find("metadata"), std::string::npos);
}

TEST(State, StatusNames) {
  EXPECT_STREQ(status_name(Status::Creating), "creating");
  EXPECT_STREQ(status_name(Status::Created), "created");
  EXPECT_STREQ(status_name(Status::Running), "running");
  EXPECT_STREQ(status_name(Status::Paused), "paused");
  EXPECT_STREQ(status_name(Status::Stopped), "stopped");
}

TEST(State, TextOfOthersCannotBreakTheDocument) {
  State state{.id = "c", .bundle = "/a\"\n\xff", .annotations = {{"\x1b", "\x01"}}};
  EXPECT_EQ(hook_state_json(state),
            "{\"ociVersion\":\"1.3.0\",\"id\":\"c\",\"status\":\"creating\",\"bundle\":\"/"
            "a\\\"\\n\xef\xbf\xbd\","
            "\"annotations\":{\"\\u001b\":\"\\u0001\"}}");
}

}  // namespace
}  // namespace tare::oci
