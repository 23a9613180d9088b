#include "net/request_parser.h"

#include <gtest/gtest.h>

namespace weir::net {
namespace {

struct Collected final : base::ByteSink {
  std::string bytes;
  base::Status write(std::string_view piece) override {
    bytes += piece;
    return {};
  }
};

ParseFault fault_of(std::string_view text) {
  RequestParser parser(4096);
  auto length = parser.feed_head(text);
  if (parser.fault() != ParseFault::none) return parser.fault();
  EXPECT_GT(length, 0u) << text;
  Collected body;
  parser.feed_body(text.substr(length), body);
  return parser.fault();
}

// The request byte by byte, as a slow client sends it.
std::string body_of(std::string_view text, size_t piece) {
  RequestParser parser(4096);
  std::string pending;
  Collected body;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    pending += text.substr(0, piece);
    if (!parser.head_done()) pending.erase(0, parser.feed_head(pending));
    if (parser.head_done()) pending.erase(0, parser.feed_body(pending, body));
    EXPECT_EQ(parser.fault(), ParseFault::none);
  }
  EXPECT_TRUE(parser.done());
  return body.bytes;
}

}  // namespace

TEST(RequestParser, KeepsWhatItReceived) {
  RequestParser parser(4096);
  std::string_view text =
      "PUT /b/a%20b//c?x=1+2 HTTP/1.1\r\nHost: h\r\nX-Twice: a\r\nx-twice:  b  \r\nContent-Length: 2\r\n\r\nhi";
  auto length = parser.feed_head(text);
  ASSERT_EQ(length, text.size() - 2);
  EXPECT_EQ(parser.head().method, "PUT");
  EXPECT_EQ(parser.head().target, "/b/a%20b//c?x=1+2");
  EXPECT_EQ(parser.head().path(), "/b/a%20b//c");
  EXPECT_EQ(parser.head().query(), "x=1+2");
  EXPECT_EQ(parser.head().headers.count("X-TWICE"), 2u);
  EXPECT_EQ(parser.head().headers.get("x-twice"), "a");
  EXPECT_EQ((parser.head().headers.begin() + 2)->second, "b");
  EXPECT_EQ(parser.head().content_length, 2u);
  EXPECT_FALSE(parser.done());
}

// Found by fuzzing: Beast's parser asserts that it is not asked again with "0" CRLF and one byte more.
TEST(RequestParser, AnEmptyChunkedBodyMayComeByteByByte) {
  RequestParser parser(4096);
  std::string_view head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  ASSERT_EQ(parser.feed_head(head), head.size());
  Collected body;
  for (std::string_view begun : {"0\r\n", "0\r\n\r", "0\r\nT"}) EXPECT_EQ(parser.feed_body(begun, body), 0u);
  EXPECT_FALSE(parser.done());
  EXPECT_EQ(parser.feed_body("0\r\n\r\n", body), 5u);
  EXPECT_TRUE(parser.done() && body.bytes.empty());
}

