// LF-Tags of one account, ready for decisions: what is defined, what carries which value, and the policies over
// tags that principals hold (lakeformation.md 2.12). A part of Snapshot, which tells it the numbers of principals
// and objects; keys and values have numbers of their own.
//
// Invariants:
//  1. What matches depends on the records alone, not on the order in which they came.
//  2. A value that no LfTag defines at the moment matches nothing, and still overrides what is inherited: taking
//     a value away never shows what an inherited one would.
//  3. A policy whose saved expression is not there matches nothing.
//  4. Changing one record costs that record and, for an assignment, the other tags of the same table.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "permissions/interned_names.h"
#include "permissions/lf_tag.h"
#include "permissions/privilege.h"
#include "permissions/resource.h"

namespace weir::permissions {

// A key and a value, as numbers.
struct TagPair {
  uint32_t key;
  uint32_t value;
};
using TagPairs = std::vector<TagPair>;  // by key, each once

struct ColumnTags {
  std::string column;  // lower case
  TagPairs own;
};
using ColumnTagsPtr = std::shared_ptr<const ColumnTags>;

// A tag that a place has, and the place that it was assigned to.
struct EffectiveTag {
  std::string key, value;
  TagPlace inherited_from;  // the place itself when it was assigned there
};

// An expression, compiled: for each term, by key: the key, how many values, the values in order.
using TagCode = std::vector<uint32_t>;
// What a table's tags are, its columns' included; columns that are not listed are like the table.
struct TableTags {
  TagPairs table;
  std::vector<std::pair<std::string_view, TagPairs>> columns;  // by name; points into the index
};

// One policy that a principal holds.
struct HeldPolicy {
  PrivilegeSet privileges;
  PrivilegeSet grant_option;
  std::span<const uint32_t> code;  // empty when the saved expression is not there
  const std::string& key;          // of the grant's Resource
  const std::string& text;         // "area=eu AND pii=no", "of expression NAME"
};

class TagIndex {
 public:
  // Where a tag is, by the numbers of the objects; table 0: on the database itself.
  struct Where {
    uint32_t database;
    uint32_t table;
    std::string_view column;  // empty: on the table
  };

  void define(std::string_view key, const LfTag* tag);  // null: gone
  // True when something was assigned there before. Null: nothing is from now on.
  bool assign(const Where& where, std::string_view key, const std::string* value);
  void save(std::string_view name, const SavedExpression* saved);  // null: gone
  // True when the principal held the policy before. No privileges: it does not from now on.
  bool set_policy(uint32_t principal, const Resource& policy, PrivilegeSet privileges, PrivilegeSet grant_option);

  const LfTag* tag(std::string_view key) const;  // null: not defined
  bool defines(std::string_view key, std::string_view value) const;
  const SavedExpression* saved(std::string_view name) const;

  bool has_policies(uint32_t principal) const { return !policies_.empty() && policies_.find(principal) != nullptr; }
  template <class Visit>  // visit(const HeldPolicy&) until it says true
  bool any_policy(uint32_t principal, PolicyTarget on, Visit&& visit) const;

  // Whether an expression matches these tags, by values that are defined. No code matches nothing.
  bool matches(std::span<const uint32_t> code, const TagPairs& tags) const;

  TagPairs of_database(uint32_t database) const;
  TableTags of_table(uint32_t database, uint32_t table) const;
  // As texts; nothing in it that is not defined.
  std::vector<EffectiveTag> effective(const TagPlace& place, uint32_t database, uint32_t table) const;
  // Which of the tags the expression is about, as "area=eu, pii=no".
  std::string matched_text(std::span<const uint32_t> code, const TagPairs& tags) const;
  // Whether a policy on tables matches something in the database: what inherits from it, or a table or column
  // with tags of its own.
  bool reaches(uint32_t principal, uint32_t database) const;

