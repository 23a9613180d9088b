#include "base/json.h"

#include <gtest/gtest.h>

#include "base/record.h"

namespace weir::base {

struct Inner {
  std::string name;
  std::optional<int64_t> count;
};
WEIR_RECORD(Inner, FIELD("Name", &Inner::name), FIELD("Count", &Inner::count))
struct Outer {
  std::vector<Inner> items;
  std::map<std::string, std::string> tags;
  bool on = false;
};
WEIR_RECORD(Outer, FIELD("Items", &Outer::items), FIELD("Tags", &Outer::tags), FIELD("On", &Outer::on))

TEST(Json, RoundTripsAndEscapes) {
  auto json = parse_json(R"({"a":[1,-2.5,"x\n\u0001\"",true,null],"a":2})");
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json->dump(), R"({"a":[1,-2.5,"x\n\u0001\"",true,null],"a":2})") << "duplicates stay for who must refuse";
}

TEST(Json, RefusesDepthTrailersAndBadUtf8) {
  EXPECT_FALSE(parse_json(std::string(100, '[') + std::string(100, ']'), 32).ok());
  EXPECT_FALSE(parse_json("{} x").ok());
  EXPECT_FALSE(parse_json("\"\xff\"").ok());
  EXPECT_FALSE(parse_json("").ok());
}

TEST(Record, RoundTripsAndLeavesOutTheAbsent) {
  Outer outer{{{"a", 1}, {"b", std::nullopt}}, {{"k", "v"}}, true};
  auto text = encode_record(outer);
  EXPECT_EQ(text, R"({"v":1,"Items":[{"Name":"a","Count":1},{"Name":"b"}],"Tags":{"k":"v"},"On":true})");
  auto back = decode_record<Outer>(text);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(encode_record(*back), text);
  EXPECT_FALSE(decode_record<Outer>(R"({"Items":{}})").ok()) << "wrong type";
}

TEST(Clock, DatesRoundTrip) {
  auto at = *parse_iso8601("2026-11-22T01:02:03.250Z");
  EXPECT_EQ(to_iso8601_millis(at), "2026-11-22T01:02:03.250Z");
  EXPECT_EQ(to_http_date(at), "Sun, 22 Nov 2026 01:02:03 GMT");
  EXPECT_EQ(to_iso8601(*parse_http_date(to_http_date(at))), "2026-11-22T01:02:03Z");
  EXPECT_EQ(to_iso8601(*parse_amz_date("20261122T010203Z")), "2026-11-22T01:02:03Z");
  EXPECT_EQ(*parse_iso8601("2026-11-22T02:02:03.25+01:00"), at);
  EXPECT_FALSE(parse_iso8601("2026-02-30").ok());
  EXPECT_FALSE(parse_iso8601("2026-11-22T01:02:03Zx").ok());
}

}  // namespace weir::base
