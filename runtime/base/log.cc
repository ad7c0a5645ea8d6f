// One entry is one write(2), so that concurrent writers of one log never mix. Messages may hold
// text of a hostile container: control bytes and invalid UTF-8 never go out raw, and length is
// bounded.
#include "runtime/base/log.h"

#include <fcntl.h>

#include "runtime/base/clock.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr size_t kMaxMessage = 8192;

LogTarget& target() {
  static LogTarget instance;
  return instance;
}

// Length of the valid UTF-8 sequence at `text`, 0 when there is none.
size_t utf8_length(std::string_view text) {
  auto at = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = at(0);
  size_t length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xc0) != 0x80) return 0;
  }
  if (lead == 0xe0 && at(1) < 0xa0) return 0;
  if (lead == 0xed && at(1) >= 0xa0) return 0;
  if (lead == 0xf0 && at(1) < 0x90) return 0;
  if (lead == 0xf4 && at(1) >= 0x90) return 0;
  // C1 control characters drive terminals as well.
  return lead == 0xc2 && at(1) < 0xa0 ? 0 : length;
}

// Escapes valid in both JSON strings and logrus text.
std::string escape(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  if (text.size() > kMaxMessage) text = text.substr(0, kMaxMessage);
  for (size_t i = 0; i < text.size();) {
    auto byte = static_cast<unsigned char>(text[i]);
    size_t length = utf8_length(text.substr(i));
    if (length == 0) {
      out += "\xef\xbf\xbd";
      ++i;
    } else if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i++];
    } else if (byte == '\n') {
      out += "\\n";
      ++i;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
      ++i;
    } else {
      out += text.substr(i, length);
      i += length;
    }
  }
  return out;
}

std::string plain(std::string_view text) {
  std::string out;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '\n' || c == '\t' || (byte >= 0x20 && byte != 0x7f)) {
      out += c;
    } else {
      out += '?';
    }
  }
  return out;
}

void put(int fd, const std::string& line) {
  // Nothing sensible is left to do when even this fails.
  [[maybe_unused]] ssize_t n = ::write(fd, line.data(), line.size());
}

void put_file(std::string_view level, std::string_view message) {
  const LogTarget& to = target();
  std::string text = escape(message);
  std::string line;
  if (to.format == LogFormat::Json) {
    line = "{\"level\":\"" + std::string(level) + "\",\"msg\":\"" + text + "\",\"time\":\"" +
           now_rfc3339() + "\"}\n";
  } else {
    line = "time=\"" + now_rfc3339() + "\" level=" + std::string(level) + " msg=\"" + text + "\"\n";
  }
  put(to.file ? to.file.get() : STDERR_FILENO, line);
}

bool structured() {
  return target().file || target().format == LogFormat::Json;
}

}  // namespace

Fd open_log_file(const std::string& path) {
  return sys::openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_NONBLOCK, 0644);
}

void set_log_target(LogTarget next) {
  target() = std::move(next);
}

bool debugging() {
  return target().debug;
}

void log_debug(std::string_view message) {
  if (!target().debug) return;
  if (structured()) {
    put_file("debug", message);
  } else {
    put(STDERR_FILENO, plain(message) + "\n");
  }
}

void log_warning(std::string_view message) {
  if (!structured()) {
    put(STDERR_FILENO, "tare: warning: " + plain(message) + "\n");
  } else if (target().debug) {
    put_file("warning", message);
  }
}

void log_error(std::string_view message) {
  if (structured()) put_file("error", message);
  if (target().file || target().format == LogFormat::Text) {
    put(STDERR_FILENO, plain(message) + "\n");
  }
}

}  // namespace tare
