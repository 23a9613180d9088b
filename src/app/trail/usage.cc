#include "app/trail/usage.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "app/trail/trail.h"
#include "audit/lookup.h"

namespace weir::app {
namespace {

using std::chrono::days, std::chrono::hours;

template <class Unit>
base::Instant begin_of(base::Instant at) {
  return std::chrono::floor<Unit>(at);
}

// Whole seconds, as records of the trail have them.
base::Instant second_of(base::Instant at) { return begin_of<base::Seconds>(at); }

struct Counts {
  std::map<base::Instant, UsageCounts> hours, days;

  void add(const base::Json& record) {
    auto at = base::parse_iso8601(record.text("eventTime"));
    if (!at) return;
    auto row = counted(record);
    hours[begin_of<std::chrono::hours>(*at)].add(row);
    days[begin_of<std::chrono::days>(*at)].add(row);
  }
};

// Reads the trail from the newest record of a time back, as far as `left` goes.
class TrailReader {
 public:
  TrailReader(Call& call, std::string account, size_t most) : call_(call), account_(std::move(account)), left_(most) {}

  struct Part {
    base::Instant from{}, until{};  // both inclusive
    std::string token;              // where to go on; empty at the end
  };
  // True when nothing of it is left.
  base::Result<bool> read(Part& part, Counts& into) {
    audit::Lookup lookup;
    lookup.account = account_;
    lookup.from = part.from;
    lookup.until = part.until;
    lookup.limit = audit::kLookupMax;
    while (left_ >= audit::kLookupMax) {
      lookup.next_token = part.token;
      WEIR_TRY(auto page, call_.lake().journal.lookup(lookup));
      for (const auto& record : page.events) into.add(record);
      left_ -= audit::kLookupMax;
      part.token = page.next_token;
      if (part.token.empty()) return true;
    }
    return false;
  }

 private:
  Call& call_;
  std::string account_;
  size_t left_;
};

base::Status add_to(store::Transaction& tx, const std::string& account, std::string_view bucket,
                    const std::map<base::Instant, UsageCounts>& counts) {
  for (const auto& [at, more] : counts) {
    WEIR_TRY(auto there, find_counts(tx, account, bucket, at));
    there.add(more);
    WEIR_CHECK_OK(put_counts(tx, account, bucket, at, there));
  }
  return {};
}

// What of a trail is counted, and counting on.
class Counting {
 public:
  Counting(Call& call, std::string account)
      : call_(call), account_(std::move(account)), settled_(second_of(call.now() - kUsageSettles)) {}

  // True when everything that has settled is counted.
  base::Result<bool> count_on(TrailReader& reader) {
    WEIR_TRY(auto before, counted_so_far());
    auto after = before;
    if (after.token.empty()) after.until = settled_;
    if (after.until <= after.all_before) return fresh_ = {}, true;
    Counts counts;
    TrailReader::Part part{after.all_before, after.until - base::Seconds(1), after.token};
    WEIR_TRY(bool done, reader.read(part, counts));
    after.token = part.token;
    if (done) after.all_before = after.until;
    WEIR_TRY(bool kept, keep(before, after, counts));
    if (!kept) WEIR_CHECK_OK(counted_so_far());
    if (kept) not_counted_from_ = after.until;
    return kept && done && after.until == settled_;
  }

  // What is not in the counts yet, since it may still come.
  base::Result<bool> read_fresh(TrailReader& reader) {
    TrailReader::Part part{not_counted_from_, call_.now(), ""};
    return reader.read(part, fresh_);
  }
  const Counts& fresh() const { return fresh_; }

 private:
  base::Result<CountedUpTo> counted_so_far() {
    WEIR_TRY(auto tx, call_.lake().store.begin(store::Mode::read));
    WEIR_TRY(auto found, find_counted(*tx, account_));
    auto out = found.value_or(CountedUpTo{begin_of<days>(call_.now() - kUsageKept), {}, ""});
    not_counted_from_ = out.token.empty() ? out.all_before : out.until;
    return out;
  }

  // False, and nothing is kept, when somebody else counted on meanwhile: what was read here is in there already.
  base::Result<bool> keep(const CountedUpTo& before, const CountedUpTo& after, const Counts& counts) {
    bool kept = false;
    WEIR_CHECK_OK(store::write(call_.lake().store, [&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(auto there, find_counted(tx, account_));
      kept = !there || *there == before;
      if (!kept) return {};
      WEIR_CHECK_OK(add_to(tx, account_, "hour", counts.hours));
      WEIR_CHECK_OK(add_to(tx, account_, "day", counts.days));
      WEIR_CHECK_OK(erase_counts_before(tx, account_, begin_of<days>(call_.now() - kUsageKept)));
      return put_counted(tx, account_, after);
    }));
    return kept;
  }

