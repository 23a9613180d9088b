#include "net/connection.h"

#include <boost/asio/ssl/stream.hpp>

#include "net/input_buffer.h"
#include "net/request_parser.h"
#include "net/sender.h"

namespace weir::net {
namespace {

constexpr size_t kInputBytes = 8 * 1024;
constexpr uint64_t kSkippedBodyMax = 64 * 1024;  // a longer unwanted body costs its connection
constexpr Millis kLinger{2'000};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// Hands the body to its Exchange, counting.
class ExchangeBody final : public base::ByteSink {
 public:
  ExchangeBody(Exchange& exchange, uint64_t bytes_max) : exchange_(exchange), bytes_max_(bytes_max) {}
  bool too_large() const { return too_large_; }
  base::Status write(std::string_view piece) override {
    too_large_ = piece.size() > bytes_max_ - bytes_;
    if (too_large_) return base::fail(base::Kind::limit_exceeded, "the body is too large");
    bytes_ += piece.size();
    return exchange_.body(piece);
  }

 private:
  Exchange& exchange_;
  const uint64_t bytes_max_;
  uint64_t bytes_ = 0;
  bool too_large_ = false;
};

class Nowhere final : public base::ByteSink {
 public:
  base::Status write(std::string_view) override { return {}; }
};

enum class Body {
  complete,
  abandoned,  // answer, then close
  too_large,
  malformed,
  gone,  // the client left
};

template <class Stream>
class Connection {
 public:
  Connection(Stream& stream, Socket& socket, Lane& lane, std::string peer)
      : stream_(stream),
        socket_(socket),
        lane_(lane),
        peer_(std::move(peer)),
        input_(kInputBytes),
        parser_(lane.options().header_bytes_max),
        sender_(stream, socket, lane, seat_) {
    seat_.fd = socket.native_handle();
    lane_.sit(seat_);
  }

  Task<bool> handshake() {
    seat_.deadline = lane_.after(lane_.options().head);
    auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwait);
    co_return !error;
  }

  Task<void> run() {
    for (bool more = true; more;) {
      std::string broken;
      try {
        more = co_await serve_one();
      } catch (const std::exception& failure) {
        broken = failure.what();
        broken += ' ';
      }
      if (!broken.empty()) more = co_await fail(broken);
    }
    co_await finish();
  }

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, Socket>;

  Task<bool> serve_one() {
    parser_.reset();
    exchanged_ = {};
    answering_ = false;
    if (!co_await read_head()) co_return false;
    if (parser_.fault() != ParseFault::none)
      co_return co_await refuse(status_of(parser_.fault()), "the request's head is not acceptable");
    note_request();
    auto exchange = lane_.house().handler.open(take_head());
    auto body = Body::complete;
    if (!parser_.done()) body = co_await receive_body(*exchange);
    if (body == Body::gone) co_return false;
    if (body == Body::too_large) co_return co_await refuse(413, "the request's body is too large");
    if (body == Body::malformed) co_return co_await refuse(400, "the request's body is malformed");
    if (body == Body::abandoned) linger_ = true, exchanged_.keep_alive = false;
    // Statements, not a conditional expression: g++ 12 destroys such a coroutine's temporaries twice.
    Response response;
    if (exchange->place() == Place::connection) {
      response = exchange->answer();
    } else {
      response = co_await answer_on_worker(*exchange);
    }
    answering_ = true;
    if (lane_.house().draining.load(std::memory_order_relaxed)) exchanged_.keep_alive = false;
    bool sent = co_await sender_.send(response, exchanged_);
    rest();
    co_return sent&& exchanged_.keep_alive;
  }

  void note_request() {
    exchanged_.is_head = parser_.head().method == "HEAD";
    exchanged_.is_http_1_0 = parser_.is_http_1_0();
    exchanged_.keep_alive = parser_.keep_alive();
  }

  RequestHead take_head() {
    auto head = std::move(parser_.head());
    head.peer = peer_;
    head.tls = kTls;
    content_length_ = head.content_length;
    return head;
  }

  // Between requests: give back what a large body needed.
  void rest() {
    seat_.total_deadline = Seat::kNever;
    if (input_.capacity() > kInputBytes && input_.size() <= kInputBytes) input_.reserve(kInputBytes);
  }

  // False when the client is gone; otherwise the head is parsed, or the parser names its fault.
  Task<bool> read_head() {
    const auto& options = lane_.options();
    bool begun = !input_.empty();
    seat_.idle = !begun;
    seat_.deadline = lane_.after(begun || !served_ ? options.head : options.idle);
    served_ = true;
    for (;;) {
      if (!input_.empty()) {
        input_.consume(parser_.feed_head(input_.bytes()));
        if (parser_.head_done() || parser_.fault() != ParseFault::none) break;
      }
      if (input_.size() == input_.capacity()) input_.reserve(std::min(input_.capacity() * 2, options.header_bytes_max));
      // Not through receive(): on this path, taken by every request, one coroutine less is measurable.
      auto* room = input_.room();
      auto [error, n] = co_await stream_.async_read_some(asio::buffer(room, input_.room_size()), kAwait);
      if (error) co_return false;
      input_.filled(n);
      if (!begun) seat_.deadline = lane_.after(options.head);
      begun = true;
      seat_.idle = false;
    }
    if (options.total > Millis(0)) seat_.total_deadline = lane_.after(options.total);
    co_return true;
  }

  Task<bool> receive() {
    auto* room = input_.room();
    auto [error, n] = co_await stream_.async_read_some(asio::buffer(room, input_.room_size()), kAwait);
    if (error) co_return false;
    input_.filled(n);
    co_return true;
  }

  Task<Body> receive_body(Exchange& exchange) {
    const auto bytes_max = exchange.body_bytes_max();
    if (!exchange.wants_body()) co_return co_await skip_body();
    if (content_length_ && *content_length_ > bytes_max) co_return Body::too_large;
    if (parser_.expects_continue() && input_.empty() && !co_await sender_.write(kContinue, {})) co_return Body::gone;
    ExchangeBody body(exchange, bytes_max);
    auto outcome = co_await read_body(body);
    co_return body.too_large() ? Body::too_large : outcome;
  }

  Task<Body> skip_body() {
    if (parser_.expects_continue() || !content_length_ || *content_length_ > kSkippedBodyMax) co_return Body::abandoned;
    Nowhere nowhere;
    co_return co_await read_body(nowhere);
  }

  Task<Body> read_body(base::ByteSink& body) {
    Pace pace(seat_, lane_);
    pace.begin();
    if (!content_length_ || *content_length_ > input_.capacity())
      input_.reserve(std::max(input_.capacity(), lane_.options().body_buffer_bytes));
    for (;;) {
      input_.consume(parser_.feed_body(input_.bytes(), body));
      if (parser_.fault() == ParseFault::sink_failed) co_return Body::abandoned;
      if (parser_.fault() != ParseFault::none || input_.size() == input_.capacity()) co_return Body::malformed;
      if (parser_.done()) co_return Body::complete;
      auto before = input_.size();
      if (!co_await receive()) co_return Body::gone;
      pace.moved(input_.size() - before);
    }
  }

  Task<Response> answer_on_worker(Exchange& exchange) {
    std::optional<Response> response;
    std::exception_ptr broken;
    seat_.deadline = Seat::kNever;
    auto& house = lane_.house();
    auto& threads = exchange.place() == Place::patient ? *house.patient : *house.workers;
    std::function<void()> work = [&] {
      try {
        response = exchange.answer();
      } catch (...) {
        broken = std::current_exception();
      }
    };
    if (!co_await on_worker(lane_, threads, Urgency::may_refuse, work))
      co_return house.handler.refuse(503, "too many requests are waiting");
    if (broken) std::rethrow_exception(broken);
    co_return std::move(*response);
  }

  // Always the connection's last answer: what follows on the wire cannot be trusted.
  Task<bool> refuse(int status, std::string_view why) {
    auto response = lane_.house().handler.refuse(status, why);
    answering_ = true;
    linger_ = true;
    exchanged_.keep_alive = false;
    co_await sender_.send(response, exchanged_);
    co_return false;
  }

  // A handler threw. Says so once, unless an answer has already begun.
  Task<bool> fail(const std::string& broken) {
    base::log_error("handler_failed", {{"error", broken}});
    if (answering_) co_return false;
    answering_ = true;
    try {
      co_return co_await refuse(500, "the request could not be handled");
    } catch (const std::exception& again) {
      base::log_error("refusal_failed", {{"error", again.what()}});
    }
    co_return false;
  }

  // Closing while the client still sends would reset the connection and destroy our answer on its way.
  Task<void> finish() {
    seat_.deadline = lane_.after(kLinger);
    seat_.total_deadline = Seat::kNever;
    if constexpr (kTls) {
      if (linger_ || !exchanged_.keep_alive) co_await stream_.async_shutdown(kAwait);
    }
    if (!linger_) co_return;
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    for (boost::system::error_code over; !over;) {
      auto [error, n] = co_await socket_.async_read_some(asio::buffer(input_.start_over(), input_.capacity()), kAwait);
      over = error;
    }
  }

  Stream& stream_;
  Socket& socket_;
  Lane& lane_;
  Seat seat_;
  const std::string peer_;
  InputBuffer input_;
  RequestParser parser_;
  Sender<Stream> sender_;
  Exchanged exchanged_;
  std::optional<uint64_t> content_length_;
  bool served_ = false, answering_ = false, linger_ = false;
};

std::string address_of(const Socket& socket) {
  boost::system::error_code ec;
  auto peer = socket.remote_endpoint(ec);
  return ec ? std::string() : peer.address().to_string();
}

}  // namespace

Task<void> serve_connection(Socket socket, Lane& lane) {
  boost::system::error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket.native_non_blocking(true, ignored);
  auto peer = address_of(socket);
  if (lane.house().tls) {
    asio::ssl::stream<Socket> stream(std::move(socket), *lane.house().tls);
    Connection connection(stream, stream.next_layer(), lane, std::move(peer));
    if (co_await connection.handshake()) co_await connection.run();
  } else {
    Connection connection(socket, socket, lane, std::move(peer));
    co_await connection.run();
  }
}

}  // namespace weir::net
