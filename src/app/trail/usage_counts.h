// Counts of use in the store:
//
//   usage  ACCOUNT  hour  TIME       UsageCounts; TIME is the first second of the hour, in ISO 8601
//   usage  ACCOUNT  day   TIME       the same of the day
//   usage  ACCOUNT  upto             CountedUpTo
//
// INVARIANT: a UsageCounts has at most kUsageRowsMax rows that name somebody or a table; what comes when it is full is
// counted by operation and door alone.
//
// Threads: as the transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/record.h"
#include "store/store.h"

namespace weir::app {

inline constexpr size_t kUsageRowsMax = 1000;

struct UsageRow {
  std::string principal = {}, table = {}, operation = {};
  std::string door = {};  // METADATA, CREDENTIALS, S3, SQL or ADMINISTRATION
  int64_t allowed = 0, denied = 0;
};
WEIR_RECORD(UsageRow, FIELD("Principal", &UsageRow::principal), FIELD("Table", &UsageRow::table),
            FIELD("Operation", &UsageRow::operation), FIELD("Door", &UsageRow::door),
            FIELD("Allowed", &UsageRow::allowed), FIELD("Denied", &UsageRow::denied))

struct UsageCounts {
  std::vector<UsageRow> rows;
  void add(const UsageRow& row);
};
WEIR_RECORD(UsageCounts, FIELD("Rows", &UsageCounts::rows))

// Everything before `all_before` is counted. From there to `until` the newest are, back to the journal's token.
struct CountedUpTo {
  base::Instant all_before{};
  base::Instant until{};
  std::string token;  // empty: nothing of that part is counted yet
  bool operator==(const CountedUpTo&) const = default;
};
WEIR_RECORD(CountedUpTo, FIELD("AllBefore", &CountedUpTo::all_before), FIELD("Until", &CountedUpTo::until),
            FIELD("Token", &CountedUpTo::token))

// One record of the trail, as a row that counts it.
UsageRow counted(const base::Json& record);

base::Result<UsageCounts> find_counts(store::Transaction& tx, std::string_view account, std::string_view bucket,
                                      base::Instant at);
base::Status put_counts(store::Transaction& tx, std::string_view account, std::string_view bucket, base::Instant at,
                        const UsageCounts& counts);
base::Status erase_counts_before(store::Transaction& tx, std::string_view account, base::Instant day);
base::Result<std::optional<CountedUpTo>> find_counted(store::Transaction& tx, std::string_view account);
base::Status put_counted(store::Transaction& tx, std::string_view account, const CountedUpTo& upto);

}  // namespace weir::app
