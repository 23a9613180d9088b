// A managed policy: a document with a name of its own, up to five versions, one of them in force.
#pragma once
#include <string>
#include <vector>

#include "identity/tag.h"
#include "names/arn.h"

namespace weir::identity {

inline constexpr size_t kPolicyVersionsMax = 5;

struct PolicyVersion {
  int number = 1;
  std::string document;
  base::Instant created{};

  std::string id() const { return "v" + std::to_string(number); }
};
WEIR_RECORD(PolicyVersion, FIELD("Number", &PolicyVersion::number), FIELD("Document", &PolicyVersion::document),
            FIELD("Created", &PolicyVersion::created))

struct ManagedPolicy {
  names::AccountId account;  // empty for the policies that come with the server
  std::string name;
  std::string path = "/";
  std::string id;
  std::string description;
  base::Instant created{};
  base::Instant updated{};
  std::vector<PolicyVersion> versions;  // oldest first
  int default_version = 1;
  int next_version = 2;  // numbers are not used twice
  Tags tags;

  std::string arn() const;
  const PolicyVersion* version(int number) const;
  // The document in force.
  const std::string& document() const;
};
WEIR_RECORD(ManagedPolicy, FIELD("Account", &ManagedPolicy::account), FIELD("Name", &ManagedPolicy::name),
            FIELD("Path", &ManagedPolicy::path), FIELD("Id", &ManagedPolicy::id),
            FIELD("Description", &ManagedPolicy::description), FIELD("Created", &ManagedPolicy::created),
            FIELD("Updated", &ManagedPolicy::updated), FIELD("Versions", &ManagedPolicy::versions),
            FIELD("Default", &ManagedPolicy::default_version), FIELD("Next", &ManagedPolicy::next_version),
            FIELD("Tags", &ManagedPolicy::tags))

// "v12" -> 12.
base::Result<int> parse_version_id(std::string_view text);

}  // namespace weir::identity
