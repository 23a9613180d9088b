// Resource shares: made, changed, removed, listed, tagged.
//
// Only the owner changes a share; who merely receives it is told so, and everybody else that there is none. A share
// that Lake Formation made may be removed or emptied by its owner, which takes the access away, and is otherwise
// Lake Formation's to change.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "app/sharing/share_asks.h"
#include "identity/tag.h"
#include "sharing/share.h"

namespace weir::app {

// In one request; each pair of them is a question to IAM.
inline constexpr size_t kSharedAtOnceMax = 100;

struct NewShare {
  std::string name;
  std::vector<std::string> resources = {};
  std::vector<std::string> principals = {};
  std::vector<std::string> permissions = {};  // ARNs of managed permissions, one for a type at most
  identity::Tags tags = {};
  bool allows_external = true;
  std::optional<std::string> token = {};
};
base::Result<sharing::Share> create_share(Call& call, const NewShare& wanted);

struct ShareChange {
  std::string share;
  std::optional<std::string> name = {};
  std::optional<bool> allows_external = {};
  std::optional<std::string> token = {};
};
base::Result<sharing::Share> update_share(Call& call, const ShareChange& change);
base::Status delete_share(Call& call, const std::string& share, const std::optional<std::string>& token);

base::Status tag_share(Call& call, const std::string& share, const identity::Tags& tags);
base::Status untag_share(Call& call, const std::string& share, const std::vector<std::string>& keys);

enum class ShareSide { owned, received };
struct ShareTagFilter {
  std::string key;
  std::vector<std::string> values;  // none: whatever the value
};
struct ShareFilter {
  ShareSide side = ShareSide::owned;
  std::vector<std::string> shares = {};  // ARNs; each must be there
  std::optional<std::string> name = {};
  std::vector<ShareTagFilter> tags = {};       // a receiver sees no tags of the owner's
  std::optional<std::string> permission = {};  // the ARN of a managed permission
};
base::Result<std::vector<sharing::Share>> list_shares(Call& call, const ShareFilter& filter);

// --- for the other use cases of sharing

// The caller's own share, when the caller may do the deed to it.
base::Result<sharing::Share> authorize_share(Call& call, const std::string& arn, ShareDeed deed);
// The share of now; precondition_failed when it became another one since it was asked about.
base::Result<sharing::Share> unchanged_share(store::Transaction& tx, const sharing::Share& asked_about);
base::Status check_not_of_lake_formation(const sharing::Share& share);

// Shares of one side as the call's State has them, all of them or those of the ARNs.
base::Result<std::vector<const sharing::Share*>> shares_on_side(const Call& call, ShareSide side,
                                                                const std::vector<std::string>& arns);

}  // namespace weir::app
