// One I/O thread of the server: its sockets, the list of its connections, its coarse clock.
// Private to the server's sources: the only header besides connection.h that includes Asio.
#pragma once
#include <sys/socket.h>

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>
#include <condition_variable>
#include <ctime>
#include <latch>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "net/server.h"
#include "net/worker_pool.h"

namespace weir::net {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
// Concrete executor types, and errors as values: half the cost of any_io_executor and exceptions.
inline constexpr auto kAwait = asio::as_tuple(asio::use_awaitable_t<Executor>{});

using Millis = std::chrono::milliseconds;

// Counts connections and tells when there are none. Thread-safe.
class Census {
 public:
  explicit Census(size_t max) : max_(max) {}
  bool enter() {
    if (count_.fetch_add(1) < max_) return true;
    leave();
    return false;
  }
  void leave() {
    if (count_.fetch_sub(1) != 1) return;
    std::lock_guard lock(mutex_);
    empty_.notify_all();
  }
  size_t count() const { return count_.load(); }
  // False when connections are left at the deadline.
  bool wait_until_empty(std::optional<Millis> deadline) {
    std::unique_lock lock(mutex_);
    auto empty = [this] { return count_.load() == 0; };
    if (deadline) return empty_.wait_for(lock, *deadline, empty);
    empty_.wait(lock, empty);
    return true;
  }

 private:
  const size_t max_;
  std::atomic<size_t> count_{0};
  std::mutex mutex_;
  std::condition_variable empty_;
};

// What all lanes share.
struct House {
  House(const ServerOptions& o, Handler& h)
      : options(o),
        handler(h),
        workers(std::in_place, o.worker_threads, o.worker_queue_max),
        patient(std::in_place, o.patient_threads, o.patient_threads),
        census(o.connections_max) {}
  const ServerOptions& options;
  Handler& handler;
  std::optional<WorkerPool> workers;
  std::optional<WorkerPool> patient;
  Census census;
  std::atomic<bool> draining{false};
  std::optional<asio::ssl::context> tls;
};

// A connection's place in its lane's list. Leaves the list when it goes.
struct Seat : boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
  static constexpr Millis kNever = Millis::max();
  int fd = -1;
  Millis deadline = kNever;        // of the current step, in lane time
  Millis total_deadline = kNever;  // of the whole request
  bool idle = false;               // between requests

  // Ends whatever the connection waits for, at once and for good; its coroutine then sees the error.
  void cut() const { ::shutdown(fd, SHUT_RDWR); }
};

class Lane {
 public:
  Lane(House& house, Millis tick) : house_(house), tick_(tick), acceptor_(io_), timer_(io_) {}

  House& house() { return house_; }
  const ServerOptions& options() const { return house_.options; }
  Executor executor() { return io_.get_executor(); }
  asio::io_context& io() { return io_; }

  base::Status listen(const std::string& host, uint16_t port);
  uint16_t port() const;
  // Accepts and sweeps until drained and stopped.
  void run();
  // From any thread: stop accepting, close what is idle. `accepts_no_more` is counted down once that is so.
  void drain(std::latch& accepts_no_more);
  // From any thread: cut every connection.
  void cut_all();

  void sit(Seat& seat) { seats_.push_back(seat); }
  // The instant `wait` from now, in lane time; the clock is as coarse as a tick.
  Millis after(Millis wait) const { return now_ + wait + tick_; }
  std::string_view date();

 private:
  Task<void> accept_all();
  Task<void> sweep_all();
  void sweep();
  void admit(Socket socket);

  House& house_;
  const Millis tick_;
  // Before io_: coroutines that io_ destroys still leave the list.
  boost::intrusive::list<Seat, boost::intrusive::constant_time_size<false>> seats_;
  // Sockets belong to this thread alone, so the reactor needs no locks; posting from outside keeps its own.
  asio::io_context io_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  Acceptor acceptor_;
  Timer timer_;
  Millis now_{0};
  std::time_t date_second_ = 0;
  std::string date_;
};

}  // namespace weir::net
