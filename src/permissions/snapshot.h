// Snapshot: everything Lake Formation knows of one account, ready for decisions, as one immutable value.
//
// It is made by apply(), one store change after another: the same function loads an account at start
// and follows commits later. Copying costs a few pointers and applying a change to a copy costs that
// change, so a publisher copies, applies and hands out a shared_ptr<const Snapshot>; readers never lock.
//
// Invariants:
//  1. After any order of changes the snapshot equals one loaded from the resulting store.
//  2. What apply() cannot read is an error and changes nothing: the publisher must then stop answering.
//  3. Tables are not in it. Names of principals and objects are interned while something is granted
//     to them or on them, and forgotten with the last grant.
//
// Threads: const members from any thread; apply() on a copy nobody else sees yet.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/shared_map.h"
#include "permissions/data_cells_filter.h"
#include "permissions/grant.h"
#include "permissions/location.h"
#include "permissions/settings.h"

namespace weir::permissions {

enum class PrincipalId : uint32_t { none = 0 };
enum class ObjectId : uint32_t { none = 0 };

struct HeldFilter {
  std::string name;
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
};

// Grants on parts of a table.
struct PartialGrants {
  ColumnSet columns;                // SELECT on these
  ColumnSet grantable;              // and may pass it on for these
  std::vector<HeldFilter> filters;  // by name
  bool empty() const { return columns.is_empty() && filters.empty(); }
};

// What one principal holds on one object.
struct Held {
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
  std::shared_ptr<const PartialGrants> partial;  // tables only; null when there are none
  bool empty() const { return privileges.empty() && !partial; }
};

class Snapshot {
 public:
  explicit Snapshot(std::string account) : account_(std::move(account)) {}

  // A key under account_prefix(account) and its new value; no value: erased. Nouns of later versions
  // are passed over: everything held here only ever adds access, so what is not understood denies.
  base::Status apply(std::string_view key, const std::optional<std::string>& value);

  const std::string& account() const { return account_; }
  const DataLakeSettings& settings() const { return *settings_; }
  int64_t revision() const { return revision_; }
  size_t grant_count() const { return grant_count_; }

  PrincipalId principal(std::string_view text) const;
  ObjectId catalog() const;
  ObjectId database(std::string_view name) const;
  ObjectId all_tables(std::string_view database) const;
  ObjectId table(std::string_view database, std::string_view name) const;
  ObjectId location(const names::S3Path& canonical_place) const;

  // Null when the principal holds nothing on the object, and for `none` of either.
  const Held* held(PrincipalId principal, ObjectId object) const;
  // Whether the principal holds anything on the database or anything in it.
  bool reaches(PrincipalId principal, std::string_view database) const;
  const CompiledFilter* filter(ObjectId table, std::string_view name) const;
  // The registration with the longest path that covers `place`; null when none does.
  const Location* governing(const names::S3Path& place) const;
  size_t location_count() const { return locations_.size(); }

 private:
  // A text with its hash, so that a bucket is searched without touching the texts.
  struct Name {
    size_t hash;
    std::string text;
  };
  struct NameProbe {
    size_t hash;
    std::string_view text;
    friend bool operator==(const Name& a, const NameProbe& b) { return a.hash == b.hash && a.text == b.text; }
  };
  struct NameHash {
    size_t operator()(const Name& name) const { return name.hash; }
    size_t operator()(const NameProbe& probe) const { return probe.hash; }
  };
  friend bool operator==(const Name& a, const Name& b) { return a.hash == b.hash && a.text == b.text; }
  struct Interned {
    uint32_t id;
    uint32_t uses;
  };
  struct Names {
    base::SharedMap<Name, Interned, NameHash> map;
    uint32_t last = 0;
    uint32_t find(std::string_view text) const;
    uint32_t hold(std::string_view text);  // counts one more use
    void release(std::string_view text);
  };
  using Filters = std::vector<std::shared_ptr<const CompiledFilter>>;  // by name
  // Where a resource's grants are kept: the object's text, and the database it lies in, if any.
  struct Anchor;

  base::Status apply_grant(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_filter(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_location(const std::vector<std::string>& parts, const std::optional<std::string>& value);
  base::Status apply_settings(const std::optional<std::string>& value);
  base::Status apply_revision(const std::optional<std::string>& value);
  void store_held(const std::string& principal, const Anchor& anchor, Held held);
  void add_held(const std::string& principal, const Anchor& anchor, Held held);
  void drop_held(const std::string& principal, const Anchor& anchor, uint64_t key);
  void count_reach(uint64_t key, int by);
  ObjectId object(std::string_view text) const;

  std::string account_;
  int64_t revision_ = 0;
  size_t grant_count_ = 0;
  std::shared_ptr<const DataLakeSettings> settings_ = std::make_shared<DataLakeSettings>();
  Names principals_;
  Names objects_;
  base::SharedMap<uint64_t, Held> held_;                               // principal and object
  base::SharedMap<uint64_t, uint32_t> reach_;                          // principal and database: objects held in it
  base::SharedMap<uint32_t, std::shared_ptr<const Filters>> filters_;  // by table
  base::SharedMap<Name, std::shared_ptr<const Location>, NameHash> locations_;  // by URL
};

}  // namespace weir::permissions
