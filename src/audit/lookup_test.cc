#include "audit/lookup.h"

#include <gtest/gtest.h>

namespace weir::audit {
namespace {

const base::Instant kNoon = base::parse_iso8601("2026-11-22T12:00:00Z").value();

Event event_at(base::Instant at) {
  Event event;
  event.time = at;
  event.event_id = "e-1";
  event.source = "glue.amazonaws.com";
  event.name = "GetTable";
  event.identity.arn = "arn:aws:iam::111122223333:user/\"eventTime\":\"1999-01-01T00:00:00Z";
  event.recipient_account = "111122223333";
  return event;
}

Lookup between(std::optional<base::Instant> from, std::optional<base::Instant> until) {
  Lookup out;
  out.account = "111122223333";
  out.from = from;
  out.until = until;
  return out;
}

TEST(FirstLook, WhatMatchesPassesAndOtherTimesDoNot) {
  using base::Seconds;
  for (auto off : {-86400, -61, -1, 0, 1, 59, 3600}) {
    auto line = to_line(event_at(kNoon + Seconds(off) + std::chrono::milliseconds(500)));
    auto record = base::parse_json(line).value();
    for (const auto& lookup : {between(kNoon, {}), between({}, kNoon), between(kNoon, kNoon), between({}, {}),
                               between(kNoon - Seconds(1), kNoon + Seconds(1) + std::chrono::milliseconds(900))})
      EXPECT_EQ(FirstLook(lookup).may_match(line), matches(lookup, record)) << line;
  }
}

TEST(FirstLook, ALineWhoseTimeCannotBeToldPasses) {
  auto lookup = between(kNoon, kNoon);
  for (const char* line :
       {R"({"recipientAccountId":"111122223333"})", R"({"eventTime":"12:00","recipientAccountId":"111122223333"})",
        R"({"recipientAccountId":"111122223333","eventTime":"2026-)"})
    EXPECT_TRUE(FirstLook(lookup).may_match(line)) << line;
}

}  // namespace
}  // namespace weir::audit
