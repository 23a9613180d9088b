// Which access a set of changed records can change: read off their keys, so that a dry run compares that and no
// more. What is not understood concerns everybody and everything; nothing is passed over by mistake.
//
// INVARIANT: a change that no record here tells of changes nobody's access.
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/explain/access_change.h"
#include "store/store.h"

namespace weir::app {

class Concern {
 public:
  explicit Concern(std::string account) : account_(std::move(account)) {}

  // `before`: the record's value until now.
  base::Status hear(const store::Change& change, const std::optional<std::string>& before);

  using TableKey = std::pair<std::string, std::string>;  // database, table

  bool every_principal() const { return every_principal_; }
  const std::set<std::string>& principals() const { return principals_; }
  bool everything() const { return everything_; }  // every database and table
  bool catalog() const { return catalog_ || everything_; }
  const std::set<std::string>& databases() const { return databases_; }      // themselves
  const std::set<std::string>& contents_of() const { return contents_of_; }  // all tables of these
  const std::set<TableKey>& tables() const { return tables_; }
  const std::map<std::string, names::S3Path>& locations() const { return locations_; }  // by URL

  // What decide() is not asked about is told by the records themselves: administration, permissions on LF-Tags and
  // on saved expressions, grants that hold under a condition.
  AccessChanges& told() { return told_; }
  std::vector<std::string>& notices() { return notices_; }

 private:
  using Parts = std::vector<std::string>;
  base::Status hear_lake(const Parts& parts, const store::Change& change, const std::optional<std::string>& before);
  base::Status hear_grant(const Parts& parts, const store::Change& change, const std::optional<std::string>& before);
  base::Status hear_opt_in(const Parts& parts, const store::Change& change);
  base::Status hear_settings(const store::Change& change, const std::optional<std::string>& before);
  base::Status hear_location(const store::Change& change, const std::optional<std::string>& before);
  void concerns(const std::string& principal);
  void concerns(const permissions::Resource& resource);
  void concerns_everybody() { every_principal_ = true; }
  void concerns_table(const std::string& database, const std::string& table);

  std::string account_;
  bool every_principal_ = false, everything_ = false, catalog_ = false;
  std::set<std::string> principals_, databases_, contents_of_;
  std::set<TableKey> tables_;
  std::map<std::string, names::S3Path> locations_;
  AccessChanges told_;
  std::vector<std::string> notices_;
};

}  // namespace weir::app
