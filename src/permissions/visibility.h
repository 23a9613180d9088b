// Which names a caller sees in lists: the cheap question, asked for every row of a page.
//
// A caller of another account sees names that the owner granted to the caller itself, and of those that came to its
// account the ones granted inside it; the account's administrators see all of these.
//
// It agrees with decide() about the same place: it never hides what decide() would let the caller describe. It may
// show a name whose only grant decide() then sets aside (a filter that no longer fits, LF-Tags on a column that is
// gone).
#pragma once
#include <string_view>

#include "permissions/gathering.h"

namespace weir::permissions {

class Visibility {
 public:
  // The snapshot outlives the object.
  Visibility(const Caller& caller, const Snapshot& snapshot);
  // `place`: where it lies, if it says so; without it, it lies nowhere.
  bool database(std::string_view name, const std::optional<names::S3Path>& place = {}) const;
  bool table(std::string_view database, std::string_view name, const std::optional<names::S3Path>& place = {}) const;
  // Of one database, what need not be asked again for each of its tables.
  struct Tables {
    std::string_view database;  // outlives it
    ObjectId id, all;
    bool all_may_show;
  };
  Tables tables_of(std::string_view database) const;
  // By name alone, before the table is read: false only where table() is false whatever the place.
  bool may_show(const Tables& tables, std::string_view name) const;
  bool tag(std::string_view key, std::string_view value) const;
  bool expression(std::string_view name) const;
  bool sees_everything() const { return everything_; }

 private:
  // Some who hold things.
  struct Holders {
    KnownPrincipals principals;
    bool has_policies = false;
  };
  Holders holders(KnownPrincipals principals) const;
  bool any_holds(const Holders& holders, ObjectId object) const;
  bool tags_show(const Holders& holders, ObjectId database, ObjectId table) const;
  bool tags_show(const Holders& holders, ObjectId database) const;
  bool reaches(const Holders& holders, std::string_view database) const;
  bool privileged(const std::optional<names::S3Path>& place) const;
  // Whether what the test asks of holders is so of the caller's own, or of those on both sides of a share.
  template <class Test>
  bool seen(Test&& test) const;

  const Snapshot& snapshot_;
  Holders own_;  // of another account: what the caller itself got
  Holders account_, inside_;
  bool administers_inside_ = false;
  KnownPrincipal everybody_{};
  std::vector<std::string> registrants_;  // those of the caller's principals that registered with privileged access
  bool everything_ = false;
};

}  // namespace weir::permissions
