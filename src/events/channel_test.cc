#include "events/channel.h"

#include <gtest/gtest.h>

namespace weir::events {
namespace {

Channel channel(std::string name, std::string database = {}, std::string table = {},
                std::vector<std::string> types = {}) {
  Channel out;
  out.name = std::move(name);
  out.database = std::move(database);
  out.table = std::move(table);
  out.event_types = std::move(types);
  return out;
}

std::vector<std::string> names(const std::vector<Channel>& channels) {
  std::vector<std::string> out;
  for (const auto& one : channels) out.push_back(one.name);
  return out;
}

const std::vector<Channel> kChannels = {channel("all"), channel("sales", "sales"), channel("sales-2", "sales"),
                                        channel("orders", "sales", "orders"),
                                        channel("expiry", "", "", {"grant.exp*"})};

using Names = std::vector<std::string>;

TEST(Channels, TheNearestOverrides) {
  EXPECT_EQ(names(nearest(kChannels, "request.submitted", {{"sales", "orders"}})), Names{"orders"});
  EXPECT_EQ(names(nearest(kChannels, "request.submitted", {{"Sales", "other"}})), (Names{"sales", "sales-2"}));
  EXPECT_EQ(names(nearest(kChannels, "request.submitted", {{"hr", "people"}})), Names{"all"});
  EXPECT_EQ(names(nearest(kChannels, "request.submitted", {{}})), Names{"all"});
  EXPECT_EQ(names(nearest(kChannels, "grant.expiring", {{"hr", ""}})), (Names{"all", "expiry"}));
}

TEST(Channels, OnlyThoseThatWantTheTypeOverride) {
  std::vector<Channel> two = {channel("all"), channel("narrow", "sales", "", {"grant.*"})};
  EXPECT_EQ(names(nearest(two, "request.submitted", {{"sales", "t"}})), Names{"all"});
  EXPECT_EQ(names(nearest(two, "grant.created", {{"sales", "t"}})), Names{"narrow"});
}

TEST(Channels, SeveralItemsReachTheNearestOfEachOnce) {
  auto detail =
      *base::parse_json(R"({"items":[{"database":"sales","table":"orders"},{"database":"hr"},{"database":"x"}]})");
  EXPECT_EQ(names(nearest(kChannels, "request.submitted", topics_of(detail))), (Names{"orders", "all"}));
}

TEST(Channels, NothingForWhatNobodyWants) {
  EXPECT_TRUE(nearest({channel("t", "sales", "orders")}, "x", {{"sales", "other"}}).empty());
  EXPECT_TRUE(nearest({}, "x", {{}}).empty());
}

TEST(Channels, AnAddressIsShownAsItsHost) {
  EXPECT_EQ(masked_url("https://hooks.example.com/services/T1/B2/secret?k=v"), "https://hooks.example.com/****");
  EXPECT_EQ(masked_url("https://u:p@h.example.com:8443/x"), "https://h.example.com:8443/****");
  EXPECT_EQ(masked_url("secret"), "****");
}

}  // namespace
}  // namespace weir::events
