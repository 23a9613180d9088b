#include "events/http_words.h"

#include <gtest/gtest.h>

namespace weir::events {
namespace {

TEST(HttpWords, AHeaderCannotEndItsLineOrSayWhereTheMessageEnds) {
  EXPECT_TRUE(check_header("X-Api-Key", "a b\tc~").ok());
  for (auto* value : {"a\r\nX: y", "a\nb", "a\rb", "ä", "\x7f", "\x01"})
    EXPECT_FALSE(check_header("X", value).ok()) << value;
  EXPECT_FALSE(check_header("X", std::string_view("a\0b", 3)).ok());
  for (auto* name : {"", "a b", "a:b", "a\r\n", "Host", "CONTENT-LENGTH", "Transfer-Encoding", "connection", "TE"})
    EXPECT_FALSE(check_header(name, "v").ok()) << name;
}

TEST(HttpWords, NoPathValueAddsASegmentOrAQuery) {
  EXPECT_EQ(with_path_values("https://h/a/*/b/*?q=*", {"x/../y", "1?z=2"}).value(),
            "https://h/a/x%2F..%2Fy/b/1%3Fz%3D2?q=*");
  EXPECT_EQ(with_path_values("https://h/*/*", {"one"}).value(), "https://h/one/*");
}

TEST(HttpWords, NoPathValueLeadsToAnotherPlaceOfTheEndpoint) {
  for (auto* value : {"..", ".", ""}) {
    auto url = with_path_values("https://h/users/*/notes", {value});
    ASSERT_FALSE(url.ok()) << value;
    EXPECT_EQ(url.error().kind, base::Kind::invalid);
  }
}

TEST(HttpWords, QueriesAreEncodedAndContinued) {
  EXPECT_EQ(with_query("https://h/p", {{"a b", "c&d"}}), "https://h/p?a%20b=c%26d");
  EXPECT_EQ(with_query("https://h/p?x=1", {{"a", "2"}, {"a", "3"}}), "https://h/p?x=1&a=2&a=3");
}

}  // namespace
}  // namespace weir::events
