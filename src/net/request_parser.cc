#include "net/request_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <optional>

#include "base/text.h"

namespace weir::net {
namespace {

namespace http = boost::beast::http;
using Code = boost::beast::error_code;
using Text = boost::beast::string_view;

constexpr size_t kFieldsMax = 128;
constexpr size_t kFieldsUsual = 16;
constexpr size_t kTrailerFieldsMax = 32;

std::string_view view(Text text) { return {text.data(), text.size()}; }

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 19 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

// Beast walks the grammar and calls back; the facts go straight into a RequestHead.
class RequestParser::Grammar final {
 public:
  explicit Grammar(size_t head_bytes_max) : head_bytes_max_(head_bytes_max) { restart(); }
  void restart() { walk_.emplace(head_bytes_max_); }

  struct Walk final : http::basic_parser<true> {
    explicit Walk(size_t head_bytes_max) {
      header_limit(static_cast<std::uint32_t>(head_bytes_max));
      body_limit(boost::none);
      eager(true);
    }

    void on_request_impl(http::verb, Text method, Text target, int version, Code& ec) override {
      http_version = version;
      head.method = view(method);
      head.target = view(target);
      head.headers.reserve(kFieldsUsual);
      if (version != 10 && version != 11) return refuse(ParseFault::bad_version, ec);
      if (head.target[0] != '/' && head.target != "*") refuse(ParseFault::malformed, ec);
    }
    void on_field_impl(http::field name, Text name_text, Text value, Code& ec) override {
      if (in_body) {
        if (++trailer_fields > kTrailerFieldsMax) refuse(ParseFault::malformed, ec);
        return;  // nothing in Weir reads HTTP trailers
      }
      if (head.headers.size() >= kFieldsMax) return refuse(ParseFault::head_too_large, ec);
      if (name == http::field::content_length) take_length(view(value), ec);
      if (name == http::field::transfer_encoding) take_coding(view(value), ec);
      if (name == http::field::host) ++hosts;
      if (name == http::field::expect) expects_continue = base::equal_ignoring_case(view(value), "100-continue");
      head.headers.add(std::string(view(name_text)), std::string(view(value)));
    }
    void take_length(std::string_view value, Code& ec) {
      if (head.content_length || !is_digits(value)) return refuse(ParseFault::malformed, ec);
      auto length = base::parse_int(value);
      if (!length.ok()) return refuse(ParseFault::malformed, ec);
      head.content_length = static_cast<uint64_t>(*length);
    }
    void take_coding(std::string_view value, Code& ec) {
      if (!base::equal_ignoring_case(value, "chunked")) return refuse(ParseFault::unsupported, ec);
      if (http_version == 10) refuse(ParseFault::malformed, ec);
    }
    void on_header_impl(Code& ec) override {
      if (hosts > 1 || (hosts == 0 && http_version == 11)) refuse(ParseFault::malformed, ec);
    }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Code&) override { in_body = true; }
    std::size_t on_body_impl(Text piece, Code& ec) override { return deliver(piece, ec); }
    void on_chunk_header_impl(std::uint64_t, Text extensions, Code& ec) override {
      in_body = first_chunk_seen = true;
      if (extensions.size() > 256) refuse(ParseFault::malformed, ec);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, Text piece, Code& ec) override { return deliver(piece, ec); }
    void on_finish_impl(Code&) override {}
    void on_response_impl(int, Text, int, Code&) override {}

    std::size_t deliver(Text piece, Code& ec) {
      if (!sink->write(view(piece)).ok()) refuse(ParseFault::sink_failed, ec);
      return piece.size();
    }
    void refuse(ParseFault why, Code& ec) {
      fault = why;
      ec = http::error::bad_field;
    }
    RequestHead head;
    base::ByteSink* sink = nullptr;
    ParseFault fault = ParseFault::none;
    int http_version = 11;
    size_t hosts = 0, trailer_fields = 0;
    bool in_body = false, first_chunk_seen = false, expects_continue = false;
  };

