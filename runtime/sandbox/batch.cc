// One poll loop over all sandboxes, the requests and the results. What can make us wait for others
// (a reader who is slow, a command) is waited for there and nowhere else, so that no deadline is
// missed; only making a sandbox, some milliseconds, holds up the others.
#include "runtime/sandbox/batch.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <list>
#include <map>

#include "oci/json.h"
#include "runtime/base/error.h"
#include "runtime/container/held_signals.h"
#include "runtime/sandbox/batch_request.h"
#include "runtime/sandbox/caller.h"
#include "runtime/sandbox/default_places.h"
#include "runtime/sandbox/descriptors.h"
#include "runtime/sandbox/line_reader.h"
#include "runtime/sandbox/result_json.h"
#include "runtime/sandbox/sandbox.h"

namespace tare::sandbox {
namespace {

using oci::json::Value;

constexpr size_t kLongestRequest = 1U << 20U;
constexpr size_t kKeptOutput = 1U << 20U;  // of each stream of a command
constexpr size_t kUnwritten = 4U << 20U;   // results that nobody reads stop us from running more
constexpr size_t kAhead = 256;             // … and so do those that wait for an earlier one
constexpr size_t kWrite = 4096;            // PIPE_BUF: does not block when poll(2) allows it
constexpr int kSignalBase = 128;

// Results on their way out.
class Results {
 public:
  explicit Results(Order order) : order_(order) {}

  void add(size_t number, std::string line) {
    held_.emplace(number, std::move(line));
    for (auto next = held_.begin(); next != held_.end(); next = held_.erase(next)) {
      if (order_ == Order::OfRequests && next->first != next_) return;
      text_ += next->second;
      ++next_;
    }
  }
  bool crowded() const { return text_.size() - begin_ > kUnwritten || held_.size() > kAhead; }
  bool empty() const { return begin_ == text_.size(); }
  bool open() const { return open_; }

  void add_to(PollSet& poll) { place_ = poll.add(empty() ? -1 : STDOUT_FILENO, POLLOUT); }
  void write(const PollSet& poll) {
    if (!poll.ready(place_)) return;
    ssize_t size =
        ::write(STDOUT_FILENO, text_.data() + begin_, std::min(kWrite, text_.size() - begin_));
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (size < 0) open_ = false;
    begin_ = size < 0 ? text_.size() : begin_ + static_cast<size_t>(size);
    if (!empty()) return;
    text_.clear();
    begin_ = 0;
  }

 private:
  Order order_;
  std::map<size_t, std::string> held_;
  size_t next_ = 1;
  std::string text_;
  size_t begin_ = 0;
  size_t place_ = 0;
  bool open_ = true;
};

// The default view of the host is looked for once; other places may come and go with what commands
// make.
Sandbox::View view_of(const BatchRequest& request) {
  bool common = request.common && request.policy.places.empty();
  return common ? Sandbox::View::Common : Sandbox::View::OfItsOwn;
}

struct Job {
  Job(size_t line, BatchRequest request, Workshop& workshop, Sandbox::Manner manner)
      : number(line),
        id(std::move(request.id)),
        started(manner.start == Sandbox::Start::AtOnce),
        sandbox(std::move(request.policy), workshop, manner) {}
  bool runs() const { return started && !sandbox.ended(); }
  size_t number;
  Value id;
  bool started;
  Sandbox sandbox;
};

class Batch {
 public:
  Batch(const Policy& base, const BatchSettings& settings)
      : base_(base),
        jobs_(settings.jobs),
        caller_(base.die_with_parent ? open_caller() : Fd()),
        folder_(current_directory().value_or("/")),
        results_(settings.order) {
    if (jobs_ == 0) jobs_ = static_cast<size_t>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
    // One at a time may need what the one before has made.
    if (jobs_ > 1) ahead_ = jobs_;
    make_room(settings.jobs != 0);
    workshop_.networks.emplace();
    if (base_.streams.in.empty()) base_.streams.in = "/dev/null";  // ours has the requests
    base_.streams.capture = kKeptOutput;
  }

  int run() {
    for (;;) {
      begin_jobs();
      start_jobs();
      if (running_.empty() && results_.empty() && !wants_requests()) break;
      turn();
    }
    return ended_by_ ? kSignalBase + *ended_by_ : 0;
  }

