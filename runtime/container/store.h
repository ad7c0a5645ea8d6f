// The state directory: one folder a container, named by its id.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/base/fd.h"
#include "runtime/container/record.h"

namespace tare {

// Name, inside a container's folder, of the socket on which its init waits for `start`.
inline constexpr const char* kStartSocket = "start.sock";

// Throws "invalid container ID format" unless `id` is [A-Za-z0-9_+.-]+, does not begin with '.' and
// has at most 255 bytes.
void check_container_id(const std::string& id);

// One container's folder. Opened, it holds the container's lock when asked to: one transition at a
// time (an OFD lock on a file in it); readers take none. Everything goes through its descriptor, so
// a folder of the same name made later is never touched.
class ContainerDirectory {
 public:
  const std::string& id() const { return id_; }
  const Fd& fd() const { return directory_; }
  // Throws "container does not exist" when there is no record yet, and for an unreadable one what
  // is wrong with it.
  ContainerRecord read() const;
  std::optional<ContainerRecord> try_read() const;
  void write(const ContainerRecord& record);  // temporary file and rename
  // Takes the container's lock; false: another command has kept it for so long. Throws "container
  // does not exist" when the folder was removed meanwhile.
  bool lock_within(std::chrono::milliseconds patience);
  // Removes the folder and everything in it, the record last but for the lock; once more is no
  // error. Stops with an Error at a mount point: what is mounted there is not ours to empty.
  void remove();
  // Waits for the lock, unless it is held already; false when the folder was removed meanwhile.
  bool lock();
  void unlock() { lock_.reset(); }

 private:
  friend class Store;
  ContainerDirectory(std::string id, Fd root, Fd directory)
      : id_(std::move(id)), root_(std::move(root)), directory_(std::move(directory)) {}
  std::optional<Fd> open_lock() const;
  // The store's entry of this name still is this folder.
  bool is_current() const;

  std::string id_;
  Fd root_;  // the store
  Fd directory_;
  Fd lock_;
};

// A folder made for a container that is being created; removed again unless kept. Holds the lock.
class Reservation {
 public:
  Reservation(Reservation&& other) noexcept
      : directory_(std::move(other.directory_)), kept_(std::exchange(other.kept_, true)) {}
  Reservation& operator=(Reservation&&) = delete;
  ~Reservation();
  ContainerDirectory& directory() { return directory_; }
  // The folder, still locked, is the caller's from here on.
  ContainerDirectory keep() {
    kept_ = true;
    return std::move(directory_);
  }

 private:
  friend class Store;
  explicit Reservation(ContainerDirectory directory) : directory_(std::move(directory)) {}
  ContainerDirectory directory_;
  bool kept_ = false;
};

class Store {
 public:
  // Opens the state root; refuses one that others own or may write. Nothing when it is not there.
  static std::optional<Store> open(const std::string& root);
  // The same, making it and what is missing above it (0700; below XDG_RUNTIME_DIR sticky too, the
  // mark against the clean-up of that directory).
  static Store open_or_create(const std::string& root);

  // Throws "container with given ID already exists".
  Reservation reserve(const std::string& id) const;
  // Nothing when there is no such folder. A folder without a record is found: create was killed
  // before it wrote one, or is about to.
  std::optional<ContainerDirectory> try_find(const std::string& id) const;
  // The same with the container's lock held; waits for it.
  std::optional<ContainerDirectory> try_find_locked(const std::string& id) const;
  // As above, but throws "container does not exist".
  ContainerDirectory find(const std::string& id) const;
  ContainerDirectory find_locked(const std::string& id) const;
  std::vector<std::string> ids() const;  // sorted
  const Fd& fd() const { return root_; }

 private:
  explicit Store(Fd root) : root_(std::move(root)) {}
  Fd root_;
};

}  // namespace tare
