// Two States compared for everybody and everything a Concern names.
//
// Threads: one request's. The transactions and States are read, nothing else.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/explain/concern.h"
#include "app/governance.h"
#include "store/store.h"

namespace weir::app {

// One moment: the permissions, and the catalog beside them.
struct Moment {
  const State& state;
  store::Transaction& catalog;
};

class AccessComparison {
 public:
  // Everything outlives the object. At most `pairs_max` times a principal is asked about a resource.
  AccessComparison(Moment before, Moment after, std::string account, size_t pairs_max)
      : before_(before), after_(after), account_(std::move(account)), pairs_left_(pairs_max) {}

  // The rows are added to `into`, by resource.
  base::Status compare(const Concern& concern, AccessChanges& into);
  // False when there was more to ask than was asked.
  bool complete() const { return complete_; }

 private:
  // A resource at one moment.
  struct Found {
    bool there = true;
    std::optional<permissions::TableFacts> facts = {};  // tables
    std::optional<names::S3Path> place = {};            // databases
  };

  void gather_principals(const Concern& concern);
  void compare_resource(const permissions::Resource& resource, const Found& before, const Found& after,
                        AccessChanges& into);
  Access access_at(const Moment& moment, const permissions::Caller& caller, const permissions::Resource& resource,
                   const Found& found) const;
  base::Status compare_database(const std::string& name, AccessChanges& into);
  base::Status compare_table(const std::string& database, const std::string& name, AccessChanges& into);
  base::Status compare_everything(AccessChanges& into);
  base::Status compare_contents(const std::string& database, AccessChanges& into);
  base::Status walk(const Concern& concern, AccessChanges& into);
  // Fails once the comparisons are used up: the walks end there.
  base::Status may_go_on() const;
  static base::Result<Found> find_table(store::Transaction& tx, const permissions::Resource& table);
  static base::Result<Found> find_database(store::Transaction& tx, const permissions::Resource& database);

  Moment before_, after_;
  std::string account_;
  size_t pairs_left_;
  bool complete_ = true;
  std::map<std::string, permissions::Caller> callers_;  // by principal; who they are is the same at both moments
  std::set<Concern::TableKey> done_;                    // a database has no table name
};

}  // namespace weir::app
