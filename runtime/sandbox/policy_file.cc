// A member's value is what the option takes: a string, a number or a boolean; an array for an
// option of two values, or of several such for one that may be repeated.
#include "runtime/sandbox/policy_file.h"

#include <cstdlib>

#include "oci/json.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/default_places.h"

namespace tare::sandbox {
namespace {

using oci::Violation;
using oci::json::Array;
using oci::json::Member;
using oci::json::Object;
using oci::json::Value;

constexpr size_t kMaxPolicy = 1U << 20U;
constexpr uint64_t kVersion = 1;

// What a variable stands for. The current directory is one to work in: neither everything nor what
// is most private is opened by having been started in the wrong place.
std::string value_of(std::string_view variable) {
  const char* home = std::getenv("HOME");
  if (variable == "HOME") {
    if (home == nullptr || *home != '/') throw Error("${HOME}: HOME is not set");
    return clean_absolute(home);
  }
  if (variable != "CWD") {
    throw Error(quote(variable) + " is no variable of policies; there are ${CWD} and ${HOME}");
  }
  auto path = current_directory();
  if (!path) throw Error("${CWD}: the current directory cannot be reached");
  if (*path == "/" || (home != nullptr && clean_absolute(home) == *path)) {
    throw Error("${CWD} is " + *path + ", which no policy opens by that name; go to a directory " +
                "below it");
  }
  return *path;
}

// "$${" stands for "${" itself.
std::string expanded(std::string_view text) {
  std::string result;
  for (size_t begin = 0; (begin = text.find("${")) != std::string_view::npos;) {
    size_t end = text.find('}', begin);
    bool escaped = begin > 0 && text[begin - 1] == '$';
    if (escaped) {
      result.append(text.substr(0, begin - 1)).append("${");
      end = begin + 1;
    } else if (end == std::string_view::npos) {
      throw Error(quote(text) + " lacks a closing brace");
    } else {
      result.append(text.substr(0, begin));
      result += value_of(text.substr(begin + 2, end - begin - 2));
    }
    text.remove_prefix(end + 1);
  }
  return result.append(text);
}

class PolicyReader {
 public:
  PolicyReader(std::string name, std::string folder)
      : name_(std::move(name)), folder_(std::move(folder)) {}

  std::vector<Setting> read(std::string_view text) {
    auto document = oci::json::parse(text, violations_, oci::json::Comments::Allowed);
    return document ? read(*document) : finish();
  }

  std::vector<Setting> read(Value& document) {
    read_document(document);
    return finish();
  }

 private:
  std::vector<Setting> finish() {
    if (!violations_.empty()) throw Error(oci::describe(name_, violations_));
    return std::move(settings_);
  }

  void read_document(Value& document) {
    auto* members = document.get<Object>();
    if (members == nullptr) return wrong("", "an object is wanted");
    bool has_version = false;
    for (Member& member : *members) {
      std::string pointer = "/" + member.name;
      if (member.name == "version") {
        const uint64_t* version = member.value.get<uint64_t>();
        has_version = true;
        if (version == nullptr || *version != kVersion) wrong(pointer, "is not 1");
      } else if (member.name == "files") {
        read_files(member.value, pointer);
      } else {
        read_member(member, pointer);
      }
    }
    if (!has_version) wrong("/version", "is missing");
  }

  void read_files(Value& value, const std::string& pointer) {
    auto* entries = value.get<Array>();
    if (entries == nullptr) return wrong(pointer, "an array is wanted");
    for (size_t i = 0; i < entries->size(); ++i) {
      std::string place = pointer + "/" + std::to_string(i);
      auto* object = (*entries)[i].get<Object>();
      if (object == nullptr || object->size() != 1) {
        wrong(place, "an object with one member is wanted");
      } else if (values_of(object->front().name) >= 0 && !is_place(object->front().name)) {
        wrong(place + "/" + object->front().name, "is no place of the view");
      } else {
        read_member(object->front(), place + "/" + object->front().name);
      }
    }
  }

  void read_member(Member& member, const std::string& pointer) {
    int wanted = values_of(member.name);
    if (wanted < 0) return wrong(pointer, "there is no such setting");
    auto* values = member.value.get<Array>();
    if (values == nullptr) return add(member.name, {&member.value}, wanted, pointer);
    bool repeated = wanted < 2 || values->empty() || (*values)[0].get<Array>() != nullptr;
    if (!repeated) {
      std::vector<Value*> pair;
      for (Value& value : *values) pair.push_back(&value);
      return add(member.name, pair, wanted, pointer);
    }
    for (size_t i = 0; i < values->size(); ++i) {
      std::string place = pointer + "/" + std::to_string(i);
      std::vector<Value*> several;
      if (auto* inner = (*values)[i].get<Array>()) {
        for (Value& value : *inner) several.push_back(&value);
      } else {
        several.push_back(&(*values)[i]);
      }
      add(member.name, several, wanted, place);
    }
  }

  void add(const std::string& name, const std::vector<Value*>& values, int wanted,
           const std::string& pointer) {
    Setting setting{name, {}, name_ + ": " + pointer, folder_};
    if (wanted == 0) {
      const bool* on = values.size() == 1 ? values[0]->get<bool>() : nullptr;
      if (on == nullptr) return wrong(pointer, "true or false is wanted");
      setting.values = {*on ? "true" : "false"};
      settings_.push_back(std::move(setting));
      return;
    }
    if (values.size() != static_cast<size_t>(wanted)) {
      return wrong(pointer, wanted == 1   ? "one value is wanted"
                            : wanted == 2 ? "two values are wanted"
                                          : "three values are wanted");
    }
    for (Value* value : values) {
      auto text = text_of(*value);
      if (!text) return wrong(pointer, "a string or a number is wanted");
      try {
        setting.values.push_back(expanded(*text));
      } catch (const Error& error) {
        return violations_.push_back({pointer, error.text()});
      }
    }
    settings_.push_back(std::move(setting));
  }

  static std::optional<std::string> text_of(const Value& value) {
    if (const auto* text = value.get<std::string>()) return *text;
    if (const auto* number = value.get<uint64_t>()) return std::to_string(*number);
    if (const auto* other = value.get<oci::json::OtherNumber>()) return other->text;
    return std::nullopt;
  }

  void wrong(const std::string& pointer, const char* what) {
    violations_.push_back({pointer, what});
  }

  std::string name_, folder_;
  std::vector<Violation> violations_;
  std::vector<Setting> settings_;
};

}  // namespace

std::vector<Setting> read_policy(std::string_view text, const std::string& name,
                                 const std::string& folder) {
  return PolicyReader(name, folder).read(text);
}

std::vector<Setting> read_policy(oci::json::Value& document, const std::string& name,
                                 const std::string& folder) {
  return PolicyReader(name, folder).read(document);
}

std::vector<Setting> read_policy_file(const std::string& path) {
  std::string folder = parent_path(clean_absolute(
      path.starts_with('/') ? path : absolute_from(current_directory().value_or("/"), path)));
  return read_policy(sys::read_file_at(AT_FDCWD, path, kMaxPolicy), path, folder);
}

}  // namespace tare::sandbox