  // The number of bytes consumed; the fault when there is one.
  std::pair<size_t, ParseFault> put(std::string_view bytes) {
    Code ec;
    size_t used = walk_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    if (!ec || ec == http::error::need_more) return {used, ParseFault::none};
    if (walk_->fault != ParseFault::none) return {used, walk_->fault};
    if (ec == http::error::header_limit) return {used, ParseFault::head_too_large};
    return {used, ec == http::error::bad_version ? ParseFault::bad_version : ParseFault::malformed};
  }
  Walk& walk() { return *walk_; }
  // An empty chunked body is at least "0" CRLF CRLF. Beast remembers that it saw the first line of it, and asserts that
  // there are five bytes when it looks again: it is not to look before.
  bool must_wait(std::string_view bytes) const {
    return walk_->chunked() && !walk_->first_chunk_seen && bytes.size() < 5 && bytes.starts_with("0\r\n");
  }

 private:
  size_t head_bytes_max_;
  std::optional<Walk> walk_;
};

int status_of(ParseFault fault) {
  switch (fault) {
    case ParseFault::none: return 200;
    case ParseFault::malformed: return 400;
    case ParseFault::head_too_large: return 431;
    case ParseFault::unsupported: return 501;
    case ParseFault::bad_version: return 505;
    case ParseFault::sink_failed: return 500;
  }
  return 500;
}

RequestParser::RequestParser(size_t head_bytes_max)
    : head_bytes_max_(head_bytes_max), grammar_(std::make_unique<Grammar>(head_bytes_max)) {}
RequestParser::~RequestParser() = default;

void RequestParser::reset() {
  grammar_->restart();
  scanned_ = 0;
  head_done_ = false;
  fault_ = ParseFault::none;
}

// Looks at every line end that is new: each must be CRLF, and no line may continue the one before.
size_t RequestParser::end_of_head(std::string_view bytes) {
  for (;;) {
    auto line_end = bytes.find('\n', scanned_);
    if (line_end == std::string_view::npos) return 0;
    bool bare = line_end == 0 || bytes[line_end - 1] != '\r';
    if (!bare && line_end >= 3 && bytes[line_end - 2] == '\n') return line_end + 1;
    bool folds = line_end + 1 < bytes.size() && (bytes[line_end + 1] == ' ' || bytes[line_end + 1] == '\t');
    bool empty = line_end == 1;  // where the request line belongs
    if (bare || folds || empty) {
      fault_ = ParseFault::malformed;
      return 0;
    }
    if (line_end + 1 == bytes.size()) return 0;  // whether the next line folds is not known yet
    scanned_ = line_end + 1;
  }
}

size_t RequestParser::feed_head(std::string_view bytes) {
  auto length = end_of_head(bytes);
  if (fault_ != ParseFault::none) return 0;
  if (length > head_bytes_max_ || (length == 0 && bytes.size() >= head_bytes_max_)) fault_ = ParseFault::head_too_large;
  if (length == 0 || fault_ != ParseFault::none) return 0;
  auto [used, fault] = grammar_->put(bytes.substr(0, length));
  fault_ = fault == ParseFault::none && used != length ? ParseFault::malformed : fault;
  head_done_ = fault_ == ParseFault::none;
  return head_done_ ? length : 0;
}

size_t RequestParser::feed_body(std::string_view bytes, base::ByteSink& body) {
  size_t used = 0;
  grammar_->walk().sink = &body;
  while (!done() && used < bytes.size() && fault_ == ParseFault::none && !grammar_->must_wait(bytes.substr(used))) {
    auto [n, fault] = grammar_->put(bytes.substr(used));
    fault_ = fault;
    used += n;
    if (n == 0) break;
  }
  return used;
}

bool RequestParser::done() const { return grammar_->walk().is_done(); }
RequestHead& RequestParser::head() { return grammar_->walk().head; }
bool RequestParser::keep_alive() const { return grammar_->walk().keep_alive(); }
bool RequestParser::chunked() const { return grammar_->walk().chunked(); }
bool RequestParser::is_http_1_0() const { return grammar_->walk().http_version == 10; }
bool RequestParser::expects_continue() const { return grammar_->walk().expects_continue; }

}  // namespace weir::net
