// Writes answers: head and body in one gather write where it can, sendfile for large files.
// Private to the server's sources. Header-only because it works over plain and TLS streams alike.
#pragma once
#include <sys/sendfile.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <functional>

#include "base/log.h"
#include "net/lane.h"
#include "net/response_head.h"

namespace weir::net {

enum class Urgency { may_refuse, must_run };

// Runs `work` on a worker thread and goes on here afterwards. False: the queue is full, nothing ran.
inline Task<bool> on_worker(Lane& lane, WorkerPool& workers, Urgency urgency, const std::function<void()>& work) {
  auto start = [&](auto handler) {
    auto resume = std::make_shared<decltype(handler)>(std::move(handler));
    auto finish = [resume, executor = lane.executor()](bool ran) {
      asio::post(executor, [resume, ran] { std::move (*resume)(ran); });
    };
    auto run = [&work, finish] {
      work();
      finish(true);
    };
    if (urgency == Urgency::must_run) {
      workers.resume(run);
    } else if (!workers.submit(run)) {
      finish(false);
    }
  };
  asio::use_awaitable_t<Executor> token;
  co_return co_await asio::async_initiate<asio::use_awaitable_t<Executor>, void(bool)>(start, token);
}

// Moves a connection's deadline on whenever enough bytes have moved.
class Pace {
 public:
  Pace(Seat& seat, Lane& lane) : seat_(seat), lane_(lane) {}
  void begin() {
    moved_ = 0;
    seat_.deadline = lane_.after(lane_.options().progress);
  }
  void moved(size_t bytes) {
    if ((moved_ += bytes) >= lane_.options().progress_bytes) begin();
  }

 private:
  Seat& seat_;
  Lane& lane_;
  size_t moved_ = 0;
};

// Closes the descriptor whatever happens to the answer.
class OpenFile {
 public:
  explicit OpenFile(const Response& response) {
    if (auto* slice = std::get_if<FileSlice>(&response.body)) fd_ = slice->fd;
  }
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

 private:
  int fd_ = -1;
};

template <class Stream>
class Sender {
 public:
  static constexpr bool kPlain = std::is_same_v<Stream, Socket>;
  static constexpr size_t kPiece = 64 * 1024;
  static constexpr size_t kJoinedMax = 8 * 1024;
  static constexpr uint64_t kSendfileMin = 64 * 1024;  // below, pread and one gather write cost less

  Sender(Stream& stream, Socket& socket, Lane& lane, Seat& seat)
      : stream_(stream), socket_(socket), lane_(lane), pace_(seat, lane), seat_(seat) {}

  // False when the connection cannot go on. May turn keep_alive off.
  Task<bool> send(Response& response, Exchanged& exchanged) {
    OpenFile closes_at_the_end(response);
    auto framing = framing_of(response, exchanged);
    bool bodiless = framing == Framing::none || exchanged.is_head;
    if (!bodiless && std::holds_alternative<StreamBody>(response.body))
      co_return co_await send_stream(response, exchanged, framing);
    begin_head(response, exchanged, framing);
    if (bodiless) co_return co_await write(out_, {});
    if (auto* text = std::get_if<std::string>(&response.body)) {
      // Small answers leave in one write, without the loop's own coroutine; the smallest in one piece, which the
      // kernel takes faster than two.
      pace_.begin();
      if (text->size() <= kJoinedMax) {
        out_ += *text;
        auto [error, n] = co_await stream_.async_write_some(asio::buffer(out_), kAwait);
        if (error) co_return false;
        if (n == out_.size()) co_return true;
        co_return co_await write(std::string_view(out_).substr(n), {});
      }
      std::array<asio::const_buffer, 2> both{asio::buffer(out_), asio::buffer(*text)};
      auto [error, n] = co_await stream_.async_write_some(both, kAwait);
      if (error) co_return false;
      if (n == out_.size() + text->size()) co_return true;
      auto of_head = std::min(n, out_.size());
      co_return co_await write(std::string_view(out_).substr(of_head), std::string_view(*text).substr(n - of_head));
    }
    co_return co_await send_file(std::get<FileSlice>(response.body));
  }

  Task<bool> write(std::string_view first, std::string_view second) {
    pace_.begin();
    while (!first.empty() || !second.empty()) {
      std::array<asio::const_buffer, 2> both{asio::buffer(first), asio::buffer(second)};
      auto [error, n] = co_await stream_.async_write_some(both, kAwait);
      if (error) co_return false;
      pace_.moved(n);
      auto of_first = std::min(n, first.size());
      first.remove_prefix(of_first);
      second.remove_prefix(n - of_first);
    }
    co_return true;
  }

