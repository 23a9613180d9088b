#include <algorithm>

#include "audit/lookup.h"
#include "backends/journal/day_files.h"
#include "backends/journal/trail.h"
#include "base/hash.h"
#include "base/text.h"

namespace weir::backends {
namespace {

using base::Result;
using base::Status;

// A place between two records: those before `offset` of `day` and all of earlier days are still to come.
struct Place {
  std::string day;
  uint64_t offset = 0;
};

// What a token may be used for: the same question again.
std::string question(const audit::Lookup& lookup) {
  std::string text;
  for (auto* value : {&lookup.account, &lookup.event_id, &lookup.event_name, &lookup.event_source, &lookup.user_name,
                      &lookup.access_key_id, &lookup.resource_name, &lookup.resource_type})
    text += base::Json(*value).dump();
  text += lookup.read_only ? (*lookup.read_only ? "r" : "w") : "-";
  for (auto& time : {lookup.from, lookup.until})
    text += time ? std::to_string(time->time_since_epoch().count()) + "," : "-,";
  return base::sha256_hex(text).substr(0, 16);
}

std::string to_token(const Place& place, const audit::Lookup& lookup) {
  return base::base64url(place.day + ":" + std::to_string(place.offset) + ":" + question(lookup));
}

Result<Place> from_token(const audit::Lookup& lookup) {
  auto wrong = [] { return base::invalid("The next token is not valid for this lookup.", "token"); };
  auto text = base::unbase64url(lookup.next_token);
  if (!text.ok()) return wrong();
  auto pieces = base::split(*text, ':');
  if (pieces.size() != 3 || pieces[2] != question(lookup)) return wrong();
  auto offset = base::parse_int(pieces[1]);
  if (!offset.ok() || *offset < 0 || pieces[0].size() != 10) return wrong();
  return Place{std::string(pieces[0]), static_cast<uint64_t>(*offset)};
}

class Search {
 public:
  Search(const std::string& directory, const JournalHead& head, const audit::Lookup& lookup)
      : directory_(directory),
        head_(head),
        lookup_(lookup),
        first_look_(lookup),
        limit_(std::clamp<size_t>(lookup.limit, 1, audit::kLookupMax)) {}

  Result<audit::Found> run() {
    Place from{head_.day, head_.size};
    if (!lookup_.next_token.empty()) {
      WEIR_TRY(from, from_token(lookup_));
    }
    WEIR_TRY(auto days, list_days(directory_));
    for (auto day = days.rbegin(); day != days.rend() && !more_; ++day)
      if (*day <= from.day && may_hold(*day)) WEIR_CHECK_OK(search_day(*day, from));
    if (more_) found_.next_token = to_token(last_, lookup_);
    return std::move(found_);
  }

 private:
  // A record is in the file of the day it was written, which may be the day after the event.
  bool may_hold(const std::string& day) const {
    return (!lookup_.from || day >= day_of(*lookup_.from)) &&
           (!lookup_.until || day <= day_of(*lookup_.until + std::chrono::days(1)));
  }

  Status search_day(const std::string& day, const Place& from) {
    WEIR_TRY(auto file, DayReader::open(day_path(directory_, day)));
    WEIR_TRY(auto end, file.size());
    if (day == head_.day) end = std::min(end, head_.size);
    if (day == from.day) end = std::min(end, from.offset);
    LinesBackward lines(file, end);
    while (!more_) {
      WEIR_TRY(auto line, lines.next());
      if (!line) return {};
      take({day, line->offset}, line->text);
    }
    return {};
  }

  void take(Place place, std::string_view line) {
    if (!first_look_.may_match(line)) return;
    auto parts = take_apart(line);
    auto record = parts && !parts->event.empty() ? base::parse_json(parts->event) : base::internal("not an event");
    // A line that was tampered with is for verify() to report; it must not hide the others.
    if (!record.ok() || !audit::matches(lookup_, *record)) return;
    if (found_.events.size() == limit_) return void(more_ = true);
    found_.events.push_back(std::move(*record));
    last_ = std::move(place);
  }

  const std::string& directory_;
  const JournalHead& head_;
  const audit::Lookup& lookup_;
  const audit::FirstLook first_look_;
  const size_t limit_;
  audit::Found found_;
  Place last_;
  bool more_ = false;
};

}  // namespace

Result<audit::Found> search_trail(const std::string& directory, const JournalHead& head, const audit::Lookup& lookup) {
  return Search(directory, head, lookup).run();
}

}  // namespace weir::backends
