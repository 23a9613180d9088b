#include "app/organizations/organization_units.h"

namespace weir::app {

using identity::OrganizationRecords;

namespace {

base::Result<ShownUnit> shown(OrganizationRecords& records, identity::OrganizationalUnit unit) {
  auto arn = identity::unit_arn(records.organization(), unit.id);
  WEIR_TRY(auto path, path_of(records, unit.id, "organizational unit"));
  return ShownUnit{std::move(unit), std::move(arn), std::move(path)};
}

base::Error no_child() { return base::not_found("You specified a child that doesn't exist.", "child"); }

}  // namespace

base::Result<std::string> path_of(OrganizationRecords& records, const std::string& id, const std::string& noun) {
  WEIR_TRY(auto chain, records.chain_of(id, noun));
  auto path = records.organization().id + "/" + records.organization().root_id + "/";
  for (const auto& unit : chain) path += unit.id + "/";
  return path;
}

base::Result<ShownUnit> create_unit(Call& call, const std::string& parent, const std::string& name,
                                    const identity::Tags& tags) {
  call.about("parentId", parent);
  call.about("name", name);
  WEIR_CHECK_OK(identity::check_tags(tags));
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::management,
                                                   {"organizations:CreateOrganizationalUnit", {parent}, {}, tags}));
  ShownUnit made;
  WEIR_CHECK_OK(change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto unit, records.create_unit(parent, name, tags, call.lake().randomness));
    WEIR_TRY(made, shown(records, std::move(unit)));
    return {};
  }));
  return made;
}

base::Result<ShownUnit> describe_unit(Call& call, const std::string& id) {
  call.about("organizationalUnitId", id);
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::reader, {"organizations:DescribeOrganizationalUnit", {id}}));
  return read_organization(call, organization, [&](auto& records, auto&) -> base::Result<ShownUnit> {
    WEIR_TRY(auto unit, records.get_unit(id));
    return shown(records, std::move(unit));
  });
}

base::Result<ShownUnit> update_unit(Call& call, const std::string& id, const std::optional<std::string>& name) {
  call.about("organizationalUnitId", id);
  if (name) call.about("name", *name);
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::management, {"organizations:UpdateOrganizationalUnit", {id}}));
  ShownUnit changed;
  WEIR_CHECK_OK(change_organization(call, organization, [&](auto& records, auto&) -> base::Status {
    WEIR_TRY(auto unit, records.get_unit(id));
    if (name) {
      WEIR_TRY(unit, records.rename_unit(id, *name));
    }
    WEIR_TRY(changed, shown(records, std::move(unit)));
    return {};
  }));
  return changed;
}

base::Status delete_unit(Call& call, const std::string& id) {
  call.about("organizationalUnitId", id);
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::management, {"organizations:DeleteOrganizationalUnit", {id}}));
  return change_organization(call, organization, [&](auto& records, auto&) { return records.erase_unit(id); });
}

base::Result<std::vector<ShownUnit>> list_units(Call& call, const std::string& parent) {
  call.about("parentId", parent);
  WEIR_TRY(auto organization,
           authorize_organizing(call, Seat::reader, {"organizations:ListOrganizationalUnitsForParent", {parent}}));
  return read_organization(call, organization, [&](auto& records, auto&) -> base::Result<std::vector<ShownUnit>> {
    WEIR_TRY(auto above, path_of(records, parent, "parent"));
    WEIR_TRY(auto units, records.units_of(parent));
    std::vector<ShownUnit> out;
    for (auto& unit : units) {
      auto arn = identity::unit_arn(records.organization(), unit.id);
      auto path = above + unit.id + "/";
      out.push_back({std::move(unit), std::move(arn), std::move(path)});
    }
    return out;
  });
}

base::Result<std::string> parent_of(Call& call, const std::string& child) {
  call.about("childId", child);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:ListParents", {child}}));
  return read_organization(call, organization, [&](auto& records, auto&) -> base::Result<std::string> {
    if (auto account = names::AccountId::parse(child); account.ok()) {
      auto member = records.get_member(*account);
      if (member.ok()) return member->parent;
      return member.error().kind == base::Kind::not_found ? no_child() : member.error();
    }
    auto unit = records.get_unit(child);
    if (unit.ok()) return unit->parent;
    return unit.error().kind == base::Kind::not_found ? no_child() : unit.error();
  });
}

base::Result<std::vector<std::string>> children_of(Call& call, const std::string& parent, ChildType type) {
  call.about("parentId", parent);
  WEIR_TRY(auto organization, authorize_organizing(call, Seat::reader, {"organizations:ListChildren", {parent}}));
  return read_organization(call, organization, [&](auto& records, auto&) -> base::Result<std::vector<std::string>> {
    WEIR_TRY(auto path, path_of(records, parent, "parent"));
    std::vector<std::string> out;
    if (type == ChildType::unit) {
      WEIR_TRY(auto units, records.units_of(parent));
      for (auto& unit : units) out.push_back(std::move(unit.id));
      return out;
    }
    WEIR_TRY(auto members, records.members([&](const auto& member) { return member.parent == parent; }));
    for (const auto& member : members) out.push_back(member.account.text());
    return out;
  });
}

}  // namespace weir::app