 private:
  struct Saved {
    SavedExpression record;
    TagCode code;
  };
  // Tags directly on an object, by key: one block of memory, and none at all when there are none.
  struct OwnTags {
    std::shared_ptr<const TagPair[]> pairs;
    uint32_t count = 0;
    static OwnTags of(const TagPairs& tags);
    bool empty() const { return count == 0; }
    std::span<const TagPair> list() const { return {pairs.get(), count}; }
    TagPairs copy() const { return {list().begin(), list().end()}; }
  };
  // Tables of a database that carry tags are a list through their entries.
  struct TableEntry {
    OwnTags own;
    std::shared_ptr<const std::vector<ColumnTagsPtr>> columns;  // by name; null when there are none
    uint32_t database = 0, before = 0, after = 0;
    bool empty() const { return own.empty() && !columns; }
  };
  struct DatabaseEntry {
    OwnTags own;
    uint32_t first_table = 0;
    bool empty() const { return own.empty() && first_table == 0; }
  };
  struct InDatabase {
    uint32_t database;
    TagPair pair;
    bool operator==(const InDatabase& o) const {
      return database == o.database && pair.key == o.pair.key && pair.value == o.pair.value;
    }
  };
  struct InDatabaseHash {
    size_t operator()(const InDatabase& in) const {
      return ((uint64_t{in.pair.key} << 32) | in.pair.value) * 0x9e3779b97f4a7c15ULL ^ in.database;
    }
  };
  // What a decision walks, apart from what only texts need.
  struct Policy {
    PrivilegeSet privileges, grant_option;
    PolicyTarget on;
    uint32_t saved;         // number of the saved expression's name; 0: the expression is inline
    uint32_t first, count;  // its code
  };
  struct PolicyNames {
    std::string key, text;
  };
  struct Policies {
    std::vector<Policy> list;
    std::vector<PolicyNames> names;  // beside `list`
    TagCode code;
  };

  uint32_t hold_word(std::string_view text);
  void release_word(std::string_view text);
  TagCode hold_code(const TagExpression& expression);
  void release_code(const TagExpression& expression);
  void count_use(const Where& where, TagPair pair, int by);
  // Each tells the value that was there before; 0: none.
  uint32_t assign_to_database(uint32_t database, TagPair pair);
  uint32_t assign_to_table(const Where& where, TagPair pair);
  static uint32_t assign_to_column(TableEntry& entry, std::string_view name, TagPair pair);
  void link(uint32_t table, TableEntry& entry);
  void unlink(const TableEntry& entry);
  bool is_defined(TagPair pair) const;
  std::span<const uint32_t> code_of(const Policies& policies, const Policy& policy) const;
  DatabaseEntry database_entry(uint32_t database) const;
  void store(uint32_t database, DatabaseEntry entry);
  bool may_match_inside(std::span<const uint32_t> code, uint32_t database, const TagPairs& inherited) const;
  bool matches_inside(std::span<const uint32_t> code, uint32_t database) const;
  const std::string& word(uint32_t number) const;

  InternedNames words_;                                            // keys, values, names of saved expressions
  base::SharedMap<uint32_t, std::string> spelled_;                 // the words by number
  base::SharedMap<uint32_t, std::shared_ptr<const LfTag>> tags_;   // by key
  base::SharedMap<uint64_t, bool> defined_;                        // key and value
  base::SharedMap<uint32_t, std::shared_ptr<const Saved>> saved_;  // by name
  base::SharedMap<uint32_t, DatabaseEntry> databases_;
  base::SharedMap<uint32_t, TableEntry> tables_;
  base::SharedMap<InDatabase, uint32_t, InDatabaseHash> used_in_;        // assigned inside a database: how often
  base::SharedMap<uint32_t, std::shared_ptr<const Policies>> policies_;  // by principal
};

template <class Visit>
bool TagIndex::any_policy(uint32_t principal, PolicyTarget on, Visit&& visit) const {
  if (policies_.empty()) return false;
  const auto* found = policies_.find(principal);
  if (!found) return false;
  const auto& policies = **found;
  for (size_t i = 0; i < policies.list.size(); ++i) {
    const auto& policy = policies.list[i];
    const auto& names = policies.names[i];
    if (policy.on == on &&
        visit(HeldPolicy{policy.privileges, policy.grant_option, code_of(policies, policy), names.key, names.text}))
      return true;
  }
  return false;
}

}  // namespace weir::permissions
