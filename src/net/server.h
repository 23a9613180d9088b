// The HTTP/1.1 server: sockets, TLS, limits and deadlines around a Handler. Knows nothing of AWS.
//
// One I/O thread per `threads`, each with its own listening socket and its own connections; answers that
// block run on worker threads. The Handler is called from all of them.
//  1. Every connection is in one thread's list and has a deadline, or is being answered.
//  2. Framing is the server's: whatever a Handler returns, the next answer of the connection begins where
//     the client expects it, or the connection closes.
//  3. Limits are enforced before memory is spent: head, connections, queued work, body by the Exchange.
//  4. Once body() has failed, no more of the body is read: answer() is asked, then the connection closes.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "net/http.h"

namespace weir::net {

struct ServerOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 0;  // 0: any; see bound_port
  size_t threads = 1;
  size_t worker_threads = 8;
  size_t worker_queue_max = 1024;   // beyond: refuse(503)
  size_t patient_threads = 128;     // answers that wait; as many again queue, beyond: refuse(503)
  size_t connections_max = 10'000;  // beyond: accepted and closed
  size_t header_bytes_max = 32 * 1024;
  size_t body_buffer_bytes = 64 * 1024;
  std::chrono::milliseconds idle{75'000};      // between requests
  std::chrono::milliseconds head{10'000};      // from a request's first byte to the end of its head; TLS handshake
  std::chrono::milliseconds progress{30'000};  // in which progress_bytes of a body must move, either way
  size_t progress_bytes = 16 * 1024;
  std::chrono::milliseconds total{0};     // for a whole request and its answer; 0: no limit
  std::string tls_certificate_file = {};  // PEM chain; empty: plain HTTP
  std::string tls_key_file = {};
};

class Server {
 public:
  explicit Server(ServerOptions options);
  ~Server();  // stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens and returns; `handler` must outlive the server. Once.
  base::Status start(Handler& handler);
  uint16_t bound_port() const;
  size_t connections() const;  // open now

  // Stops accepting, closes idle connections, lets requests under way finish; what has not finished by the
  // deadline is cut. Returns when no connection is left; true when none was cut.
  bool drain(std::chrono::milliseconds deadline);
  void stop() { drain(std::chrono::milliseconds(0)); }

 private:
  struct Running;
  ServerOptions options_;
  std::unique_ptr<Running> running_;
};

}  // namespace weir::net