  Call& call_;
  const std::string account_;
  const base::Instant settled_;
  base::Instant not_counted_from_{};
  Counts fresh_;
};

// Which of a tally's names tells the series apart; none: they are all one.
std::optional<size_t> name_of_series(UsageBy by) {
  switch (by) {
    case UsageBy::principal: return 0;
    case UsageBy::table: return 1;
    case UsageBy::operation: return 2;
    case UsageBy::door: return 3;
    case UsageBy::decision: return std::nullopt;
  }
  return std::nullopt;
}

// A question as the names of one UsageCounts put it.
class Narrowing {
 public:
  Narrowing(const UsageQuestion& question, const std::vector<std::string>& names) {
    const std::array<const std::string*, 4> wanted{&question.principal, &question.table, &question.operation,
                                                   &question.door};
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i]->empty()) continue;
      auto place = std::ranges::find(names, *wanted[i]) - names.begin();
      places_.emplace_back(i, static_cast<uint32_t>(place));  // past the last name: of nobody
    }
  }
  bool fits(const UsageKey& key) const {
    return std::ranges::all_of(places_, [&](const auto& one) { return key[one.first] == one.second; });
  }

 private:
  std::vector<std::pair<size_t, uint32_t>> places_;
};

// Rows added up into series, of which the largest stay apart.
class Series {
 public:
  explicit Series(const UsageQuestion& question) : question_(question), by_(name_of_series(question.by)) {}

  void add(base::Instant at, const UsageCounts& counts) {
    Narrowing narrowed(question_, counts.names());
    std::vector<UsagePoint> sums(std::max<size_t>(counts.names().size(), 1));
    for (const auto& [key, allowed, denied] : counts.tallies()) {
      if (!narrowed.fits(key)) continue;
      auto& sum = sums[by_ ? key[*by_] : 0];
      sum.allowed += allowed;
      sum.denied += denied;
    }
    for (size_t i = 0; i < sums.size(); ++i)
      if (sums[i].allowed + sums[i].denied > 0) add(at, by_ ? counts.names()[i] : std::string(), sums[i]);
  }

  std::vector<UsagePoint> take() {
    auto apart = largest();
    std::map<std::pair<base::Instant, std::string>, UsagePoint> shown;
    for (const auto& [key, point] : points_) {
      auto of = apart.contains(key.second) ? key.second : "";
      auto& one = shown[{key.first, of}];
      one.at = key.first;
      one.of = of;
      one.allowed += point.allowed;
      one.denied += point.denied;
    }
    std::vector<UsagePoint> out;
    for (auto& [key, point] : shown) out.push_back(std::move(point));
    return out;
  }

 private:
  void add(base::Instant at, const std::string& of, const UsagePoint& sum) {
    sizes_[of] += sum.allowed + sum.denied;
    auto& point = points_[{at, of}];
    point.allowed += sum.allowed;
    point.denied += sum.denied;
  }

  // Of equal ones those that come first by name.
  std::set<std::string> largest() const {
    std::vector<std::pair<int64_t, std::string>> sizes;
    for (const auto& [of, size] : sizes_) sizes.emplace_back(-size, of);
    auto count = std::min(sizes.size(), kUsageSeriesMax);
    std::ranges::partial_sort(sizes, sizes.begin() + static_cast<ptrdiff_t>(count));
    std::set<std::string> names;
    for (size_t i = 0; i < count; ++i) names.insert(std::move(sizes[i].second));
    return names;
  }

  const UsageQuestion& question_;
  const std::optional<size_t> by_;
  std::map<std::string, int64_t> sizes_;
  std::map<std::pair<base::Instant, std::string>, UsagePoint> points_;
};

template <class Unit>
base::Status add_kept(store::Transaction& tx, const std::string& account, std::string_view bucket,
                      const UsageQuestion& question, Series& series) {
  for (auto at = begin_of<Unit>(question.from); at <= question.until; at += Unit(1)) {
    WEIR_TRY(auto counts, find_counts(tx, account, bucket, at));
    series.add(at, counts);
  }
  return {};
}

void add_fresh(const std::map<base::Instant, UsageCounts>& fresh, base::Instant from, base::Instant until,
               Series& series) {
  for (auto at = fresh.lower_bound(from); at != fresh.end() && at->first <= until; ++at)
    series.add(at->first, at->second);
}

base::Status check(const UsageQuestion& question) {
  if (question.from > question.until) return base::invalid("The start is later than the end.", "time range");
  bool hourly = question.bucket == UsageBucket::hour;
  auto most = hourly ? kUsageHourlyMax : kUsageKept;
  if (question.until - question.from <= most) return {};
  return base::invalid("At most " + std::to_string(most.count()) + " days by the " + (hourly ? "hour." : "day."),
                       "time range");
}

}  // namespace

base::Result<Usage> usage(Call& call, const UsageQuestion& question) {
  WEIR_TRY(auto account, authorize_reading_trail(call));
  WEIR_CHECK_OK(check(question));
  TrailReader settled(call, account, kUsageCountedAtMax), fresh(call, account, kUsageFreshMax);
  Counting counting(call, account);
  Usage out;
  WEIR_TRY(out.complete, counting.count_on(settled));
  WEIR_TRY(bool all_fresh, counting.read_fresh(fresh));
  out.complete = out.complete && all_fresh;
  Series series(question);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  if (question.bucket == UsageBucket::hour) {
    WEIR_CHECK_OK(add_kept<hours>(*tx, account, "hour", question, series));
    add_fresh(counting.fresh().hours, begin_of<hours>(question.from), question.until, series);
  } else {
    WEIR_CHECK_OK(add_kept<days>(*tx, account, "day", question, series));
    add_fresh(counting.fresh().days, begin_of<days>(question.from), question.until, series);
  }
  out.points = series.take();
  return out;
}

}  // namespace weir::app
