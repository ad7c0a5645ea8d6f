// The folders that images and logs are in, and what we ourselves keep and read there.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/error.h"
#include "runtime/base/fd.h"
#include "runtime/checkpoint/criu_message.h"
#include "runtime/checkpoint/settings.h"

namespace tare {

class ImageFolders {
 public:
  // Opens them; makes the work folder (0700), and that of the images where `make_images` says so.
  enum class Images { Make, Open };
  ImageFolders(const CriuSettings& settings, Images images, std::string log_name);

  // Tells criu of them. A log of an earlier time is removed first: criu would follow a link, and
  // images may come from anywhere.
  void put_into(CriuOptions& options) const;

  // That of the images and, where it is another, the work folder.
  const std::vector<std::string>& paths() const { return paths_; }

  const Fd& images() const { return images_; }

  // `error` with the log's path and the errors in it.
  Error explained(const Error& error) const;

 private:
  const Fd& work() const { return work_ ? work_ : images_; }

  std::vector<std::string> paths_;
  Fd images_;
  Fd work_;  // invalid: the images'
  std::string log_name_;
  std::string log_path_;
};

// The last lines of criu's log that tell an error, oldest first.
std::vector<std::string> error_lines(std::string_view log);

// descriptors.json: what the standard streams of the container were connected to, in criu's words
// ("pipe:[1234]").
void write_descriptors(const Fd& images, const std::vector<std::string>& descriptors);
// Throws when it is not there or something else than up to three texts.
std::vector<std::string> read_descriptors(const Fd& images);

}  // namespace tare
