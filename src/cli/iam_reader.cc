#include "cli/iam_reader.h"

#include "cli/lake_reader.h"
#include "cli/sorted_items.h"

namespace weir::cli {
namespace {

using base::Json;

// Users, groups and roles have the same lists under their own names.
struct HolderKind {
  std::string_view noun;    // User
  std::string_view lister;  // ListUsers
  std::string_view list;    // Users
  std::string name() const { return std::string(noun) + "Name"; }
};
constexpr HolderKind kUsers = {"User", "ListUsers", "Users"};
constexpr HolderKind kGroups = {"Group", "ListGroups", "Groups"};
constexpr HolderKind kRoles = {"Role", "ListRoles", "Roles"};

const HolderKind& kind_of(const Section& section) {
  if (section.name.find("User") != std::string_view::npos) return kUsers;
  return section.name.find("Group") != std::string_view::npos ? kGroups : kRoles;
}

Json named(const std::string& member, const std::string& name) {
  Json out;
  return out.set(member, name);
}

bool is_service_linked(const Json& told) { return told.text("Path").starts_with("/aws-service-role/"); }

class IamReader {
 public:
  IamReader(const JsonApi& api, const Section& section) : api_(api), section_(section), items_(section) {}
  base::Status read(LakeSink& sink, std::vector<LeftOut>& left_out) {
    WEIR_CHECK_OK(gather(left_out));
    return items_.flush(sink);
  }

 private:
  base::Status gather(std::vector<LeftOut>& left_out) {
    const auto& name = section_.name;
    if (name == "Policies") return policies();
    if (name == "GroupMembers") return members();
    const auto& kind = kind_of(section_);
    return api_.each("iam", kind.lister, Json::object(), kind.list, [&](const Json& told) -> base::Status {
      if (is_service_linked(told)) {
        if (name == "Roles") left_out.push_back({"role " + told.text("RoleName"), "it belongs to a service"});
        return {};
      }
      auto holder = told.text(kind.name());
      if (name == kind.list) return holder_itself(kind, told);
      return name.starts_with("Attached") ? attached(kind, holder) : inline_policies(kind, holder);
    });
  }

  void add(const Json& item) { items_.add(canonical(section_, item, {})); }

  // Lists leave tags and boundaries out; groups have neither.
  base::Status holder_itself(const HolderKind& kind, const Json& told) {
    if (kind.noun == "Group") return add(told), base::Status();
    WEIR_TRY(auto answer, api_.call("iam", "Get" + std::string(kind.noun), named(kind.name(), told.text(kind.name()))));
    const auto* found = answer.find(kind.noun);
    if (!found) return base::internal("iam Get" + std::string(kind.noun) + " answered without it");
    Json item = *found;
    if (const auto* boundary = found->find("PermissionsBoundary"))
      item.set("PermissionsBoundary", boundary->text("PermissionsBoundaryArn"));
    add(item);
    return {};
  }

  base::Status policies() {
    Json request;
    request.set("Scope", "Local");
    return api_.each("iam", "ListPolicies", request, "Policies", [&](const Json& told) -> base::Status {
      auto arn = named("PolicyArn", told.text("Arn"));
      WEIR_TRY(auto policy, api_.call("iam", "GetPolicy", arn));
      WEIR_TRY(auto version, api_.call("iam", "GetPolicyVersion", arn.set("VersionId", told.text("DefaultVersionId"))));
      const auto* about = policy.find("Policy");
      const auto* in_force = version.find("PolicyVersion");
      if (!about || !in_force) return base::internal("iam GetPolicy answered without the policy");
      Json item = *about;
      add(item.set("PolicyDocument", in_force->text("Document")));
      return {};
    });
  }

  base::Status members() {
    return api_.each("iam", "ListGroups", Json::object(), "Groups", [&](const Json& group) -> base::Status {
      auto request = named("GroupName", group.text("GroupName"));
      return api_.each("iam", "GetGroup", request, "Users", [&](const Json& user) -> base::Status {
        auto item = request;
        add(item.set("UserName", user.text("UserName")));
        return {};
      });
    });
  }

  base::Status inline_policies(const HolderKind& kind, const std::string& holder) {
    auto noun = std::string(kind.noun);
    auto request = named(kind.name(), holder);
    return api_.each("iam", "List" + noun + "Policies", request, "PolicyNames", [&](const Json& name) -> base::Status {
      auto one = request;
      WEIR_TRY(auto item, api_.call("iam", "Get" + noun + "Policy",
                                    one.set("PolicyName", name.as_string() ? *name.as_string() : "")));
      add(item);
      return {};
    });
  }

  base::Status attached(const HolderKind& kind, const std::string& holder) {
    auto request = named(kind.name(), holder);
    return api_.each("iam", "ListAttached" + std::string(kind.noun) + "Policies", request, "AttachedPolicies",
                     [&](const Json& policy) -> base::Status {
                       auto item = request;
                       add(item.set("PolicyArn", policy.text("PolicyArn")));
                       return {};
                     });
  }

  const JsonApi& api_;
  const Section& section_;
  SortedItems items_;
};

}  // namespace

base::Status read_iam_section(const JsonApi& api, const Section& section, LakeSink& sink,
                              std::vector<LeftOut>& left_out) {
  return IamReader(api, section).read(sink, left_out);
}

}  // namespace weir::cli
