// What engines really write must be accepted: every file of tests/bundles/engines.
#include <dirent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "oci/json.h"
#include "oci/reader.h"
#include "oci/validate.h"
#include "runtime/base/sys.h"

namespace tare::oci {
namespace {

std::string directory() {
  const char* bundles = std::getenv("BUNDLES");
  return std::string(bundles == nullptr ? "tests/bundles" : bundles) + "/engines";
}

Strings files() {
  Fd opened = sys::openat(AT_FDCWD, directory(), O_RDONLY | O_DIRECTORY);
  Strings names = sys::list_directory(opened);
  std::erase_if(names, [](const std::string& name) { return !name.ends_with(".json"); });
  std::sort(names.begin(), names.end());
  return names;
}

std::string faults(const std::string& name) {
  std::string text = sys::read_file_at(AT_FDCWD, directory() + "/" + name);
  std::vector<Violation> violations;
  if (name.ends_with("-process.json")) {
    validate(read_process(text, violations), violations);
  } else if (name.ends_with("-resources.json")) {
    validate(read_resources(text, violations), violations);
  } else {
    validate(read_config(text, violations), violations);
  }
  return describe(name, violations);
}

TEST(ConfigFiles, EngineFilesAreAccepted) {
  Strings names = files();
  EXPECT_GE(names.size(), 59u);
  for (const std::string& name : names) EXPECT_EQ(faults(name), "");
}

// Writing and reading again loses nothing that we know.
TEST(ConfigFiles, EngineFilesSurviveWriting) {
  for (const std::string& name : files()) {
    if (name.ends_with("-process.json") || name.ends_with("-resources.json")) continue;
    std::vector<Violation> violations;
    std::string text = sys::read_file_at(AT_FDCWD, directory() + "/" + name);
    std::string written = write_config(read_config(text, violations));
    EXPECT_EQ(write_config(read_config(written, violations)), written) << name;
    EXPECT_TRUE(violations.empty()) << name;
  }
}

void reverse_members(json::Value& value) {
  if (json::Array* array = value.get<json::Array>()) {
    for (json::Value& element : *array) reverse_members(element);
  } else if (json::Object* object = value.get<json::Object>()) {
    std::reverse(object->begin(), object->end());
    for (json::Member& member : *object) reverse_members(member.value);
  }
}

// Shows: gen-3
TEST(ConfigFiles, OrderOfMembersMeansNothing) {
  for (const std::string& name : files()) {
    if (name.ends_with("-process.json") || name.ends_with("-resources.json")) continue;
    std::string text = sys::read_file_at(AT_FDCWD, directory() + "/" + name);
    std::vector<Violation> violations;
    json::Value document = *json::parse(text, violations);
    reverse_members(document);
    std::string reversed = json::write(document);
    ASSERT_NE(reversed, json::write(*json::parse(text, violations))) << name;
    EXPECT_EQ(write_config(read_config(reversed, violations)),
              write_config(read_config(text, violations)))
        << name;
    EXPECT_TRUE(violations.empty()) << name;
  }
}

}  // namespace
}  // namespace tare::oci