 private:
  void make_room(bool jobs_are_asked_for) {
    size_t room = room_for_sandboxes(jobs_ + ahead_, workshop_.descriptors);
    if (room < jobs_ && jobs_are_asked_for) {
      throw Error(std::to_string(jobs_) +
                  " commands at once take more descriptors than we may have")
          .with_hint("fewer --jobs, or a higher hard limit (ulimit -Hn)");
    }
    jobs_ = std::min(jobs_, room);
    ahead_ = std::min(ahead_, room - jobs_);
  }

  bool stopping() const { return ended_by_ || !results_.open(); }
  bool has_room() const { return running_.size() < jobs_ + ahead_ && !results_.crowded(); }
  bool wants_requests() const { return !stopping() && !requests_.ended(); }

  void begin_jobs() {
    while (!stopping() && has_room()) {
      auto line = requests_.next();
      if (!line) return;
      if (!line->empty()) begin_job(*line);
    }
  }

  void begin_job(const std::string& line) {
    size_t number = ++number_;
    BatchRequest request = read_request(line, number, base_, folder_);
    if (requests_.too_long()) request.error = Error("request: is too long");
    if (request.error) return refuse(number, request);
    auto start = ahead_ > 0 ? Sandbox::Start::WhenTold : Sandbox::Start::AtOnce;
    Sandbox::Manner manner{start, view_of(request)};
    running_.emplace_back(number, std::move(request), workshop_, manner);
  }

  // In the order of the requests.
  void start_jobs() {
    auto running = static_cast<size_t>(std::ranges::count_if(running_, &Job::runs));
    for (Job& job : running_) {
      if (running >= jobs_) return;
      if (!job.sandbox.ready()) continue;
      job.sandbox.start();
      job.started = true;
      ++running;
    }
  }

  void refuse(size_t number, const BatchRequest& request) {
    Result result;
    result.failure = Failure{request.error->what(), "request", "", 0, request.error->hint()};
    tell(number, request.id, result_document(result, request.policy));
  }

  void tell(size_t number, const Value& id, oci::json::Object document) {
    document.insert(document.begin(), {"id", id});
    results_.add(number, oci::json::write(Value(std::move(document))) + "\n");
  }

  void turn() {
    poll_.clear();
    size_t signalled = poll_.add(signals_.fd(), POLLIN);
    size_t orphaned = poll_.add(caller_.get(), POLLIN);
    size_t asked = poll_.add(wants_requests() && has_room() ? requests_.fd() : -1, POLLIN);
    results_.add_to(poll_);
    for (Job& job : running_) job.sandbox.add(poll_);
    poll_.wait();
    for (Job& job : running_) job.sandbox.turn(poll_);
    results_.write(poll_);
    if (poll_.ready(asked)) requests_.fill();
    if (poll_.ready(signalled)) take_signals();
    if (poll_.ready(orphaned)) stop(SIGHUP);
    if (!results_.open()) stop(SIGPIPE);
    end_jobs();
  }

  void end_jobs() {
    for (auto job = running_.begin(); job != running_.end();) {
      if (!job->sandbox.over()) {
        ++job;
        continue;
      }
      tell(job->number, job->id,
           result_document(job->sandbox.take_result(), job->sandbox.policy()));
      job = running_.erase(job);
    }
  }

  void take_signals() {
    for (int signal : signals_.take()) {
      if (asks_to_end(signal)) stop(signal);
    }
  }

  void stop(int signal) {
    if (ended_by_) return;
    ended_by_ = signal;
    caller_.reset();
    for (Job& job : running_) job.sandbox.cancel();
  }

  Policy base_;
  size_t jobs_;       // commands at once
  size_t ahead_ = 0;  // sandboxes beside theirs that are made meanwhile, or end
  HeldSignals signals_;
  Fd caller_;
  std::string folder_;
  LineReader requests_{STDIN_FILENO, kLongestRequest};
  Results results_;
  Workshop workshop_;
  PollSet poll_;
  std::list<Job> running_;
  size_t number_ = 0;
  std::optional<int> ended_by_;
};

}  // namespace

int run_batch(const Policy& base, const BatchSettings& settings) {
  return Batch(base, settings).run();
}

}  // namespace tare::sandbox
