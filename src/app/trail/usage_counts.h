// Counts of use, in memory and in the store:
//
//   usage-counts  ACCOUNT  hour  TIME       KeptCounts; TIME is the first second of the hour, in ISO 8601
//   usage-counts  ACCOUNT  day   TIME       the same of the day
//   usage-counts  ACCOUNT  upto             CountedUpTo
//
// A page reads hundreds of them with up to a thousand rows each, so names are kept once, and rows are numbers. The form
// before this one was under `usage`; what it counted is counted again.
//
// Invariants:
//  1. A UsageCounts has at most kUsageRowsMax rows that name somebody or a table; what comes when it is full is counted by
//     operation and door alone.
//  2. Each name is in names() once, and every place in a tally is one of names().
//
// Errors: internal for a record that breaks 2.
//
// Threads: as the transaction; a UsageCounts is a value.
#pragma once
#include <array>
#include <map>
#include <optional>
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

// Principal, table, operation and door, in this order, by their places among the names.
using UsageKey = std::array<uint32_t, 4>;
struct UsageTally {
  UsageKey key{};
  int64_t allowed = 0, denied = 0;
};

struct KeptCounts {
  std::vector<std::string> names;
  std::string rows;  // six numbers a row, each followed by a space
};
WEIR_RECORD(KeptCounts, FIELD("Names", &KeptCounts::names), FIELD("Rows", &KeptCounts::rows))

class UsageCounts {
 public:
  static base::Result<UsageCounts> read(KeptCounts kept);
  KeptCounts kept() const;

  void add(const UsageRow& row);
  void add(const UsageCounts& more);

  const std::vector<std::string>& names() const { return names_; }
  const std::vector<UsageTally>& tallies() const { return tallies_; }

 private:
  std::optional<UsageKey> known_key(const UsageRow& row) const;
  UsageKey new_key(const UsageRow& row);
  void find_places();

  std::vector<std::string> names_;
  std::vector<UsageTally> tallies_;
  // Where they are; made when something is added first, since most are only read.
  std::map<std::string, uint32_t, std::less<>> places_;
  std::map<UsageKey, size_t> rows_;
};

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
