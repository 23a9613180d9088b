#include "app/trail/usage_counts.h"

#include <algorithm>

#include "app/trail/trail_record.h"
#include "store/key.h"
#include "store/record_access.h"

namespace weir::app {
namespace {

constexpr std::string_view kNoun = "usage";

std::string counts_key(std::string_view account, std::string_view bucket, base::Instant at) {
  return store::key(kNoun, account, bucket, base::to_iso8601(at));
}

std::string counted_key(std::string_view account) { return store::key(kNoun, account, "upto"); }

// Queries open what they read by vended credentials: those are the door they come through, too.
std::string_view door_of(const std::string& source, const std::string& operation) {
  if (source == "s3.amazonaws.com") return "S3";
  if (operation == "GetDataAccess") return "CREDENTIALS";
  if (source == "weir.amazonaws.com" && operation.find("Query") != operation.npos) return "SQL";
  if (source == "glue.amazonaws.com") return "METADATA";
  return "ADMINISTRATION";
}

bool is_same(const UsageRow& a, const UsageRow& b) {
  return a.principal == b.principal && a.table == b.table && a.operation == b.operation && a.door == b.door;
}

}  // namespace

void UsageCounts::add(const UsageRow& row) {
  auto found = std::ranges::find_if(rows, [&](const auto& one) { return is_same(one, row); });
  if (found == rows.end() && rows.size() >= kUsageRowsMax && !(row.principal.empty() && row.table.empty())) {
    auto rest = row;
    rest.principal.clear();
    rest.table.clear();
    return add(rest);
  }
  if (found == rows.end()) return rows.push_back(row);
  found->allowed += row.allowed;
  found->denied += row.denied;
}

UsageRow counted(const base::Json& record) {
  UsageRow out;
  out.principal = who_of(record);
  out.table = table_of(record);
  out.operation = record.text("eventName");
  out.door = door_of(record.text("eventSource"), out.operation);
  (is_denial(record) ? out.denied : out.allowed) = 1;
  return out;
}

base::Result<UsageCounts> find_counts(store::Transaction& tx, std::string_view account, std::string_view bucket,
                                      base::Instant at) {
  WEIR_TRY(auto found, store::load<UsageCounts>(tx, counts_key(account, bucket, at)));
  return found ? std::move(*found) : UsageCounts();
}

base::Status put_counts(store::Transaction& tx, std::string_view account, std::string_view bucket, base::Instant at,
                        const UsageCounts& counts) {
  return store::save(tx, counts_key(account, bucket, at), counts);
}

base::Status erase_counts_before(store::Transaction& tx, std::string_view account, base::Instant day) {
  constexpr size_t kAtOnce = 100;
  for (std::string_view bucket : {"hour", "day"}) {
    store::Range old{store::key(kNoun, account, bucket), counts_key(account, bucket, day)};
    WEIR_TRY(auto entries, tx.scan(old, kAtOnce));
    for (const auto& entry : entries) WEIR_CHECK_OK(tx.erase(entry.key));
  }
  return {};
}

base::Result<std::optional<CountedUpTo>> find_counted(store::Transaction& tx, std::string_view account) {
  return store::load<CountedUpTo>(tx, counted_key(account));
}

base::Status put_counted(store::Transaction& tx, std::string_view account, const CountedUpTo& upto) {
  return store::save(tx, counted_key(account), upto);
}

}  // namespace weir::app
