// Errors are values with a sentence; the trail is copied when an Error is born, so nothing has to
// catch and rethrow to add context. The Scope stack is a linked list through the C++ stack: tare is
// single-threaded by design.
#include "runtime/base/error.h"

#include <cctype>
#include <cstring>

namespace tare {
namespace {

Scope* innermost = nullptr;

// "Input/output error" and "RFS specific error": only a leading capital of a plain word is lowered.
std::string lowered(std::string text) {
  if (text.size() > 1 && std::isupper(static_cast<unsigned char>(text[0])) != 0 &&
      std::isupper(static_cast<unsigned char>(text[1])) == 0) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

std::string_view without_colon(std::string_view trail) {
  return trail.ends_with(": ") ? trail.substr(0, trail.size() - 2) : trail;
}

}  // namespace

std::string errno_text(int error) {
  return lowered(std::strerror(error));
}

std::string signal_text(int signal) {
  std::string text = "signal " + std::to_string(signal);
  const char* words = ::sigdescr_np(signal);
  if (words != nullptr) text += " (" + lowered(words) + ")";
  return text;
}

Error::Error(std::string text) : text_(std::move(text)), trail_(Scope::trail()) {
  stage_ = without_colon(trail_);
  compose();
}

Error::Error(int error, std::string_view call, std::string_view object)
    : error_(error), trail_(Scope::trail()), call_(call) {
  stage_ = without_colon(trail_);
  text_ = call;
  if (!object.empty()) text_.append(" ").append(object);
  text_ += ": " + errno_text(error);
  compose();
}

Error& Error::with_hint(std::string hint) {
  hint_ = std::move(hint);
  compose();
  return *this;
}

Error& Error::at(std::string_view stage, std::string_view call) {
  stage_ = stage;
  call_ = call;
  return *this;
}

void Error::compose() {
  full_ = trail_ + text_;
  if (!hint_.empty()) full_ += " (" + hint_ + ")";
}

Scope::Scope(std::string name) : name_(std::move(name)), outer_(innermost) {
  innermost = this;
}

Scope::~Scope() {
  innermost = outer_;
}

std::string Scope::trail() {
  std::string text;
  for (const Scope* scope = innermost; scope != nullptr; scope = scope->outer_) {
    text.insert(0, scope->name_ + ": ");
  }
  return text;
}

}  // namespace tare