TEST(RequestParser, BodiesArriveHoweverTheyAreCut) {
  for (size_t piece : {1ul, 2ul, 5ul, 1000ul}) {
    EXPECT_EQ(body_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", piece), "hello");
    EXPECT_EQ(body_of("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "5;ext=1\r\nhello\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
                      piece),
              "hello0123456789");
    EXPECT_EQ(body_of("GET / HTTP/1.1\r\nHost: h\r\n\r\n", piece), "");
  }
}

TEST(RequestParser, ABodyMayBeginWithWhatWouldFoldAHeader) {
  EXPECT_EQ(body_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n\t ", 1000), "\t ");
  EXPECT_EQ(body_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n\n\r", 1000), "\n\r");
}

TEST(RequestParser, AmbiguousFramingIsRefused) {
  const std::string_view heads[] = {
      "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
      "Content-Length: 1\r\nContent-Length: 1\r\n",
      "Content-Length: 1\r\nContent-Length: 2\r\n",
      "Content-Length: 1, 1\r\n",
      "Content-Length: +1\r\n",
      "Content-Length: -1\r\n",
      "Content-Length: 0x1\r\n",
      "Content-Length: 1 1\r\n",
      "Content-Length: \r\n",
      "Content-Length: 99999999999999999999\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding : chunked\r\n",
      " Transfer-Encoding: chunked\r\n",
      "Content-Length:\r\n 1\r\n",
      "X: a\r\n folded\r\n",
      "X: a\r\n\tfolded\r\n",
      "X: a\nContent-Length: 1\r\n",
      "X: a\rContent-Length: 1\r\n",
      "X\r\n",
      ": a\r\n",
      "X y: a\r\n",
      "X\t: a\r\n",
      "Host: second\r\n",
  };
  for (auto head : heads)
    EXPECT_EQ(fault_of("POST / HTTP/1.1\r\nHost: h\r\n" + std::string(head) + "\r\nx"), ParseFault::malformed) << head;
  EXPECT_EQ(fault_of(std::string_view("POST / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 37)), ParseFault::malformed)
      << "NUL";
}

TEST(RequestParser, OnlyPlainChunkedIsSpoken) {
  for (std::string_view coding :
       {"gzip", "gzip, chunked", "chunked, gzip", "identity", "chunked, chunked", "xchunked", "\"chunked\""})
    EXPECT_NE(fault_of("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: " + std::string(coding) + "\r\n\r\n"),
              ParseFault::none)
        << coding;
  EXPECT_EQ(fault_of("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n"), ParseFault::unsupported);
  EXPECT_EQ(fault_of("POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"), ParseFault::malformed);
}

TEST(RequestParser, MalformedRequestLinesAreRefused) {
  for (std::string_view line :
       {"", "GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "G@T / HTTP/1.1", "GET x HTTP/1.1",
        "GET http://h/ HTTP/1.1", "CONNECT h:1 HTTP/1.1", "GET / http/1.1", "GET / HTTP/1", "GET /a b HTTP/1.1"})
    EXPECT_NE(fault_of(std::string(line) + "\r\nHost: h\r\n\r\n"), ParseFault::none) << line;
  EXPECT_EQ(fault_of("GET / HTTP/1.1\nHost: h\n\n"), ParseFault::malformed) << "bare LF";
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\n\r\n"), ParseFault::malformed) << "no Host";
  EXPECT_EQ(fault_of("GET / HTTP/1.0\r\n\r\n"), ParseFault::none);
  EXPECT_NE(fault_of("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), ParseFault::none);
  EXPECT_EQ(fault_of("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"), ParseFault::none);
}

TEST(RequestParser, MalformedChunksAreRefused) {
  for (std::string_view body : {"x\r\n", "5 \r\nhello\r\n", "-1\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "5\nhello\r\n",
                                "\r\n", "fffffffffffffffff\r\n", "0\r\nX : y\r\n\r\n", "5\r\nhello0\r\n\r\n"})
    EXPECT_EQ(fault_of("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body)),
              ParseFault::malformed)
        << body;
}

TEST(RequestParser, HeadsHaveALimit) {
  EXPECT_EQ(fault_of("GET /" + std::string(5000, 'a')), ParseFault::head_too_large) << "before the line even ends";
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(4096, 'a') + "\r\n\r\n"),
            ParseFault::head_too_large);
  std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 200; ++i) many += "a: b\r\n";
  EXPECT_EQ(fault_of(many + "\r\n"), ParseFault::head_too_large);
}

TEST(RequestParser, AReaderThatWantsNoMoreStopsTheBody) {
  struct Full final : base::ByteSink {
    base::Status write(std::string_view) override { return base::invalid("no more"); }
  } full;
  RequestParser parser(4096);
  std::string_view text = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
  parser.feed_body(text.substr(parser.feed_head(text)), full);
  EXPECT_EQ(parser.fault(), ParseFault::sink_failed);
}

TEST(RequestParser, OneParserServesManyRequests) {
  RequestParser parser(4096);
  Collected body;
  for (int i = 0; i < 3; ++i) {
    parser.reset();
    std::string_view text = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";
    parser.feed_body(text.substr(parser.feed_head(text)), body);
    EXPECT_TRUE(parser.done());
    EXPECT_TRUE(parser.keep_alive());
  }
  EXPECT_EQ(body.bytes, "hihihi");
}

}  // namespace weir::net
