// One HTTP/1.1 request off the wire, strictly: what two parsers could read in two ways is refused.
//
// Feed it the head, then the body; reset() for the next request of the connection. One thread.
// The grammar is Boost.Beast's; on top of it are refused:
//  1. bare LF, folded lines, control characters, white space around a field's name;
//  2. Content-Length together with Transfer-Encoding, either of them twice, any list of lengths;
//  3. any Transfer-Encoding but "chunked" (501), and that one from HTTP/1.0 clients;
//  4. an HTTP/1.1 request without exactly one Host; a target that is neither a path nor "*".
#pragma once
#include <memory>
#include <string_view>

#include "base/bytes.h"
#include "net/http.h"

namespace weir::net {

enum class ParseFault {
  none,
  malformed,       // 400
  head_too_large,  // 431
  unsupported,     // 501: a transfer coding we do not speak
  bad_version,     // 505
  sink_failed,     // the body's reader wanted no more
};
int status_of(ParseFault fault);

class RequestParser {
 public:
  explicit RequestParser(size_t head_bytes_max);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  void reset();

  // `bytes` begins where the request begins and grows from call to call. Answers the length of the head
  // once it is complete, else 0; look at fault() then.
  size_t feed_head(std::string_view bytes);
  // Answers how many bytes it consumed; decoded pieces go to `body`. What is left must come again, with more.
  size_t feed_body(std::string_view bytes, base::ByteSink& body);

  ParseFault fault() const { return fault_; }
  bool head_done() const { return head_done_; }
  bool done() const;  // head and body are complete
  RequestHead& head();
  bool keep_alive() const;
  bool chunked() const;
  bool is_http_1_0() const;
  bool expects_continue() const;

 private:
  class Grammar;
  size_t end_of_head(std::string_view bytes);

  const size_t head_bytes_max_;
  size_t scanned_ = 0;
  ParseFault fault_ = ParseFault::none;
  bool head_done_ = false;
  std::unique_ptr<Grammar> grammar_;
};

}  // namespace weir::net
