#include "net/server.h"

#include <algorithm>
#include <boost/asio/ssl/context.hpp>
#include <thread>
#include <vector>

#include "net/lane.h"

namespace weir::net {
namespace {

base::Status load_tls(const ServerOptions& options, std::optional<asio::ssl::context>& into) {
  if (options.tls_certificate_file.empty()) return {};
  boost::system::error_code ec;
  auto& context = into.emplace(asio::ssl::context::tls_server);
  context.set_options(
      asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression, ec);
  if (!ec) context.use_certificate_chain_file(options.tls_certificate_file, ec);
  if (ec)
    return base::invalid("cannot load the TLS certificate " + options.tls_certificate_file + ": " + ec.message(),
                         "tls");
  context.use_private_key_file(options.tls_key_file, asio::ssl::context::pem, ec);
  if (ec) return base::invalid("cannot load the TLS key " + options.tls_key_file + ": " + ec.message(), "tls");
  return {};
}

// Fine enough for the shortest deadline, coarse enough to cost nothing.
Millis tick_of(const ServerOptions& options) {
  auto shortest = std::min({options.idle, options.head, options.progress});
  if (options.total > Millis(0)) shortest = std::min(shortest, options.total);
  return std::clamp(shortest / 4, Millis(5), Millis(500));
}

}  // namespace

struct Server::Running {
  Running(const ServerOptions& options, Handler& handler) : house(options, handler) {}
  House house;
  std::vector<std::unique_ptr<Lane>> lanes;
  std::vector<std::thread> threads;
};

Server::Server(ServerOptions options) : options_(std::move(options)) {}
Server::~Server() { stop(); }

base::Status Server::start(Handler& handler) {
  CHECK_TRUE(!running_, "a server is started once");
  auto running = std::make_unique<Running>(options_, handler);
  WEIR_CHECK_OK(load_tls(options_, running->house.tls));
  uint16_t port = options_.port;
  for (size_t i = 0; i < std::max<size_t>(1, options_.threads); ++i) {
    auto& lane = running->lanes.emplace_back(std::make_unique<Lane>(running->house, tick_of(options_)));
    WEIR_CHECK_OK(lane->listen(options_.host, port));
    port = lane->port();  // the first lane may have chosen it for all
  }
  for (auto& lane : running->lanes) running->threads.emplace_back([&lane = *lane] { lane.run(); });
  running_ = std::move(running);
  options_.port = port;
  return {};
}

uint16_t Server::bound_port() const { return options_.port; }
size_t Server::connections() const { return running_ ? running_->house.census.count() : 0; }

bool Server::drain(Millis deadline) {
  if (!running_) return true;
  auto& house = running_->house;
  house.draining = true;
  std::latch accepts_no_more(static_cast<std::ptrdiff_t>(running_->lanes.size()));
  for (auto& lane : running_->lanes) lane->drain(accepts_no_more);
  accepts_no_more.wait();
  bool whole = house.census.wait_until_empty(deadline);
  if (!whole) {
    for (auto& lane : running_->lanes) lane->cut_all();
    house.census.wait_until_empty({});
  }
  for (auto& lane : running_->lanes) lane->io().stop();
  for (auto& thread : running_->threads) thread.join();
  house.workers.reset();  // a worker may still be letting go of what it finished
  house.patient.reset();
  running_.reset();
  return whole;
}

}  // namespace weir::net
