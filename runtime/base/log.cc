// One entry is one write(2), so that concurrent writers of one log never mix. Messages may hold
// text of a hostile container: control bytes and invalid UTF-8 never go out raw, and length is
// bounded.
#include "runtime/base/log.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "runtime/base/clock.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare {
namespace {

constexpr size_t kMaxMessage = 8192;
constexpr const char* kJournalSocket = "/run/systemd/journal/socket";
constexpr const char* kSyslogSocket = "/dev/log";
constexpr int kUserFacility = 1;  // of syslog(3)

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

std::string name_of(LogLevel level) {
  return level == LogLevel::Error ? "error" : level == LogLevel::Warning ? "warning" : "debug";
}

// The severities of syslog(3), which the journal has too.
int severity_of(LogLevel level) {
  return level == LogLevel::Error ? 3 : level == LogLevel::Warning ? 4 : 7;
}

// `text` is one line.
std::string entry(const LogTarget& to, LogLevel level, const std::string& text) {
  switch (to.protocol) {
    case LogProtocol::Journal:
      return "PRIORITY=" + std::to_string(severity_of(level)) +
             "\nSYSLOG_IDENTIFIER=" + to.identifier + "\nMESSAGE=" + text + "\n";
    case LogProtocol::Syslog:
      return "<" + std::to_string(kUserFacility * 8 + severity_of(level)) + ">" + to.identifier +
             "[" + std::to_string(::getpid()) + "]: " + text;
    case LogProtocol::File:
      break;
  }
  if (to.format == LogFormat::Json) {
    return "{\"level\":\"" + name_of(level) + "\",\"msg\":\"" + text + "\",\"time\":\"" +
           now_rfc3339() + "\"}\n";
  }
  return "time=\"" + now_rfc3339() + "\" level=" + name_of(level) + " msg=\"" + text + "\"\n";
}

void put_entry(LogLevel level, std::string_view message) {
  const LogTarget& to = target();
  put(to.file ? to.file.get() : STDERR_FILENO, entry(to, level, escape(message)));
}

bool structured() {
  return target().file || target().format == LogFormat::Json;
}

}  // namespace

Fd open_log_file(const std::string& path) {
  return sys::openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_NONBLOCK, 0644);
}

Fd connect_log_service(LogProtocol protocol) {
  const char* path = protocol == LogProtocol::Journal ? kJournalSocket : kSyslogSocket;
  Fd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) throw Error(errno, "socket", path);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, path);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw Error(errno, "connect", path);
  }
  return socket;
}

void set_log_target(LogTarget next) {
  target() = std::move(next);
}

bool debugging() {
  return target().least == LogLevel::Debug;
}

void log_debug(std::string_view message) {
  if (!debugging()) return;
  if (structured()) {
    put_entry(LogLevel::Debug, message);
  } else {
    put(STDERR_FILENO, plain(message) + "\n");
  }
}

void log_warning(std::string_view message) {
  if (target().least > LogLevel::Warning) return;
  if (!structured()) {
    put(STDERR_FILENO, "tare: warning: " + plain(message) + "\n");
  } else if (debugging() || target().protocol != LogProtocol::File) {
    put_entry(LogLevel::Warning, message);
  }
}

void log_error(std::string_view message) {
  if (structured()) put_entry(LogLevel::Error, message);
  if (target().file || target().format == LogFormat::Text) {
    put(STDERR_FILENO, plain(message) + "\n");
  }
}

}  // namespace tare
