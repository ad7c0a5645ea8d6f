// What a check has to say.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tare::check {

enum class Severity {
  Error,    // creating the container, or any, would fail
  Warning,  // it would work, but not as somebody may expect
  Slow,     // it would work, slower than it could
};

struct Finding {
  std::string name;  // of the requirement, for programs: "mount-source"
  Severity severity{};
  std::string pointer;  // JSON pointer of the member; empty: not about one
  std::string what;     // a sentence without a full stop
  std::string remedy;   // what to do about it, never empty
};

// Collects findings, each under the name of the requirement that is being checked.
class Findings {
 public:
  void begin(std::string_view name) { name_ = name; }
  void error(std::string pointer, std::string what, std::string remedy) {
    add(Severity::Error, {std::move(pointer), std::move(what), std::move(remedy)});
  }
  void warning(std::string pointer, std::string what, std::string remedy) {
    add(Severity::Warning, {std::move(pointer), std::move(what), std::move(remedy)});
  }
  void slow(std::string what, std::string remedy) {
    add(Severity::Slow, {"", std::move(what), std::move(remedy)});
  }

  bool has_error() const {
    for (const Finding& finding : all_) {
      if (finding.severity == Severity::Error) return true;
    }
    return false;
  }
  const std::vector<Finding>& all() const { return all_; }

 private:
  struct Words {
    std::string pointer, what, remedy;
  };
  void add(Severity severity, Words words) {
    all_.push_back({name_, severity, std::move(words.pointer), std::move(words.what),
                    std::move(words.remedy)});
  }

  std::string name_;
  std::vector<Finding> all_;
};

}  // namespace tare::check
