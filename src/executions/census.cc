#include "executions/census.h"

#include <limits>

#include "base/text.h"
#include "executions/keys.h"

namespace weir::executions {
namespace {

struct Word {
  const char* about;
  const char* many;
};

Word word_of(Census::Kind kind) {
  switch (kind) {
    case Census::Kind::open_execution: return {"execution", "open executions"};
    case Census::Kind::machine: return {"state machine", "state machines"};
    case Census::Kind::activity: return {"activity", "activities"};
  }
  return {"", ""};
}

std::string things(Census::Kind kind, const std::string& account) {
  switch (kind) {
    case Census::Kind::open_execution: return keys::all_running(account);
    case Census::Kind::machine: return keys::machines(account);
    case Census::Kind::activity: return keys::activities(account);
  }
  return "";
}

}  // namespace

base::Result<int64_t> Census::count(Kind kind) {
  WEIR_TRY(auto kept, tx_.get(keys::census(account_, word_of(kind).about)));
  if (kept) return base::parse_int(*kept);
  WEIR_TRY(auto all, tx_.scan(store::prefix_range(things(kind, account_)), std::numeric_limits<int64_t>::max()));
  return static_cast<int64_t>(all.size());
}

base::Status Census::add(Kind kind, int64_t most) {
  WEIR_TRY(auto number, count(kind));
  auto word = word_of(kind);
  if (number >= most)
    return base::fail(base::Kind::limit_exceeded,
                      "An account has at most " + std::to_string(most) + " " + word.many + ".", word.about);
  return put(kind, number + 1);
}

base::Status Census::remove(Kind kind) {
  WEIR_TRY(auto number, count(kind));
  CHECK_TRUE(number > 0, "what ends was counted");
  return put(kind, number - 1);
}

// None is as if nothing had been counted: an account that is gone leaves no trace.
base::Status Census::put(Kind kind, int64_t number) {
  auto key = keys::census(account_, word_of(kind).about);
  return number == 0 ? tx_.erase(key) : tx_.put(key, std::to_string(number));
}

}  // namespace weir::executions
