// Images are written by root and may be carried about: whatever lies in such a folder when we come
// is foreign. Nothing in it is followed, and what is read is bounded.
#include "runtime/checkpoint/image_folders.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "oci/json.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr const char* kDescriptors = "descriptors.json";
constexpr size_t kMaxDescriptors = 4096;
constexpr size_t kStreams = 3;
constexpr size_t kMaxLog = 64 << 20;
constexpr size_t kErrorLines = 4;
constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;

// With what is missing above it, as `mkdir -p`.
void make_folders(const std::string& path) {
  for (size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    sys::try_mkdirat(AT_FDCWD, path.substr(0, slash), kFolderMode);
    if (slash == std::string::npos) return;
  }
}

Fd open_folder(const std::string& path) {
  return sys::openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
}

}  // namespace

ImageFolders::ImageFolders(const CriuSettings& settings, Images images, std::string log_name)
    : log_name_(std::move(log_name)) {
  if (images == Images::Make) make_folders(settings.image_path);
  images_ = open_folder(settings.image_path);
  paths_.push_back(settings.image_path);
  if (!settings.work_path.empty()) {
    make_folders(settings.work_path);
    work_ = open_folder(settings.work_path);
    paths_.push_back(settings.work_path);
  }
  log_path_ = absolute_from(work_ ? settings.work_path : settings.image_path, log_name_);
}

void ImageFolders::put_into(CriuOptions& options) const {
  sys::try_unlinkat(work().get(), log_name_);
  options.images_dir_fd = images_.get();
  if (work_) options.work_dir_fd = work_.get();
  options.log_file = log_name_;
}

Error ImageFolders::explained(const Error& error) const {
  std::string text = error.text() + " (log: " + log_path_ + ")";
  auto log = sys::try_openat(work().get(), log_name_, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (log && S_ISREG(sys::fstat(*log, log_path_).st_mode)) {
    for (const std::string& line : error_lines(sys::read_all(*log, kMaxLog, log_path_))) {
      text += ": " + escape(line);
    }
  }
  return Error(text);
}

std::vector<std::string> error_lines(std::string_view log) {
  std::vector<std::string> found;
  for (std::string_view line : split(log, '\n')) {
    size_t word = line.find("Error");
    if (word == std::string_view::npos) continue;
    if (found.size() == kErrorLines) found.erase(found.begin());
    found.emplace_back(trim(line.substr(word)));
  }
  return found;
}

void write_descriptors(const Fd& images, const std::vector<std::string>& descriptors) {
  oci::json::Array array;
  for (const std::string& descriptor : descriptors) array.emplace_back(descriptor);
  sys::replace_file_at(images.get(), kDescriptors, oci::json::write(oci::json::Value(array)),
                       kFileMode);
}

std::vector<std::string> read_descriptors(const Fd& images) {
  Fd file = sys::openat(images.get(), kDescriptors, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!S_ISREG(sys::fstat(file, kDescriptors).st_mode)) {
    throw Error(std::string(kDescriptors) + " is not a regular file");
  }
  std::vector<oci::Violation> violations;
  auto document = oci::json::parse(sys::read_all(file, kMaxDescriptors, kDescriptors), violations);
  if (!violations.empty()) throw Error(oci::describe(kDescriptors, violations));
  const auto* array = document ? document->get<oci::json::Array>() : nullptr;
  bool fits = array != nullptr && array->size() <= kStreams;
  std::vector<std::string> descriptors;
  for (size_t i = 0; fits && i < array->size(); ++i) {
    const auto* text = (*array)[i].get<std::string>();
    fits = text != nullptr;
    if (fits) descriptors.push_back(*text);
  }
  if (!fits) throw Error(std::string(kDescriptors) + ": not a list of up to three texts");
  return descriptors;
}

}  // namespace tare