 private:
  void begin_head(const Response& response, const Exchanged& exchanged, Framing framing) {
    out_.clear();
    append_response_head(out_, response, exchanged, framing, lane_.date());
  }

  char* piece() {
    if (!piece_) piece_ = std::make_unique_for_overwrite<char[]>(kPiece);
    return piece_.get();
  }

  Task<bool> send_file(FileSlice slice) {
    if (kPlain && slice.length > kSendfileMin) {
      if (!co_await write(out_, {})) co_return false;
      co_return co_await sendfile_all(slice);
    }
    std::string_view head = out_;
    while (slice.length > 0 || !head.empty()) {
      auto n = ::pread(slice.fd, piece(), std::min<uint64_t>(slice.length, kPiece), static_cast<off_t>(slice.offset));
      if (n < 0 || (n == 0 && slice.length > 0)) co_return false;  // the file shrank under us
      auto moved = static_cast<size_t>(n);
      if (!co_await write(head, {piece(), moved})) co_return false;
      head = {};
      slice.offset += moved;
      slice.length -= moved;
    }
    co_return true;
  }

  Task<bool> sendfile_all(FileSlice slice) {
    pace_.begin();
    auto offset = static_cast<off_t>(slice.offset);
    while (slice.length > 0) {
      auto n = ::sendfile(socket_.native_handle(), slice.fd, &offset, std::min<uint64_t>(slice.length, 2u << 20));
      if (n > 0) {
        slice.length -= static_cast<uint64_t>(n);
        pace_.moved(static_cast<size_t>(n));
        continue;
      }
      if (n == 0 || (errno != EAGAIN && errno != EINTR)) co_return false;
      auto [error] = co_await socket_.async_wait(Socket::wait_write, kAwait);
      if (error) co_return false;
    }
    co_return true;
  }

  Task<base::Result<size_t>> read_source(base::ByteSource& source) {
    base::Result<size_t> read = base::internal("the body's source did not run");
    seat_.deadline = Seat::kNever;
    std::function<void()> work = [&] {
      try {
        read = source.read(piece(), kPiece);
      } catch (const std::exception& broken) {
        read = base::internal(broken.what());
      }
    };
    co_await on_worker(lane_, *lane_.house().workers, Urgency::must_run, work);
    if (!read.ok()) base::log_error("body_source_failed", {{"error", read.error().log}, {"says", read.error().says}});
    co_return read;
  }

  // The first piece is read before the head is sent, so that a source that fails at once becomes a 500.
  Task<bool> send_stream(Response& response, Exchanged& exchanged, Framing framing) {
    auto& body = std::get<StreamBody>(response.body);
    auto read = co_await read_source(*body.source);
    if (!read.ok()) {
      exchanged.keep_alive = false;
      auto refusal = lane_.house().handler.refuse(500, "the answer could not be read");
      if (!std::holds_alternative<std::string>(refusal.body)) co_return false;
      co_return co_await send(refusal, exchanged);
    }
    begin_head(response, exchanged, framing);
    co_return co_await send_pieces(body, framing, *read);
  }

  Task<bool> send_pieces(StreamBody& body, Framing framing, size_t n) {
    uint64_t left = framing == Framing::length ? *body.length : UINT64_MAX;
    while (n > 0 && left > 0) {
      n = static_cast<size_t>(std::min<uint64_t>(n, left));
      left -= n;
      if (framing == Framing::chunked) append_chunk_size(n);
      if (!co_await write(out_, {piece(), n})) co_return false;
      out_.assign(framing == Framing::chunked ? "\r\n" : "");
      if (left == 0) break;
      auto read = co_await read_source(*body.source);
      if (!read.ok()) co_return false;  // the client sees a body cut short
      n = *read;
    }
    if (framing == Framing::chunked) out_ += "0\r\n\r\n";
    bool sent = co_await write(out_, {});
    co_return sent && (framing != Framing::length || left == 0);
  }

  void append_chunk_size(size_t n) {
    char line[24];
    out_.append(line, static_cast<size_t>(std::snprintf(line, sizeof line, "%zx\r\n", n)));
  }

  Stream& stream_;
  Socket& socket_;
  Lane& lane_;
  Pace pace_;
  Seat& seat_;
  std::string out_;
  std::unique_ptr<char[]> piece_;
};

}  // namespace weir::net
