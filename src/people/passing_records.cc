#include "people/passing_records.h"

#include <cstdio>

#include "people/keys.h"
#include "store/record_access.h"

namespace weir::people {

struct PassingRecord {
  std::string value;
  base::Instant until{};
};
WEIR_RECORD(PassingRecord, FIELD("Value", &PassingRecord::value), FIELD("Until", &PassingRecord::until))

namespace {

constexpr size_t kForgottenAtOnce = 16;

// Digits enough for the order of texts to be the order of times.
std::string seconds_text(base::Instant at) {
  char text[24];
  std::snprintf(text, sizeof text, "%012lld", static_cast<long long>(base::to_epoch_whole_seconds(at)));
  return text;
}

}  // namespace

base::Result<std::optional<std::string>> PassingRecords::find(std::string_view kind, std::string_view id) {
  WEIR_TRY(auto record, store::load<PassingRecord>(tx_, keys::of("passing", kind, id)));
  if (!record || record->until <= now_) return std::optional<std::string>();
  return std::optional(std::move(record->value));
}

base::Status PassingRecords::put(std::string_view kind, std::string_view id, std::string value, base::Instant until) {
  WEIR_CHECK_OK(forget_ended());
  WEIR_CHECK_OK(store::save(tx_, keys::of("passing", kind, id), PassingRecord{std::move(value), until}));
  return tx_.put(keys::of("ends", seconds_text(until), kind, id), "{}");
}

base::Status PassingRecords::erase(std::string_view kind, std::string_view id) {
  return tx_.erase(keys::of("passing", kind, id));
}

// A record that was put anew since has another end.
base::Status PassingRecords::forget(const std::string& ended) {
  WEIR_TRY(auto parts, store::split_key(ended));
  auto key = keys::of("passing", parts[3], parts[4]);
  WEIR_TRY(auto record, store::load<PassingRecord>(tx_, key));
  if (record && record->until <= now_) WEIR_CHECK_OK(tx_.erase(key));
  return tx_.erase(ended);
}

base::Status PassingRecords::forget_ended() {
  store::Range ended{keys::of("ends"), keys::of("ends", seconds_text(now_))};
  WEIR_TRY(auto entries, tx_.scan(ended, kForgottenAtOnce));
  for (const auto& entry : entries) WEIR_CHECK_OK(forget(entry.key));
  return {};
}

}  // namespace weir::people
