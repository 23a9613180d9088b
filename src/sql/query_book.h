// Which queries there are: who waits, who runs, what is kept of those that ended.
//
// Invariants:
//  1. Of one person, one role, one account, and of all together, no more run and wait than the limits say.
//  2. Whoever came first is next, unless as many of that person's, role's or account's run as may.
//  3. What ended stays as it ended, and is gone after a while.
//  4. Of one person, and of all together, no more is kept than the limits say. The person's own oldest goes first, then
//     the oldest of whoever keeps most: of the account that does, in it of the role, in it of the person.
//  5. Under one person's token there is one id as long as anybody holds it, or a query has it.
//
// Threads: none of its own, and no locks; its owner guards it.
#pragma once
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/queries/query_desk.h"
#include "sql/limits.h"

namespace weir::sql {

struct BookedQuery {
  BookedQuery(app::Starter from, app::QueryOrder order) : starter(std::move(from)), asked(std::move(order)) {}
  const app::Starter starter;
  const app::QueryOrder asked;  // before limits were put on it
  app::QueryStatus status = {};
  base::Instant deadline = base::Instant::max();  // of one that runs
  bool out_of_time = false;
  size_t waiters = 0;  // calls that wait for its end
  std::stop_source stop = {};
};
using BookedPtr = std::shared_ptr<BookedQuery>;

class QueryBook {
 public:
  explicit QueryBook(const Limits& limits) : limits_(with_rooms_left(limits)) {}

  // Kind::throttled when there are too many.
  base::Result<BookedPtr> add(app::Starter starter, app::QueryOrder order, base::Instant now);
  // The next one, which runs from now on; null when nobody may.
  BookedPtr take(base::Instant now);
  void end(BookedQuery& query, app::QueryOutcome outcome, base::Instant now);
  // One that waits has ended then; one that runs is told to stop.
  void cancel(BookedQuery& query, base::Instant now);
  // Whether a further call may wait for its end.
  bool may_wait_for(const BookedQuery& query) const;
  // Stops what ran out of time and forgets what was kept long enough; when to look again.
  std::optional<base::Instant> look(base::Instant now);

  BookedPtr find(const std::string& person, const std::string& id) const;
  // Of the query under the token, or of the next one.
  app::HeldQueryId hold_id(const std::string& person, const std::string& token);
  BookedPtr under_token(const std::string& person, const std::string& token) const;
  std::vector<BookedPtr> of_person(const std::string& person) const;  // the newest first
  std::vector<BookedPtr> all() const { return {queries_.begin(), queries_.end()}; }

 private:
  struct Circle;
  struct Scarce;
  static const Circle kCircles[];
  static const Scarce kTurns, kQueue, kWaiters;

  // The narrowest of the asker's circles that has no place left; null when all have one.
  const Circle* full_circle(const Scarce& scarce, const app::Asker& asker) const;
  void make_room(const std::string& person);

  const Limits limits_;
  std::list<BookedPtr> queries_;  // in the order they came
  using PersonAndToken = std::pair<std::string, std::string>;
  std::map<PersonAndToken, std::weak_ptr<const std::string>> held_ids_;
};

}  // namespace weir::sql
