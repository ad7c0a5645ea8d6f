// A cgroup that is a map of texts: its files take what a kernel's would, and refuse what they are
// told to.
#pragma once

#include <cerrno>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cgroups/update_plan.h"
#include "runtime/base/strings.h"

namespace tare::cgroups {

class FakeCgroup {
 public:
  explicit FakeCgroup(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  ReadControl reader() const {
    return [this](const std::string& file) -> std::optional<std::string> {
      auto found = files_.find(file);
      if (found == files_.end()) return std::nullopt;
      return found->second + "\n";
    };
  }

  // `error` for every write of `value` to `file`, and for any to it when `value` is empty.
  void refuse(const std::string& file, int error, const std::string& value = "") {
    refusals_.push_back({file, value, error});
  }

  int write(const FileWrite& write) {
    for (const Refusal& refusal : refusals_) {
      if (refusal.file != write.file) continue;
      if (refusal.value.empty() || refusal.value == write.value) return refusal.error;
    }
    if (!files_.contains(write.file)) return ENOENT;
    if (write.file.starts_with("cpu.") && !is_schedulable(write)) return EINVAL;
    written.push_back(write.file + " " + write.value);
    if (write.file == "io.max" || write.file == "io.weight") {
      write_line(files_[write.file], write.value);
    } else {
      files_[write.file] = trim(write.value);
    }
    if (write.file == "cpu.idle") files_["cpu.weight"] = write.value == "1" ? "0" : "100";
    return 0;
  }

  // The message of what fails; empty when nothing does. Undoes as update() would.
  std::string update(const oci::Resources& wanted) {
    try {
      UpdatePlan plan = plan_update(wanted, reader());
      warnings = plan.warnings;
      Changes changes(plan, [this](const FileWrite& one) { return write(one); });
      if (auto failure = changes.write()) return write_error(*failure, "c").what();
      changes.keep();
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }

  const std::map<std::string, std::string>& files() const { return files_; }
  const std::string& operator[](const std::string& file) const { return files_.at(file); }

  std::vector<std::string> written;
  std::vector<std::string> warnings;

 private:
  struct Refusal {
    std::string file, value;
    int error;
  };

  // What the scheduler refuses: a weight for an idle group, a burst above the quota.
  bool is_schedulable(const FileWrite& write) const {
    auto text = [this](const char* file) {
      auto found = files_.find(file);
      return found == files_.end() ? std::string() : found->second;
    };
    if (write.file == "cpu.weight") return text("cpu.idle") != "1" && write.value != "0";
    std::string max = write.file == "cpu.max" ? write.value : text("cpu.max");
    std::string burst = write.file == "cpu.max.burst" ? write.value : text("cpu.max.burst");
    auto quota = parse_number<uint64_t>(max.substr(0, max.find(' ')));
    return !quota || parse_number<uint64_t>(burst).value_or(0) <= *quota;
  }

  // A line a key; one that limits nothing is not shown.
  static void write_line(std::string& text, std::string value) {
    if (value.find(' ') == std::string::npos) value = "default " + value;
    std::string key = value.substr(0, value.find(' '));
    std::vector<std::string> lines;
    bool found = false;
    for (std::string_view line : split(text, '\n')) {
      bool is_it = line.substr(0, line.find(' ')) == key;
      found = found || is_it;
      if (!line.empty()) lines.emplace_back(is_it ? std::string_view(value) : line);
    }
    if (!found) lines.push_back(value);
    std::erase_if(lines, [](const std::string& line) {
      return line.ends_with(" default") || line.ends_with("rbps=max wbps=max riops=max wiops=max");
    });
    text = join(lines, "\n");
  }

  std::map<std::string, std::string> files_;
  std::vector<Refusal> refusals_;
};

}  // namespace tare::cgroups
