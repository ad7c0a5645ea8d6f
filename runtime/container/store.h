// The state directory: one folder a container, named by its id.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/fd.h"
#include "runtime/container/record.h"

namespace tare {

// Name, inside a container's folder, of the socket on which its init waits for `start`.
inline constexpr const char* kStartSocket = "start.sock";

// Throws "invalid container ID format" unless `id` is [A-Za-z0-9_+.-]+ and neither "." nor "..",
// not beginning with '.', at most 255 bytes.
void check_container_id(const std::string& id);

// One container's folder. Opened, it holds the container's lock when asked to: one transition at a
// time (an OFD lock on a file in it); readers take none.
class ContainerDirectory {
 public:
  const std::string& id() const { return id_; }
  const Fd& fd() const { return directory_; }
  // Throws "container does not exist" when there is no record yet.
  ContainerRecord read() const;
  std::optional<ContainerRecord> try_read() const;
  void write(const ContainerRecord& record);  // temporary file and rename
  // Removes the folder and everything of ours in it.
  void remove();

 private:
  friend class Store;
  std::string id_;
  Fd root_;       // the store
  Fd directory_;
  Fd lock_;
};

// A folder made for a container that is being created; removed again unless kept. Holds the lock.
class Reservation {
 public:
  Reservation(Reservation&&) = default;
  Reservation& operator=(Reservation&&) = delete;
  ~Reservation();
  ContainerDirectory& directory() { return directory_; }
  void keep() { kept_ = true; }

 private:
  friend class Store;
  explicit Reservation(ContainerDirectory directory) : directory_(std::move(directory)) {}
  ContainerDirectory directory_;
  bool kept_ = false;
};

class Store {
 public:
  // Opens the state root, making it (0700) when `create`; refuses one that others own or may write.
  // Nothing when it is not there and need not be made.
  static std::optional<Store> open(const std::string& root);
  static Store open_or_create(const std::string& root);

  // Throws "container with given ID already exists".
  Reservation reserve(const std::string& id);
  // Throws "container does not exist" when there is no such folder.
  ContainerDirectory find(const std::string& id) const;
  // The same with the container's lock held; waits for it.
  ContainerDirectory find_locked(const std::string& id) const;
  std::vector<std::string> ids() const;  // sorted
  const Fd& fd() const { return root_; }

 private:
  Fd root_;
};

}  // namespace tare
