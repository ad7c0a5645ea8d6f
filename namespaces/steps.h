// Where the planners of this folder and of runtime/container put what is to be done.
#pragma once

#include <string>
#include <vector>

#include "runtime/act/step.h"
#include "runtime/base/fd.h"

namespace tare::namespaces {

// Operations in order and the descriptors they use. A value until it is encoded; owns its
// descriptors.
class Steps {
 public:
  // A slot holding `fd`, or an empty one that an operation fills.
  int slot(Fd fd) {
    fds_.push_back(std::move(fd));
    return static_cast<int>(fds_.size()) - 1;
  }
  int empty_slot() { return slot(Fd()); }
  // Puts a descriptor that did not exist while planning into its slot.
  void fill(int slot, Fd fd) { fds_[static_cast<size_t>(slot)] = std::move(fd); }
  // When whoever executes them has descriptors of its own.
  void let_go() {
    for (Fd& fd : fds_) fd.reset();
  }
  act::Step& add(act::OpKind kind, std::string what) {
    act::Step step;
    step.kind = kind;
    step.what = std::move(what);
    steps_.push_back(std::move(step));
    return steps_.back();
  }
  const std::vector<act::Step>& steps() const { return steps_; }
  const std::vector<Fd>& fds() const { return fds_; }

 private:
  std::vector<act::Step> steps_;
  std::vector<Fd> fds_;
};

}  // namespace tare::namespaces
