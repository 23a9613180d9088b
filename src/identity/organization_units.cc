#include <algorithm>

#include "identity/organization_keys.h"
#include "identity/organization_records.h"

namespace weir::identity {
namespace {

// No tree is deeper; a chain of parents that is longer goes round in circles.
constexpr size_t kChainMax = 16;

base::Error no_parent(const std::string& noun) {
  return base::not_found("You specified a parent that doesn't exist.", noun);
}

base::Error no_unit(const std::string& id) {
  return base::not_found("You specified an organizational unit that doesn't exist: " + id, "organizational unit");
}

}  // namespace

base::Result<OrganizationalUnit> OrganizationRecords::get_unit(const std::string& id) {
  WEIR_TRY(auto found, load<OrganizationalUnit>(tx_, keys::unit(organization_.id, id)));
  if (!found) return no_unit(id);
  return std::move(*found);
}

base::Result<std::vector<OrganizationalUnit>> OrganizationRecords::units_of(const std::string& parent) {
  WEIR_TRY(auto entries, all_under(tx_, keys::units(organization_.id)));
  std::vector<OrganizationalUnit> out;
  for (auto& entry : entries) {
    WEIR_TRY(auto unit, base::decode_record<OrganizationalUnit>(entry.value));
    if (unit.parent == parent) out.push_back(std::move(unit));
  }
  return out;
}

base::Result<std::vector<OrganizationalUnit>> OrganizationRecords::chain_of(const std::string& parent,
                                                                            const std::string& noun) {
  std::vector<OrganizationalUnit> out;
  for (auto at = parent; at != organization_.root_id; at = out.back().parent) {
    WEIR_TRY(auto unit, load<OrganizationalUnit>(tx_, keys::unit(organization_.id, at)));
    if (!unit) return no_parent(noun);
    out.push_back(std::move(*unit));
    if (out.size() > kChainMax) return base::internal("units of " + organization_.id + " go round in circles");
  }
  std::reverse(out.begin(), out.end());
  return out;
}

base::Status OrganizationRecords::check_parent(const std::string& id, const std::string& noun) {
  WEIR_TRY(auto chain, chain_of(id, noun));
  return {};
}

base::Status OrganizationRecords::check_name_free(const std::string& parent, const std::string& name,
                                                  const std::string& self) {
  WEIR_TRY(auto siblings, units_of(parent));
  for (auto& unit : siblings)
    if (unit.name == name && unit.id != self)
      return base::already_exists("An OU with the same name already exists: " + name, "organizational unit");
  return {};
}

base::Result<OrganizationalUnit> OrganizationRecords::create_unit(const std::string& parent, const std::string& name,
                                                                  const Tags& tags, base::Randomness& randomness) {
  WEIR_TRY(auto above, chain_of(parent, "parent"));
  if (above.size() >= kUnitDepthMax)
    return base::fail(base::Kind::limit_exceeded, "You have exceeded the allowed depth of OUs: five levels.",
                      "OU_DEPTH_LIMIT_EXCEEDED");
  WEIR_CHECK_OK(check_name_free(parent, name, {}));
  auto id = new_organization_id("ou-" + organization_.root_id.substr(2) + "-", 8, randomness);
  OrganizationalUnit unit{id, parent, name, first_policies(), tags};
  WEIR_CHECK_OK(save(tx_, keys::unit(organization_.id, id), unit));
  return unit;
}

base::Result<OrganizationalUnit> OrganizationRecords::rename_unit(const std::string& id, const std::string& name) {
  WEIR_TRY(auto unit, get_unit(id));
  WEIR_CHECK_OK(check_name_free(unit.parent, name, id));
  unit.name = name;
  WEIR_CHECK_OK(save(tx_, keys::unit(organization_.id, id), unit));
  return unit;
}

base::Status OrganizationRecords::erase_unit(const std::string& id) {
  WEIR_TRY(auto unit, get_unit(id));
  WEIR_TRY(auto below, units_of(id));
  WEIR_TRY(auto accounts, members([&](const Membership& member) { return member.parent == id; }));
  if (!below.empty() || !accounts.empty())
    return base::conflict("The OU isn't empty: move all accounts and delete all OUs below it first.",
                          "organizational unit");
  return tx_.erase(keys::unit(organization_.id, id));
}

}  // namespace weir::identity
