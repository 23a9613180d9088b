#include "app/trail/usage_counts.h"

#include <charconv>

#include "app/trail/trail_record.h"
#include "store/key.h"
#include "store/record_access.h"

namespace weir::app {
namespace {

constexpr std::string_view kNoun = "usage-counts";
constexpr size_t kNumbersOfRow = 6;

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

base::Error broken() { return base::internal("usage: a record of counts cannot be read"); }

// The numbers of a row from `at` on; `at` is where the next one begins.
base::Result<std::array<int64_t, kNumbersOfRow>> next_row(std::string_view text, size_t& at) {
  std::array<int64_t, kNumbersOfRow> out{};
  for (auto& number : out) {
    const auto* end = text.data() + text.size();
    auto read = std::from_chars(text.data() + at, end, number);
    if (read.ec != std::errc() || read.ptr == end || *read.ptr != ' ' || number < 0) return broken();
    at = static_cast<size_t>(read.ptr - text.data()) + 1;
  }
  return out;
}

std::array<std::string_view, 4> names_of(const UsageRow& row) {
  return {row.principal, row.table, row.operation, row.door};
}

}  // namespace

base::Result<UsageCounts> UsageCounts::read(KeptCounts kept) {
  UsageCounts out;
  out.names_ = std::move(kept.names);
  for (size_t at = 0; at < kept.rows.size();) {
    WEIR_TRY(auto row, next_row(kept.rows, at));
    auto& tally = out.tallies_.emplace_back(UsageTally{{}, row[4], row[5]});
    for (size_t i = 0; i < tally.key.size(); ++i) {
      if (static_cast<uint64_t>(row[i]) >= out.names_.size()) return broken();
      tally.key[i] = static_cast<uint32_t>(row[i]);
    }
  }
  return out;
}

KeptCounts UsageCounts::kept() const {
  KeptCounts out{names_, {}};
  auto add = [&](auto number) { out.rows.append(std::to_string(number)).append(" "); };
  for (const auto& tally : tallies_) {
    for (auto place : tally.key) add(place);
    add(tally.allowed);
    add(tally.denied);
  }
  return out;
}

void UsageCounts::add(const UsageRow& row) {
  find_places();
  auto key = known_key(row);
  auto found = key ? rows_.find(*key) : rows_.end();
  if (found == rows_.end()) {
    bool names_somebody = !row.principal.empty() || !row.table.empty();
    if (tallies_.size() >= kUsageRowsMax && names_somebody)
      return add({.operation = row.operation, .door = row.door, .allowed = row.allowed, .denied = row.denied});
    found = rows_.emplace(new_key(row), tallies_.size()).first;
    tallies_.push_back({found->first});
  }
  tallies_[found->second].allowed += row.allowed;
  tallies_[found->second].denied += row.denied;
}

void UsageCounts::add(const UsageCounts& more) {
  const auto& names = more.names_;
  for (const auto& [key, allowed, denied] : more.tallies_)
    add({names[key[0]], names[key[1]], names[key[2]], names[key[3]], allowed, denied});
}

std::optional<UsageKey> UsageCounts::known_key(const UsageRow& row) const {
  UsageKey key{};
  auto names = names_of(row);
  for (size_t i = 0; i < names.size(); ++i) {
    auto place = places_.find(names[i]);
    if (place == places_.end()) return std::nullopt;
    key[i] = place->second;
  }
  return key;
}

UsageKey UsageCounts::new_key(const UsageRow& row) {
  UsageKey key{};
  auto names = names_of(row);
  for (size_t i = 0; i < names.size(); ++i) {
    auto [place, is_new] = places_.try_emplace(std::string(names[i]), static_cast<uint32_t>(names_.size()));
    if (is_new) names_.emplace_back(names[i]);
    key[i] = place->second;
  }
  return key;
}

void UsageCounts::find_places() {
  if (rows_.size() == tallies_.size()) return;
  for (size_t i = 0; i < names_.size(); ++i) places_.emplace(names_[i], static_cast<uint32_t>(i));
  for (size_t i = 0; i < tallies_.size(); ++i) rows_.emplace(tallies_[i].key, i);
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
  WEIR_TRY(auto found, store::load<KeptCounts>(tx, counts_key(account, bucket, at)));
  return found ? UsageCounts::read(std::move(*found)) : UsageCounts();
}

base::Status put_counts(store::Transaction& tx, std::string_view account, std::string_view bucket, base::Instant at,
                        const UsageCounts& counts) {
  return store::save(tx, counts_key(account, bucket, at), counts.kept());
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
