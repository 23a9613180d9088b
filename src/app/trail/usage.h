// How much is used, by whom, what of and through which door: counts over time, from the audit trail of one's own account.
//
// The trail is counted once into records by the hour and by the day (usage_counts.h), as far as it was asked for: every
// question counts a bounded part of what is new, the newest first, and says when more is left. What happened in the last
// kUsageSettles is read off the trail itself, since its records may come late.
//
// Invariants:
//  1. A record is counted once: the counts and how far they go are written in one transaction, which fails when somebody
//     else counted meanwhile.
//  2. Counts of an account are of its own trail.
//
// Errors: invalid about "time range".
//
// Threads: the Call's.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "app/trail/usage_counts.h"

namespace weir::app {

inline constexpr size_t kUsageCountedAtMax = 10'000;  // records in one call
inline constexpr size_t kUsageFreshMax = 5000;        // of those that have not settled
inline constexpr base::Seconds kUsageSettles{120};
inline constexpr std::chrono::days kUsageKept{92}, kUsageHourlyMax{7};
inline constexpr size_t kUsageSeriesMax = 50;

enum class UsageBucket { hour, day };
enum class UsageBy { principal, table, operation, door, decision };

struct UsageQuestion {
  base::Instant from{}, until{};
  UsageBucket bucket = UsageBucket::day;
  UsageBy by = UsageBy::door;
  std::string principal = {}, table = {}, operation = {}, door = {};  // only these; empty members do not narrow
};

struct UsagePoint {
  base::Instant at{};  // where the hour or the day begins
  std::string of;      // a principal, a table, ...; empty: of none, or of what is not told apart any more
  int64_t allowed = 0, denied = 0;
};

struct Usage {
  std::vector<UsagePoint> points;  // by time; buckets without use have none
  bool complete = true;            // else ask again: more of the trail is to be counted
};

base::Result<Usage> usage(Call& call, const UsageQuestion& question);

}  // namespace weir::app
