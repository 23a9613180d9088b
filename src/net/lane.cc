#include "net/lane.h"

#include <sys/ioctl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/log.h"
#include "net/connection.h"

namespace weir::net {
namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

// An idle connection whose client has just spoken is not idle.
bool has_unread(int fd) {
  int bytes = 0;
  return ::ioctl(fd, FIONREAD, &bytes) == 0 && bytes > 0;
}

}  // namespace

base::Status Lane::listen(const std::string& host, uint16_t port) {
  boost::system::error_code ec;
  auto failed = [&](const char* step) {
    return base::fail(base::Kind::unavailable,
                      std::string("cannot ") + step + " " + host + ":" + std::to_string(port) + ": " + ec.message(),
                      "listener");
  };
  auto address = asio::ip::make_address(host, ec);
  if (ec) return failed("parse the address");
  asio::ip::tcp::endpoint endpoint(address, port);
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec) acceptor_.set_option(ReusePort(true), ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(1024, ec);
  if (ec) return failed("listen on");
  return {};
}

uint16_t Lane::port() const {
  boost::system::error_code ec;
  return acceptor_.local_endpoint(ec).port();
}

void Lane::run() {
  asio::co_spawn(io_, accept_all(), asio::detached);
  asio::co_spawn(io_, sweep_all(), asio::detached);
  io_.run();
}

void Lane::drain(std::latch& accepts_no_more) {
  asio::post(io_, [this, &accepts_no_more] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    sweep();
    accepts_no_more.count_down();
  });
}

void Lane::cut_all() {
  asio::post(io_, [this] {
    for (auto& seat : seats_) seat.cut();
  });
}

Task<void> Lane::accept_all() {
  Timer pause(io_);
  while (acceptor_.is_open()) {
    auto [error, socket] = co_await acceptor_.async_accept(kAwait);
    if (!error) {
      admit(std::move(socket));
    } else if (acceptor_.is_open()) {
      // Out of descriptors or memory: trying again at once would only spin.
      base::log_warn("accept_failed", {{"error", error.message()}});
      pause.expires_after(Millis(50));
      co_await pause.async_wait(kAwait);
    }
  }
}

void Lane::admit(Socket socket) {
  if (!house_.census.enter()) return;  // too many: the socket closes here
  auto leave = [this](std::exception_ptr failure) {
    if (failure) base::log_error("connection_failed");
    house_.census.leave();
  };
  asio::co_spawn(io_, serve_connection(std::move(socket), *this), leave);
}

Task<void> Lane::sweep_all() {
  auto start = std::chrono::steady_clock::now();
  for (;;) {
    timer_.expires_after(tick_);
    co_await timer_.async_wait(kAwait);
    now_ = std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - start);
    sweep();
  }
}

void Lane::sweep() {
  bool draining = house_.draining.load(std::memory_order_relaxed);
  for (auto& seat : seats_) {
    bool late = seat.deadline < now_ || seat.total_deadline < now_;
    if (late || (draining && seat.idle && !has_unread(seat.fd))) seat.cut();
  }
}

std::string_view Lane::date() {
  auto second = std::time(nullptr);
  if (second != date_second_) {
    date_second_ = second;
    date_ = base::to_http_date(base::from_epoch_seconds(static_cast<double>(second)));
  }
  return date_;
}

}  // namespace weir::net
