// A blocking HTTP/1.1 client with a pool of kept-alive connections. Thread-safe.
//
// libcurl does the work: a handle per concurrent call, each keeping its connections for the next one.
//  1. Redirects are not followed, and no proxy is taken from the environment.
//  2. The target goes out exactly as given: a signature covers it.
//  3. A request that meets a kept-alive connection the server has closed, before a byte of an answer, is
//     sent once more on a new one: also a POST, as AWS clients do.
#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/http.h"

namespace weir::net {

struct ClientOptions {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds total{60'000};  // for one call
  bool verify_tls = true;
  std::string ca_file = {};                // PEM; empty: the system's
  size_t response_bytes_max = 256u << 20;  // a longer body fails the call
  size_t idle_handles_max = 32;
  // Connects to addresses of the public internet only (public_address.h), looked at when each connection is made: a
  // name that resolves differently the second time gains nothing.
  bool public_addresses_only = false;
};

// What one call keeps to instead of its client's options.
struct CallLimits {
  std::optional<std::chrono::milliseconds> total = {};
  std::optional<size_t> response_bytes_max = {};
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

// A body that went into the caller's memory.
struct Fetched {
  int status = 0;
  Headers headers;
  size_t bytes = 0;     // written to the buffer; only of a 2xx answer
  std::string refusal;  // the body of any other answer, its first 64 KiB
};

// "https://host:8080" + "/path?query".
struct Address {
  std::string origin;
  std::string target = "/";
};

class Client {
 public:
  explicit Client(ClientOptions options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  base::Result<ClientResponse> send(std::string_view method, const Address& to, const Headers& headers,
                                    std::string_view body = {}, const CallLimits& limits = {});
  // Calls under way end within a second, and no further ones are made: Kind::internal. For a program that stops.
  void abandon() { abandoned_ = true; }
  // A body longer than `n` fails the call.
  base::Result<Fetched> fetch_into(std::string_view method, const Address& to, const Headers& headers, char* buffer,
                                   size_t n);

 private:
  class Call;
  class Pool;
  ClientOptions options_;
  std::unique_ptr<Pool> pool_;
  std::atomic<bool> abandoned_ = false;
};

}  // namespace weir::net
