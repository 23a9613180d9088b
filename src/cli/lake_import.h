// Loads a document into a lake: what is absent is made, what differs is changed, the rest is left alone; nothing is
// deleted.
//
//  1. prepare() reads the whole document and the whole lake and changes nothing. What could be known to fail fails
//     there: a damaged item, one that is there twice, a principal or an object that nobody has.
//  2. apply() stops at the first error and names the item; doing it again goes on from there.
//  3. Grants the importing principal got by making things, or gave itself to be able to, are taken away again, also
//     after an error, unless the document or the lake of before has them.
//  4. The settings come last: until then the importing principal is the administrator it was.
// One thread.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/account_map.h"
#include "cli/known_principals.h"
#include "cli/lake_state.h"
#include "cli/lake_writer.h"

namespace weir::cli {

struct ImportOptions {
  AccountMap accounts;
  bool dry_run = false;
  bool skip_unknown_principals = false;
  bool partition_statistics = true;
};

struct Tally {
  int64_t made = 0;
  int64_t changed = 0;
  int64_t unchanged = 0;
};

struct ImportReport {
  std::vector<std::pair<std::string, Tally>> sections;  // those of the document, in order
  std::vector<std::string> made;                        // kept for a dry run only
  std::vector<std::string> changed;
  std::vector<LeftOut> left_out;
  int64_t taken_back = 0;  // grants of invariant 3
};

class LakeImport {
 public:
  LakeImport(const LakeDocument& document, const LakeEnd& target, ImportOptions options)
      : document_(document), target_(target), options_(std::move(options)), known_(target.api) {}

  base::Status prepare();
  base::Status apply();
  const ImportReport& report() const { return report_; }

 private:
  using Visit = LakeDocument::Visit;
  base::Status check_account() const;
  base::Status read_document();
  base::Status take_in(const Section& section, const base::Json& item);
  void expect_identity(const Section& section, const base::Json& item);
  base::Status read_target();
  base::Status check_items();
  base::Status check_item(const Section& section, const base::Json& item);
  base::Result<std::vector<std::string>> unknown_principals(const Section& section, const base::Json& item);
  void leave_out(const Section& section, const base::Json& item, std::string why);
  std::optional<std::string> why_left_out(const Section& section, const base::Json& item) const;
  // Items as they are to be there: accounts mapped, one spelling; those that are left out are passed over.
  base::Status each(const Section& section, const Visit& visit) const;
  base::Json mapped(const Section& section, const base::Json& item) const;
  base::Json without_unknown(const base::Json& item) const;

  base::Status load(const Section& section);
  base::Status load_all();
  base::Status take_back();
  base::Result<bool> take_back_row(const Section& section, const base::Json& row);
  const LakeState& standing_of(const Section& section) const;

  const LakeDocument& document_;
  const LakeEnd& target_;
  ImportOptions options_;
  KnownPrincipals known_;
  std::string self_;
  LakeState wanted_;      // what the document holds
  LakeState there_;       // what the lake held before
  LakeState grants_now_;  // after taking back
  bool taken_back_ = false;
  std::set<std::string> left_out_ids_;
  std::set<std::string> left_out_locations_;
  std::set<std::string> unknown_;
  std::vector<std::string> missing_;  // objects nobody has
  ImportReport report_;
};

}  // namespace weir::cli
