#include "services/organizations/unit_operations.h"

#include "app/organizations/organization_units.h"
#include "services/organizations/shapes.h"

namespace weir::services::organizations {
namespace {

w::OrganizationalUnit to_wire(const app::ShownUnit& shown) {
  w::OrganizationalUnit out;
  out.Id = shown.unit.id;
  out.Arn = shown.arn;
  out.Name = shown.unit.name;
  out.Path = shown.path;
  return out;
}

}  // namespace

base::Result<w::CreateOrganizationalUnitResponse> create_unit(app::Call& call,
                                                              const w::CreateOrganizationalUnitRequest& in) {
  WEIR_TRY(auto made, app::create_unit(call, *in.ParentId, *in.Name, from_wire(in.Tags)));
  w::CreateOrganizationalUnitResponse out;
  out.OrganizationalUnit = to_wire(made);
  return out;
}

base::Result<w::DescribeOrganizationalUnitResponse> describe_unit(app::Call& call,
                                                                  const w::DescribeOrganizationalUnitRequest& in) {
  WEIR_TRY(auto shown, app::describe_unit(call, *in.OrganizationalUnitId));
  w::DescribeOrganizationalUnitResponse out;
  out.OrganizationalUnit = to_wire(shown);
  return out;
}

base::Result<w::UpdateOrganizationalUnitResponse> update_unit(app::Call& call,
                                                              const w::UpdateOrganizationalUnitRequest& in) {
  WEIR_TRY(auto changed, app::update_unit(call, *in.OrganizationalUnitId, in.Name));
  w::UpdateOrganizationalUnitResponse out;
  out.OrganizationalUnit = to_wire(changed);
  return out;
}

base::Result<wire::Nothing> delete_unit(app::Call& call, const w::DeleteOrganizationalUnitRequest& in) {
  return done(app::delete_unit(call, *in.OrganizationalUnitId));
}

base::Result<w::ListOrganizationalUnitsForParentResponse> list_units(
    app::Call& call, const w::ListOrganizationalUnitsForParentRequest& in) {
  WEIR_TRY(auto units, app::list_units(call, *in.ParentId));
  w::ListOrganizationalUnitsForParentResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(units), [](auto& one) { return one.unit.id; }, out.OrganizationalUnits, to_wire));
  return out;
}

base::Result<w::ListParentsResponse> list_parents(app::Call& call, const w::ListParentsRequest& in) {
  WEIR_TRY(auto parent, app::parent_of(call, *in.ChildId));
  std::string type = parent.starts_with("r-") ? "ROOT" : "ORGANIZATIONAL_UNIT";
  w::ListParentsResponse out;
  out.Parents.push_back({.Id = std::move(parent), .Type = std::move(type)});
  return out;
}

base::Result<w::ListChildrenResponse> list_children(app::Call& call, const w::ListChildrenRequest& in) {
  auto type = *in.ChildType == "ACCOUNT" ? app::ChildType::account : app::ChildType::unit;
  WEIR_TRY(auto ids, app::children_of(call, *in.ParentId, type));
  w::ListChildrenResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(ids), [](auto& id) { return id; }, out.Children,
      [&](auto& id) { return w::Child{.Id = id, .Type = *in.ChildType}; }));
  return out;
}

}  // namespace weir::services::organizations
