// Whatever the bytes: the same request however it is cut, and never more body than was framed.
#include "net/request_parser.h"

namespace {

struct Collected final : weir::base::ByteSink {
  std::string bytes;
  weir::base::Status write(std::string_view piece) override {
    bytes += piece;
    return {};
  }
};

struct Outcome {
  bool done, refused;
  std::string method, target, body;
  std::vector<std::pair<std::string, std::string>> headers;
  bool operator==(const Outcome&) const = default;
};

Outcome parse(std::string_view text, size_t piece) {
  weir::net::RequestParser parser(1024);
  std::string pending;
  Collected body;
  while (!text.empty() && !parser.done() && parser.fault() == weir::net::ParseFault::none) {
    pending += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    if (!parser.head_done()) pending.erase(0, parser.feed_head(pending));
    if (parser.head_done() && parser.fault() == weir::net::ParseFault::none)
      pending.erase(0, parser.feed_body(pending, body));
  }
  bool refused = parser.fault() != weir::net::ParseFault::none;
  if (refused || !parser.head_done()) return {false, refused, {}, {}, {}, {}};
  auto& head = parser.head();
  return {parser.done(), false, head.method, head.target, body.bytes, {head.headers.begin(), head.headers.end()}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto whole = parse(text, size + 1);
  if (!(parse(text, 1) == whole)) __builtin_trap();
  if (whole.body.size() > size) __builtin_trap();
  return 0;
}
