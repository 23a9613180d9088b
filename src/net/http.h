// HTTP as the rest of Weir sees it: a request head, pieces of body, one answer. Knows nothing of AWS.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace weir::net {

// In arrival order, names as received. Lookups ignore case.
class Headers {
 public:
  void add(std::string name, std::string value) { items_.emplace_back(std::move(name), std::move(value)); }
  void set(std::string_view name, std::string value);
  void reserve(size_t count) { items_.reserve(count); }
  // The first value of that name, or null.
  const std::string* find(std::string_view name) const;
  std::string_view get(std::string_view name, std::string_view otherwise = {}) const;
  size_t count(std::string_view name) const;
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  size_t size() const { return items_.size(); }
  std::span<const std::pair<std::string, std::string>> items() const { return items_; }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

struct RequestHead {
  std::string method;  // as received
  std::string target;  // raw: path and query as on the wire, never decoded
  Headers headers;
  std::string peer;  // the peer's address, without port
  bool tls = false;
  // Present when the request carries a Content-Length.
  std::optional<uint64_t> content_length;

  std::string_view path() const;   // target before '?'
  std::string_view query() const;  // target after '?', or empty
};

// Bytes of an open file; the server closes `fd` when it is done. Sent with sendfile when large.
struct FileSlice {
  int fd = -1;
  uint64_t offset = 0;
  uint64_t length = 0;
};

// A body whose length may be unknown (chunked then); read on a worker thread.
struct StreamBody {
  std::shared_ptr<base::ByteSource> source;
  std::optional<uint64_t> length;
};

struct Response {
  int status = 200;
  Headers headers;  // without Content-Length, Date, Connection: the server writes those
  std::variant<std::string, FileSlice, StreamBody> body;
  bool head_only = false;  // answer to HEAD: Content-Length of the body, no body bytes
  // For an answer to HEAD whose body is not at hand.
  std::optional<uint64_t> declared_length;
};

// Where answer() runs: on the connection's own thread (microseconds, never blocks), on a worker, or on one of the
// threads for answers that wait for something to happen (long polls) and would keep workers from the rest.
enum class Place { connection, worker, patient };

// One request's journey. Made by a Handler when the head has arrived, told of each piece of body in
// order, asked once for the answer, destroyed. One thread at a time.
class Exchange {
 public:
  virtual ~Exchange() = default;
  // Bodies larger than this are refused with 413 before answer() is asked. Looked at once, after open.
  virtual uint64_t body_bytes_max() const = 0;
  // False: skip the body (an early refusal); the server answers and closes unless it is small.
  virtual bool wants_body() const { return true; }
  virtual base::Status body(std::string_view piece) = 0;
  virtual Place place() const { return Place::connection; }
  virtual Response answer() = 0;
};

class Handler {
 public:
  virtual ~Handler() = default;
  // Never blocks. The server has checked the limits of server.h.
  virtual std::unique_ptr<Exchange> open(RequestHead head) = 0;
  // The server's own refusals (too large, malformed, overloaded) in the handler's words.
  virtual Response refuse(int status, std::string_view why) = 0;
};

}  // namespace weir::net
