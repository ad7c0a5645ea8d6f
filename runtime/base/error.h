// The one exception type of tare, and the trail that tells where it was born.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace tare {

// Text of an errno in the kernel's words, lower case ("no such file or directory"): engines match
// on it, and glibc's capitalised strerror breaks them.
std::string errno_text(int error);

// "signal 31 (bad system call)"; the words are left out where there are none.
std::string signal_text(int signal);

// A failure with everything needed to say it in one sentence. `what()` is
//   trail: trail: call object: errno text
// where the trail is that of the Scopes alive when the Error was made.
class Error : public std::exception {
 public:
  // A failure that is no system call's: the text says all.
  explicit Error(std::string text);
  // A system call `call` on `object` that failed with `error` (an errno value).
  Error(int error, std::string_view call, std::string_view object);

  const char* what() const noexcept override { return full_.c_str(); }
  // The errno, 0 where there is none.
  int error() const noexcept { return error_; }
  // The message without the trail.
  const std::string& text() const noexcept { return text_; }
  // What the user can do about it; empty when we do not know.
  const std::string& hint() const noexcept { return hint_; }
  Error& with_hint(std::string hint);
  // The system call that failed; empty where there is none, or it is not known.
  const std::string& call() const noexcept { return call_; }
  // What was being done: the trail without its last colon, unless at() has named something closer.
  const std::string& stage() const noexcept { return stage_; }
  Error& at(std::string_view stage, std::string_view call);

 private:
  void compose();

  int error_ = 0;
  std::string text_;
  std::string hint_;
  std::string trail_;
  std::string stage_;
  std::string call_;
  std::string full_;
};

// Names what is being done while it is on the stack; an Error made meanwhile carries the names of
// all live Scopes, outermost first. Costs a pointer while nothing fails.
class Scope {
 public:
  explicit Scope(std::string name);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  // "outer: inner: " of the live Scopes, empty without any.
  static std::string trail();

 private:
  std::string name_;
  Scope* outer_;
};

}  // namespace tare
