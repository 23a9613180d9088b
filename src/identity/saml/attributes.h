// The attributes of an assertion that AWS gives a meaning, read from the verified document.
//
// An Attribute that comes twice is one with the values of both. Names are compared exactly, as AWS does.
//
// Threads: values and free functions.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "identity/saml/xml.h"
#include "identity/tag.h"

namespace weir::identity::saml {

using Attributes = std::map<std::string, std::vector<std::string>>;

// invalid_response for an encrypted attribute, one without name, or a value that is not one text.
base::Result<Attributes> read_attributes(Element assertion);

// A role the user may take and the provider it trusts; the two ARNs stand in either order.
struct RolePair {
  std::string role_arn;
  std::string provider_arn;
  bool operator==(const RolePair&) const = default;
};

struct AwsAttributes {
  std::vector<RolePair> roles;         // .../Role, at least one
  std::string session_name;            // .../RoleSessionName
  std::optional<int> session_seconds;  // .../SessionDuration: for a console of ours, no effect on the API
  Tags tags;                           // .../PrincipalTag:{key}
  std::vector<std::string> transitive_keys;
  std::string source_identity;  // empty when absent
  // https://lakeformation.amazon.com/SAML/Attributes/: for AssumeDecoratedRoleWithSAML, which needs the name.
  std::optional<std::string> lake_formation_user;
  std::vector<std::string> lake_formation_groups;

  bool allows(const RolePair& pair) const;
};

// Refuses in AWS's words what is missing, comes more than once, or breaks its alphabet.
base::Result<AwsAttributes> read_aws_attributes(const Attributes& attributes);

}  // namespace weir::identity::saml
