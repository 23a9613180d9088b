// Long-term access keys of users and of root.
//
// INVARIANT: a secret is in one place only, the answer to create_access_key; audit parameters never have it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/access_key_records.h"

namespace weir::app {

// Shown where root's keys are asked for by name of their owner.
inline constexpr std::string_view kRootName = "root";

// How far back the use of a key is looked for.
inline constexpr auto kUseRemembered = std::chrono::days(90);

struct NewKey {
  std::string user_name;
  identity::MadeKey made;
};
struct OwnedKeys {
  std::string user_name;
  identity::Page<identity::AccessKey> page;
};
struct KeyUse {
  std::string user_name;
  std::optional<identity::AccessKeyUse> last;
};

// Without a name the caller's own keys are meant.
base::Result<NewKey> create_access_key(Call& call, const std::optional<std::string>& user);
base::Status update_access_key(Call& call, const std::optional<std::string>& user, const std::string& key_id,
                               const std::string& status);
base::Status delete_access_key(Call& call, const std::optional<std::string>& user, const std::string& key_id);
base::Result<OwnedKeys> list_access_keys(Call& call, const std::optional<std::string>& user,
                                         const identity::PageRequest& page);
// From the audit journal. A key of another account answers as one that is not there.
base::Result<KeyUse> get_access_key_last_used(Call& call, const std::string& key_id);

}  // namespace weir::app
