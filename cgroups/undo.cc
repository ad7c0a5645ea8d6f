// Most control files are one value: what was read is written back. Some have a line for each device
// or resource, and a write changes one line, so only the lines of the keys written to are put back;
// a device that is not listed had no limit, and each file has its own words for that. A file of
// several lines that we do not know gets each line back.
//
// cpu.idle and cpu.weight are two views of one number of the scheduler (sched_group_set_idle): a
// weight cannot be written while a group is idle, and one that ceases to be has the default weight.
#include "cgroups/undo.h"

#include <algorithm>
#include <iterator>

#include "runtime/base/strings.h"

namespace tare::cgroups {
namespace {

struct KeyedFile {
  std::string_view file;
  std::string_view unlisted;  // what a key has that has no line
};

constexpr KeyedFile kKeyedFiles[] = {
    {"io.max", "rbps=max wbps=max riops=max wiops=max"},
    {"io.weight", "default"},
    {"io.bfq.weight", "default"},
    {"io.latency", "target=max"},
    {"rdma.max", "hca_handle=max hca_object=max"},
    {"misc.max", "max"},
    {"dmem.max", "max"},
};

// "8:0" of "8:0 rbps=max". A weight without a device is that of "default".
std::string_view key_of(std::string_view line) {
  line = trim(line);
  size_t blank = line.find(' ');
  return blank == std::string_view::npos ? "default" : line.substr(0, blank);
}

std::vector<std::string> undo_keys(const KeyedFile& keyed, const std::vector<FileWrite>& writes,
                                   std::string_view text) {
  std::vector<std::string> values;
  for (const FileWrite& write : writes) {
    if (write.file != keyed.file) continue;
    std::string_view key = key_of(write.value);
    std::string value = std::string(key) + " " + std::string(keyed.unlisted);
    for (std::string_view line : split(text, '\n')) {
      if (!trim(line).empty() && key_of(line) == key) value = std::string(trim(line));
    }
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  return values;
}

std::vector<std::string> undo_lines(std::string_view text) {
  std::vector<std::string> values;
  for (std::string_view line : split(text, '\n')) {
    if (!trim(line).empty()) values.emplace_back(trim(line));
  }
  // The kernel takes an empty line, but not an empty write, for an empty list.
  if (values.empty()) values.emplace_back("\n");
  return values;
}

// What is read from them is a measurement, what is written asks for another (psi.rst).
bool is_measurement(std::string_view file) {
  return file.ends_with(".pressure") && file != "cgroup.pressure";
}

}  // namespace

std::vector<FileWrite> undo_of(const std::string& file, const std::vector<FileWrite>& writes,
                               const ReadControl& read) {
  bool is_weight = file == "cpu.weight" || file == "cpu.weight.nice";
  if (is_weight && is_idle(read)) return undo_of("cpu.idle", writes, read);
  auto text = read(is_weight ? "cpu.weight" : file);
  if (!text || is_measurement(file)) return {};
  auto is_it = [&](const KeyedFile& keyed) { return keyed.file == file; };
  auto keyed = std::find_if(std::begin(kKeyedFiles), std::end(kKeyedFiles), is_it);
  std::vector<FileWrite> undo;
  for (std::string& value :
       keyed == std::end(kKeyedFiles) ? undo_lines(*text) : undo_keys(*keyed, writes, *text)) {
    undo.push_back({.file = is_weight ? "cpu.weight" : file, .value = value, .pointer = ""});
  }
  if (file == "cpu.idle" && !is_idle(read)) {
    for (FileWrite& write : undo_of("cpu.weight", writes, read)) undo.push_back(std::move(write));
  }
  return undo;
}

}  // namespace tare::cgroups
