// A connection to a message bus, or to a service that listens on a socket of its own.
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <string>

#include "cgroups/dbus_message.h"
#include "runtime/base/fd.h"

namespace tare::dbus {

// When waiting ends.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds patience) : end_(Clock::now() + patience) {}
  int milliseconds_left() const;  // at least 0

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point end_;
};

struct Call {
  std::string destination, path, interface, member;
  Values arguments;
};

// An answer: either its values, or the name of an error and what it says.
struct Reply {
  std::string sender;  // unique name of who answered; empty without a bus
  std::string error;   // "org.freedesktop.DBus.Error.…"; empty: none
  std::string text;
  Values values;
};

enum class Kind { Bus, Direct };  // a bus wants to be greeted and to be told who is meant

// Nothing here waits beyond the deadline it is given; all throw an Error when the other side is
// gone, late, or speaks something else.
class Connection {
 public:
  // Connects to the socket and is authenticated by its credentials.
  Connection(const std::string& path, Kind kind, const Deadline& deadline);

  Kind kind() const { return kind_; }
  // Sends a call and waits for its answer; signals that arrive meanwhile are kept for
  // next_signal(), those of kSignals by the name `kept_signal` alone.
  Reply call(const Call& call, const Deadline& deadline);
  void keep_signals(std::string member) { kept_signal_ = std::move(member); }
  Message next_signal(const Deadline& deadline);

 private:
  void authenticate(const Deadline& deadline);
  void send(std::string_view bytes, const Deadline& deadline);
  void receive(const Deadline& deadline);  // at least one byte more in input_
  Message next_message(const Deadline& deadline);
  void keep(Message message);

  std::string path_;
  Kind kind_;
  Fd socket_;
  std::string input_;
  uint32_t serial_ = 0;
  std::string kept_signal_;
  std::deque<Message> signals_;
};

}  // namespace tare::dbus
