#include "net/response_head.h"

#include <gtest/gtest.h>

namespace weir::net {
namespace {
std::string head_of(Response response, Exchanged exchanged = {}) {
  std::string out;
  auto framing = framing_of(response, exchanged);
  append_response_head(out, response, exchanged, framing, "now");
  return out;
}
}  // namespace

TEST(ResponseHead, TheServerWritesTheFraming) {
  Response response;
  response.headers.add("Content-Type", "text/plain");
  response.headers.add("content-length", "999");
  response.headers.add("Connection", "x");
  response.headers.add("DATE", "never");
  response.body = "hello";
  EXPECT_EQ(head_of(std::move(response)),
            "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseHead, NoHeaderCanEndTheHead) {
  Response response;
  response.headers.add("Location", "/a\r\n\r\nHTTP/1.1 200 OK");
  response.headers.add("X\r\nY", std::string("a\0b", 3));
  EXPECT_EQ(
      head_of(std::move(response)),
      "HTTP/1.1 200 OK\r\nDate: now\r\nLocation: /a    HTTP/1.1 200 OK\r\nX  Y: a b\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseHead, UnknownLengthIsChunkedOrEndsWithTheConnection) {
  Response response;
  response.body = StreamBody{};
  EXPECT_NE(head_of(response).find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  auto old = head_of(response, {.is_http_1_0 = true});
  EXPECT_EQ(old.find("chunked"), std::string::npos);
  EXPECT_NE(old.find("Connection: close\r\n"), std::string::npos);
}

TEST(ResponseHead, BodilessStatusesHaveNoLength) {
  for (int status : {204, 304}) {
    Response response;
    response.status = status;
    response.body = "ignored";
    EXPECT_EQ(head_of(std::move(response)).find("Content-Length"), std::string::npos);
  }
}

TEST(ResponseHead, AnAnswerToHeadDeclaresTheBodysLength) {
  Response response;
  response.declared_length = 1234;
  EXPECT_NE(head_of(response, {.is_head = true}).find("Content-Length: 1234\r\n"), std::string::npos);
  EXPECT_NE(head_of(response, {.is_head = false}).find("Content-Length: 0\r\n"), std::string::npos) << "only for HEAD";
}

}  // namespace weir::net
