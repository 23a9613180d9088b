// LF-Tags of a catalog: keys with the values they may have (lakeformation.md 2.12).
//
// Whoever makes a tag holds everything on it, as grants that are listed and revoked like others. Keys and values are
// lower case wherever they are kept, compared or shown.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/tag_records.h"

namespace weir::app {

struct TagInput {
  std::string catalog;
  std::string key;
  std::vector<std::string> values;
};
// Takes CREATE_LF_TAG on the catalog.
base::Status create_lf_tag(Call& call, const TagInput& input);
// With the values the caller may see; takes DESCRIBE on one of them.
base::Result<permissions::LfTag> get_lf_tag(Call& call, const std::string& catalog, const std::string& key);

struct TagChange {
  std::string catalog;
  std::string key;
  std::vector<std::string> add;
  std::vector<std::string> remove;  // what something carries stays: Kind::invalid
};
// Takes ALTER.
base::Status update_lf_tag(Call& call, const TagChange& change);
// Takes DROP. Assignments, grants and saved expressions that rest on the tag go with it.
base::Status delete_lf_tag(Call& call, const std::string& catalog, const std::string& key);

enum class TagOwners { catalog, others, all };  // of the catalog; of the accounts that share theirs with the caller's
struct TagList {
  std::string catalog;
  TagOwners of = TagOwners::catalog;
  std::string token;
  size_t limit = 1000;
};
struct ListedTag {
  std::string catalog;
  permissions::LfTag tag;  // with the values the caller may see
};
// By catalog, then by key.
base::Result<permissions::Page<ListedTag>> list_lf_tags(Call& call, const TagList& request);

// The tag as it is in the transaction, or Kind::not_found.
base::Result<permissions::LfTag> lf_tag_there(store::Transaction& tx, const std::string& catalog,
                                              const std::string& key);
// Every key and value that the expression names is there; Kind::not_found says which is not.
base::Status check_values_there(store::Transaction& tx, const std::string& catalog,
                                const permissions::TagExpression& expression);

}  // namespace weir::app
