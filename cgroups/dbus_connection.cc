// The client's half of the D-Bus protocol over a unix socket, as little of it as the systemd
// manager needs: one call at a time. Authentication is EXTERNAL with an empty identity, so that the
// other side takes the credentials of the socket: a number we sent would be wrong inside of a user
// namespace. All three lines go out at once, which every server has to bear (D-Bus specification,
// "Authentication Protocol") and sd-bus does too.
#include "cgroups/dbus_connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::dbus {
namespace {

constexpr char kGreeting[] = "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n";
constexpr size_t kLongestLine = 1024;
// On a socket of systemd's own everybody's jobs are heard.
constexpr size_t kMostSignals = 4096;

}  // namespace

int Deadline::milliseconds_left() const {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now()).count();
  return left < 0 ? 0 : static_cast<int>(left) + 1;
}

Connection::Connection(const std::string& path, Kind kind, const Deadline& deadline)
    : path_(path), kind_(kind), socket_(sys::connect_unix(path, deadline.milliseconds_left())) {
  authenticate(deadline);
  if (kind == Kind::Direct) return;
  Reply reply =
      call({"org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello", {}},
           deadline);
  if (!reply.error.empty()) throw Error("bus " + path_ + ": " + reply.text);
}

void Connection::authenticate(const Deadline& deadline) {
  send({kGreeting, sizeof kGreeting - 1}, deadline);
  // "DATA" asks for the identity, "OK" says that the empty one was enough.
  for (std::string_view expected : {"DATA", "OK"}) {
    size_t end = 0;
    while ((end = input_.find("\r\n")) == std::string::npos) {
      if (input_.size() > kLongestLine) throw Error("bus " + path_ + " does not speak D-Bus");
      receive(deadline);
    }
    std::string line = input_.substr(0, end);
    if (!line.starts_with(expected)) {
      throw Error("bus " + path_ + " refuses us: " + quote(line));
    }
    input_.erase(0, end + 2);
  }
}

void Connection::send(std::string_view bytes, const Deadline& deadline) {
  while (!bytes.empty()) {
    ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) throw Error(errno, "send", path_);
    pollfd writable{.fd = socket_.get(), .events = POLLOUT, .revents = 0};
    if (::poll(&writable, 1, deadline.milliseconds_left()) == 0) {
      throw Error("bus " + path_ + " does not read");
    }
  }
}

void Connection::receive(const Deadline& deadline) {
  if (!sys::poll_readable(socket_, deadline.milliseconds_left())) {
    throw Error(ETIMEDOUT, "wait for an answer of", path_);
  }
  char part[4096];
  ssize_t size = 0;
  // Without a place for descriptors: the kernel closes those that somebody sends.
  do {
    size = ::recv(socket_.get(), part, sizeof part, 0);
  } while (size < 0 && errno == EINTR);
  if (size < 0) throw Error(errno, "recv", path_);
  if (size == 0) throw Error("bus " + path_ + " has closed the connection");
  input_.append(part, static_cast<size_t>(size));
}

Message Connection::next_message(const Deadline& deadline) {
  while (input_.size() < kFixedHeader) receive(deadline);
  size_t length = message_length(input_);
  while (input_.size() < length) receive(deadline);
  Message message = decode(std::string_view(input_).substr(0, length));
  input_.erase(0, length);
  return message;
}

void Connection::keep(Message message) {
  if (message.type != MessageType::Signal || message.member != kept_signal_) return;
  if (signals_.size() >= kMostSignals) throw Error("bus " + path_ + " sends too many signals");
  signals_.push_back(std::move(message));
}

Reply Connection::call(const Call& call, const Deadline& deadline) {
  Message message;
  message.serial = ++serial_;
  message.path = call.path;
  message.interface = call.interface;
  message.member = call.member;
  if (kind_ == Kind::Bus) message.destination = call.destination;
  send(encode(message, call.arguments), deadline);
  for (;;) {
    Message answer = next_message(deadline);
    bool is_answer = answer.type == MessageType::Return || answer.type == MessageType::Error;
    if (!is_answer || answer.reply_serial != serial_) {
      keep(std::move(answer));
      continue;
    }
    Reply reply;
    reply.sender = answer.sender;
    reply.values = answer.arguments();
    if (answer.type == MessageType::Return) return reply;
    reply.error = answer.error.empty() ? "an error without a name" : answer.error;
    bool says = !reply.values.empty() && reply.values[0].signature == "s";
    reply.text = says ? reply.values[0].text() : reply.error;
    return reply;
  }
}

Message Connection::next_signal(const Deadline& deadline) {
  while (signals_.empty()) keep(next_message(deadline));
  Message first = std::move(signals_.front());
  signals_.pop_front();
  return first;
}

}  // namespace tare::dbus
